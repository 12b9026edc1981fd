"""What is a record to the hub, and how does it come out of the database and go back?"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import msgspec

from loyaldesk.protocol.kinds import KINDS, Kind, Row
from loyaldesk.protocol.stamps import Stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from loyaldesk.hub.transaction import Tx

__all__ = ["Entity", "Key", "as_json", "insert_entities", "read_entities", "update_entities"]

# Kind and uid.
Key = tuple[str, str]

_ROW = msgspec.json.Decoder(dict[str, Any])
_STAMPS = msgspec.json.Decoder(dict[str, tuple[str, str, str, str]])
_READ = (
    "SELECT kind, id, rv, deleted, account_id, origin, row, field_at FROM entity"
    " WHERE kind = ? AND id IN {}"
)


@dataclass(frozen=True, slots=True)
class Entity:
    """One record as it stands; a deleted one keeps its last row, for it may come back.

    `account` is the uid of its customer, `origin` the connector that masters it. `stamps` say who
    wrote each field last, under "" who made the row.
    """

    kind: Kind
    id: str
    rv: int
    account: str
    row: Row
    is_deleted: bool = False
    origin: str = ""
    stamps: dict[str, Stamp] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        """Kind and uid."""
        return self.kind.name, self.id

    def with_version(self, rv: int) -> Entity:
        """Return the same record in another version."""
        return replace(self, rv=rv)


def as_json(value: object) -> str:
    """Return the value as JSON text."""
    return msgspec.json.encode(value).decode()


def read_entities(tx: Tx, keys: Iterable[Key]) -> Iterator[Entity]:
    """Yield the records that there are of these, deleted ones too."""
    by_kind: dict[str, list[str]] = {}
    for kind, uid in keys:
        by_kind.setdefault(kind, []).append(uid)
    for kind, uids in by_kind.items():
        for found in tx.rows_of(_READ, uids, before=(kind,)):
            yield _entity(found)


def _entity(found: tuple[Any, ...]) -> Entity:
    kind, uid, rv, deleted, account, origin, row, field_at = found
    stamps = {name: Stamp(*stamp) for name, stamp in _STAMPS.decode(field_at).items()}
    return Entity(
        KINDS[kind], uid, rv, account, _ROW.decode(row), bool(deleted), origin, stamps
    )  # fmt: skip


def insert_entities(tx: Tx, entities: Iterable[Entity], now: str) -> None:
    """Write records that are new; one that another transaction just made raises."""
    tx.run_many(
        "INSERT INTO entity (rv, deleted, account_id, origin, row, field_at, changed_at, kind, id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_values(entity, now) for entity in entities],
    )


def update_entities(tx: Tx, entities: Iterable[Entity], now: str) -> None:
    """Write what became of records that the hub has."""
    tx.run_many(
        "UPDATE entity SET rv = ?, deleted = ?, account_id = ?, origin = ?, row = ?,"
        " field_at = ?, changed_at = ? WHERE kind = ? AND id = ?",
        [_values(entity, now) for entity in entities],
    )


def _values(entity: Entity, now: str) -> tuple[Any, ...]:
    stamps = {
        name: (stamp.at, stamp.uuid, stamp.user, stamp.desk)
        for name, stamp in entity.stamps.items()
    }
    return (
        entity.rv, int(entity.is_deleted), entity.account, entity.origin, as_json(entity.row),
        as_json(stamps), now, *entity.key,
    )  # fmt: skip
