"""What must hold after every single step, on the laptop that took it and at the hub?

P5 no row goes back in time; P8 what is seen is the hub's row and the waiting edits over it;
P10 an edit is seen at once; I2 numbers of a bucket never go down; I6 nothing typed is ever nowhere;
I11 versions never go down; I12 work that is left has a time set for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from msgspec import UNSET

from loyaldesk.protocol.kinds import KINDS, Merge
from loyaldesk.protocol.replay import Pending, replay
from loyaldesk.store.outbox import PENDING
from loyaldesk.store.outbox_body import decode_body, decode_row
from loyaldesk.store.sync_state import StateKey
from tests.simulator.at_rest import check_in_step
from tests.simulator.disk import uuids_of
from tests.simulator.violation import require

if TYPE_CHECKING:
    from loyaldesk.protocol.kinds import Row
    from tests.simulator.laptop import Laptop
    from tests.simulator.scope import Key
    from tests.simulator.world import World

__all__ = ["Checks"]


@dataclass
class _Seen:
    """What a laptop looked like after its last step; forgotten with its disk."""

    disk: object = None
    epoch: str = ""
    texts: dict[Key, str] = field(default_factory=dict)
    versions: dict[Key, int] = field(default_factory=dict)
    uuids: dict[str, str] = field(default_factory=dict)
    rounds: int = 0


class Checks:
    """Looks at each laptop after its steps and remembers what it looked like."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._seen: dict[str, _Seen] = {}
        self._heads: dict[str, int] = {}
        self._hub_epoch = ""
        self._hub_version = -1

    def after_step(self, laptop: Laptop) -> None:
        """Hold the laptop, and the hub if anything reached it, to what they promise."""
        seen = self._seen.get(laptop.name)
        if seen is None or seen.disk is not laptop.disk:
            seen = self._seen[laptop.name] = _Seen(disk=laptop.disk, rounds=len(laptop.rounds))
        self._check_rows(laptop, seen)
        _check_kept(laptop, seen)
        _check_deadline(laptop, seen)
        if self._hub_version != self._world.centre.version:
            self._check_heads()

    def after_calm(self, laptop: Laptop) -> None:
        """Hold a laptop that had a round in peace to what it has to look like then."""
        last = laptop.rounds[-1] if laptop.rounds else None
        if last is not None and last.is_in_step and not uuids_waiting(laptop):
            check_in_step(self._world, laptop)

    def _check_rows(self, laptop: Laptop, seen: _Seen) -> None:
        tables = laptop.disk.connection
        epoch = laptop.desk.state(StateKey.EPOCH)
        texts = dict(laptop.disk.texts())
        waiting = _waiting(tables)
        if epoch != seen.epoch:
            seen.versions.clear()
            seen.epoch = epoch
        changed = [key for key, text in texts.items() if seen.texts.get(key) != text]
        for key in dict.fromkeys([*changed, *waiting]):
            row = laptop.disk.read(*key)
            if key in waiting:
                self._check_waiting(laptop, key, row, waiting[key])
            elif row is not None:
                self._check_version(laptop, key, row, seen)
        seen.texts = texts

    def _check_waiting(
        self, laptop: Laptop, key: Key, row: Row | None, edits: list[Pending]
    ) -> None:  # fmt: skip
        if row is None and _is_on_its_way(laptop.disk.connection, key):
            return
        base = _base(laptop.disk.connection, key)
        wanted = replay(KINDS[key[0]], base, edits)
        said = f"on {laptop.name}: {key} {_difference(row, wanted)}"
        require(
            _is_same(key[0], row, wanted), "P8", "A row is not the hub's with edits over it", said
        )
        if row is not None and not any(edit.op == "delete" for edit in edits):
            require(_shows(key[0], row, edits), "P10", "A waiting edit is not seen", said)

    def _check_version(self, laptop: Laptop, key: Key, row: Row, seen: _Seen) -> None:
        history = self._world.centre.history
        found = history.versions(key, row)
        if not found and (key in history.untold or _is_on_its_way(laptop.disk.connection, key)):
            return  # it is leaving, or another row had to have its number first
        said = f"on {laptop.name}: {key}"
        require(bool(found), "P8", "A row without waiting edits was never the hub's", said, row)
        of_epoch = [version for epoch, version in found if epoch == seen.epoch]
        if of_epoch:
            floor = seen.versions.get(key, 0)
            require(max(of_epoch) >= floor, "P5", "A row went back in time", said, found, floor)
            seen.versions[key] = min(version for version in of_epoch if version >= floor)

    def _check_heads(self) -> None:
        centre = self._world.centre
        self._hub_version = centre.version
        heads = dict(centre.read("SELECT bucket, seq FROM bucket_head ORDER BY bucket"))
        epoch = centre.epoch()
        if epoch == self._hub_epoch:
            sunk = [name for name, seq in self._heads.items() if heads.get(name, 0) < seq]
            require(not sunk, "I2", "Numbers of a bucket went down", sunk)
        self._heads, self._hub_epoch = heads, epoch
        beyond = centre.read(
            "SELECT e.bucket FROM bucket_entry e LEFT JOIN bucket_head h ON h.bucket = e.bucket"
            " GROUP BY e.bucket HAVING max(e.seq) > coalesce(max(h.seq), 0)"
        )
        require(not beyond, "I1", "A bucket has numbers beyond its head", beyond)


