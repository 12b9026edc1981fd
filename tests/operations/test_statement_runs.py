"""Is everybody who was chosen in the run once, with the ledger's balance and a reason?"""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest

from loyaldesk.domain.ledger import EntryKind
from loyaldesk.domain.money import Money
from loyaldesk.domain.statement_run import Selection, SortBy, Who
from loyaldesk.errors import Refused
from loyaldesk.models import Allocation, Customer, Invoice, StatementScope
from loyaldesk.operations.payments import allocate_amount
from loyaldesk.operations.statement_runs import prepare_run, retry_failures
from loyaldesk.queries.statement_check import check_run
from loyaldesk.queries.statement_runs import list_run_items, list_runs, read_run
from tests.support.factories import (
    do,
    make_address,
    make_credit_note,
    make_customer,
    make_invoice,
    make_payment,
)

DAY = date(2024, 10, 31)
LATER = date(2024, 11, 5)


def prepared(store, **choices):
    return do(store, prepare_run, selection=Selection(**{"as_of": DAY, **choices}))


def items_of(store, run_id):
    with store.reader() as reader:
        return list_run_items(reader, run_id=run_id)


def outcomes(store, run_id):
    return {item.number: item.outcome for item in items_of(store, run_id)}


def change(store, customer_id, **fields):
    with store.transaction("Change") as tx:
        tx.update(Customer, customer_id, **fields)


def owing(store, number, amount="100.00", *, place=True, **fields):
    """Make a customer who owes an amount since September."""
    currency = fields.get("currency", "EUR")
    customer_id = make_customer(store, fields.pop("name", f"Customer {number}"), number=number,
                                **fields)  # fmt: skip
    make_invoice(store, customer_id, amount, invoiced_on=date(2024, 9, 1), currency=currency)
    if place:
        make_address(store, customer_id, postcode=fields.get("postcode", "20095"))
    return customer_id


class TestWho:
    def test_only_those_with_open_items_of_the_day_are_chosen(self, store):
        owing(store, "1")
        paid = owing(store, "2")
        make_payment(store, paid, received_on=LATER, allocate_oldest_first=True)
        later = make_customer(store, number="3")
        make_invoice(store, later, invoiced_on=LATER)
        assert outcomes(store, prepared(store)) == {"1": "waiting", "2": "waiting"}
        today = prepared(store, as_of=date(2024, 11, 12))
        assert outcomes(store, today) == {"1": "waiting", "3": "no_address"}

    def test_an_account_that_comes_to_zero_with_items_open_is_told(self, store):
        customer_id = owing(store, "1")
        make_payment(store, customer_id, received_on=date(2024, 10, 1))
        run_id = prepared(store)
        (item,) = items_of(store, run_id)
        assert (item.outcome, item.reason) == ("nothing_due", "The balance is zero.")
        assert outcomes(store, prepared(store, with_zero=True)) == {"1": "waiting"}

    def test_what_was_settled_after_the_day_was_open_on_it(self, store):
        customer_id = owing(store, "1")
        invoice_id = 1
        make_payment(store, customer_id, received_on=date(2024, 10, 1),
                     allocations=[(invoice_id, Money.of("100", "EUR"))])  # fmt: skip
        assert outcomes(store, prepared(store)) == {"1": "nothing_due"}
        with pytest.raises(Refused, match="Nobody"):
            prepared(store, as_of=date(2024, 11, 12))

    def test_an_allocation_dated_before_its_papers_opens_nothing(self, store):
        customer_id = make_customer(store, number="1")
        invoice_id = make_invoice(store, customer_id, invoiced_on=LATER)
        payment_id = make_payment(store, customer_id, received_on=LATER)
        with store.transaction("Import") as tx:
            tx.insert(Allocation, customer_id=customer_id, payment_id=payment_id,
                      invoice_id=invoice_id, amount_minor=10_000, applied_on=DAY,
                      recorded_at=tx.now)  # fmt: skip
        with pytest.raises(Refused, match="Nobody"):
            prepared(store)

    def test_everybody_is_chosen_when_all_are_asked_for(self, store):
        make_customer(store, number="1")
        owing(store, "2")
        assert outcomes(store, prepared(store, who=Who.ALL)) == {"1": "nothing_due", "2": "waiting"}

    @pytest.mark.parametrize("field", ["segment", "territory", "account_manager"])
    def test_a_filter_lets_only_its_own_through(self, store, field):
        change(store, owing(store, "1"), **{field: "North"})
        owing(store, "2")
        assert outcomes(store, prepared(store, **{field: "North"})) == {"1": "waiting"}

    def test_customers_are_named_by_their_numbers(self, store):
        owing(store, "1")
        owing(store, "2")
        make_customer(store, number="3")
        run_id = prepared(store, customers=("3", "2"))
        assert outcomes(store, run_id) == {"2": "waiting", "3": "nothing_due"}

    def test_a_number_nobody_has_is_refused(self, store):
        owing(store, "1")
        with pytest.raises(Refused, match="no customer 99"):
            prepared(store, customers=("1", "99"))

    def test_a_run_for_nobody_is_refused(self, store):
        with pytest.raises(Refused, match="Nobody"):
            prepared(store)
        with store.reader() as reader:
            assert list_runs(reader) == []

    def test_a_day_to_come_is_refused(self, store):
        owing(store, "1")
        with pytest.raises(Refused, match="day past"):
            prepared(store, as_of=date(2030, 1, 1))


