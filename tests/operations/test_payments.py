"""Are payments recorded and set against invoices, never twice and never too much?"""

from datetime import date, timedelta

import pytest

from loyaldesk.domain.ledger import EntryKind
from loyaldesk.domain.money import Money
from loyaldesk.operations.invoices import (
    NewInvoiceLine,
    dispute_invoice,
)
from loyaldesk.operations.payments import allocate_amount, record_payment, reverse_allocation
from loyaldesk.queries.receivables import read_invoice, read_payment
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


def eur(amount):
    return Money.of(amount, "EUR")


def allocate(store, customer_id, payment_id, invoice_id, amount, **more):
    return do(
        store,
        allocate_amount,
        customer_id=customer_id,
        source=(EntryKind.PAYMENT, payment_id),
        invoice_id=invoice_id,
        amount=eur(amount),
        **more,
    )


def open_of(reader, invoice_id):
    return str(read_invoice(reader, invoice_id=invoice_id).open)


class TestPayments:
    def test_a_payment_waits_unallocated(self, store, reader, customer_id):
        payment = read_payment(reader, payment_id=make_payment(store, customer_id, "50.00"))
        assert payment.unallocated == payment.amount == eur("50")

    @pytest.mark.parametrize("amount", [eur("0"), eur("-1")])
    def test_nothing_is_no_payment(self, store, customer_id, amount):
        known = {"customer_id": customer_id, "amount": amount}
        assert refused(store, record_payment, **known).field == "amount"

    def test_money_cannot_come_tomorrow(self, store, customer_id):
        known = {"customer_id": customer_id, "amount": eur("1"), "received_on": TOMORROW}
        assert refused(store, record_payment, **known).field == "received_on"

    def test_the_oldest_due_invoice_is_settled_first_and_disputed_ones_last(
        self, store, reader, customer_id
    ):
        disputed = make_invoice(store, customer_id, "10.00", due_on=date(2024, 1, 1))
        do(store, dispute_invoice, invoice_id=disputed, reason="damaged")
        newer = make_invoice(store, customer_id, "10.00", due_on=date(2024, 10, 1))
        older = make_invoice(store, customer_id, "10.00", due_on=date(2024, 9, 1))
        make_payment(store, customer_id, "15.00", allocate_oldest_first=True)
        assert [open_of(reader, key) for key in (older, newer, disputed)] == [
            "0.00",
            "5.00",
            "10.00",
        ]

    def test_a_payment_settles_the_invoices_it_names(self, store, reader, customer_id):
        first = make_invoice(store, customer_id, "10.00")
        second = make_invoice(store, customer_id, "10.00")
        payment_id = make_payment(
            store, customer_id, "15.00", allocations=[(second, eur("10")), (first, eur("2"))]
        )
        assert [open_of(reader, key) for key in (first, second)] == ["8.00", "0.00"]
        payment = read_payment(reader, payment_id=payment_id)
        assert str(payment.unallocated) == "3.00"
        assert store.undo_label == f"Record payment {payment.number}"

    def test_a_payment_that_names_more_than_it_has_is_not_recorded(self, store, customer_id):
        invoice_id = make_invoice(store, customer_id, "10.00")
        refusal = refused(
            store,
            record_payment,
            customer_id=customer_id,
            amount=eur("5"),
            allocations=[(invoice_id, eur("6"))],
        )
        assert refusal.field == "amount"