def uuids_waiting(laptop: Laptop) -> list[str]:
    """Return the edits that wait in the laptop's outbox."""
    return [uuid for uuid, where in uuids_of(laptop.disk.connection).items() if where == "outbox"]


def _check_kept(laptop: Laptop, seen: _Seen) -> None:
    uuids = uuids_of(laptop.disk.connection)
    lost = [uuid for uuid in seen.uuids if uuid not in uuids]
    require(not lost, "I6", "Edits are nowhere on the desk any more", laptop.name, lost)
    seen.uuids = uuids
    twice = laptop.disk.connection.execute(
        "SELECT uuid FROM outbox WHERE uuid IN (SELECT uuid FROM journal UNION ALL"
        " SELECT uuid FROM attention)"
    ).fetchall()
    require(not twice, "I6", "An edit waits and is answered at once", laptop.name, twice)


def _check_deadline(laptop: Laptop, seen: _Seen) -> None:
    if len(laptop.rounds) > seen.rounds:
        seen.rounds = len(laptop.rounds)
        last = laptop.rounds[-1]
        require(last.again_in_s is not None, "I12", "A round set no time for the next", last)
    if uuids_waiting(laptop):
        is_set = laptop.desk.state(StateKey.NEXT_AT) != ""
        require(is_set, "I12", "Edits wait and no time is set to send them", laptop.name)


def _waiting(tables: Any) -> dict[Key, list[Pending]]:
    waiting: dict[Key, list[Pending]] = {}
    for kind, uid, op, body in tables.execute("SELECT kind, uid, op, body FROM outbox ORDER BY no"):
        found = decode_body(body)
        waiting.setdefault((kind, uid), []).append(Pending(op, found.row, found.ch))
    return waiting


def _is_on_its_way(tables: Any, key: Key) -> bool:
    found = tables.execute(
        "SELECT 1 FROM sync_base WHERE kind = ? AND uid = ? AND is_waiting <> ?", [*key, PENDING]
    )
    return found.fetchone() is not None


def _base(tables: Any, key: Key) -> Row | None:
    found = tables.execute("SELECT body FROM sync_base WHERE kind = ? AND uid = ?", key).fetchone()
    return decode_row(found[0]) if found and found[0] else None


def _is_same(kind: str, row: Row | None, wanted: Row | None) -> bool:
    """Compare rows; a waiting row whose number is taken shows another one, or is not shown."""
    if row is None or wanted is None:
        return row is wanted or bool(KINDS[kind].unique)
    return all(
        row[name] == value or str(row[name]).startswith(f"{value}~")
        for name, value in wanted.items()
    )


def _shows(kind: str, row: Row, edits: list[Pending]) -> bool:
    """Say whether the last value typed into each field is what is seen."""
    typed: dict[str, Any] = {}
    for edit in edits:
        typed.update(edit.row or {})
        typed.update(
            {name: change.new for name, change in edit.changes.items() if change.new is not UNSET}
        )
        for name, change in edit.changes.items():
            if change.inc is not UNSET:
                typed.pop(name, None)
    fields = KINDS[kind].fields
    return all(
        row[name] == value or str(row[name]).startswith(f"{value}~")
        for name, value in typed.items()
        if fields[name].merge is not Merge.GREATEST
    )


def _difference(row: Row | None, wanted: Row | None) -> object:
    if row is None or wanted is None:
        return row, wanted
    return {name: (row[name], wanted[name]) for name in row if row[name] != wanted.get(name)}
