"""What if two desks gave the same number to different records? The later one is told apart.

It gets the next free `<number>~2`, and somebody decides what it is to be called.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from loyaldesk.hub.engine.records import as_json
from loyaldesk.protocol.merge import Clash

if TYPE_CHECKING:
    from loyaldesk.hub.engine.records import Entity
    from loyaldesk.hub.engine.workset import Claim, Workset
    from loyaldesk.protocol.kinds import Kind, Row

__all__ = ["claim_unique", "holder_of", "release_unique"]


def claim_unique(
    work: Workset, before: Entity | None, after: Entity
) -> tuple[Entity, list[Clash]]:  # fmt: skip
    """Return the record with values that no other has, and a clash for each it could not have."""
    clashes: list[Clash] = []
    row = after.row
    for group in after.kind.unique:
        field = _told_apart_by(after.kind, group)
        wanted = row[field]
        row = row | {field: _free(work, after, group, row, field)}
        if row[field] != wanted:
            clashes.append(Clash(field, "number", None, wanted, wanted, row[field], "open"))
    if before is not None and not before.is_deleted:
        release_unique(work, before)
    for claim in _claims(after.kind, row):
        work.claims.put(claim, after.id)
    return replace(after, row=row), clashes


def holder_of(work: Workset, entity: Entity, clash: Clash) -> Entity | None:
    """Return the record that has the value which this one wanted for the field of the clash."""
    for group in entity.kind.unique:
        claim = _claim(entity.kind, group, entity.row | {clash.field: clash.mine})
        holder = work.claims.get(claim) if clash.field in group and claim else None
        if holder is not None:
            return work.get(entity.kind.name, holder)
    return None


def release_unique(work: Workset, entity: Entity) -> None:
    """Let others have the record's unique values."""
    for claim in _claims(entity.kind, entity.row):
        work.claims.put(claim, None)


def _free(work: Workset, entity: Entity, group: tuple[str, ...], row: Row, field: str) -> object:
    value = row[field]
    for number in itertools.count(2):
        claim = _claim(entity.kind, group, row)
        if claim is None or work.claims.get(claim) in {None, entity.id}:
            break
        row = row | {field: f"{value}~{number}"}
    return row[field]


def _told_apart_by(kind: Kind, group: tuple[str, ...]) -> str:
    texts = [name for name in group if kind.fields[name].type == "text"]
    return "number" if "number" in texts else texts[-1]


def _claims(kind: Kind, row: Row) -> list[Claim]:
    found = (_claim(kind, group, row) for group in kind.unique)
    return [claim for claim in found if claim is not None]


def _claim(kind: Kind, group: tuple[str, ...], row: Row) -> Claim | None:
    values = [row.get(name) for name in group]
    return None if None in values else (kind.name, as_json([*group, *values]))
