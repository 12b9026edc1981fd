"""Do members' items stand on the parent's statement, each under its own name, and prove out?"""

from datetime import date

import pytest

from loyaldesk.domain.ledger import EntryKind
from loyaldesk.domain.money import Money
from loyaldesk.domain.statement import StatementKind
from loyaldesk.domain.statement_proof import prove_section
from loyaldesk.models import Customer, StatementScope
from loyaldesk.operations.payments import allocate_amount
from loyaldesk.pdf.compose_statement import compose_statement
from loyaldesk.pdf.issuing import draw
from tests.pdf.reading import text_of
from tests.support.factories import (
    do,
    make_address,
    make_credit_note,
    make_customer,
    make_invoice,
    make_payment,
)
from tests.support.stores import MORNING

DAY = date(2024, 10, 31)
SUMMER = date(2024, 7, 1)


@pytest.fixture
def parent(store):
    """Make a parent that owes 100, and two members that owe 20 and 3 less 5, told on its letter."""
    parent = make_customer(store, "Holding SE", number="1")
    make_address(store, parent)
    north = make_customer(store, "North Ltd", number="20", parent_id=parent)
    south = make_customer(store, "South Ltd", number="3", parent_id=north)
    apart = make_customer(store, "Apart Ltd", number="4", parent_id=parent)
    with store.transaction("Change") as tx:
        for customer_id in (north, south):
            tx.update(Customer, customer_id, statement_scope=StatementScope.PARENT)
    for customer_id, amount in ((parent, "100"), (north, "20"), (south, "3"), (apart, "999")):
        make_invoice(store, customer_id, amount, invoiced_on=date(2024, 9, 1))
    make_payment(store, south, "5.00", received_on=date(2024, 9, 2))
    note_id = make_credit_note(store, north, "8.00", invoiced_on=date(2024, 9, 3))
    with store.reader() as reader:
        invoice_id = reader.value("SELECT id FROM invoice WHERE customer_id = ?", [north])
    do(store, allocate_amount, customer_id=north, source=(EntryKind.CREDIT_NOTE, note_id),
       invoice_id=invoice_id, amount=Money.of("8", "EUR"), applied_on=date(2024, 9, 3))  # fmt: skip
    return parent


def composed(store, customer_id, kind):
    with store.reader() as reader:
        start = None if kind is StatementKind.OPEN_ITEM else SUMMER
        return compose_statement(
            reader, customer_id=customer_id, as_of=DAY, now=MORNING, kind=kind, start=start
        )


@pytest.mark.parametrize("kind", StatementKind)
def test_one_statement_tells_every_members_items_by_name(store, parent, kind):
    found = composed(store, parent, kind)
    (section,) = found.letter.statement.sections
    prove_section(section)
    assert section.closing == Money.of("110", "EUR")
    text = text_of(draw(found).pdf)
    for said in ("3 South Ltd", "20 North Ltd", "110.00"):
        assert said in text
    assert "Apart" not in text
    assert "1 Holding SE" not in text


def test_the_letter_belongs_to_the_parent_and_knows_its_members(store, parent):
    found = composed(store, parent, StatementKind.OPEN_ITEM)
    assert found.customer_id == parent
    with store.reader() as reader:
        names = [reader.value("SELECT name FROM customer WHERE id = ?", [i])
                 for i in found.customer_ids]  # fmt: skip
    assert names == ["Holding SE", "South Ltd", "North Ltd"]


def test_a_member_alone_tells_only_its_own_items(store, parent):
    with store.reader() as reader:
        south = reader.value("SELECT id FROM customer WHERE number = '3'")
    make_address(store, south)
    found = composed(store, south, StatementKind.OPEN_ITEM)
    assert found.letter.statement.sections[0].closing == Money.of("-2", "EUR")
    assert found.customer_ids == (south,)


def test_members_that_are_their_own_parents_do_not_hang_the_letter(store, parent):
    with store.reader() as reader:
        south = reader.value("SELECT id FROM customer WHERE number = '3'")
    with store.transaction("Break") as tx:
        tx.update(Customer, parent, parent_id=south, statement_scope=StatementScope.PARENT)
    assert len(composed(store, parent, StatementKind.OPEN_ITEM).customer_ids) == 3
