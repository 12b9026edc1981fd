"""What time is it: truly, at the hub, and by the clock of each desk?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

__all__ = ["DeskClock", "WorldClock"]

_START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


class WorldClock:
    """True time: it stands still unless the scheduler moves it on."""

    def __init__(self) -> None:
        self._at = _START

    def now(self) -> datetime:
        """Return the true instant."""
        return self._at

    def advance(self, seconds: float) -> None:
        """Let so many seconds pass."""
        self._at += timedelta(seconds=seconds)


class DeskClock:
    """The clock of one laptop; `skew` is what it is ahead of true time."""

    def __init__(self, world: WorldClock, skew: timedelta) -> None:
        self._world = world
        self.skew = skew
        # The skew at the last undelayed exchange with the hub: None before the first.
        self.known_skew: timedelta | None = None

    def now(self) -> datetime:
        """Return the instant this laptop shows."""
        return self._world.now() + self.skew

    def true(self) -> datetime:
        """Return the true instant."""
        return self._world.now()

    def sleep(self, seconds: float) -> None:
        """Let so many seconds pass."""
        self._world.advance(seconds)

    def note_exchange(self) -> None:
        """Remember that hub and desk have just compared their clocks."""
        self.known_skew = self.skew

    @property
    def is_certain(self) -> bool:
        """Whether the clock was left alone since it was last compared with the hub's."""
        return self.known_skew == self.skew
