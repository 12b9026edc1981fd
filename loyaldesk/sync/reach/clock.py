"""What time is it here, and is this still the computer that measured how wrong its clock is?"""

from __future__ import annotations

import hashlib
import platform
import time
import uuid
from datetime import UTC, datetime
from typing import Protocol

__all__ = ["Clock", "SystemClock", "machine_fingerprint"]

# Set where no network card could be asked: then the number is drawn anew in every process.
_DRAWN = 1 << 40


class Clock(Protocol):
    """A wall clock, which may jump, and one that only ever goes forward."""

    def now(self) -> datetime:
        """Return the instant, with its zone."""

    def monotonic(self) -> float:
        """Return seconds from an arbitrary beginning."""


class SystemClock:
    """The clocks of this computer."""

    def now(self) -> datetime:
        """Return the instant, with its zone."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds since the system started."""
        return time.monotonic()


def machine_fingerprint() -> str:
    """Return what tells this computer from another: a hash, so that nobody is found by it."""
    card = uuid.getnode()
    parts = (platform.node(), platform.system(), "" if card & _DRAWN else f"{card:012x}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
