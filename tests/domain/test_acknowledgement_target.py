"""By when is an order to be acknowledged: same hour, next working day, weekends left out?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.domain.acknowledgement_target import Arrival, Target
from loyaldesk.domain.working_days import WorkingDays

# Friday the 20th of November 2026.
FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=UTC).astimezone()


def local(day, hour=0, minute=0):
    return datetime(2026, 11, day, hour, minute).astimezone()


@pytest.mark.parametrize(
    ("came", "due"),
    [
        (local(19, 16), local(20, 16)),
        (local(20, 16), local(23, 16)),
        # On a Saturday nobody reads it: it came first thing on Monday.
        (local(21, 10), local(24)),
        (local(22, 23, 59), local(24)),
    ],
)
def test_an_order_is_due_at_the_same_hour_of_the_next_working_day(came, due):
    arrival = Arrival(came.date(), came)
    assert Target().due(arrival) == due
    assert not Target().is_missed(arrival, due)
    assert Target().is_missed(arrival, due + timedelta(seconds=1))


def test_of_an_order_whose_hour_nobody_knows_the_whole_last_day_counts():
    arrival = Arrival(date(2026, 11, 19))
    assert Target().due(arrival) == local(21)
    assert not Target().is_missed(arrival, local(20, 23, 59))
    assert (arrival.hours(FRIDAY), arrival.minutes(FRIDAY)) == (None, None)


def test_a_target_of_no_days_is_the_same_day_and_holidays_are_no_working_days():
    came = Arrival(date(2026, 11, 20), FRIDAY)
    assert Target(0).due(came) == FRIDAY
    monday_off = WorkingDays(holidays=frozenset({date(2026, 11, 23)}))
    assert Target(1, monday_off).due(came) == FRIDAY + timedelta(days=4)


def test_age_is_in_full_hours_by_the_clock_and_never_below_zero():
    came = Arrival(FRIDAY.date(), FRIDAY)
    later = FRIDAY + timedelta(hours=25, minutes=59)
    assert (came.hours(later), came.minutes(later)) == (25, 25 * 60 + 59)
    assert came.hours(FRIDAY - timedelta(hours=2)) == 0


@given(
    came=st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2027-01-01")),
    days=st.integers(0, 30),
)
def test_the_due_day_is_a_working_day_and_never_before_the_arrival(came, days):
    at = came.astimezone()
    target = Target(days)
    due = target.due(Arrival(at.date(), at))
    assert due >= at
    assert target.calendar.is_working(due.date())
    assert target.due(Arrival(at.date(), at + timedelta(minutes=1))) >= due
