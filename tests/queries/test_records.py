"""Do invoice, payment, order, sales history and forms show exactly what is kept?"""

from datetime import date

import pytest

from loyaldesk.errors import Refused
from loyaldesk.models import AddressUse
from loyaldesk.operations.order_lines import NewOrderLine
from loyaldesk.operations.orders import cancel_order
from loyaldesk.queries.order_page import find_order, read_order_page
from loyaldesk.queries.owners import read_owner
from loyaldesk.queries.receivables import read_invoice, read_payment
from loyaldesk.queries.record_fields import (
    find_parent,
    read_address_fields,
    read_contact_fields,
    read_customer_fields,
)
from loyaldesk.queries.sales_history import read_month_sales, read_product_sales
from tests.support.company import make_company
from tests.support.factories import do, make_address, make_contact, make_customer, make_order

YEAR = {"since": date(2024, 1, 1), "until": date(2024, 12, 31)}


@pytest.fixture
def company(store):
    return make_company(store)


class TestChain:
    def test_the_order_names_its_customer_person_invoices_and_papers(self, store, reader, company):
        page = read_order_page(reader, order_id=company.order_id)
        assert (page.head.customer_number, page.head.customer_name) == (
            "10042",
            "Müller & Söhne GmbH",
        )
        assert [invoice.id for invoice in page.invoices] == [company.invoice_id]
        assert [payment.id for payment in page.payments] == [company.payment_id]
        assert [document.id for document in page.documents] == [company.document_id]

    def test_an_order_is_read_in_six_statements_whatever_it_holds(self, store, company):
        many = make_order(
            store, company.customer_id, lines=[NewOrderLine(f"{n}", 1000, 1) for n in range(99)]
        )
        for order_id in (company.order_id, many):
            with store.reader() as reader:
                read_order_page(reader, order_id=order_id)
                assert reader.statements_run == 6

    def test_the_invoice_names_its_order_and_what_settled_it(self, reader, company):
        invoice = read_invoice(reader, invoice_id=company.invoice_id)
        assert (invoice.order_number, invoice.customer_number) == ("10042", "10042")
        settled = [(s.kind, str(s.amount)) for s in invoice.settlements]
        assert settled == [("payment", "12.00"), ("credit_note", "2.00")]
        assert str(invoice.open) == "6.00"

    def test_the_payment_leads_to_the_order(self, reader, company):
        (settled,) = read_payment(reader, payment_id=company.payment_id).settlements
        assert (settled.id, settled.order_id) == (company.invoice_id, company.order_id)

    @pytest.mark.parametrize("kind", ["order", "invoice", "payment", "document"])
    def test_every_record_has_an_owner(self, reader, company, kind):
        record_id = getattr(company, f"{kind}_id")
        assert read_owner(reader, kind=kind, record_id=record_id) == company.customer_id
        with pytest.raises(Refused, match="no longer exists"):
            read_owner(reader, kind=kind, record_id=999)

    def test_what_is_gone_is_refused(self, reader):
        for read, name in (
            (read_order_page, "order_id"),
            (read_invoice, "invoice_id"),
            (read_payment, "payment_id"),
            (read_customer_fields, "record_id"),
            (read_contact_fields, "record_id"),
            (read_address_fields, "record_id"),
        ):
            with pytest.raises(Refused, match="no longer exists"):
                read(reader, **{name: 9})
        with pytest.raises(Refused, match="no order with the number"):
            find_order(reader, number="404")


class TestSalesHistory:
    @pytest.fixture
    def customer_id(self, store):
        """Return a customer who ordered tea twice, cups once, and cancelled once."""
        customer_id = make_customer(store)
        tea = NewOrderLine("Tea", 2_000, 10_000_000, item_number="T-1")
        cup = NewOrderLine("Cup", 1_000, 90_000_000, item_number="C-1")
        make_order(store, customer_id, lines=[tea], ordered_on=date(2024, 1, 1))
        make_order(store, customer_id, lines=[tea, cup], ordered_on=date(2024, 3, 31))
        make_order(store, customer_id, lines=[cup], ordered_on=date(2023, 12, 31))
        gone = make_order(store, customer_id, lines=[cup], ordered_on=date(2024, 3, 1))
        do(store, cancel_order, order_id=gone)
        return customer_id

    def test_products_stand_by_what_they_brought(self, reader, customer_id):
        found = read_product_sales(reader, customer_id=customer_id, **YEAR)
        told = [(p.item_number, p.orders, p.quantity_milli, str(p.net)) for p in found]
        assert told == [("C-1", 1, 1_000, "90.00"), ("T-1", 2, 4_000, "40.00")]
        assert found[1].last_on == date(2024, 3, 31)

    def test_months_are_sums_of_their_orders(self, reader, customer_id):
        found = read_month_sales(reader, customer_id=customer_id, **YEAR)
        told = [(m.month, m.orders, str(m.net)) for m in found]
        assert told == [(date(2024, 1, 1), 1, "20.00"), (date(2024, 3, 1), 1, "110.00")]


class TestForms:
    def test_a_form_shows_what_was_typed_in(self, store, reader):
        parent = make_customer(store, "Holding", number="H-1")
        customer_id = make_customer(
            store, "Kraft AG", parent_id=parent, is_key_account=True, notes="n", currency="CHF"
        )
        fields = read_customer_fields(reader, record_id=customer_id).values
        assert (fields["name"], fields["is_key_account"], fields["currency"]) == (
            "Kraft AG",
            True,
            "CHF",
        )
        assert (fields["parent_number"], fields["parent_name"]) == ("H-1", "Holding")

    def test_days_and_claims_come_as_such(self, store, reader):
        customer_id = make_customer(store)
        person = make_contact(store, customer_id, birthday=date(1980, 2, 29))
        place = make_address(store, customer_id, AddressUse.DELIVERY)
        contact = read_contact_fields(reader, record_id=person).values
        address = read_address_fields(reader, record_id=place).values
        assert (contact["birthday"], contact["is_primary"]) == (date(1980, 2, 29), True)
        assert (address["use"], address["is_default"]) == ("delivery", True)

    def test_a_form_tells_which_system_a_record_came_from(self, store, reader):
        customer_id = make_customer(store, source_system="erp", source_key="4711")
        found = read_customer_fields(reader, record_id=customer_id)
        assert (found.source_system, found.source_key) == ("erp", "4711")

    def test_a_parent_is_found_by_its_number(self, store, reader):
        parent = make_customer(store, "Holding", number="H-1")
        found = find_parent(reader, number="H-1")
        assert found is not None
        assert (found.id, found.name) == (parent, "Holding")
        assert find_parent(reader, number="h-1") is None
