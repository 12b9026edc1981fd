"""Is a reminder composed from the ledger, refused with its reason, and kept as it was sent?"""

import hashlib
from dataclasses import replace
from datetime import date, timedelta

import pytest

from loyaldesk.domain.dunning_policy import DunningPolicy
from loyaldesk.domain.letter import Sender
from loyaldesk.domain.money import Money
from loyaldesk.errors import Conflict, Refused
from loyaldesk.operations.dunning import change_dunning, pause_customer
from loyaldesk.operations.invoices import dispute_invoice
from loyaldesk.operations.settings import change_company
from loyaldesk.pdf.compose_reminder import compose_reminder
from loyaldesk.pdf.copies import reprint
from loyaldesk.pdf.issuing import draw, issue_letter
from loyaldesk.queries.dunning import list_customer_reminders
from tests.pdf.reading import text_of
from tests.support.factories import do, make_address, make_customer, make_invoice, make_payment
from tests.support.stores import MORNING

TODAY = date(2024, 11, 12)


@pytest.fixture
def customer_id(store):
    do(store, change_company, sender=Sender(name="Nordlicht GmbH", country="DE"))
    customer_id = make_customer(
        store, "Kraft AG", number="10391", language="de", tax_id="DE811569869"
    )
    make_address(store, customer_id)
    return customer_id


@pytest.fixture
def invoice_id(store, customer_id):
    return make_invoice(
        store, customer_id, "119.00", number="INV-7", due_on=TODAY - timedelta(days=40)
    )


def composed(store, customer_id, *, days_later=0, currency="EUR"):
    with store.reader() as reader:
        now = MORNING + timedelta(days=days_later)
        return compose_reminder(reader, customer_id=customer_id, currency=currency, now=now)


def test_what_is_drawn_is_what_is_kept_and_registered(store, files, customer_id, invoice_id):
    drawn = draw(composed(store, customer_id))
    letter_id = issue_letter(store, files=files, drawn=drawn)
    with store.reader() as reader:
        kind, number, level, as_of = reader.row(
            "SELECT kind, number, level, as_of FROM letter WHERE id = ?", [letter_id]
        )
        items = reader.rows("SELECT invoice_id, level, open_minor, reminded_on FROM reminder_item")
        sha = reader.value("SELECT sha256 FROM stored_file")
    assert (kind, number, level, as_of) == ("reminder", "M-2024-00001", 1, "2024-11-12")
    assert items == [(invoice_id, 1, 119_00, "2024-11-12")]
    assert sha == hashlib.sha256(drawn.pdf).digest()
    assert drawn.file_name == "M-2024-00001_10391_reminder-1_2024-11-12.pdf"
    assert "KOPIE" in text_of(reprint(store, files=files, letter_id=letter_id))


def test_next_letter_is_at_the_next_level_with_its_fee(store, files, customer_id, invoice_id):
    usual = DunningPolicy()
    second = replace(usual.levels[1], fees=(Money(40_00, "EUR"),))
    policy = replace(usual, levels=(usual.levels[0], second, usual.levels[2]))
    do(store, change_dunning, policy=policy)
    issue_letter(store, files=files, drawn=draw(composed(store, customer_id)))
    with pytest.raises(Refused, match="its day has not come"):
        composed(store, customer_id, days_later=13)
    letter = composed(store, customer_id, days_later=14).letter
    assert (letter.reminder.level, letter.reminder.to_pay) == (2, Money(159_00, "EUR"))
    assert letter.law.fee_for(letter.reminder.fee)


def test_ledger_is_the_same_before_and_after_a_reminder_with_a_fee(
    store, files, customer_id, invoice_id
):
    def ledger():
        with store.reader() as reader:
            tables = ("invoice", "payment", "allocation")
            return [reader.rows(f"SELECT * FROM {table}") for table in tables]

    before = ledger()
    issue_letter(store, files=files, drawn=draw(composed(store, customer_id)))
    assert ledger() == before


@pytest.mark.parametrize("what", ["disputed", "paused", "covered", "currency"])
def test_letter_that_must_not_be_is_refused_with_its_reason(store, customer_id, invoice_id, what):
    currency, reason = "EUR", "dispute"
    if what == "disputed":
        do(store, dispute_invoice, invoice_id=invoice_id, reason="Wet")
    elif what == "paused":
        until = TODAY + timedelta(days=9)
        do(store, pause_customer, customer_id=customer_id, until=until, reason="Merger")
        reason = "paused"
    elif what == "covered":
        make_payment(store, customer_id, "119.00")
        reason = "cover what is overdue"
    else:
        currency, reason = "GBP", "owes nothing late in GBP"
    with pytest.raises(Refused, match=reason):
        composed(store, customer_id, currency=currency)


def test_letter_made_before_a_dispute_is_not_issued_after_it(store, files, customer_id, invoice_id):
    drawn = draw(composed(store, customer_id))
    do(store, dispute_invoice, invoice_id=invoice_id, reason="Wet")
    with pytest.raises(Conflict, match="account changed"):
        issue_letter(store, files=files, drawn=drawn)
    with store.reader() as reader:
        assert list_customer_reminders(reader, customer_id=customer_id) == []
