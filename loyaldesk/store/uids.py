"""How rows get their identity on the wire: UUIDv7, made here."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

__all__ = ["new_uid", "new_uids", "setting_uid"]

_RANDOM_BITS, _LOW_BITS = 74, 62
_VERSION, _VARIANT = 0x7000, 0b10 << _LOW_BITS


def new_uid(now: datetime) -> bytes:
    """Return the 16 bytes of a UUIDv7 (RFC 9562, 5.7) made at that instant."""
    return next(new_uids(now, 1))


def new_uids(now: datetime, count: int) -> Iterator[bytes]:
    """Yield that many ascending UUIDv7 of one instant, counted up from one draw of randomness.

    Ascending as RFC 9562, 6.2 allows (method 2): the unique index then grows at one place. Half of
    the room is kept free, so that counting never overflows.
    """
    stamp = int(now.timestamp() * 1000).to_bytes(6, "big")
    start = secrets.randbits(_RANDOM_BITS - 1)
    for number in range(start, start + count):
        high, low = number >> _LOW_BITS, number & ((1 << _LOW_BITS) - 1)
        yield b"%b%b%b" % (
            stamp,
            (_VERSION | high).to_bytes(2, "big"),
            (_VARIANT | low).to_bytes(8, "big"),
        )


def setting_uid(key: str) -> bytes:
    """Return the 16 bytes that name a setting everywhere: they follow from its key."""
    return hashlib.sha256(f"setting {key}".encode()).digest()[:16]
