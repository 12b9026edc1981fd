"""How rows get their identity on the wire: UUIDv7, made here."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

__all__ = ["new_uid", "new_uids"]

_VERSION, _VARIANT = 0x70, 0x80


def new_uid(now: datetime) -> bytes:
    """Return the 16 bytes of a UUIDv7 (RFC 9562, 5.7) made at that instant."""
    return next(new_uids(now, 1))


def new_uids(now: datetime, count: int) -> Iterator[bytes]:
    """Yield that many UUIDv7 of one instant, from one draw of randomness."""
    stamp = int(now.timestamp() * 1000).to_bytes(6, "big")
    noise = os.urandom(10 * count)
    for start in range(0, 10 * count, 10):
        yield b"%b%c%c%c%b" % (
            stamp,
            _VERSION | (noise[start] & 0x0F),
            noise[start + 1],
            _VARIANT | (noise[start + 2] & 0x3F),
            noise[start + 3 : start + 10],
        )