class TestReasons:
    def test_who_wants_none_has_no_address_or_a_credit_is_an_item_with_its_reason(self, store):
        change(store, owing(store, "1"), wants_statements=False)
        owing(store, "2", place=False)
        credit = make_customer(store, number="3")
        make_credit_note(store, credit, invoiced_on=date(2024, 9, 1))
        run_id = prepared(store, with_credits=False)
        assert [(i.number, i.outcome, i.reason) for i in items_of(store, run_id)] == [
            ("1", "not_wanted", "The customer wants no statements."),
            ("2", "no_address",
             "There is no address. Add a billing address and re-run failures."),
            ("3", "nothing_due", "The balance is a credit."),
        ]  # fmt: skip

    def test_a_credit_balance_is_told_when_asked_for(self, store):
        credit = make_customer(store, number="3")
        make_address(store, credit)
        make_credit_note(store, credit, invoiced_on=date(2024, 9, 1))
        assert outcomes(store, prepared(store, with_credits=True)) == {"3": "waiting"}

    def test_the_smallest_balance_counts_in_the_customers_currency(self, store):
        owing(store, "1", "50.00")
        owing(store, "2", "49.99")
        owing(store, "3", "49", currency="JPY")
        owing(store, "4", "50.000", currency="KWD")
        found = outcomes(store, prepared(store, minimum=Decimal(50)))
        assert found == {"1": "waiting", "2": "nothing_due", "3": "nothing_due", "4": "waiting"}

    def test_the_smallest_balance_may_be_named_by_currency(self, store):
        owing(store, "1", "49.99")
        owing(store, "2", "49", currency="JPY")
        run_id = prepared(store, minimums=(Money(5_000, "EUR"),))
        assert outcomes(store, run_id) == {"1": "nothing_due", "2": "waiting"}
        assert "below" in items_of(store, run_id)[0].reason


class TestOrder:
    def test_numbers_go_by_their_value_names_by_the_alphabet_and_post_by_its_code(self, store):
        for number, name, postcode in (("9", "Ärzte", "30"), ("10", "Zeder", "10"),
                                       ("8", "Birke", "20")):  # fmt: skip
            customer_id = make_customer(store, name, number=number)
            make_invoice(store, customer_id, invoiced_on=date(2024, 9, 1))
            make_address(store, customer_id, postcode=postcode)
        by = {sort: [*outcomes(store, prepared(store, sort=sort))] for sort in SortBy}
        assert by[SortBy.NUMBER] == ["8", "9", "10"]
        assert by[SortBy.NAME] == ["9", "8", "10"]
        assert by[SortBy.POSTCODE] == ["10", "8", "9"]


class TestGroups:
    @pytest.fixture
    def group(self, store):
        """Make a parent who owes 100, with a member and the member's own member."""
        parent = owing(store, "1", name="Holding")
        member = owing(store, "2", "20.00", name="North", parent_id=parent)
        below = owing(store, "3", "3.00", name="Far North", parent_id=member, segment="Far")
        for customer_id in (member, below):
            change(store, customer_id, statement_scope=StatementScope.PARENT)
        return parent

    def test_members_stand_on_the_statement_of_the_topmost_parent(self, store, group):
        found = {i.number: (i.outcome, i.reason) for i in items_of(store, prepared(store))}
        told = ("with_parent", "The items stand on the statement of 1 Holding.")
        assert found == {"1": ("waiting", ""), "2": told, "3": told}

    def test_a_chosen_member_brings_its_parent_and_the_others_along(self, store, group):
        owing(store, "4")
        found = outcomes(store, prepared(store, segment="Far"))
        assert found == {"1": "waiting", "2": "with_parent", "3": "with_parent"}

    def test_a_group_is_judged_by_what_it_owes_together(self, store, group):
        assert outcomes(store, prepared(store, minimum=Decimal(123)))["1"] == "waiting"
        assert outcomes(store, prepared(store, minimum=Decimal("123.01")))["1"] == "nothing_due"

    def test_a_member_with_a_statement_of_its_own_has_one(self, store, group):
        with store.reader() as reader:
            member = reader.value("SELECT id FROM customer WHERE number = '2'")
        change(store, member, statement_scope=StatementScope.OWN)
        found = {i.number: (i.outcome, i.reason) for i in items_of(store, prepared(store))}
        assert found == {
            "1": ("waiting", ""),
            "2": ("waiting", ""),
            "3": ("with_parent", "The items stand on the statement of 2 North."),
        }

    def test_customers_that_are_each_others_parents_do_not_hang_the_run(self, store, group):
        with store.reader() as reader:
            member = reader.value("SELECT id FROM customer WHERE number = '2'")
        change(store, group, parent_id=member, statement_scope=StatementScope.PARENT)
        assert len(outcomes(store, prepared(store))) == 3


