"""What became of each row during one transaction? Told by the record of its changes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyaldesk.store.reader import Source

__all__ = ["Trail", "Trails", "Values", "read_trails"]

Values = dict[str, Any]


@dataclass(slots=True)
class Trail:
    """One row from its first change to its last, or until it was deleted.

    `old` is what its changed columns said before; `gone` all that it held when it was deleted.
    """

    table: str
    row_id: int
    is_made: bool = False
    old: Values = field(default_factory=dict)
    gone: Values | None = None

    @property
    def before(self) -> Values:
        """What the record knows of the row as it was before: all of it if it was deleted."""
        return (self.gone or {}) | self.old


@dataclass(slots=True)
class Trails:
    """All trails in the order in which they begin, and the ranges that were inserted at once."""

    rows: list[Trail] = field(default_factory=list)
    ranges: dict[str, list[range]] = field(default_factory=dict)

    def is_in_range(self, table: str, row_id: int) -> bool:
        """Tell whether the row came in with a range: then it is new, whatever else befell it."""
        return any(row_id in ids for ids in self.ranges.get(table, ()))


def read_trails(source: Source, group_id: int, deleted: Mapping[tuple[str, int], Values]) -> Trails:
    """Return what one group of changes did; `deleted` are rows of ranges that were deleted."""
    trails, latest = Trails(), dict[tuple[str, int], Trail]()
    for table, kind, first, last, stored in source.rows(
        "SELECT table_name, kind, row_id, last_row_id, fields FROM change"
        " WHERE group_id = ? ORDER BY id",
        [group_id],
    ):
        if stored is not None:
            if not trails.is_in_range(table, first):
                _follow(trails, latest, _Step(table, first, kind, json.loads(stored)))
        elif kind == "I":
            trails.ranges.setdefault(table, []).append(range(first, last + 1))
        else:
            for row_id in range(first, last + 1):
                held = deleted.get((table, row_id), {})
                fields = {name: [value, None] for name, value in held.items()}
                _follow(trails, latest, _Step(table, row_id, kind, fields))
    return trails


@dataclass(frozen=True, slots=True)
class _Step:
    table: str
    row_id: int
    kind: str
    fields: Mapping[str, Any]


def _follow(trails: Trails, latest: dict[tuple[str, int], Trail], step: _Step) -> None:
    key = (step.table, step.row_id)
    trail = latest.get(key)
    if trail is None or step.kind == "I":
        trail = latest[key] = Trail(step.table, step.row_id, is_made=step.kind == "I")
        trails.rows.append(trail)
    if step.kind == "U":
        for name, (old, _) in step.fields.items():
            trail.old.setdefault(name, old)
    elif step.kind == "D":
        trail.gone = {name: old for name, (old, _) in step.fields.items()}