class TestAllocations:
    @pytest.fixture
    def invoice_id(self, store, customer_id):
        return make_invoice(store, customer_id, "100.00", invoiced_on=date(2024, 10, 1))

    @pytest.fixture
    def payment_id(self, store, customer_id):
        return make_payment(store, customer_id, "60.00", received_on=date(2024, 10, 20))

    def test_both_ends_go_down_by_the_amount(
        self, store, reader, customer_id, invoice_id, payment_id
    ):
        allocate(store, customer_id, payment_id, invoice_id, "40")
        payment = read_payment(reader, payment_id=payment_id)
        assert (open_of(reader, invoice_id), str(payment.unallocated)) == ("60.00", "20.00")
        (settled,) = payment.settlements
        assert (settled.number, str(settled.amount)) == ("INV-2024-00001", "40.00")

    @pytest.mark.parametrize("amount", ["0", "-1", "60.01"])
    def test_no_more_than_is_there_and_no_less_than_something(
        self, store, customer_id, invoice_id, payment_id, amount
    ):
        refusal = refused(
            store,
            allocate_amount,
            customer_id=customer_id,
            source=(EntryKind.PAYMENT, payment_id),
            invoice_id=invoice_id,
            amount=eur(amount),
        )
        assert refusal.field == "amount"

    def test_no_more_than_the_invoice_is_open_for(self, store, customer_id, payment_id):
        small = make_invoice(store, customer_id, "5.00")
        refusal = refused(
            store,
            allocate_amount,
            customer_id=customer_id,
            source=(EntryKind.PAYMENT, payment_id),
            invoice_id=small,
            amount=eur("5.01"),
        )
        assert "Only EUR 5.00" in refusal.message

    def test_an_allocation_is_never_kept_before_its_papers(
        self, store, reader, customer_id, invoice_id, payment_id
    ):
        allocate(store, customer_id, payment_id, invoice_id, "10", applied_on=date(2024, 10, 5))
        assert reader.value("SELECT applied_on FROM allocation") == "2024-10-20"

    def test_nothing_is_set_off_in_the_future(self, store, customer_id, invoice_id, payment_id):
        refusal = refused(
            store,
            allocate_amount,
            customer_id=customer_id,
            source=(EntryKind.PAYMENT, payment_id),
            invoice_id=invoice_id,
            amount=eur("1"),
            applied_on=TOMORROW,
        )
        assert refusal.field == "applied_on"

    def test_another_customers_papers_stay_untouched(self, store, invoice_id, payment_id):
        other = make_customer(store, "Other")
        theirs = make_invoice(store, other)
        for customer_id, target in ((other, theirs), (other, invoice_id)):
            refusal = refused(
                store,
                allocate_amount,
                customer_id=customer_id,
                source=(EntryKind.PAYMENT, payment_id),
                invoice_id=target,
                amount=eur("1"),
            )
            assert "another customer" in refusal.message

    def test_currencies_are_never_set_against_each_other(self, store, customer_id, payment_id):
        dollars = make_invoice(store, customer_id, "5.00", currency="USD")
        refusal = refused(
            store,
            allocate_amount,
            customer_id=customer_id,
            source=(EntryKind.PAYMENT, payment_id),
            invoice_id=dollars,
            amount=eur("1"),
        )
        assert refusal.field == "currency"

    def test_an_invoice_settles_nothing(self, store, customer_id, invoice_id):
        refusal = refused(
            store,
            allocate_amount,
            customer_id=customer_id,
            source=(EntryKind.INVOICE, make_invoice(store, customer_id)),
            invoice_id=invoice_id,
            amount=eur("1"),
        )
        assert "only a payment or a credit note" in refusal.message

    def test_a_credit_note_settles_like_a_payment(self, store, reader, customer_id, invoice_id):
        note_id = make_credit_note(store, customer_id, "30.00")
        do(
            store,
            allocate_amount,
            customer_id=customer_id,
            source=(EntryKind.CREDIT_NOTE, note_id),
            invoice_id=invoice_id,
            amount=eur("30"),
        )
        assert (open_of(reader, invoice_id), open_of(reader, note_id)) == ("70.00", "0.00")
        (settled,) = read_invoice(reader, invoice_id=invoice_id).settlements
        assert (settled.kind, settled.number) == ("credit_note", "CN-2024-00001")

    def test_a_reversal_opens_both_ends_again_from_today(
        self, store, reader, customer_id, invoice_id, payment_id
    ):
        made = allocate(store, customer_id, payment_id, invoice_id, "40")
        do(store, reverse_allocation, allocation_id=made)
        payment = read_payment(reader, payment_id=payment_id)
        assert (open_of(reader, invoice_id), str(payment.unallocated)) == ("100.00", "60.00")
        amounts = reader.rows("SELECT amount_minor, applied_on FROM allocation ORDER BY id")
        assert amounts == [(4000, "2024-11-12"), (-4000, "2024-11-12")]

    def test_an_allocation_is_taken_back_once(self, store, customer_id, invoice_id, payment_id):
        made = allocate(store, customer_id, payment_id, invoice_id, "40")
        taken_back = do(store, reverse_allocation, allocation_id=made)
        for key in (made, taken_back):
            refusal = refused(store, reverse_allocation, allocation_id=key)
            assert "already taken back" in refusal.message
        gone = refused(store, reverse_allocation, allocation_id=999)
        assert "no longer exists" in gone.message

    def test_of_two_parts_each_is_taken_back_by_itself(
        self, store, reader, customer_id, invoice_id, payment_id
    ):
        first = allocate(store, customer_id, payment_id, invoice_id, "40")
        allocate(store, customer_id, payment_id, invoice_id, "5")
        do(store, reverse_allocation, allocation_id=first)
        assert open_of(reader, invoice_id) == "95.00"
