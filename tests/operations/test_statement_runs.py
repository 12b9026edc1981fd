"""Is everybody who was chosen in the run once, with the ledger's balance and a reason?"""

import json
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from loyaldesk.domain.money import Money
from loyaldesk.domain.statement_run import Selection, SortBy, Who
from loyaldesk.errors import Refused
from loyaldesk.models import Allocation, StatementScope
from loyaldesk.operations.statement_runs import prepare_run
from loyaldesk.queries.statement_candidates import CANDIDATES
from loyaldesk.queries.statement_runs import list_runs, read_run
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


class TestWho:
    def test_only_those_with_open_items_of_the_day_are_chosen(self, store):
        make_debtor(store, "1")
        paid = make_debtor(store, "2")
        make_payment(store, paid, received_on=LATER, allocate_oldest_first=True)
        later = make_customer(store, number="3")
        make_invoice(store, later, invoiced_on=LATER)
        assert outcomes_of(store, prepared(store)) == {"1": "waiting", "2": "waiting"}
        today = prepared(store, as_of=date(2024, 11, 12))
        assert outcomes_of(store, today) == {"1": "waiting", "3": "no_address"}

    def test_an_account_that_comes_to_zero_with_items_open_is_told(self, store):
        customer_id = make_debtor(store, "1")
        make_payment(store, customer_id, received_on=date(2024, 10, 1))
        run_id = prepared(store)
        (item,) = items_of(store, run_id)
        assert (item.outcome, item.reason) == ("nothing_due", "The balance is zero.")
        assert outcomes_of(store, prepared(store, with_zero=True)) == {"1": "waiting"}

    def test_what_was_settled_after_the_day_was_open_on_it(self, store):
        customer_id = make_debtor(store, "1")
        invoice_id = 1
        make_payment(store, customer_id, received_on=date(2024, 10, 1),
                     allocations=[(invoice_id, Money.of("100", "EUR"))])  # fmt: skip
        assert outcomes_of(store, prepared(store)) == {"1": "nothing_due"}
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
        make_debtor(store, "2")
        assert outcomes_of(store, prepared(store, who=Who.ALL)) == {
            "1": "nothing_due",
            "2": "waiting",
        }

    @pytest.mark.parametrize("field", ["segment", "territory", "account_manager"])
    def test_a_filter_lets_only_its_own_through(self, store, field):
        change_customer(store, make_debtor(store, "1"), **{field: "North"})
        make_debtor(store, "2")
        assert outcomes_of(store, prepared(store, **{field: "North"})) == {"1": "waiting"}

    def test_customers_are_named_by_their_numbers(self, store):
        make_debtor(store, "1")
        make_debtor(store, "2")
        make_customer(store, number="3")
        run_id = prepared(store, customers=("3", "2"))
        assert outcomes_of(store, run_id) == {"2": "waiting", "3": "nothing_due"}

    def test_a_number_nobody_has_is_refused(self, store):
        make_debtor(store, "1")
        with pytest.raises(Refused, match="no customer 99"):
            prepared(store, customers=("1", "99"))

    def test_a_run_for_nobody_is_refused(self, store):
        with pytest.raises(Refused, match="Nobody"):
            prepared(store)
        with store.reader() as reader:
            assert list_runs(reader) == []

    def test_a_day_to_come_is_refused(self, store):
        make_debtor(store, "1")
        with pytest.raises(Refused, match="day past"):
            prepared(store, as_of=date(2030, 1, 1))


class TestReasons:
    def test_who_wants_none_has_no_address_or_a_credit_is_an_item_with_its_reason(self, store):
        change_customer(store, make_debtor(store, "1"), wants_statements=False)
        make_debtor(store, "2", place=False)
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
        assert outcomes_of(store, prepared(store, with_credits=True)) == {"3": "waiting"}

    def test_the_smallest_balance_counts_in_the_customers_currency(self, store):
        make_debtor(store, "1", "50.00")
        make_debtor(store, "2", "49.99")
        make_debtor(store, "3", "49", currency="JPY")
        make_debtor(store, "4", "50.000", currency="KWD")
        found = outcomes_of(store, prepared(store, minimum=Decimal(50)))
        assert found == {"1": "waiting", "2": "nothing_due", "3": "nothing_due", "4": "waiting"}

    def test_the_smallest_balance_may_be_named_by_currency(self, store):
        make_debtor(store, "1", "49.99")
        make_debtor(store, "2", "49", currency="JPY")
        run_id = prepared(store, minimums=(Money(5_000, "EUR"),))
        assert outcomes_of(store, run_id) == {"1": "nothing_due", "2": "waiting"}
        assert "below" in items_of(store, run_id)[0].reason


