"""By when is an order to be acknowledged, and was it?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from loyaldesk.domain.working_days import WorkingDays

if TYPE_CHECKING:
    from datetime import date

__all__ = ["LONGEST_TARGET", "Arrival", "Target"]

LONGEST_TARGET = 30
_HOUR = 3_600


@dataclass(frozen=True, slots=True)
class Arrival:
    """When an order came: to the minute, or where nobody wrote that down only the day."""

    day: date
    at: datetime | None = None

    def hours(self, now: datetime) -> int | None:
        """Return the full hours by the clock since it came, or None where only the day is known."""
        if self.at is None:
            return None
        return max(int((now - self.at).total_seconds() // _HOUR), 0)

    def minutes(self, now: datetime) -> int | None:
        """Return the full minutes by the clock since it came, or None as before."""
        if self.at is None:
            return None
        return max(int((now - self.at).total_seconds() // 60), 0)


@dataclass(frozen=True, slots=True)
class Target:
    """So many working days from an order's arrival to its acknowledgement, at the same hour.

    An order of a Friday at four is due on Monday at four. One that came on a day off came first
    thing on the next working day, and of one whose hour nobody knows the whole last day counts.
    """

    working_days: int = 1
    calendar: WorkingDays = field(default_factory=WorkingDays)

    def due(self, arrival: Arrival) -> datetime:
        """Return the instant, where we are, after which the acknowledgement is late."""
        if arrival.at is None:
            last = self.calendar.after(self.calendar.on_or_after(arrival.day), self.working_days)
            return _midnight(last + timedelta(days=1))
        local = arrival.at.astimezone()
        due_day = self.calendar.after(self.calendar.on_or_after(local.date()), self.working_days)
        if self.calendar.is_working(local.date()):
            return datetime.combine(due_day, local.time()).astimezone()
        return _midnight(due_day)

    def is_missed(self, arrival: Arrival, at: datetime) -> bool:
        """Tell whether the order was still to be acknowledged after its time, at that instant."""
        return at > self.due(arrival)


def _midnight(day: date) -> datetime:
    """Return the first instant of a day where we are."""
    return datetime.combine(day, time()).astimezone()
