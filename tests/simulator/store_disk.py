"""A real profile on a laptop: the encrypted store with its own tables, seen as rows of the wire."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loyaldesk.protocol.kinds import KINDS
from loyaldesk.store.wire_rows import rows_by_uid
from loyaldesk.sync.profile_desk import profile_desk
from tests.simulator.history import canonical
from tests.simulator.memory_disk import keep_in_view
from tests.support.stores import fresh_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loyaldesk.protocol.kinds import Row
    from loyaldesk.store.outbox import Edit
    from loyaldesk.sync.engine.desk import Desk
    from tests.simulator.scope import Key

__all__ = ["StoreDisk"]


class StoreDisk:
    """One desk's profile in a folder of its own, which goes with it."""

    is_strict = True

    def __init__(self, source: Path | None = None) -> None:
        home = Path(tempfile.mkdtemp(prefix="loyaldesk-simulated-"))
        weakref.finalize(self, shutil.rmtree, home, ignore_errors=True)
        self._folder = home / "profile"
        if source:
            shutil.copytree(source, self._folder)
        self._store = fresh_store(self._folder)
        self.connection: Any = self._store.connection
        self.is_damaged = False

    def boot(self, **world: Any) -> Desk:
        """Return the desk on this disk, with the world's clock, identities and accidents."""
        desk = profile_desk(
            self._store, clock=world["clock"], limits=world["limits"], crash=world["crash"]
        )
        desk.new_uid, desk.free_bytes = world["new_uid"], world["free_bytes"]
        return desk

    def uids(self, kind: str) -> list[str]:
        """Return the rows of the kind that are shown, sorted."""
        found = self.connection.execute(f"SELECT uid FROM {KINDS[kind].table} ORDER BY uid")
        return [uid.hex() for (uid,) in found.fetchall()]

    def read(self, kind: str, uid: str) -> Row | None:
        """Return a row as it is shown."""
        with self._store.reader() as reader:
            return rows_by_uid(reader, KINDS[kind], [uid]).get(uid)

    def is_needed(self, uid: str) -> bool:
        """Return whether another row that is shown cannot do without this one."""
        return any(
            row[field.name] == uid
            for (kind, _), row in self._rows()
            for field in KINDS[kind].references
            if not field.is_nullable
        )

    def texts(self) -> Iterator[tuple[Key, str]]:
        """Yield all rows that are shown, as their JSON."""
        for key, row in self._rows():
            yield key, canonical(row)

    def _rows(self) -> Iterator[tuple[Key, Row]]:
        with self._store.reader() as reader:
            for name, kind in KINDS.items():
                if uids := self.uids(name):
                    for uid, row in sorted(rows_by_uid(reader, kind, uids).items()):
                        yield (name, uid), row

    def keep(self, desk: Desk, label: str, edits: Sequence[Edit], *, actor: str) -> None:
        """Make edits in what is shown, and keep them for the hub, in one transaction."""
        keep_in_view(desk, label, edits, actor=actor)

    def copy(self) -> StoreDisk:
        """Return a copy of the whole disk."""
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        other = StoreDisk(self._folder)
        other.is_damaged = self.is_damaged
        return other
