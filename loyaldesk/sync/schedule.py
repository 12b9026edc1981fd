"""When is the next exchange due? What is wished for while one is under way is not forgotten."""

from __future__ import annotations

import math
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyaldesk.sync.reach.clock import Clock

__all__ = ["Schedule"]

# Edits made in one go leave in one push.
SOON_S = 0.5


class Schedule:
    """The moment of the next exchange; wishes may come from any thread."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._guard = Lock()
        self._due = self._not_before = 0.0
        self._wants_now = self._wants_soon = False

    def want_now(self) -> None:
        """Let it be at once."""
        with self._guard:
            self._wants_now, self._due = True, 0.0

    def want_soon(self) -> None:
        """Let it be soon, unless the hub is known not to answer."""
        with self._guard:
            self._wants_soon = True
            self._due = min(self._due, self._soon())

    def begin(self) -> None:
        """Note that one begins now: what was wished for until here is being done."""
        with self._guard:
            self._wants_now = self._wants_soon = False

    def plan(self, pause_s: float, *, has_failed: bool = False) -> None:
        """Let it be after the pause, or sooner if somebody has wished so since it began."""
        with self._guard:
            now = self._clock.monotonic()
            self._due = now + pause_s
            self._not_before = self._due if has_failed else now
            if self._wants_now:
                self._due = now
            elif self._wants_soon:
                self._due = min(self._due, self._soon())

    def left_s(self) -> float | None:
        """Return the seconds until it is due, 0 when it is; None without an end."""
        with self._guard:
            left = max(0.0, self._due - self._clock.monotonic())
        return None if left == math.inf else left

    def _soon(self) -> float:
        return max(self._clock.monotonic() + SOON_S, self._not_before)
