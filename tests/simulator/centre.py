"""The hub's side of the world: its database, who may ask, its backups and its deaths."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from loyaldesk.hub.engine import answering as engine
from loyaldesk.hub.engine.housekeeping import collect_tombstones
from loyaldesk.hub.state import restore_finished
from loyaldesk.hub.store import HubStore
from loyaldesk.store.connection import to_sql
from loyaldesk.sync.engine.exchange import Answer
from tests.simulator.fuse import Fuse, Killed
from tests.simulator.history import History
from tests.simulator.wire import OFFLINE

if TYPE_CHECKING:
    from datetime import timedelta

    from loyaldesk.hub.access import Principal
    from loyaldesk.protocol.kinds import Row
    from loyaldesk.protocol.messages import Call
    from tests.simulator.clocks import WorldClock
    from tests.simulator.ids import Ids
    from tests.simulator.scope import Key
    from tests.simulator.trace import Trace

__all__ = ["Backup", "Centre"]


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the hub's whole database, and of nothing else."""

    content: bytes
    uuids: frozenset[str]


class Centre:
    """One hub on SQLite in memory; `people` are its users by the name of their desk."""

    def __init__(self, clock: WorldClock, ids: Ids, trace: Trace) -> None:
        self.fuse = Fuse()
        self._clock = clock
        self._trace = trace
        self.store = HubStore.create("sqlite://", clock=clock.now, new_uid=ids.new, crash=self.fuse)
        self.people: dict[str, Principal] = {}
        self.history = History()
        self.restores = 0
        # Counts up with everything that may have changed what a desk has to show.
        self.version = 0

    def serve(self, sender: str, call: Call) -> Answer:
        """Return the answer; a hub that dies on the way answers nothing."""
        self.version += call.path == "sync/push"
        now = self._clock.now()
        try:
            reply = engine.answer(self.store, self.people[sender], call, now=now)
        except Killed as killed:
            self._trace.note("hub killed", str(killed))
            return OFFLINE
        epoch = self.epoch()
        self.history.note(call, reply, epoch)
        return Answer(reply, epoch, to_sql(now))

    def grant(self, name: str, territories: frozenset[str] | None) -> None:
        """Let somebody see these territories from now on, and no others."""
        self.people[name] = replace(self.people[name], territories=territories)
        self.version += 1

    def read(self, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Return what is in the hub's database right now."""
        with self.store.engine.connect() as connection:
            found = connection.exec_driver_sql(sql, values or None)
            return [tuple(row) for row in found]

    def rows(self, *, with_deleted: bool = False) -> dict[Key, Row]:
        """Return every row that the hub has, by kind and uid."""
        sql = "SELECT kind, id, row FROM entity WHERE deleted <= ? ORDER BY kind, id"
        return {
            (kind, uid): json.loads(row) for kind, uid, row in self.read(sql, (int(with_deleted),))
        }

    def epoch(self) -> str:
        """Return the epoch of the database as it is."""
        return str(self.read("SELECT value FROM hub_state WHERE key = 'epoch'")[0][0])

    def answered(self) -> list[str]:
        """Return the uuids of all edits that the hub remembers."""
        return [uuid for (uuid,) in self.read("SELECT uuid FROM applied_uuid ORDER BY uuid")]

    def back_up(self) -> Backup:
        """Return a copy of the database as it is."""
        return Backup(self._driver().serialize(), frozenset(self.answered()))

    def restore(self, backup: Backup) -> None:
        """Go back to the copy, as an administrator would, and begin a new epoch."""
        self.fuse.disarm()
        self._driver().deserialize(backup.content)
        restore_finished(self.store)
        self.restores += 1
        self.version += 1

    def collect(self, age: timedelta) -> None:
        """Let tombstones older than that go."""
        self.fuse.disarm()
        collect_tombstones(self.store, before=self._clock.now() - age)

    def _driver(self) -> Any:
        return self.store.engine.raw_connection().driver_connection
