"""Do the next steps of an order fall on days when somebody works, and in order of time?"""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.domain.next_steps import StepKind, TimeFrames, next_steps
from loyaldesk.domain.working_days import WorkingDays

EASTER = WorkingDays(holidays=frozenset({date(2026, 4, 3), date(2026, 4, 6)}))
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def plan(promised, confirmed_on=date(2026, 3, 12), **given_options):
    options: dict[str, Any] = {"frames": TimeFrames(), "calendar": EASTER} | given_options
    return next_steps(confirmed_on=confirmed_on, promised=promised, **options)


def test_steps_are_counted_back_from_the_promised_day_and_on_from_it():
    steps = plan({1: date(2026, 3, 24)}).steps
    assert [(step.kind.value, step.day.isoformat(), step.done) for step in steps] == [
        ("confirmed", "2026-03-12", True),
        ("picked", "2026-03-19", False),
        ("shipped", "2026-03-20", False),
        ("delivered", "2026-03-24", False),
        ("invoiced", "2026-03-24", False),
        ("due", "2026-04-23", False),
    ]


def test_lines_that_come_later_are_the_rest_with_days_of_their_own():
    found = plan({1: date(2026, 3, 24), 2: date(2026, 3, 31), 3: date(2026, 3, 24)})
    assert found.rest_positions == (2,)
    shipped = next(step for step in found.steps if step.kind is StepKind.SHIPPED)
    assert (shipped.day, shipped.rest_day) == (date(2026, 3, 20), date(2026, 3, 27))


def test_the_call_comes_after_the_last_delivery():
    assert plan({1: date(2026, 3, 24), 2: date(2026, 3, 31)}).call_on == date(2026, 4, 2)


def test_a_holiday_is_stepped_over():
    found = plan({1: date(2026, 4, 7)})
    days = {step.kind: step.day for step in found.steps}
    assert days[StepKind.SHIPPED] == date(2026, 4, 1)
    assert days[StepKind.DELIVERED] == date(2026, 4, 7)


def test_a_payment_due_on_a_sunday_is_due_on_monday():
    days = {step.kind: step.day for step in plan({1: date(2026, 3, 20)}).steps}
    assert date(2026, 3, 20) + timedelta(days=30) == date(2026, 4, 19)
    assert days[StepKind.DUE] == date(2026, 4, 20)


def test_a_promise_that_leaves_no_time_keeps_the_steps_in_order():
    found = plan({1: date(2026, 3, 12)})
    assert {step.day for step in found.steps[:5]} == {date(2026, 3, 12)}


def test_what_has_happened_keeps_its_own_day():
    facts = {StepKind.PICKED: date(2026, 3, 14)}  # a Saturday shift
    picked = next(
        s for s in plan({1: date(2026, 3, 24)}, facts=facts).steps if s.done and s.day.day == 14
    )
    assert picked.kind is StepKind.PICKED


def test_goods_shipped_before_the_confirmation_stand_before_it():
    facts = {StepKind.SHIPPED: date(2026, 3, 10)}
    assert plan({1: date(2026, 3, 24)}, facts=facts).steps[0].kind is StepKind.SHIPPED


def test_without_any_promised_day_only_the_confirmation_is_dated():
    found = plan({1: None, 2: None})
    assert [step.day for step in found.steps] == [date(2026, 3, 12), *[None] * 5]
    assert found.call_on is None


def test_while_a_line_has_no_date_no_step_to_come_has_one():
    found = plan({1: date(2026, 3, 24), 2: None, 3: date(2026, 3, 31)})
    assert [step.day for step in found.steps] == [date(2026, 3, 12), *[None] * 5]
    assert {step.rest_day for step in found.steps} == {None}
    assert (found.rest_positions, found.undated_positions) == ((), (2,))
    assert found.call_on is None


@given(
    confirmed_on=DAYS,
    promised=st.dictionaries(st.integers(1, 9), st.none() | DAYS, min_size=1),
    frames=st.builds(
        TimeFrames,
        transit_days=st.integers(0, 9),
        picking_days=st.integers(0, 5),
        invoice_days=st.integers(0, 5),
        payment_days=st.integers(0, 90),
    ),
    holidays=st.frozensets(DAYS, max_size=30),
)
def test_steps_are_in_order_of_time_and_none_on_a_day_off(confirmed_on, promised, frames, holidays):
    calendar = WorkingDays(holidays=holidays)
    found = plan(promised, confirmed_on, frames=frames, calendar=calendar)
    days = [step.day for step in found.steps if step.day]
    assert days == sorted(days)
    estimated = [step for step in found.steps if not step.done]
    for day in [d for step in estimated for d in (step.day, step.rest_day) if d]:
        assert calendar.is_working(day)
    assert [step.kind for step in found.steps] == list(StepKind)


def test_working_days_count_over_weekends_and_holidays():
    assert EASTER.after(date(2026, 4, 2), 1) == date(2026, 4, 7)
    assert EASTER.before(date(2026, 4, 7), 1) == date(2026, 4, 2)
    assert EASTER.on_or_before(date(2026, 4, 5)) == date(2026, 4, 2)
    assert not EASTER.is_working(date(2026, 4, 4))


def test_a_calendar_without_any_working_weekday_is_refused():
    with pytest.raises(ValueError, match="some weekday"):
        WorkingDays(weekdays_off=frozenset(range(7)))
