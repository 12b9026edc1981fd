"""Are invoices and credit notes posted with right sums, and disputes marked on them?"""

from datetime import date, timedelta

import pytest

from loyaldesk.models import InvoiceKind
from loyaldesk.operations.invoices import (
    NewInvoiceLine,
    dispute_invoice,
    post_invoice,
    release_dispute,
)
from loyaldesk.queries.receivables import read_invoice
from tests.support.factories import (
    do,
    make_credit_note,
    make_customer,
    make_invoice,
    make_payment,
)
from tests.support.refusals import refused

TODAY = date(2024, 11, 12)
TOMORROW = TODAY + timedelta(days=1)
LINE = NewInvoiceLine("Tea", 1000, 100_000_000)


class TestInvoices:
    def test_the_due_day_is_the_customers_terms_later(self, store, reader):
        customer_id = make_customer(store, terms_days=14)
        invoice_id = make_invoice(store, customer_id, invoiced_on=date(2024, 11, 1))
        assert read_invoice(reader, invoice_id=invoice_id).due_on == date(2024, 11, 15)

    def test_a_credit_note_is_positive_and_never_due(self, store, reader, customer_id):
        note = read_invoice(reader, invoice_id=make_credit_note(store, customer_id, "10.00"))
        assert (note.kind, str(note.total), note.due_on) == ("credit_note", "10.00", None)

    def test_each_kind_counts_in_a_series_of_its_own(self, store, reader, customer_id):
        make_invoice(store, customer_id)
        make_credit_note(store, customer_id)
        make_payment(store, customer_id)
        numbers = reader.rows("SELECT number FROM invoice UNION ALL SELECT number FROM payment")
        assert {number for (number,) in numbers} == {
            "INV-2024-00001",
            "CN-2024-00001",
            "PAY-2024-00001",
        }

    def test_amounts_are_worked_out_from_the_lines(self, store, reader, customer_id):
        lines = [
            NewInvoiceLine("Tea", 3_000, 3_333_333, tax_ppm=190_000),
            NewInvoiceLine("Cup", 1_000, 5_000_000, discount_ppm=500_000, tax_ppm=70_000),
        ]
        invoice_id = do(
            store, post_invoice, customer_id=customer_id, lines=lines, currency="EUR",
            freight_minor=1_00, freight_tax_ppm=190_000,
        )  # fmt: skip
        found = read_invoice(reader, invoice_id=invoice_id)
        assert [str(line.net) for line in found.lines] == ["10.00", "2.50"]
        assert [str(found.net), str(found.freight), str(found.tax), str(found.total)] == [
            "12.50",
            "1.00",
            "2.27",
            "15.77",
        ]
        assert found.open == found.total

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"lines": []}, "lines"),
            ({"lines": [NewInvoiceLine("Refund", 1000, -1_000_000)]}, "lines"),
            ({"currency": "EURO"}, "currency"),
            ({"invoiced_on": TOMORROW}, "invoiced_on"),
        ],
    )
    def test_what_cannot_be_posted_is_refused(self, store, customer_id, changes, field):
        known = {"customer_id": customer_id, "lines": [LINE], "currency": "EUR", **changes}
        assert refused(store, post_invoice, **known).field == field

    def test_numbers_are_given_once_and_customers_must_exist(self, store, customer_id):
        make_invoice(store, customer_id, number="R-1")
        known = {"lines": [LINE], "currency": "EUR"}
        taken = refused(store, post_invoice, customer_id=customer_id, number="R-1", **known)
        assert taken.field == "number"
        gone = refused(store, post_invoice, customer_id=99, **known)
        assert "no longer exists" in gone.message


class TestDisputes:
    def test_a_dispute_leaves_what_is_open_and_names_its_day(self, store, reader, customer_id):
        invoice_id = make_invoice(store, customer_id, "10.00")
        do(store, dispute_invoice, invoice_id=invoice_id, reason=" damaged ", case=" C-7 ")
        found = read_invoice(reader, invoice_id=invoice_id)
        assert (found.disputed_on, found.dispute_reason, str(found.open)) == (
            TODAY,
            "damaged",
            "10.00",
        )
        do(store, release_dispute, invoice_id=invoice_id)
        found = read_invoice(reader, invoice_id=invoice_id)
        assert (found.disputed_on, found.dispute_reason) == (None, "")

    def test_a_dispute_needs_a_reason(self, store, customer_id):
        invoice_id = make_invoice(store, customer_id)
        assert refused(store, dispute_invoice, invoice_id=invoice_id, reason=" ").field == "reason"


def test_a_posted_invoice_of_a_kind_keeps_it(store, reader, customer_id):
    do(
        store, post_invoice, customer_id=customer_id, lines=[LINE], currency="EUR",
        kind=InvoiceKind.CREDIT_NOTE,
    )  # fmt: skip
    assert reader.value("SELECT kind FROM invoice") == "credit_note"
