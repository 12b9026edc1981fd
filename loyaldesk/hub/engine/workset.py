"""What would the hub's records be after the edits judged so far? Nothing is written yet.

Each group of edits is judged on top of those before it and then kept or dropped as a whole, so a
refused group leaves no trace and everything is written at once at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from loyaldesk.hub.engine.records import Entity, Key, read_entities
from loyaldesk.protocol.buckets import buckets_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from loyaldesk.hub.engine.audit import Note
    from loyaldesk.hub.transaction import Tx

__all__ = ["Claim", "Layers", "Workset"]

_K = TypeVar("_K")
_V = TypeVar("_V")

# Kind, and the values that no two rows of it may share, as JSON.
Claim = tuple[str, str]


class Layers(Generic[_K, _V]):
    """Values as the database has them, over them those kept, over them those of this group."""

    def __init__(self, load: Callable[[_K], _V | None]) -> None:
        self._load = load
        self.stored: dict[_K, _V | None] = {}
        self.kept: dict[_K, _V | None] = {}
        self.group: dict[_K, _V | None] = {}

    def get(self, key: _K) -> _V | None:
        """Return the value as this group sees it."""
        for layer in (self.group, self.kept, self.stored):
            if key in layer:
                return layer[key]
        self.stored[key] = self._load(key)
        return self.stored[key]

    def before_group(self, key: _K) -> _V | None:
        """Return the value as it was before this group."""
        return self.kept[key] if key in self.kept else self.stored.get(key)

    def put(self, key: _K, value: _V | None) -> None:
        """Let the value be this in the group; None takes it away."""
        self.get(key)
        self.group[key] = value

    def keep(self) -> None:
        """Let what the group did stand."""
        self.kept.update(self.group)
        self.group.clear()

    def drop(self) -> None:
        """Forget what the group did."""
        self.group.clear()


class Workset:
    """The records, unique values and aliases that a push touches, and the notes for the audit.

    `now` is the hub's clock, as SQLite keeps an instant.
    """

    def __init__(self, tx: Tx, now: str) -> None:
        self.tx = tx
        self.now = now
        self.entities: Layers[Key, Entity] = Layers(self._load_entity)
        self.claims: Layers[Claim, str] = Layers(self._load_claim)
        # Which customer a merged-away one is now, and by which merge.
        self.aliases: Layers[str, tuple[str, str]] = Layers(self._load_alias)
        self.notes: list[Note] = []
        self._group_notes: list[Note] = []

    def preload(self, keys: Iterable[Key]) -> None:
        """Read many records at once."""
        missing = [key for key in dict.fromkeys(keys) if key not in self.entities.stored]
        self.entities.stored.update(dict.fromkeys(missing))
        self.entities.stored.update({e.key: e for e in read_entities(self.tx, missing)})

    def get(self, kind: str, uid: str) -> Entity | None:
        """Return the record, also a deleted one, or None where there never was one."""
        return self.entities.get((kind, uid))

    def put(self, entity: Entity) -> None:
        """Let the record be this."""
        self.entities.put(entity.key, entity)

    def note(self, note: Note) -> None:
        """Write this into the audit if the group is kept."""
        self._group_notes.append(note)

    def buckets(self, entity: Entity) -> tuple[str, ...]:
        """Return where the record lies as things stand, or lay when it was deleted."""
        customer = self.get("customer", entity.account) if entity.account else None
        return buckets_of(entity.kind, customer.row if customer else None)

    def survivor(self, customer: str) -> str:
        """Return who a customer is now: itself unless it was merged away, even repeatedly."""
        seen = [customer]
        while (alias := self.aliases.get(seen[-1])) and alias[0] not in seen:
            seen.append(alias[0])
        return seen[-1]

    def keep(self) -> None:
        """Let the group stand."""
        for layers in (self.entities, self.claims, self.aliases):
            layers.keep()
        self.notes += self._group_notes
        self._group_notes.clear()

    def drop(self) -> None:
        """Forget the group."""
        for layers in (self.entities, self.claims, self.aliases):
            layers.drop()
        self._group_notes.clear()

    def _load_entity(self, key: Key) -> Entity | None:
        return next(read_entities(self.tx, [key]), None)

    def _load_claim(self, claim: Claim) -> str | None:
        found = self.tx.row("SELECT id FROM unique_value WHERE kind = ? AND value = ?", claim)
        return None if found is None else found[0]

    def _load_alias(self, customer: str) -> tuple[str, str] | None:
        found = self.tx.row("SELECT id, merge_id FROM alias WHERE gone_id = ?", (customer,))
        return None if found is None else (found[0], found[1])
