"""How does work wait for a network without holding up anything else, and end when it must?"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from loyaldesk.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.background.writer import OpenStore

__all__ = ["Wire"]


class Wire:
    """What the network lane owns: the store, for short transactions, and the way to end waiting."""

    def __init__(self, store: OpenStore | None) -> None:
        self._store = store
        self._guard = Lock()
        self._abort: Callable[[], None] | None = None

    @property
    def store(self) -> OpenStore:
        """The open store; every use of it waits for the write lane's transaction to end."""
        if self._store is None:
            raise Cancelled
        return self._store

    def end_with(self, abort: Callable[[], None]) -> None:
        """Call `abort` from another thread when the work is no longer wanted."""
        with self._guard:
            self._abort = abort

    def interrupt(self) -> None:
        """End the waiting; what was sent by then is still put on record."""
        with self._guard:
            abort = self._abort
        if abort is not None:
            abort()

    def close(self) -> None:
        """Forget whom to end; the store belongs to the write lane."""
        self._abort = None
