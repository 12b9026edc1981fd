"""Whether the identities of a statement hold for any ledger, any day and any type."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.domain.ageing import AgeingBasis
from loyaldesk.domain.ledger import Ledger
from loyaldesk.domain.money import Money
from loyaldesk.domain.statement import StatementKind, StatementRequest, make_statement
from loyaldesk.domain.statement_proof import prove_section, statement_figures
from loyaldesk.errors import Refused
from tests.support.ledgers import AS_OF, days, invoice, ledgers, payment, set_off

kinds = st.sampled_from(StatementKind)
bases = st.sampled_from(AgeingBasis)


def statement_of(ledger, as_of, *, start=None, kind=StatementKind.OPEN_ITEM, basis="due_date"):
    request = StatementRequest(kind=kind, as_of=as_of, start=start, basis=AgeingBasis(basis))
    return make_statement(ledger, request, home_currency="EUR")


def balances(statement, name):
    """Return one balance of every section that is not zero, by currency."""
    found = {section.currency: getattr(section, name).minor for section in statement.sections}
    return {currency: minor for currency, minor in found.items() if minor}


@given(ledgers(), days(), st.integers(0, 400), kinds, bases)
def test_every_figure_leads_to_the_same_closing(ledger, as_of, length, kind, basis):
    start = as_of - timedelta(days=length)
    statement = statement_of(ledger, as_of, start=start, kind=kind, basis=basis)
    for section in statement.sections:
        closing = section.closing.minor
        moved = sum(movement.entry.signed.minor for movement in section.movements)
        aged = sum(amount.minor for amount in section.buckets.values())
        unapplied = sum(item.open.minor for item in section.unapplied)
        opened = sum(item.open.minor for item in section.items)
        assert section.opening.minor + moved == closing
        assert opened + unapplied == closing
        assert aged + unapplied == closing


@given(ledgers(), days(), st.integers(0, 300))
def test_closing_of_one_day_is_the_opening_of_a_period_from_the_next(ledger, day, length):
    first = statement_of(ledger, day)
    next_day = day + timedelta(days=1)
    second = statement_of(ledger, next_day + timedelta(days=length), start=next_day)
    assert balances(first, "closing") == balances(second, "opening")


@given(ledgers(), days())
def test_statement_of_the_past_is_the_same_with_and_without_what_came_later(ledger, as_of):
    known = [entry for entry in ledger.entries.values() if entry.dated <= as_of]
    made = [each for each in ledger.allocations if ledger.effective_on(each) <= as_of]
    assert statement_of(Ledger.of(known, made), as_of) == statement_of(ledger, as_of)


@given(ledgers(), days(), days())
def test_the_four_types_print_the_same_figures(ledger, one_day, other_day):
    start, as_of = sorted((one_day, other_day))
    figures = [
        statement_figures(statement_of(ledger, as_of, start=start, kind=kind).sections)
        for kind in StatementKind
    ]
    assert figures == [figures[0]] * 4


@given(ledgers(), days())
def test_pay_now_asks_for_no_more_than_is_overdue_and_undisputed(ledger, as_of):
    for section in statement_of(ledger, as_of).sections:
        fair = section.overdue.minor - section.overdue_disputed.minor
        assert 0 <= section.pay_now.minor <= fair


@given(ledgers(), days())
def test_figures_as_data_add_up_in_decimals(ledger, as_of):
    statement = statement_of(ledger, as_of)
    for figures in statement_figures(statement.sections)["currencies"].values():
        closing = Decimal(figures["closing"])
        aged = sum(Decimal(amount) for amount in figures["buckets"].values())
        assert Decimal(figures["opening"]) + Decimal(figures["movements"]) == closing
        assert Decimal(figures["open_items"]) == closing
        assert aged + Decimal(figures["unapplied"]) == closing


def test_figures_as_data_carry_the_decimals_of_their_currency():
    ledger = Ledger.of([invoice(1, "7", AS_OF, currency="JPY"), invoice(2, "7", AS_OF)])
    currencies = statement_figures(statement_of(ledger, AS_OF).sections)["currencies"]
    assert {code: f["closing"] for code, f in currencies.items()} == {"EUR": "7.00", "JPY": "7"}
    assert list(currencies["EUR"]["buckets"]) == [
        "not_due", "1-30", "31-60", "61-90", "91-120", "over_120",
    ]  # fmt: skip


@pytest.fixture
def section():
    bill, money = invoice(1, "100", date(2026, 1, 1)), payment(1, "80", date(2026, 2, 1))
    ledger = Ledger.of([bill, money], [set_off(money, bill, "60")])
    return statement_of(ledger, AS_OF).sections[0]


@pytest.mark.parametrize("change", ["opening", "closing", "items", "unapplied", "movements"])
def test_section_with_one_wrong_figure_is_refused(section, change):
    wrong = {
        "opening": Money(1, "EUR"),
        "closing": section.closing + Money(1, "EUR"),
        "items": (replace(section.items[0], open=Money(3999, "EUR")),),
        "unapplied": (),
        "movements": section.movements[:1],
    }
    with pytest.raises(Refused, match="EUR account does not add up"):
        prove_section(replace(section, **{change: wrong[change]}))


def test_running_balance_that_ends_elsewhere_is_refused(section):
    last = replace(section.movements[-1], balance=Money(1, "EUR"))
    with pytest.raises(Refused, match="the running balance"):
        prove_section(replace(section, movements=(*section.movements[:-1], last)))
