"""Does a run come to the ledger to the cent, and is an account that does not agree held?"""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from loyaldesk.domain.ledger import EntryKind
from loyaldesk.domain.money import Money
from loyaldesk.models import Allocation, Invoice, StatementScope
from loyaldesk.operations.payments import allocate_amount
from loyaldesk.operations.statement_runs import retry_failures
from loyaldesk.queries.statement_check import check_run
from tests.support.factories import (
    do,
    make_address,
    make_credit_note,
    make_customer,
    make_invoice,
    make_payment,
)
from tests.support.statement_runs import (
    DAY,
    change_customer,
    items_of,
    make_debtor,
    outcomes_of,
    prepared,
)

LATER = date(2024, 11, 5)


class TestCheck:
    def check(self, store, run_id):
        with store.reader() as reader:
            return check_run(reader, run_id=run_id)

    def test_statements_and_skipped_come_to_the_ledger(self, store):
        make_debtor(store, "1", "100.10")
        make_debtor(store, "2", "0.07")
        change_customer(store, make_debtor(store, "3", "5.00"), wants_statements=False)
        make_debtor(store, "4", "7", currency="JPY")
        make_invoice(store, make_debtor(store, "5", "1.00"), "9.00", invoiced_on=LATER)
        found = self.check(store, prepared(store, minimum=Decimal("0.08")))
        assert found.agrees
        euro, yen = found.currencies
        assert (euro.statements, euro.skipped, euro.ledger) == (
            Money(10_110, "EUR"), Money(507, "EUR"), Money(10_617, "EUR"))  # fmt: skip
        assert yen.ledger == Money(7, "JPY")
        assert found.counts == {"waiting": 3, "nothing_due": 1, "not_wanted": 1}

    def test_days_outstanding_are_the_ledger_in_days_of_a_years_sales(self, store):
        customer_id = make_debtor(store, "1", "100.00")
        make_invoice(store, customer_id, "900.00", invoiced_on=DAY - timedelta(days=364))
        make_invoice(store, customer_id, "5000.00", invoiced_on=DAY - timedelta(days=365))
        make_credit_note(store, customer_id, "500.00", invoiced_on=DAY)
        make_payment(store, customer_id, "5000.00", received_on=DAY)
        (euro,) = self.check(store, prepared(store)).currencies
        assert (euro.ledger, euro.sold) == (Money(50_000, "EUR"), Money(50_000, "EUR"))
        assert euro.days_outstanding == 365

    def test_without_sales_in_the_year_no_days_are_said(self, store):
        customer_id = make_customer(store, number="1")
        make_invoice(store, customer_id, invoiced_on=DAY - timedelta(days=400))
        (euro,) = self.check(store, prepared(store)).currencies
        assert euro.days_outstanding is None

    def test_members_count_where_their_parent_does(self, store):
        parent = make_debtor(store, "1", place=False)
        change_customer(store, make_debtor(store, "2", "20.00", parent_id=parent),
               statement_scope=StatementScope.PARENT)  # fmt: skip
        found = self.check(store, prepared(store))
        (euro,) = found.currencies
        assert (euro.statements.minor, euro.held.minor, euro.difference.minor) == (
            0,
            12_000,
            12_000,
        )
        assert found.agrees
        make_address(store, parent)
        assert self.check(store, prepared(store)).currencies[0].statements.minor == 12_000

    def test_what_was_posted_after_the_run_was_prepared_shows(self, store):
        customer_id = make_debtor(store, "1")
        run_id = prepared(store)
        make_invoice(store, customer_id, "1.00", invoiced_on=DAY)
        found = self.check(store, run_id)
        assert not found.agrees
        assert found.currencies[0].difference == Money(100, "EUR")

    @pytest.fixture
    def differing(self, store):
        """Make two who owe; the invoice of one is kept with ten cents less than its papers say."""
        make_debtor(store, "1")
        customer_id = make_debtor(store, "2", "50.00")
        with store.transaction("Break") as tx:
            invoice_id = tx.value("SELECT id FROM invoice WHERE customer_id = ?", [customer_id])
            tx.update(Invoice, invoice_id, open_minor=4_990)
        return invoice_id

    def test_an_account_that_does_not_agree_is_held_and_named(self, store, differing):
        run_id = prepared(store)
        found = self.check(store, run_id)
        assert not found.agrees
        (difference,) = found.differences
        assert (difference.customer_number, difference.kept, difference.told) == (
            "2", Money(4_990, "EUR"), Money(5_000, "EUR"))  # fmt: skip
        held = items_of(store, run_id)[1]
        assert held.outcome == "failed"
        assert "49.90 EUR open" in held.reason
        assert "leave 50.00 EUR" in held.reason
        (euro,) = found.currencies
        assert (euro.statements.minor, euro.held.minor) == (10_000, 5_000)

    def test_an_allocation_to_another_customers_invoice_is_named(self, store):
        one, two = make_debtor(store, "1"), make_debtor(store, "2")
        payment_id = make_payment(store, one, "10.00", received_on=date(2024, 9, 2))
        with store.transaction("Break") as tx:
            invoice_id = tx.value("SELECT id FROM invoice WHERE customer_id = ?", [two])
            tx.insert(Allocation, customer_id=one, payment_id=payment_id, invoice_id=invoice_id,
                      amount_minor=100, applied_on=DAY, recorded_at=tx.now)  # fmt: skip
        run_id = prepared(store)
        assert outcomes_of(store, run_id) == {"1": "failed", "2": "waiting"}
        assert "of another customer" in " ".join(
            each.reason for each in self.check(store, run_id).differences
        )

    def test_only_failures_go_back_to_waiting_with_new_balances(self, store, differing):
        make_debtor(store, "3", place=False)
        run_id = prepared(store)
        with store.transaction("Mend") as tx:
            tx.update(Invoice, differing, open_minor=5_000)
            customer_id = tx.value("SELECT customer_id FROM invoice WHERE id = ?", [differing])
        make_invoice(store, customer_id, "1.00", invoiced_on=DAY)
        assert do(store, retry_failures, run_id=run_id) == 2
        assert {i.number: (i.outcome, i.balances[0].minor) for i in items_of(store, run_id)} == {
            "1": ("waiting", 10_000), "2": ("waiting", 5_100), "3": ("waiting", 10_000),
        }  # fmt: skip
        assert self.check(store, run_id).agrees


def test_a_credit_note_set_against_an_invoice_leaves_both_in_agreement(store):
    customer_id = make_debtor(store, "1")
    note_id = make_credit_note(store, customer_id, "30.00", invoiced_on=date(2024, 9, 5))
    with store.reader() as reader:
        invoice_id = reader.value("SELECT min(id) FROM invoice")
    do(store, allocate_amount, customer_id=customer_id, source=(EntryKind.CREDIT_NOTE, note_id),
       invoice_id=invoice_id, amount=Money.of("30", "EUR"))  # fmt: skip
    with store.reader() as reader:
        assert check_run(reader, run_id=prepared(store)).agrees
