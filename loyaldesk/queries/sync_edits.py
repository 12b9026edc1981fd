"""Which edits wait to go out, and which did the hub refuse?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from loyaldesk.errors import Refused
from loyaldesk.protocol.kinds import KINDS
from loyaldesk.queries.sync_records import Named, RecordName, read_record_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loyaldesk.store.reader import Row, Source

__all__ = [
    "FieldEdit", "RefusedEdit", "RowEdit", "WaitingGroup", "count_waiting", "list_refused",
    "list_waiting", "read_group", "read_refused",
]  # fmt: skip

_GROUPS = "SELECT grp, min(no), count(*), max(tries) FROM outbox GROUP BY grp ORDER BY grp LIMIT ?"
_FIRST = (
    "SELECT no, kind, uid, body, label, actor, edited_at, answer FROM outbox"
    " WHERE no IN (SELECT value FROM json_each(?))"
)
_EDITS = "SELECT kind, uid, op, body FROM outbox WHERE grp = ? ORDER BY no LIMIT ?"
_ATTENTION = (
    "SELECT uuid, kind, uid, op, body, edited_at, actor, label, reason, told_at, grp FROM attention"
)
_REFUSED = f"{_ATTENTION} WHERE seen = 0 ORDER BY told_at DESC, uuid LIMIT ?"
_ONE_REFUSED = f"{_ATTENTION} WHERE uuid = ?"
# The fields that name a record which is not, or no longer, among the records here.
_NAMING = ("name", "number", "subject", "family_name", "street", "product_group", "key")


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """One field of an edit as it travels; `inc` is set where a sum grew instead."""

    field: str
    old: Any = None
    new: Any = None
    inc: int | None = None


@dataclass(frozen=True, slots=True)
class RowEdit:
    """What was done to one record: `op` is create, edit or delete.

    `names` says what the references in the fields lead to, by uid.
    """

    record: RecordName
    op: str
    fields: tuple[FieldEdit, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    """One action of a person that the hub has not answered yet; `record` is its first."""

    grp: int
    label: str
    actor: str
    edited_at: datetime
    edits: int
    tries: int
    answer: str
    record: RecordName


@dataclass(frozen=True, slots=True)
class RefusedEdit:
    """An edit that the hub did not take, with its reason; what was typed is kept in `edit`."""

    uuid: str
    grp: int
    label: str
    actor: str
    edited_at: datetime
    reason: str
    told_at: datetime
    edit: RowEdit

    @property
    def note(self) -> str:
        """The words of a note or call that was refused, or nothing."""
        typed = {field.field: field.new for field in self.edit.fields}
        if self.edit.record.kind != "activity" or self.edit.op == "delete":
            return ""
        return str(typed.get("body") or typed.get("subject") or "")


def list_waiting(source: Source, *, most: int = 500) -> list[WaitingGroup]:
    """Return what waits, in the order in which it was done."""
    groups = source.rows(_GROUPS, [most])
    found = source.rows(_FIRST, [json.dumps([first for _, first, _, _ in groups])])
    firsts = {no: rest for no, *rest in found}
    names = _named((kind, uid, body) for kind, uid, body, *_ in firsts.values())
    known = read_record_names(source, names)
    listed: list[WaitingGroup] = []
    for grp, first, edits, tries in groups:
        kind, uid, _body, label, actor, edited_at, answer = firsts[first]
        record = _record((kind, uid), known, names)
        when = datetime.fromisoformat(edited_at)
        listed.append(WaitingGroup(grp, label, actor, when, edits, tries, answer, record))
    return listed


def count_waiting(source: Source) -> int:
    """Return how many actions wait."""
    return int(source.value("SELECT count(DISTINCT grp) FROM outbox"))


def read_group(source: Source, *, grp: int, most: int = 200) -> list[RowEdit]:
    """Return what one waiting action did to which records."""
    return _edits(source, source.rows(_EDITS, [grp, most]))


def list_refused(source: Source, *, most: int = 500) -> list[RefusedEdit]:
    """Return the refused edits that nobody has put aside, newest first."""
    return _refused(source, source.rows(_REFUSED, [most]))


def read_refused(source: Source, *, uuid: str) -> RefusedEdit:
    """Return one refused edit, put aside or not."""
    found = source.rows(_ONE_REFUSED, [uuid])
    if not found:
        raise Refused("This edit is no longer kept here. Nothing was changed.")
    return _refused(source, found)[0]


def _refused(source: Source, found: list[Row]) -> list[RefusedEdit]:
    edits = _edits(source, [row[1:5] for row in found])
    return [
        RefusedEdit(
            uuid=row[0],
            grp=row[10],
            label=row[7],
            actor=row[6],
            edited_at=datetime.fromisoformat(row[5]),
            reason=row[8],
            told_at=datetime.fromisoformat(row[9]),
            edit=edit,
        )
        for row, edit in zip(found, edits, strict=True)
    ]


def _edits(source: Source, rows: list[Row]) -> list[RowEdit]:
    fields = [_fields(body) for _, _, _, body in rows]
    names = _named((kind, uid, body) for kind, uid, _, body in rows)
    led_to = [_references(kind, each) for (kind, *_), each in zip(rows, fields, strict=True)]
    known = read_record_names(source, [*names, *(ref for refs in led_to for ref in refs)])
    return [
        RowEdit(
            _record((kind, uid), known, names), op, each,
            {ref: known[of, ref].words for of, ref in refs},
        )
        for (kind, uid, op, _), each, refs in zip(rows, fields, led_to, strict=True)
    ]  # fmt: skip


def _fields(body: str) -> tuple[FieldEdit, ...]:
    """Return the fields of an edit's body, whether it made the row or changed it."""
    told = json.loads(body)
    if row := told.get("row"):
        return tuple(FieldEdit(name, None, value) for name, value in row.items())
    return tuple(
        FieldEdit(name, each.get("old"), each.get("new"), each.get("inc"))
        for name, each in (told.get("ch") or {}).items()
    )


def _references(kind: str, fields: tuple[FieldEdit, ...]) -> list[Named]:
    known = KINDS[kind].fields if kind in KINDS else {}
    return [
        (known[each.field].refers or "", value)
        for each in fields
        if each.field in known and known[each.field].refers
        for value in (each.old, each.new)
        if value
    ]


def _named(rows: Iterable[tuple[str, str, str]]) -> dict[Named, str]:
    """Return each record with what its own edit calls it, for one that is not here."""
    names: dict[Named, str] = {}
    for kind, uid, body in rows:
        typed = {each.field: each.new or each.old for each in _fields(body)}
        called = next((typed[name] for name in _NAMING if typed.get(name)), "")
        names.setdefault((kind, uid), str(called))
    return names


def _record(
    named: Named, known: Mapping[Named, RecordName], names: Mapping[Named, str]
) -> RecordName:
    record = known[named]
    return record if record.id is not None else RecordName(*named, name=names[named])
