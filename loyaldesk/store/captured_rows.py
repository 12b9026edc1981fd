"""Which rows that travel did a transaction touch, and how were they before it and after?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.protocol.kinds import KINDS
from loyaldesk.store.before import Before
from loyaldesk.store.captured_lines import lines_before
from loyaldesk.store.loose import fill_loose
from loyaldesk.store.wire_places import places
from loyaldesk.store.wire_rows import rows_by_id

if TYPE_CHECKING:
    from loyaldesk.protocol.kinds import Kind, Row
    from loyaldesk.protocol.messages import Change
    from loyaldesk.store.reader import Source
    from loyaldesk.store.trails import Trail, Trails

__all__ = ["Captured", "captured_rows"]


@dataclass(slots=True)
class Captured:
    """A row on the wire before and after a transaction; None where it was not there."""

    kind: Kind
    uid: str
    before: Row | None
    after: Row | None

    def changes(self) -> dict[str, Change]:
        """Return what was done to its fields; of a row that is gone, what they said."""
        from loyaldesk.protocol.messages import Change  # msgspec is not for the start of the window
        from loyaldesk.protocol.replay import difference

        before = self.before or {}
        if self.after is None:
            return {name: Change(old=value) for name, value in before.items()}
        return difference(self.kind, before, self.after)


def captured_rows(source: Source, trails: Trails) -> list[Captured]:
    """Return the rows that were not inserted as a range, each once, in the order of the kinds."""
    before = Before(source, trails.rows)
    found: list[Captured] = []
    for kind in KINDS.values():
        found += _captured(source, kind, trails, before)
    return found


def _captured(source: Source, kind: Kind, trails: Trails, before: Before) -> list[Captured]:
    own = [trail for trail in trails.rows if trail.table == kind.table]
    lines = lines_before(source, kind, trails, before) if kind.line_table else {}
    ids = {trail.row_id: None for trail in own if trail.gone is None}
    ids |= dict.fromkeys(row_id for row_id in lines)
    now = rows_by_id(source, kind, ids) if ids else {}
    rows = dict[str, Captured]()
    for trail in own:
        _join(rows, _of_trail(kind, trail, now, before))
    for uid, row in now.values():
        _join(rows, Captured(kind, uid, dict(row), row))
    uids = {row_id: uid for row_id, (uid, _) in now.items()}
    uids |= {trail.row_id: before.uid(trail) for trail in own if trail.gone is not None}
    for row_id, were in lines.items():
        was = rows[uids[row_id]].before
        if was is not None:
            was["lines"] = were
    fill_loose(source, kind, {each.uid: each.before for each in rows.values() if each.before})
    return list(rows.values())


def _of_trail(
    kind: Kind, trail: Trail, now: dict[int, tuple[str, Row]], before: Before
) -> Captured:
    was: Row | None
    if trail.gone is None:
        uid, row = now[trail.row_id]
        was = {**row, **before.fields(places(kind), trail.old)}
        return Captured(kind, uid, None if trail.is_made else was, row)
    was = before.whole(places(kind), trail.before)
    if kind.line_table:
        was["lines"] = []
    return Captured(kind, before.uid(trail), None if trail.is_made else was, None)


def _join(rows: dict[str, Captured], each: Captured) -> None:
    """Join what befell one row: as it was before the first change, as it is after the last."""
    if each.uid in rows:
        rows[each.uid].after = each.after
    else:
        rows[each.uid] = each