class TestOrder:
    def test_numbers_go_by_their_value_names_by_the_alphabet_and_post_by_its_code(self, store):
        for number, name, postcode in (("9", "Ärzte", "30"), ("10", "Zeder", "10"),
                                       ("8", "Birke", "20")):  # fmt: skip
            customer_id = make_customer(store, name, number=number)
            make_invoice(store, customer_id, invoiced_on=date(2024, 9, 1))
            make_address(store, customer_id, postcode=postcode)
        by = {sort: [*outcomes_of(store, prepared(store, sort=sort))] for sort in SortBy}
        assert by[SortBy.NUMBER] == ["8", "9", "10"]
        assert by[SortBy.NAME] == ["9", "8", "10"]
        assert by[SortBy.POSTCODE] == ["10", "8", "9"]


class TestGroups:
    @pytest.fixture
    def group(self, store):
        """Make a parent who owes 100, with a member and the member's own member."""
        parent = make_debtor(store, "1", name="Holding")
        member = make_debtor(store, "2", "20.00", name="North", parent_id=parent)
        below = make_debtor(store, "3", "3.00", name="Far North", parent_id=member, segment="Far")
        for customer_id in (member, below):
            change_customer(store, customer_id, statement_scope=StatementScope.PARENT)
        return parent

    def test_members_stand_on_the_statement_of_the_topmost_parent(self, store, group):
        found = {i.number: (i.outcome, i.reason) for i in items_of(store, prepared(store))}
        told = ("with_parent", "The items stand on the statement of 1 Holding.")
        assert found == {"1": ("waiting", ""), "2": told, "3": told}

    def test_a_chosen_member_brings_its_parent_and_the_others_along(self, store, group):
        make_debtor(store, "4")
        found = outcomes_of(store, prepared(store, segment="Far"))
        assert found == {"1": "waiting", "2": "with_parent", "3": "with_parent"}

    def test_a_group_is_judged_by_what_it_owes_together(self, store, group):
        assert outcomes_of(store, prepared(store, minimum=Decimal(123)))["1"] == "waiting"
        assert outcomes_of(store, prepared(store, minimum=Decimal("123.01")))["1"] == "nothing_due"

    def test_a_member_with_a_statement_of_its_own_has_one(self, store, group):
        with store.reader() as reader:
            member = reader.value("SELECT id FROM customer WHERE number = '2'")
        change_customer(store, member, statement_scope=StatementScope.OWN)
        found = {i.number: (i.outcome, i.reason) for i in items_of(store, prepared(store))}
        assert found == {
            "1": ("waiting", ""),
            "2": ("waiting", ""),
            "3": ("with_parent", "The items stand on the statement of 2 North."),
        }

    def test_customers_that_are_each_others_parents_do_not_hang_the_run(self, store, group):
        with store.reader() as reader:
            member = reader.value("SELECT id FROM customer WHERE number = '2'")
        change_customer(store, group, parent_id=member, statement_scope=StatementScope.PARENT)
        assert len(outcomes_of(store, prepared(store))) == 3


def test_the_number_of_statements_does_not_grow_with_the_customers(store):
    def statements(run):
        with store.transaction("Prepare") as tx:
            prepare_run(tx, selection=Selection(as_of=DAY))
            return tx.statements_run

    make_debtor(store, "1")
    few = statements(store)
    for number in range(2, 30):
        make_debtor(store, str(number))
    assert statements(store) == few


def test_no_table_is_read_once_for_each_customer(store):
    with store.reader() as reader:
        asked = dict.fromkeys(re.findall(r":([a-z_]+)", CANDIDATES), "")
        plan = reader.rows(f"EXPLAIN QUERY PLAN {CANDIDATES}", {**asked, "numbers": "[]"})
    read_whole = [step for *_, step in plan if step.startswith("SCAN")]
    assert "SCAN told" in read_whole
    assert [step for step in read_whole if step.endswith("LEFT-JOIN")] == []


def test_a_selection_is_kept_whole(store):
    make_debtor(store, "1")
    chosen = Selection(
        as_of=DAY, start=DAY - timedelta(days=30), minimum=Decimal("1.50"),
        minimums=(Money(100, "JPY"),), customers=("1",), sort=SortBy.NAME, with_zero=True,
    )  # fmt: skip
    run_id = do(store, prepare_run, selection=chosen)
    with store.reader() as reader:
        assert read_run(reader, run_id=run_id).selection == chosen
    unknown = {**json.loads(chosen.as_json()), "colour": "blue"}
    assert Selection.from_json(json.dumps(unknown)) == chosen
