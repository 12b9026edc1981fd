"""How rows that somebody else changed are written: not recorded, not sent back, never undone."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from loyaldesk.store.changes import Changes
from loyaldesk.store.connection import Parameters, translated
from loyaldesk.store.reader import Reads
from loyaldesk.store.search_entries import KINDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from loyaldesk.store.connection import Connection

__all__ = ["RemoteTransaction"]

_SEARCHED = {kind.table: kind.columns for kind in KINDS}


class RemoteTransaction(Reads):
    """What came from the hub in the making, and what the desk remembers of it.

    Made by `Store.remote_transaction`. Whoever changes rows of the desk's own tables names them
    with `touch`: the search index and the pages follow.
    """

    def __init__(self, connection: Connection, *, label: str, now: datetime) -> None:
        super().__init__(connection)
        self.label = label
        self.now = now
        self.forgotten_groups: list[int] = []
        self._touched: dict[str, list[range]] = {}
        self._touched_for_search: dict[str, list[range]] = {}
        self._is_everything = False

    @property
    def connection(self) -> Connection:
        """The connection that all of it is written on, for those who keep tables of their own."""
        return self._connection

    @property
    def changes(self) -> Changes:
        """What was touched so far."""
        return Changes(self.label, dict(self._touched), is_everything=self._is_everything)

    def execute(self, sql: str, parameters: Parameters = (), /) -> int:
        """Run one statement with values as SQLite keeps them; return how many rows it changed."""
        with translated():
            return int(self._connection.execute(sql, parameters).rowcount)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> None:
        """Run one statement for each of these rows of values."""
        with translated():
            self._connection.executemany(sql, rows)

    @property
    def touched_for_search(self) -> Mapping[str, Sequence[range]]:
        """The rows whose words may be others now, by table."""
        return self._touched_for_search

    def touch(
        self, table: str, ids: Iterable[int], *, columns: Collection[str] | None = None
    ) -> None:
        """Say which rows of a table of the desk changed, were made or deleted.

        With the columns that changed, search looks at the rows only if it keeps words of one.
        """
        ranges = _ranges(ids)
        if not ranges:
            return
        self._touched.setdefault(table, []).extend(ranges)
        if columns is None or not _SEARCHED.get(table, frozenset()).isdisjoint(columns):
            self._touched_for_search.setdefault(table, []).extend(ranges)

    def touch_everything(self) -> None:
        """Say that pages have to read all anew; the search index was brought in step already."""
        self._is_everything = True

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Take back what is done inside if it fails, and only that."""
        self._connection.execute("SAVEPOINT step")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK TO step")
            raise
        finally:
            self._connection.execute("RELEASE step")


def _ranges(ids: Iterable[int]) -> list[range]:
    ranges: list[range] = []
    for row_id in sorted(ids):
        if ranges and row_id == ranges[-1].stop:
            ranges[-1] = range(ranges[-1].start, row_id + 1)
        else:
            ranges.append(range(row_id, row_id + 1))
    return ranges
