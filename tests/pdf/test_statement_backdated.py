"""Is a statement of a past day the same when printed later, or does it say why it differs?"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from loyaldesk.domain.money import Money
from loyaldesk.domain.statement_letter import BackDated
from loyaldesk.models import Customer, Payment, StatementScope
from loyaldesk.operations.invoices import dispute_invoice, release_dispute
from loyaldesk.operations.payments import record_payment, reverse_allocation
from loyaldesk.pdf.compose_statement import compose_statement
from loyaldesk.pdf.issuing import draw, issue_letter
from tests.pdf.reading import text_of
from tests.support.factories import (
    do,
    make_address,
    make_customer,
    make_invoice,
    make_payment,
)

DAY = date(2024, 10, 31)
BEFORE = date(2024, 9, 1)


@pytest.fixture
def customer_id(store):
    customer_id = make_customer(store, "Kraft AG", number="10391", language="en")
    make_address(store, customer_id)
    make_invoice(store, customer_id, "100.00", invoiced_on=BEFORE)
    make_payment(store, customer_id, "30.00", received_on=date(2024, 10, 1))
    return customer_id


def composed(store, customer_id, clock):
    with store.reader() as reader:
        return compose_statement(reader, customer_id=customer_id, as_of=DAY, now=clock.now)


def printed(store, files, customer_id, clock):
    """Issue the statement, and let two weeks go by."""
    found = composed(store, customer_id, clock)
    issue_letter(store, files=files, drawn=draw(found))
    clock.now += timedelta(days=14)
    return found


def invoice_of(store, customer_id):
    with store.reader() as reader:
        return reader.value("SELECT min(id) FROM invoice WHERE customer_id = ?", [customer_id])


def test_it_says_the_same_whatever_happens_afterwards(store, files, customer_id, clock):
    first = printed(store, files, customer_id, clock)
    make_invoice(store, customer_id, "7.00")
    make_payment(store, customer_id, "60.00", allocate_oldest_first=True)
    do(store, dispute_invoice, invoice_id=invoice_of(store, customer_id), reason="damaged")
    later = composed(store, customer_id, clock)
    assert later.letter.statement == first.letter.statement
    assert later.data_sha256 == first.data_sha256
    assert later.letter.backdated is None
    assert "differs" not in text_of(draw(later).pdf)


def test_an_entry_dated_back_is_told_with_the_day_of_the_first_print(
    store, files, customer_id, clock
):
    printed(store, files, customer_id, clock)
    make_invoice(store, customer_id, "7.00", invoiced_on=BEFORE)
    make_payment(store, customer_id, "1.00", received_on=BEFORE)
    later = composed(store, customer_id, clock)
    assert later.letter.backdated == BackDated(date(2024, 11, 12), 2)
    text = " ".join(text_of(draw(later).pdf).split())
    assert "This statement differs from the one printed on 12 November 2024." in text
    assert "Entries dated back or changed since then: 2." in text


def test_a_third_print_says_the_same_as_the_second(store, files, customer_id, clock):
    printed(store, files, customer_id, clock)
    make_invoice(store, customer_id, "7.00", invoiced_on=BEFORE)
    second = printed(store, files, customer_id, clock)
    third = composed(store, customer_id, clock)
    assert third.letter.backdated == second.letter.backdated
    assert third.letter.backdated is not None


def test_a_payment_dated_back_and_what_it_settles_are_one_entry(store, files, customer_id, clock):
    printed(store, files, customer_id, clock)
    make_payment(store, customer_id, "5.00", received_on=BEFORE, allocations=[
        (invoice_of(store, customer_id), Money.of("5", "EUR"))
    ])  # fmt: skip
    later = composed(store, customer_id, clock)
    assert later.letter.backdated == BackDated(date(2024, 11, 12), 1)


def test_an_entry_that_was_deleted_is_told(store, files, customer_id, clock):
    with store.transaction(record_payment.label) as tx:
        record_payment(tx, customer_id=customer_id, amount=Money.of("9", "EUR"), received_on=BEFORE)
    printed(store, files, customer_id, clock)
    store.undo()
    assert composed(store, customer_id, clock).letter.backdated == BackDated(date(2024, 11, 12), 1)


def test_an_entry_that_was_changed_is_told(store, files, customer_id, clock):
    printed(store, files, customer_id, clock)
    with store.transaction("Import") as tx:
        payment_id = tx.value("SELECT id FROM payment")
        tx.update(Payment, payment_id, amount_minor=2_900, unallocated_minor=2_900)
    assert composed(store, customer_id, clock).letter.backdated == BackDated(date(2024, 11, 12), 1)


def test_a_dispute_that_was_told_and_is_settled_is_told(store, files, customer_id, clock):
    clock.now = clock.now.replace(year=2024, month=10, day=20)
    do(store, dispute_invoice, invoice_id=invoice_of(store, customer_id), reason="damaged")
    clock.now = clock.now.replace(year=2024, month=11, day=12)
    printed(store, files, customer_id, clock)
    do(store, release_dispute, invoice_id=invoice_of(store, customer_id))
    assert composed(store, customer_id, clock).letter.backdated == BackDated(date(2024, 11, 12), 1)


def test_an_allocation_taken_back_today_changes_no_day_of_the_past(
    store, files, customer_id, clock
):
    make_payment(store, customer_id, "10.00", received_on=BEFORE, allocate_oldest_first=True)
    printed(store, files, customer_id, clock)
    with store.reader() as reader:
        allocation_id = reader.value("SELECT max(id) FROM allocation")
    do(store, reverse_allocation, allocation_id=allocation_id)
    assert composed(store, customer_id, clock).letter.backdated is None


def test_a_new_address_is_no_reason_to_say_anything(store, files, customer_id, clock):
    first = printed(store, files, customer_id, clock)
    make_address(store, customer_id, street="New Street 2", is_default=True)
    with store.transaction("Rename") as tx:
        tx.update(Customer, customer_id, tax_id="DE1", name="Kraft SE")
    later = composed(store, customer_id, clock)
    assert later.data_sha256 != first.data_sha256
    assert later.letter.backdated is None


def test_a_members_entry_dated_back_is_told_on_the_parents_statement(
    store, files, customer_id, clock
):
    member = make_customer(store, "North Ltd", parent_id=customer_id)
    with store.transaction("Change") as tx:
        tx.update(Customer, member, statement_scope=StatementScope.PARENT)
    printed(store, files, customer_id, clock)
    make_invoice(store, member, "7.00", invoiced_on=BEFORE)
    assert composed(store, customer_id, clock).letter.backdated == BackDated(date(2024, 11, 12), 1)


def test_the_words_stand_in_german_and_on_a_short_statement(store, files, customer_id, clock):
    printed(store, files, customer_id, clock)
    make_invoice(store, customer_id, "7.00", invoiced_on=BEFORE)
    letter = composed(store, customer_id, clock).letter
    for locale, envelope, words in (
        ("de-DE", "din-5008-b", "weicht vom Druck vom 12. November 2024 ab"),
        ("en-GB", "uk-dl", "differs from the one printed on 12 November 2024"),
    ):
        frame = replace(letter.frame, locale=locale, envelope=envelope)
        found = replace(composed(store, customer_id, clock), letter=replace(letter, frame=frame))
        assert words in " ".join(text_of(draw(found).pdf).replace("\u00a0", " ").split())
