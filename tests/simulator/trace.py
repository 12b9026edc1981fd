"""What happened in a run, in order? The same seed must tell the same story."""

from __future__ import annotations

import hashlib
import json
from typing import Any

__all__ = ["Trace"]

# Of each event, in what is kept to be read; the hash is over the whole.
_SHOWN = 500


class Trace:
    """A running hash over every event, and the events themselves where somebody wants to read."""

    def __init__(self, *, is_kept: bool = False) -> None:
        self._hash = hashlib.blake2b(digest_size=16)
        self.lines: list[str] = []
        self.events = 0
        self._is_kept = is_kept

    def note(self, what: str, *more: Any) -> None:
        """Add one event: what happened, and whatever tells it from others of its sort."""
        line = f"{self.events} {what} {json.dumps(more, default=str) if more else ''}".rstrip()
        self._hash.update(line.encode())
        self.events += 1
        if self._is_kept:
            self.lines.append(line[:_SHOWN])

    @property
    def digest(self) -> str:
        """The hash of all events so far."""
        return self._hash.hexdigest()
