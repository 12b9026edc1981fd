"""What were the lines of an order or invoice before a transaction changed some of them?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from loyaldesk.store.wire_places import line_places, parent_column
from loyaldesk.store.wire_rows import read_lines

if TYPE_CHECKING:
    from loyaldesk.protocol.kinds import Kind, Row
    from loyaldesk.store.before import Before
    from loyaldesk.store.reader import Source
    from loyaldesk.store.trails import Trail, Trails, Values

__all__ = ["lines_before"]


def lines_before(
    source: Source, kind: Kind, trails: Trails, before: Before
) -> dict[int, list[Row]]:
    """Return the lines as they were, by the id of each parent of which a line was touched."""
    column = parent_column(kind)
    own = [trail for trail in trails.rows if trail.table == kind.line_table]
    found: dict[int, list[Row]] = {i: [] for i in _parents_of_ranges(source, kind, trails)}
    now = _columns_now(source, kind, [trail.row_id for trail in own])
    seen = set[int]()
    for trail in own:
        values = _values_before(trail, now)
        lines = found.setdefault(values[column], [])
        if not trail.is_made and trail.row_id not in seen:
            lines.append(before.whole(line_places(kind), values))
        seen.add(trail.row_id)
    for parent_id, current in read_lines(source, kind, found).items() if found else ():
        untouched = [
            line
            for line_id, line in current
            if line_id not in seen and not trails.is_in_range(kind.line_table, line_id)
        ]
        found[parent_id] += untouched
    for lines in found.values():
        lines.sort(key=lambda line: int(line["position"]))
    return found


def _values_before(trail: Trail, now: dict[int, Values]) -> Values:
    return trail.before if trail.gone is not None else now[trail.row_id] | trail.old


def _columns_now(source: Source, kind: Kind, ids: list[int]) -> dict[int, Values]:
    if not ids:
        return {}
    names = ["id", parent_column(kind), *(place.column for place in line_places(kind))]
    rows: list[tuple[Any, ...]] = source.rows(
        f"SELECT {', '.join(names)} FROM {kind.line_table}"
        " WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(ids)],
    )
    return {row[0]: dict(zip(names, row, strict=True)) for row in rows}


def _parents_of_ranges(source: Source, kind: Kind, trails: Trails) -> list[int]:
    """Return the parents that were there before lines came in with a range."""
    found: dict[int, None] = {}
    for ids in trails.ranges.get(kind.line_table, ()):
        for (parent_id,) in source.rows(
            f"SELECT DISTINCT {parent_column(kind)} FROM {kind.line_table}"
            " WHERE id BETWEEN ? AND ?",
            [ids[0], ids[-1]],
        ):
            if not trails.is_in_range(kind.table, parent_id):
                found[parent_id] = None
    return list(found)