class TestCheck:
    def check(self, store, run_id):
        with store.reader() as reader:
            return check_run(reader, run_id=run_id)

    def test_statements_and_skipped_come_to_the_ledger(self, store):
        owing(store, "1", "100.10")
        owing(store, "2", "0.07")
        change(store, owing(store, "3", "5.00"), wants_statements=False)
        owing(store, "4", "7", currency="JPY")
        make_invoice(store, owing(store, "5", "1.00"), "9.00", invoiced_on=LATER)
        found = self.check(store, prepared(store, minimum=Decimal("0.08")))
        assert found.agrees
        euro, yen = found.currencies
        assert (euro.statements, euro.skipped, euro.ledger) == (
            Money(10_110, "EUR"), Money(507, "EUR"), Money(10_617, "EUR"))  # fmt: skip
        assert yen.ledger == Money(7, "JPY")
        assert found.counts == {"waiting": 3, "nothing_due": 1, "not_wanted": 1}

    def test_members_count_where_their_parent_does(self, store):
        parent = owing(store, "1", place=False)
        change(store, owing(store, "2", "20.00", parent_id=parent),
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
        customer_id = owing(store, "1")
        run_id = prepared(store)
        make_invoice(store, customer_id, "1.00", invoiced_on=DAY)
        found = self.check(store, run_id)
        assert not found.agrees
        assert found.currencies[0].difference == Money(100, "EUR")

    @pytest.fixture
    def differing(self, store):
        """Make two who owe; the invoice of one is kept with ten cents less than its papers say."""
        owing(store, "1")
        customer_id = owing(store, "2", "50.00")
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
        one, two = owing(store, "1"), owing(store, "2")
        payment_id = make_payment(store, one, "10.00", received_on=date(2024, 9, 2))
        with store.transaction("Break") as tx:
            invoice_id = tx.value("SELECT id FROM invoice WHERE customer_id = ?", [two])
            tx.insert(Allocation, customer_id=one, payment_id=payment_id, invoice_id=invoice_id,
                      amount_minor=100, applied_on=DAY, recorded_at=tx.now)  # fmt: skip
        run_id = prepared(store)
        assert outcomes(store, run_id) == {"1": "failed", "2": "waiting"}
        assert "of another customer" in " ".join(
            each.reason for each in self.check(store, run_id).differences
        )

    def test_only_failures_go_back_to_waiting_with_new_balances(self, store, differing):
        owing(store, "3", place=False)
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


def test_the_number_of_statements_does_not_grow_with_the_customers(store):
    def statements(run):
        with store.transaction("Prepare") as tx:
            prepare_run(tx, selection=Selection(as_of=DAY))
            return tx.statements_run

    owing(store, "1")
    few = statements(store)
    for number in range(2, 30):
        owing(store, str(number))
    assert statements(store) == few


def test_a_selection_is_kept_whole(store):
    owing(store, "1")
    chosen = Selection(
        as_of=DAY, start=DAY - timedelta(days=30), minimum=Decimal("1.50"),
        minimums=(Money(100, "JPY"),), customers=("1",), sort=SortBy.NAME, with_zero=True,
    )  # fmt: skip
    run_id = do(store, prepare_run, selection=chosen)
    with store.reader() as reader:
        assert read_run(reader, run_id=run_id).selection == chosen
    unknown = {**json.loads(chosen.as_json()), "colour": "blue"}
    assert Selection.from_json(json.dumps(unknown)) == chosen


def test_a_credit_note_set_against_an_invoice_leaves_both_in_agreement(store):
    customer_id = owing(store, "1")
    note_id = make_credit_note(store, customer_id, "30.00", invoiced_on=date(2024, 9, 5))
    with store.reader() as reader:
        invoice_id = reader.value("SELECT min(id) FROM invoice")
    do(store, allocate_amount, customer_id=customer_id, source=(EntryKind.CREDIT_NOTE, note_id),
       invoice_id=invoice_id, amount=Money.of("30", "EUR"))  # fmt: skip
    with store.reader() as reader:
        assert check_run(reader, run_id=prepared(store)).agrees
