"""Who changed which field from what to what? Kept for good, whatever becomes of the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loyaldesk.hub.engine.records import Entity, as_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loyaldesk.hub.access import Principal
    from loyaldesk.hub.transaction import Tx
    from loyaldesk.protocol.stamps import Stamp

__all__ = ["Note", "notes_of", "write_notes"]


@dataclass(frozen=True, slots=True)
class Note:
    """One field's change; without a field, the whole row's: it was made, deleted, brought back."""

    entity: Entity
    stamp: Stamp
    op: str
    field: str
    old: Any
    new: Any


def notes_of(op: str, before: Entity | None, after: Entity, stamp: Stamp) -> Iterator[Note]:
    """Yield a note for each field that an edit changed, or one for a create or delete."""
    if op != "edit" or before is None:
        was = None if before is None or before.is_deleted else before.row
        yield Note(after, stamp, op, "", was, None if after.is_deleted else after.row)
        return
    for name in after.kind.fields:
        old, new = before.row.get(name), after.row.get(name)
        if old != new:
            yield Note(after, stamp, op, name, old, new)


def write_notes(tx: Tx, notes: Sequence[Note], principal: Principal, now: str) -> None:
    """Write the notes down under the name of who really asked."""
    tx.run_many(
        "INSERT INTO change_audit (at, edited_at, actor, device, desk, uuid, kind, entity_id,"
        " account_id, op, field, old, new) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                now, note.stamp.at, principal.name, principal.device, principal.desk,
                note.stamp.uuid, *note.entity.key, note.entity.account, note.op, note.field,
                as_json(note.old), as_json(note.new),
            )
            for note in notes
        ],
    )  # fmt: skip
