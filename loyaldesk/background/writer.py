"""How is the store opened on the write lane, shared with the readers, and written to?"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Protocol

from loyaldesk.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from loyaldesk.background.lanes import Owned

__all__ = ["OpenStore", "Opening", "Operation", "Wire", "Writer", "perform"]


class OpenStore(Protocol):
    """What background needs of a store, so that importing this package imports no database."""

    def transaction(self, label: str, *, undoable: bool = True) -> AbstractContextManager[Any]:
        """Return a transaction named for undo."""

    def reader(self) -> Owned:
        """Return a new connection that can only read."""

    def close(self) -> None:
        """Close the file."""


class Operation(Protocol):
    """A way to change data: called with the transaction, named for undo by `label`."""

    @property
    def label(self) -> str:
        """The name that undo shows."""

    @property
    def undoable(self) -> bool:
        """Whether it can be taken back, or is reversed by a new document."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Change data, given the transaction and the arguments, and return what is new."""


def perform(store: OpenStore, operation: Operation, arguments: dict[str, Any]) -> Any:
    """Run the operation in a transaction of its own and return what it returns."""
    with store.transaction(operation.label, undoable=operation.undoable) as tx:
        return operation(tx, **arguments)


class Writer:
    """The store as the write lane owns it."""

    def __init__(self, store: OpenStore) -> None:
        self.store = store

    def interrupt(self) -> None:
        """Do nothing: a change is kept whole or not at all, and long ones ask for themselves."""

    def close(self) -> None:
        """Close the store."""
        self.store.close()


class Wire:
    """What the network lane owns: the store, for short transactions, and the way to end waiting."""

    def __init__(self, store: OpenStore | None) -> None:
        self._store = store
        self._guard = threading.Lock()
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


class Opening:
    """The store while it opens: the write lane opens it, the read lanes wait.

    With `open_reader` they need not wait: an up-to-date file can be read before SQLAlchemy, which
    writing needs, is imported. It returns None when the file has to be brought up to date
    first, which `outdated` then tells.
    """

    def __init__(
        self,
        open_store: Callable[[], OpenStore],
        open_reader: Callable[[], Owned | None] | None,
        outdated: Callable[[], object],
    ) -> None:
        self._open_store = open_store
        self._outdated = outdated
        self._open_reader = open_reader
        self._is_settled = threading.Event()
        self._store: OpenStore | None = None

    def writer(self) -> Writer:
        """Open the store; called on the write lane."""
        try:
            self._store = self._open_store()
            return Writer(self._store)
        finally:
            self._is_settled.set()

    def wire(self) -> Wire:
        """Return what the network lane owns, once the store is open."""
        self._is_settled.wait()
        return Wire(self._store)

    def reader(self) -> Owned:
        """Return a reader for the calling lane, or say nothing when the store did not open."""
        if self._open_reader is not None:
            if (found := self._open_reader()) is not None:
                return found
            self._outdated()
        self._is_settled.wait()
        if self._store is None:
            raise Cancelled
        return self._store.reader()
