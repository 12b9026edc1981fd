"""The rows of an open store as the wire has them: read, put and dropped."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from loyaldesk.protocol.kinds import KINDS
from loyaldesk.store.wire_rows import rows_by_uid
from loyaldesk.sync.view.drop import drop_rows
from loyaldesk.sync.view.put import put_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loyaldesk.protocol.kinds import Row
    from loyaldesk.store.remote import RemoteTransaction

__all__ = ["StoreView"]


class StoreView:
    """A `sync.desk.View` over the tables of the desk; works inside one transaction at a time."""

    def __init__(self) -> None:
        self._open: RemoteTransaction | None = None

    @contextmanager
    def over(self, tx: RemoteTransaction) -> Iterator[None]:
        """Work in that transaction while the block lasts."""
        # A parent company may come after its members: what counts is how it is in the end.
        tx.execute("PRAGMA defer_foreign_keys = ON")
        self._open = tx
        try:
            yield
        finally:
            self._open = None

    def read(self, kind: str, uid: str) -> Row | None:
        """Return the row, or None where none is shown."""
        return rows_by_uid(self._tx, KINDS[kind], [uid]).get(uid)

    def put(self, kind: str, rows: Sequence[tuple[str, Row]]) -> list[str]:
        """Insert or update rows; return the uids of those that cannot be shown yet.

        Something is missing that they must name, or the table refuses them for now.
        """
        return put_rows(self._tx, KINDS[kind], dict(rows))

    def drop(self, kind: str, uids: Sequence[str]) -> list[str]:
        """Delete rows, if they are there, and return the uids that others still need."""
        return drop_rows(self._tx, KINDS[kind], uids)

    @property
    def _tx(self) -> RemoteTransaction:
        if self._open is None:
            raise RuntimeError("rows are read and written inside a transaction of the desk")
        return self._open
