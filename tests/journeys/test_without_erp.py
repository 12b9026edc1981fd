"""A company without an ERP: everything typed in, the statement proves it, undo takes it back."""

import pytest

from loyaldesk.domain.ledger import EntryKind
from loyaldesk.domain.money import Money
from loyaldesk.models import AddressUse
from loyaldesk.operations.activities import write_note
from loyaldesk.operations.customers import add_address, add_contact, create_customer
from loyaldesk.operations.fulfilment import invoice_order, ship_line
from loyaldesk.operations.order_lines import NewOrderLine
from loyaldesk.operations.orders import enter_order
from loyaldesk.operations.payments import allocate_amount, record_payment
from loyaldesk.pdf.compose_statement import compose_statement
from loyaldesk.pdf.issuing import draw
from tests.pdf.reading import text_of
from tests.support.company import first_line
from tests.support.factories import do
from tests.support.stores import Clock, content, fresh_store

pytestmark = pytest.mark.journey


@pytest.fixture
def store(tmp_path):
    opened = fresh_store(tmp_path)
    yield opened
    opened.close()


def type_everything_in(store):
    """Do what a clerk does from the first call to the payment, and return the customer's id."""
    customer_id = do(store, create_customer, name="Bäckerei Łukasz", number="7", terms_days=14)
    do(store, add_contact, customer_id=customer_id, family_name="Łukasz", phone="040 12 34 56")
    do(store, add_address, customer_id=customer_id, use=AddressUse.BILLING, street="Markt 3",
       postcode="20095", town="Hamburg", country="DE")  # fmt: skip
    flour = NewOrderLine("Flour", 12_000, 8_250_000, tax_ppm=70_000)
    order_id = do(store, enter_order, customer_id=customer_id, lines=[flour], number="O-1")
    do(store, ship_line, line_id=first_line(store, order_id), quantity_milli=12_000)
    invoice_id = do(store, invoice_order, order_id=order_id)
    payment_id = do(store, record_payment, customer_id=customer_id, amount=Money.of("60", "EUR"))
    do(store, allocate_amount, customer_id=customer_id, source=(EntryKind.PAYMENT, payment_id),
       invoice_id=invoice_id, amount=Money.of("55", "EUR"))  # fmt: skip
    do(store, write_note, customer_id=customer_id, text="Wants rye flour from May")
    return customer_id


def test_what_was_typed_in_is_proved_by_the_statement(store):
    customer_id = type_everything_in(store)
    now = Clock()()
    with store.reader() as reader:
        composed = compose_statement(
            reader, customer_id=customer_id, as_of=now.astimezone().date(), now=now
        )
    figures = composed.figures["currencies"]["EUR"]
    # 12 × 8.25 = 99.00 and 7 % make 105.93; 60.00 came and 5.00 of it waits.
    assert (figures["closing"], figures["open_items"]) == ("45.93", "45.93")
    assert (figures["buckets"]["not_due"], figures["unapplied"]) == ("50.93", "-5.00")
    assert "45.93" in text_of(draw(composed).pdf)


def test_undo_leads_back_step_by_step_to_an_empty_desk(store):
    empty = content(store)
    type_everything_in(store)
    taken_back = []
    while store.undo_label:
        taken_back.append(store.undo())
    assert taken_back == [
        "Write note: Bäckerei Łukasz",
        "Set PAY-2024-00001 against INV-2024-00001",
        "Record payment PAY-2024-00001",
        "Post invoice INV-2024-00001",
        "Ship line",
        "Enter order O-1",
        "Add address",
        "Add contact Łukasz",
        "Create Bäckerei Łukasz",
    ]
    assert content(store) == empty
    assert store.check() == []
