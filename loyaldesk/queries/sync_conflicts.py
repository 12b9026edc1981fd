"""Which edits of several people met in one field, and what stands there now?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from loyaldesk.errors import Refused
from loyaldesk.protocol.kinds import KINDS
from loyaldesk.protocol.stamps import instant_of
from loyaldesk.queries.sync_records import Named, RecordName, read_record_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from loyaldesk.store.reader import Row, Source

__all__ = [
    "MERGES_SHOWN", "FieldConflict", "RecordConflicts", "count_conflicts", "count_needs",
    "list_conflicts", "list_merges", "read_conflict",
]  # fmt: skip

# For so long an automatic merge is listed and can be taken back.
MERGES_SHOWN = timedelta(days=30)
_COLUMNS = (
    "SELECT id, record_kind, lower(hex(record_uid)), field, rule, base, mine, theirs, winner,"
    " my_user, my_desk, my_edited_at, their_user, their_edited_at, found_at, status"
    " FROM edit_conflict"
)
# Two who decided the same conflict are in no conflict that anybody could decide.
_SHOWN = "record_kind <> 'edit_conflict'"
_OPEN = f"{_COLUMNS} WHERE status = 'open' AND {_SHOWN} ORDER BY found_at DESC, id DESC LIMIT ?"
_MERGES = (
    f"{_COLUMNS} WHERE status = 'auto' AND {_SHOWN} AND found_at >= ?"
    " ORDER BY found_at DESC, id DESC LIMIT ?"
)
_ONE = f"{_COLUMNS} WHERE id = ?"
_RECORDS = (
    "SELECT count(*) FROM (SELECT DISTINCT record_kind, record_uid FROM edit_conflict"
    " WHERE status = 'open' AND record_kind <> 'edit_conflict')"
)


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """Two edits of one field, as they travel; an empty `field` is the whole record.

    `mine` is the edit that came later to the hub, by `my_user` at `my_desk`; `winner` stands
    now. `names` says what references lead to, by uid.
    """

    id: int
    record: RecordName
    field: str
    rule: str
    base: Any
    mine: Any
    theirs: Any
    winner: Any
    my_user: str
    my_desk: str
    my_edited_at: datetime
    their_user: str
    their_edited_at: datetime | None
    found_at: datetime
    status: str
    names: Mapping[str, str]

    @property
    def keeps_both(self) -> bool:
        """Whether what stands now is neither edit alone, but made of both."""
        return self.winner not in (self.mine, self.theirs)

    @property
    def loser(self) -> Any:
        """The value that does not stand; where both do, the one that was there first."""
        return self.mine if self.winner == self.theirs else self.theirs


@dataclass(frozen=True, slots=True)
class RecordConflicts:
    """What has to be decided about one record, newest first."""

    record: RecordName
    conflicts: tuple[FieldConflict, ...]


def list_conflicts(source: Source, *, most: int = 500) -> list[RecordConflicts]:
    """Return the open conflicts by record, the record with the newest one first."""
    found = _conflicts(source, source.rows(_OPEN, [most]))
    place: dict[Named, int] = {}
    for each in found:
        place.setdefault((each.record.kind, each.record.uid), len(place))
    ordered = sorted(found, key=lambda each: place[each.record.kind, each.record.uid])
    return [
        RecordConflicts(record, tuple(conflicts))
        for record, conflicts in groupby(ordered, key=lambda each: each.record)
    ]


def list_merges(source: Source, *, now: datetime, most: int = 200) -> list[FieldConflict]:
    """Return what was merged without a question in the last 30 days, newest first."""
    return _conflicts(source, source.rows(_MERGES, [now - MERGES_SHOWN, most]))


def read_conflict(source: Source, *, conflict_id: int) -> FieldConflict:
    """Return one conflict, whatever became of it."""
    found = source.rows(_ONE, [conflict_id])
    if not found:
        raise Refused("This conflict is no longer here. Nothing was changed.")
    return _conflicts(source, found)[0]


def count_conflicts(source: Source) -> int:
    """Return how many records have an open conflict."""
    return int(source.value(_RECORDS))


def count_needs(source: Source) -> int:
    """Return how many things need somebody: records with a conflict, and refused edits."""
    refused = source.value("SELECT count(*) FROM attention WHERE seen = 0")
    return count_conflicts(source) + int(refused)


def _conflicts(source: Source, rows: Sequence[Row]) -> list[FieldConflict]:
    values = [_values(row) for row in rows]
    led_to = [_references(row, each) for row, each in zip(rows, values, strict=True)]
    wanted = [(kind, uid) for _, kind, uid, *_ in rows]
    known = read_record_names(source, [*wanted, *(ref for refs in led_to for ref in refs)])
    return [
        _conflict(row, each, known, refs)
        for row, each, refs in zip(rows, values, led_to, strict=True)
    ]


def _conflict(
    row: Row, values: dict[str, Any], known: Mapping[Named, RecordName], refs: Sequence[Named]
) -> FieldConflict:
    conflict_id, kind, uid, field, rule, *_, found_at, status = row
    my_user, my_desk, my_edited_at, their_user, their_edited_at = row[9:14]
    return FieldConflict(
        id=conflict_id,
        record=known[kind, uid],
        field=field,
        rule=rule,
        **values,
        my_user=my_user,
        my_desk=my_desk,
        my_edited_at=instant_of(my_edited_at),
        their_user=their_user,
        their_edited_at=instant_of(their_edited_at) if their_edited_at else None,
        found_at=instant_of(found_at),
        status=status,
        names={uid: known[of, uid].words for of, uid in refs},
    )


def _values(row: Row) -> dict[str, Any]:
    names = ("base", "mine", "theirs", "winner")
    return {name: _decoded(text) for name, text in zip(names, row[5:9], strict=True)}


def _references(row: Row, values: Mapping[str, Any]) -> list[Named]:
    refers = _refers(row[1], row[3])
    return [(refers, each) for each in values.values() if isinstance(each, str)] if refers else []


def _decoded(text: str) -> Any:
    return json.loads(text) if text else None


def _refers(kind: str, field: str) -> str | None:
    if kind not in KINDS:
        return None
    *_, name = field.split(".")
    known = (KINDS[kind].lines if "." in field else KINDS[kind].fields).get(name)
    return known.refers if known else None
