"""How does memory go back to the system after a very large read or write?"""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.store.connection import Connection

__all__ = ["BULK_ROWS", "give_memory_back"]

# So many rows at once drive everything out of the cache that was worth keeping there.
BULK_ROWS = 50_000


def give_memory_back(connection: Connection) -> None:
    """Empty the connection's cache, and let the system have what is free then."""
    connection.execute("PRAGMA shrink_memory")
    _trim()(0)


@cache
def _trim() -> Callable[[int], Any]:
    """Return glibc's own way; it keeps tens of megabytes else. Other systems need none."""
    import ctypes  # 1.5 ms that nothing on screen waits for

    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    trim: Callable[[int], Any] = getattr(library, "malloc_trim", lambda _: None)
    return trim
