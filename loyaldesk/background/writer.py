"""How does an operation run in its transaction on the write lane?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from loyaldesk.background.lanes import Owned

__all__ = ["OpenStore", "Operation", "Writer", "perform"]


class OpenStore(Protocol):
    """What background needs of a store, so that importing this package imports no database."""

    def transaction(self, label: str, /) -> AbstractContextManager[Any]:
        """Return a transaction named for undo."""

    def reader(self) -> Owned:
        """Return a new connection that can only read."""

    def close(self) -> None:
        """Close the file."""


class Operation(Protocol):
    """A way to change data: called with the transaction, named for undo by `label`."""

    label: str

    def __call__(self, tx: Any, /, **arguments: Any) -> Any:
        """Change data and return what is new."""


def perform(store: OpenStore, operation: Operation, arguments: dict[str, Any]) -> Any:
    """Run the operation in a transaction of its own and return what it returns."""
    with store.transaction(operation.label) as tx:
        return operation(tx, **arguments)


class Writer:
    """The store as the write lane owns it."""

    def __init__(self, store: OpenStore, *, closed: Callable[[], None]) -> None:
        self.store = store
        self._closed = closed

    def interrupt(self) -> None:
        """Do nothing: a change is kept whole or not at all, and long ones ask for themselves."""

    def close(self) -> None:
        """Close the store once its readers have gone."""
        self._closed()
        self.store.close()
