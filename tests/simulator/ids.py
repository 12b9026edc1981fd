"""Where do identities come from, when even chance has to repeat itself?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

    from tests.simulator.clocks import WorldClock

__all__ = ["Ids"]


class Ids:
    """UUIDv7 of a seeded source; every maker has its own random bits, as every machine would."""

    def __init__(self, clock: WorldClock, rng: random.Random) -> None:
        self._clock = clock
        self._rng = rng

    def new(self) -> str:
        """Return 32 hexadecimal digits that no other call returns."""
        stamp = int(self._clock.now().timestamp() * 1000)
        high, low = self._rng.getrandbits(12), self._rng.getrandbits(62)
        return f"{stamp:012x}7{high:03x}{(0b10 << 62) | low:016x}"
