"""How rows are read: SQL text and values in, tuples out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from loyaldesk.store.connection import Connection, Parameters, connect, to_sql, translated
from loyaldesk.store.memory import BULK_ROWS, give_memory_back

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

__all__ = ["Reader", "Source", "bound", "open_reader"]

Row = tuple[Any, ...]
CHUNK_ROWS = 2_000


class Source(Protocol):
    """Whatever rows can be read from: a reader, or a transaction."""

    def rows(self, sql: str, parameters: Parameters = (), /) -> list[Row]:
        """Return all rows."""

    def row(self, sql: str, parameters: Parameters = (), /) -> Row | None:
        """Return the first row, or None."""

    def value(self, sql: str, parameters: Parameters = (), /) -> Any:
        """Return the first value of the first row, or None."""

    def chunks(self, sql: str, parameters: Parameters = (), /) -> Iterator[list[Row]]:
        """Yield all rows, some at a time."""


def bound(parameters: Parameters) -> Parameters:
    """Return the parameters as SQLite keeps values."""
    if isinstance(parameters, Mapping):
        return {name: to_sql(value) for name, value in parameters.items()}
    return [to_sql(value) for value in parameters]


class Reads:
    """The reading half of a connection; counts what it does so that tests can hold it to it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.statements_run = 0
        self.rows_read = 0

    def rows(self, sql: str, parameters: Parameters = (), /) -> list[Row]:
        """Return all rows, fetched in chunks so that other threads get their turn."""
        self.statements_run += 1
        with translated():
            cursor = self._connection.execute(sql, bound(parameters))
            found: list[Row] = cursor.fetchmany(CHUNK_ROWS)
            while chunk := cursor.fetchmany(CHUNK_ROWS):
                found += chunk
        self.rows_read += len(found)
        return found

    def row(self, sql: str, parameters: Parameters = (), /) -> Row | None:
        """Return the first row, or None."""
        self.statements_run += 1
        with translated():
            cursor = self._connection.execute(sql, bound(parameters))
            found: Row | None = cursor.fetchone()
            cursor.close()
        self.rows_read += found is not None
        return found

    def value(self, sql: str, parameters: Parameters = (), /) -> Any:
        """Return the first value of the first row, or None."""
        found = self.row(sql, parameters)
        return None if found is None else found[0]

    def chunks(self, sql: str, parameters: Parameters = (), /) -> Iterator[list[Row]]:
        """Yield all rows, at most 2,000 at a time, for work that never holds them all."""
        self.statements_run += 1
        rows_before = self.rows_read
        with translated():
            cursor = self._connection.execute(sql, bound(parameters))
            while chunk := cursor.fetchmany(CHUNK_ROWS):
                self.rows_read += len(chunk)
                yield chunk
            if self.rows_read - rows_before >= BULK_ROWS:
                give_memory_back(self._connection)


class Reader(Reads):
    """A connection that can only read, owned by one thread for life."""

    def interrupt(self) -> None:
        """Stop the running statement from another thread; it ends as Cancelled."""
        self._connection.interrupt()

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_reader(path: Path, key: bytes) -> Reader:
    """Return a reader of the file, which other threads and processes may be writing to."""
    return Reader(connect(path, key, query_only=True))
