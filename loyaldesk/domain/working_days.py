"""Which days somebody works on, and how many of them lie between two others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["WorkingDays"]

_SATURDAY, _SUNDAY = 5, 6
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A company's calendar: the weekdays off (0 is Monday) and its holidays."""

    holidays: frozenset[date] = frozenset()
    weekdays_off: frozenset[int] = frozenset({_SATURDAY, _SUNDAY})

    def __post_init__(self) -> None:
        if len(self.weekdays_off) >= _SUNDAY + 1:
            raise ValueError("somebody must work on some weekday")

    def is_working(self, day: date) -> bool:
        """Return whether somebody works on the day."""
        return day.weekday() not in self.weekdays_off and day not in self.holidays

    def on_or_after(self, day: date) -> date:
        """Return the day itself if it is a working day, else the next one that is."""
        while not self.is_working(day):
            day += _ONE_DAY
        return day

    def on_or_before(self, day: date) -> date:
        """Return the day itself if it is a working day, else the last one before it."""
        while not self.is_working(day):
            day -= _ONE_DAY
        return day

    def after(self, day: date, working_days: int) -> date:
        """Return the working day that many working days later."""
        for _ in range(working_days):
            day = self.on_or_after(day + _ONE_DAY)
        return self.on_or_after(day)

    def before(self, day: date, working_days: int) -> date:
        """Return the working day that many working days earlier."""
        for _ in range(working_days):
            day = self.on_or_before(day - _ONE_DAY)
        return self.on_or_before(day)
