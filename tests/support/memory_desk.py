"""A desk without a store: its tables in a plain database, every row as JSON in one more table.

The view behaves as the real one where it matters: a row needs those it refers to, and no two rows
share a number. A desk is copied by copying its database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from loyaldesk.protocol.kinds import KINDS
from loyaldesk.store.outbox_body import decode_row, encode_row
from loyaldesk.store.sync_tables import create_sync_tables
from loyaldesk.sync.engine.desk import Desk, Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from loyaldesk.protocol.kinds import Row
    from loyaldesk.store.connection import Connection

__all__ = ["VIEW_TABLES", "MemoryView", "copy_database", "memory_desk", "open_database"]

VIEW_TABLES = (
    (
        "CREATE TABLE view (kind TEXT NOT NULL, uid TEXT NOT NULL, row TEXT NOT NULL,"
        " PRIMARY KEY (kind, uid)) WITHOUT ROWID"
    ),
    (
        "CREATE TABLE view_number (kind TEXT NOT NULL, value TEXT NOT NULL, uid TEXT NOT NULL,"
        " PRIMARY KEY (kind, value)) WITHOUT ROWID"
    ),
    "CREATE INDEX ix_view_number_uid ON view_number (kind, uid)",
    (
        "CREATE TABLE view_need (needed TEXT NOT NULL, kind TEXT NOT NULL, uid TEXT NOT NULL,"
        " PRIMARY KEY (kind, uid, needed)) WITHOUT ROWID"
    ),
    "CREATE INDEX ix_view_need ON view_need (needed)",
)
_NEEDS = {
    name: [(each.name, each.refers) for each in kind.references if not each.is_nullable]
    for name, kind in KINDS.items()
}


class MemoryView:
    """The rows as people see them, in one table."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def read(self, kind: str, uid: str) -> Row | None:
        """Return the row, or None where none is shown."""
        found = self._connection.execute(
            "SELECT row FROM view WHERE kind = ? AND uid = ?", [kind, uid]
        ).fetchone()
        return found and decode_row(found[0])

    def put(self, kind: str, rows: Sequence[tuple[str, Row]]) -> list[str]:
        """Insert or update rows and return the uids of those that cannot be shown."""
        return [uid for uid, row in rows if not self._put(kind, uid, row)]

    def drop(self, kind: str, uids: Sequence[str]) -> list[str]:
        """Delete rows and return the uids that others still refer to."""
        needed = [uid for uid in uids if self._is_needed(uid)]
        for uid in [each for each in uids if each not in needed]:
            for table in ("view", "view_number", "view_need"):
                self._connection.execute(
                    f"DELETE FROM {table} WHERE kind = ? AND uid = ?", [kind, uid]
                )
        return needed

    def rows(self, kind: str) -> Iterator[tuple[str, Row]]:
        """Yield uid and row of everything of a kind, by uid."""
        found = self._connection.execute(
            "SELECT uid, row FROM view WHERE kind = ? ORDER BY uid", [kind]
        )
        return ((uid, decode_row(row)) for uid, row in found.fetchall())

    def _put(self, kind: str, uid: str, row: Row) -> bool:
        needs = [(to, row.get(name)) for name, to in _NEEDS[kind]]
        numbers = list(_numbers(kind, row))
        if any(self.read(str(to), str(need)) is None for to, need in needs):
            return False
        if any(self._owner(kind, number) not in {None, uid} for number in numbers):
            return False
        for table in ("view_number", "view_need"):
            self._connection.execute(f"DELETE FROM {table} WHERE kind = ? AND uid = ?", [kind, uid])
        self._connection.execute(
            "INSERT OR REPLACE INTO view (kind, uid, row) VALUES (?, ?, ?)",
            [kind, uid, encode_row(row)],
        )
        self._connection.executemany(
            "INSERT INTO view_number (kind, value, uid) VALUES (?, ?, ?)",
            [(kind, number, uid) for number in numbers],
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO view_need (needed, kind, uid) VALUES (?, ?, ?)",
            [(need, kind, uid) for _, need in needs],
        )
        return True

    def _owner(self, kind: str, number: str) -> str | None:
        found = self._connection.execute(
            "SELECT uid FROM view_number WHERE kind = ? AND value = ?", [kind, number]
        ).fetchone()
        return found and str(found[0])

    def _is_needed(self, uid: str) -> bool:
        found = self._connection.execute(
            "SELECT 1 FROM view_need WHERE needed = ? AND uid <> ? LIMIT 1", [uid, uid]
        ).fetchone()
        return found is not None


def open_database(path: Path | str = ":memory:") -> Connection:
    """Return a connection to a database with the tables of sync and of the view."""
    connection = driver.connect(str(path), isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    has_tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if not has_tables:
        connection.execute("BEGIN IMMEDIATE")
        create_sync_tables(connection.execute)
        for statement in VIEW_TABLES:
            connection.execute(statement)
        connection.execute("COMMIT")
    return connection


def copy_database(connection: Connection, path: Path | str = ":memory:") -> Connection:
    """Return a connection to a copy, as when a backup is put back or a disk was copied."""
    copy = driver.connect(str(path), isolation_level=None, check_same_thread=False)
    connection.backup(copy)
    return copy


def memory_desk(
    connection: Connection,
    *,
    clock: Callable[[], datetime],
    new_uid: Callable[[], str],
    limits: Limits | None = None,
    **more: Any,
) -> Desk:
    """Return a desk on such a database."""
    view = MemoryView(connection)
    return Desk(connection, view, clock=clock, new_uid=new_uid, limits=limits, **more)


def _numbers(kind: str, row: Row) -> Iterator[str]:
    """Yield what no other row of the kind may have, as one text each."""
    for group in KINDS[kind].unique:
        values = [row.get(name) for name in group]
        if None not in values:
            yield encode_row({"group": group, "values": values})
