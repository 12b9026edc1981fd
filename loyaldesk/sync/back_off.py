"""When is the hub asked again after it could not be reached?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["BackOff"]

FIRST_S = 2.0
LONGEST_S = 300.0
# So many desks that lost their hub at one moment do not all come back at one moment.
JITTER = 0.5


class BackOff:
    """Pauses that double from two seconds to five minutes, each drawn a little at random.

    `chance` returns a number from 0 to 1; it is injected so that a simulation repeats itself.
    """

    def __init__(self, chance: Callable[[], float]) -> None:
        self._chance = chance
        self._failures = 0

    def pause_s(self, asked_s: float = 0.0) -> float:
        """Return how long to wait after one more failure, at least as long as the hub asked."""
        usual = min(LONGEST_S, FIRST_S * 2.0 ** min(self._failures, 20))
        self._failures += 1
        drawn = usual * (1 - JITTER * self._chance())
        if asked_s:
            # Never sooner than asked, but not everybody at the same moment either.
            return max(drawn, asked_s * (1 + JITTER * self._chance()))
        return drawn

    def reset(self) -> None:
        """Begin again with the shortest pause, after a success."""
        self._failures = 0
