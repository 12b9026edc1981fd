"""Is nobody reminded of a disputed or paused invoice, too early, twice, or out of turn?"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.domain.dunning import (
    DebtAccount,
    Hold,
    OverdueItem,
    pay_day,
    reminder_of,
    standing_of,
)
from loyaldesk.domain.dunning_policy import DAYS_TO_PAY, DunningPolicy, ReminderLevel, ReminderTone
from loyaldesk.domain.money import Money

DUE = date(2026, 3, 2)
POLICY = DunningPolicy()
ITEM = OverdueItem(
    invoice_id=1, number="INV-1", dated=date(2026, 2, 2), due=DUE, open=Money(100_00, "EUR")
)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
maybe_days = st.none() | days


@st.composite
def policies(draw):
    late = sorted(draw(st.sets(st.integers(1, 120), min_size=1, max_size=5)))
    levels = tuple(
        ReminderLevel(ReminderTone.FIRM, late[i], draw(st.integers(1, 60)) if i else 0)
        for i in range(len(late))
    )
    return DunningPolicy(levels, minimums=draw(st.sampled_from([(), (Money(50_00, "EUR"),)])))


@st.composite
def items(draw):
    level = draw(st.integers(0, 6))
    due = draw(days)
    return replace(
        ITEM,
        invoice_id=draw(st.integers(1, 10_000)),
        due=due,
        open=Money(draw(st.integers(1, 500_00)), "EUR"),
        is_disputed=draw(st.booleans()),
        paused_until=draw(maybe_days),
        level=level,
        reminded_on=draw(days) if level else None,
    )


@st.composite
def accounts(draw):
    return DebtAccount(
        customer_id=1,
        items=tuple(
            draw(st.lists(items(), min_size=1, max_size=6, unique_by=lambda i: i.invoice_id))
        ),
        unapplied=Money(draw(st.integers(0, 300_00)), "EUR"),
        paused_until=draw(maybe_days),
    )


def account(*items, unapplied=0, paused_until=None):
    return DebtAccount(
        customer_id=1, items=items, unapplied=Money(unapplied, "EUR"), paused_until=paused_until
    )


def day_after_due(days):
    return DUE + timedelta(days=days)


@given(accounts(), policies(), days)
def test_no_disputed_or_paused_item_is_ever_in_a_letter(debt, policy, on):
    for standing in reminder_of(debt, policy, on).due:
        assert not standing.item.is_disputed
        assert standing.item.paused_until is None or standing.item.paused_until < on
        assert debt.paused_until is None or debt.paused_until < on


@given(accounts(), policies(), days)
def test_a_letter_takes_each_item_exactly_one_level_on(debt, policy, on):
    for standing in reminder_of(debt, policy, on).due:
        assert standing.level == standing.item.level + 1 <= len(policy.levels)


@given(accounts(), policies(), days)
def test_no_item_is_reminded_of_before_its_day(debt, policy, on):
    for standing in reminder_of(debt, policy, on).due:
        rules = policy.level(standing.level)
        assert (on - standing.item.due).days >= rules.days_late
        if standing.item.reminded_on:
            assert (on - standing.item.reminded_on).days >= rules.days_after


@given(accounts(), policies(), days)
def test_every_item_is_either_named_or_held_with_a_reason(debt, policy, on):
    reminder = reminder_of(debt, policy, on)
    assert len(reminder.standings) == len(debt.items)
    assert all((s.level == 0) == (s.hold is not None) for s in reminder.standings)
    assert (reminder.hold is None) <= bool(reminder.due)


@given(accounts(), policies(), days)
def test_what_is_asked_never_falls_below_zero_and_zero_writes_no_letter(debt, policy, on):
    reminder = reminder_of(debt, policy, on)
    owed = sum(s.item.open.minor for s in reminder.due)
    assert reminder.asked.minor == max(0, owed - debt.unapplied.minor)
    if not reminder.asked:
        assert reminder.hold is not None


@given(policies(), st.integers(0, 400))
def test_reminding_day_by_day_climbs_every_level_once_and_then_stops(policy, last):
    item, reached = ITEM, []
    for on in (day_after_due(n) for n in range(last)):
        standing = standing_of(item, policy, on)
        if standing.level:
            reached.append(standing.level)
            item = replace(item, level=standing.level, reminded_on=on)
    assert reached == list(range(1, len(reached) + 1))
    assert len(reached) <= len(policy.levels)


@pytest.mark.parametrize(("late", "level"), [(0, 0), (6, 0), (7, 1), (400, 1)])
def test_first_level_comes_on_the_seventh_day_late(late, level):
    assert standing_of(ITEM, POLICY, day_after_due(late)).level == level


@pytest.mark.parametrize(("since", "level"), [(13, 0), (14, 2)])
def test_second_level_comes_fourteen_days_after_the_first(since, level):
    first = day_after_due(30)
    item = replace(ITEM, level=1, reminded_on=first)
    assert standing_of(item, POLICY, first + timedelta(days=since)).level == level


def test_held_item_says_from_which_day_it_could_go():
    early = standing_of(ITEM, POLICY, DUE)
    paused = standing_of(replace(ITEM, paused_until=date(2026, 4, 30)), POLICY, date(2026, 4, 30))
    assert (early.hold, early.until) == (Hold.TOO_EARLY, day_after_due(7))
    assert (paused.hold, paused.until) == (Hold.INVOICE_PAUSED, date(2026, 5, 1))


def test_after_the_last_level_nothing_more_is_written():
    item = replace(ITEM, level=3, reminded_on=DUE)
    assert standing_of(item, POLICY, date(2026, 12, 1)).hold is Hold.LAST_LEVEL


def test_letter_speaks_at_the_highest_level_of_its_items():
    first = day_after_due(7)
    older = replace(ITEM, invoice_id=2, level=1, reminded_on=first)
    reminder = reminder_of(account(ITEM, older), POLICY, day_after_due(21))
    assert (reminder.level, [s.level for s in reminder.due]) == (2, [1, 2])


def test_unapplied_money_lowers_what_is_asked():
    reminder = reminder_of(account(ITEM, unapplied=30_00), POLICY, day_after_due(7))
    assert (reminder.asked, reminder.hold) == (Money(70_00, "EUR"), None)


@pytest.mark.parametrize("unapplied", [100_00, 250_00])
def test_unapplied_money_that_covers_all_stops_the_letter(unapplied):
    reminder = reminder_of(account(ITEM, unapplied=unapplied), POLICY, day_after_due(7))
    assert (reminder.hold, reminder.to_pay) == (Hold.COVERED, Money(0, "EUR"))


@pytest.mark.parametrize(("least", "hold"), [(100_00, None), (100_01, Hold.BELOW_MINIMUM)])
def test_exactly_the_minimum_is_worth_a_letter(least, hold):
    policy = replace(POLICY, minimums=(Money(least, "EUR"),))
    assert reminder_of(account(ITEM), policy, day_after_due(7)).hold is hold


def test_fee_of_the_level_is_asked_for_once_in_its_currency():
    fees = (Money(40_00, "EUR"), Money(35_00, "GBP"))
    first, second, third = POLICY.levels
    policy = replace(POLICY, levels=(first, replace(second, fees=fees), third))
    reminded = replace(ITEM, level=1, reminded_on=DUE)
    other = replace(reminded, invoice_id=2, number="INV-2")
    reminder = reminder_of(account(reminded, other), policy, day_after_due(60))
    assert (reminder.fee, reminder.to_pay) == (Money(40_00, "EUR"), Money(240_00, "EUR"))


def test_account_is_held_by_its_most_telling_reason():
    disputed = replace(ITEM, is_disputed=True)
    early = replace(ITEM, invoice_id=2, due=day_after_due(20))
    reminder = reminder_of(account(early, disputed), POLICY, day_after_due(21))
    assert (reminder.hold, reminder.held_until) == (Hold.DISPUTED, None)


def test_pause_of_the_customer_holds_everything_through_its_last_day():
    debt = account(ITEM, paused_until=date(2026, 4, 30))
    assert reminder_of(debt, POLICY, date(2026, 4, 30)).hold is Hold.CUSTOMER_PAUSED
    assert reminder_of(debt, POLICY, date(2026, 5, 1)).level == 1


@given(days, st.sampled_from(DAYS_TO_PAY))
def test_deadline_is_a_working_day_eight_to_fourteen_days_ahead(day, wanted):
    by = pay_day(day, wanted)
    assert by.isoweekday() <= 5
    assert (by - day).days in DAYS_TO_PAY
