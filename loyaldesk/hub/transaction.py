"""How does the hub speak to its database within one transaction, whichever database it is?

Statements are written with `?` for values; they run through the driver as they are, because a pull
reads thousands of rows and an object for each would cost more than the reading.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import sqlalchemy as sa

__all__ = ["Tx", "marks"]

# SQLite takes 32,766 values a statement, PostgreSQL 65,535.
_AT_ONCE = 500


def marks(count: int) -> str:
    """Return `(?, ?, …)` for so many values."""
    return f"({', '.join('?' * count)})"


@lru_cache(maxsize=2000)
def _for_postgres(sql: str) -> str:
    return sql.replace("?", "%s")


class Tx:
    """One transaction; `connection` is for statements made by SQLAlchemy."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self.is_postgres = connection.dialect.name == "postgresql"

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows that the statement finds."""
        # The driver's own tuples: an object for each row would take as long as reading it.
        cursor: Any = self._execute(sql, tuple(values)).cursor
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def row(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """Return the first row, or None where there is none."""
        found = self.rows(sql, values)
        return found[0] if found else None

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run the statement and return how many rows it touched."""
        return self._execute(sql, tuple(values)).rowcount

    def run_many(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Run the statement once for each row of values."""
        if rows:
            self._execute(sql, list(rows))

    def rows_of(
        self, sql: str, keys: Iterable[Any], *, before: Sequence[Any] = ()
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the rows found by a statement with `{}` where the list of keys belongs.

        Many keys are asked for in several statements.
        """
        wanted = list(keys)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            yield from self.rows(sql.format(marks(len(some))), (*before, *some))

    def _execute(self, sql: str, values: Any) -> sa.CursorResult[Any]:
        text = _for_postgres(sql) if self.is_postgres else sql
        return self.connection.exec_driver_sql(text, values or None)
