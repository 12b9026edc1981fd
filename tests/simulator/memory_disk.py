"""A disk in memory: the tables of sync, and every row that is shown as JSON in one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from loyaldesk.protocol.kinds import KINDS, Row
from loyaldesk.store.outbox_body import decode_row, encode_row
from loyaldesk.store.sync_tables import create_sync_tables
from loyaldesk.sync.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loyaldesk.store.outbox import Edit
    from tests.simulator.scope import Key

__all__ = ["MemoryDisk", "MemoryView"]

_TABLES = (
    "CREATE TABLE shown (kind TEXT, uid TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, uid))"
    " WITHOUT ROWID",
    "CREATE TABLE taken (kind TEXT, value TEXT, uid TEXT, PRIMARY KEY (kind, value)) WITHOUT ROWID",
    "CREATE TABLE needed (target TEXT, kind TEXT, uid TEXT, PRIMARY KEY (target, kind, uid))"
    " WITHOUT ROWID",
)
_NEEDS = {
    name: [field.name for field in kind.references if not field.is_nullable]
    for name, kind in KINDS.items()
}


class MemoryView:
    """Rows as a person sees them; like the real tables it insists on references and numbers."""

    def __init__(self, connection: Any) -> None:
        self._run = connection.execute

    def read(self, kind: str, uid: str) -> Row | None:
        """Return the row, or None where none is shown."""
        found = self._run(
            "SELECT body FROM shown WHERE kind = ? AND uid = ?", (kind, uid)
        ).fetchone()
        return None if found is None else decode_row(found[0])

    def put(self, kind: str, rows: Sequence[tuple[str, Row]]) -> list[str]:
        """Show rows; return those whose reference is missing or whose number is taken."""
        return [uid for uid, row in rows if not self._put(kind, uid, row)]

    def _put(self, kind: str, uid: str, row: Row) -> bool:
        needs = [row[name] for name in _NEEDS[kind]]
        values = [
            encode_row({name: row[name] for name in group})
            for group in KINDS[kind].unique
            if None not in [row[name] for name in group]
        ]
        if not all(self._is_there(uid) for uid in needs) or self._is_taken(kind, uid, values):
            return False
        self._forget(kind, uid)
        self._run("INSERT INTO shown VALUES (?, ?, ?)", (kind, uid, encode_row(row)))
        for value in values:
            self._run("INSERT INTO taken VALUES (?, ?, ?)", (kind, value, uid))
        for target in needs:
            self._run("INSERT OR IGNORE INTO needed VALUES (?, ?, ?)", (target, kind, uid))
        return True

    def drop(self, kind: str, uids: Sequence[str]) -> list[str]:
        """Hide rows; return those that others cannot do without."""
        kept = [uid for uid in uids if self.is_needed(uid)]
        for uid in uids:
            if uid not in kept:
                self._forget(kind, uid)
        return kept

    def is_needed(self, uid: str) -> bool:
        """Return whether a row that is shown cannot do without this one."""
        found = self._run("SELECT 1 FROM needed WHERE target = ? AND uid <> ? LIMIT 1", (uid, uid))
        return found.fetchone() is not None

    def _is_there(self, uid: str) -> bool:
        found = self._run("SELECT 1 FROM shown WHERE uid = ? LIMIT 1", (uid,))
        return found.fetchone() is not None

    def _is_taken(self, kind: str, uid: str, values: list[str]) -> bool:
        query = "SELECT 1 FROM taken WHERE kind = ? AND value = ? AND uid <> ?"
        return any(self._run(query, (kind, value, uid)).fetchone() for value in values)

    def _forget(self, kind: str, uid: str) -> None:
        for table in ("shown", "taken", "needed"):
            self._run(f"DELETE FROM {table} WHERE kind = ? AND uid = ?", (kind, uid))


class MemoryDisk:
    """One desk's database in memory."""

    def __init__(self, *, is_empty: bool = True) -> None:
        self.connection: Any = driver.connect(":memory:", isolation_level=None)
        self._view = MemoryView(self.connection)
        if is_empty:
            create_sync_tables(self.connection.execute)
            for statement in (*_TABLES, "CREATE INDEX ix_shown_uid ON shown (uid)",
                              "CREATE INDEX ix_taken_uid ON taken (kind, uid)",
                              "CREATE INDEX ix_needed_uid ON needed (kind, uid)"):  # fmt: skip
                self.connection.execute(statement)

    def boot(self, **world: Any) -> Desk:
        """Return the desk on this disk, with the world's clock, identities and accidents."""
        return Desk(self.connection, self._view, **world)

    def uids(self, kind: str) -> list[str]:
        """Return the rows of the kind that are shown, sorted."""
        found = self.connection.execute("SELECT uid FROM shown WHERE kind = ? ORDER BY uid", (kind,))
        return [uid for (uid,) in found]

    def read(self, kind: str, uid: str) -> Row | None:
        """Return a row as it is shown."""
        return self._view.read(kind, uid)

    def is_needed(self, uid: str) -> bool:
        """Return whether another row that is shown cannot do without this one."""
        return self._view.is_needed(uid)

    def texts(self) -> Iterator[tuple[Key, str]]:
        """Yield all rows that are shown, as their JSON."""
        found = self.connection.execute("SELECT kind, uid, body FROM shown ORDER BY kind, uid")
        for kind, uid, body in found:
            yield (kind, uid), body

    def keep(self, desk: Desk, label: str, edits: Sequence[Edit], *, actor: str) -> None:
        """Make edits in what is shown, and keep them for the hub, in one transaction."""
        with desk.transaction("edit") as tx:
            for edit in edits:
                if edit.after is None:
                    tx.view.drop(edit.kind, [edit.uid])
                else:
                    tx.view.put(edit.kind, [(edit.uid, edit.after)])
            desk.keep(tx, edits, actor=actor, label=label)

    def copy(self) -> MemoryDisk:
        """Return a copy of the whole disk."""
        other = MemoryDisk(is_empty=False)
        self.connection.backup(other.connection)
        return other
