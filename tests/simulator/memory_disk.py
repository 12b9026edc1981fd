"""A disk in memory: the tables of sync, and every row that is shown as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.sync.engine.desk import Desk
from tests.support.memory_desk import MemoryView, copy_database, open_database

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loyaldesk.protocol.kinds import Row
    from loyaldesk.store.connection import Connection
    from loyaldesk.store.outbox import Edit
    from tests.simulator.scope import Key

__all__ = ["MemoryDisk", "keep_in_view"]


class MemoryDisk:
    """One desk's database in memory."""

    is_strict = False

    def __init__(self, connection: Connection | None = None) -> None:
        self.connection = connection or open_database()
        # Whether the disk lost something by itself: only then may the desk ask what it lacks.
        self.is_damaged = False
        self._view = MemoryView(self.connection)

    def boot(self, **world: Any) -> Desk:
        """Return the desk on this disk, with the world's clock, identities and accidents."""
        return Desk(self.connection, self._view, **world)

    def uids(self, kind: str) -> list[str]:
        """Return the rows of the kind that are shown, sorted."""
        found = self.connection.execute("SELECT uid FROM view WHERE kind = ? ORDER BY uid", (kind,))
        return [uid for (uid,) in found]

    def read(self, kind: str, uid: str) -> Row | None:
        """Return a row as it is shown."""
        return self._view.read(kind, uid)

    def is_needed(self, uid: str) -> bool:
        """Return whether another row that is shown cannot do without this one."""
        found = self.connection.execute(
            "SELECT 1 FROM view_need WHERE needed = ? AND uid <> ? LIMIT 1", [uid, uid]
        )
        return found.fetchone() is not None

    def texts(self) -> Iterator[tuple[Key, str]]:
        """Yield all rows that are shown, as their JSON."""
        found = self.connection.execute("SELECT kind, uid, row FROM view ORDER BY kind, uid")
        for kind, uid, body in found:
            yield (kind, uid), body

    def keep(self, desk: Desk, label: str, edits: Sequence[Edit], *, actor: str) -> None:
        """Make edits in what is shown, and keep them for the hub, in one transaction."""
        keep_in_view(desk, label, edits, actor=actor)

    def copy(self) -> MemoryDisk:
        """Return a copy of the whole disk."""
        other = MemoryDisk(copy_database(self.connection))
        other.is_damaged = self.is_damaged
        return other


def keep_in_view(desk: Desk, label: str, edits: Sequence[Edit], *, actor: str) -> None:
    """Make edits in what a desk shows, and keep them for the hub, in one transaction."""
    with desk.transaction("edit") as tx:
        for edit in edits:
            if edit.after is None:
                tx.view.drop(edit.kind, [edit.uid])
            else:
                tx.view.put(edit.kind, [(edit.uid, edit.after)])
        desk.keep(tx, edits, actor=actor, label=label)
