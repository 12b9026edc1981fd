"""Who changed which field of a record from what to what, as this desk recorded it?"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from loyaldesk.protocol.kinds import KINDS
from loyaldesk.queries.sync_records import read_record_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from loyaldesk.queries.sync_records import RecordName
    from loyaldesk.store.reader import Source

__all__ = ["FieldChanged", "RecordHistory", "history_of", "read_own_history"]

MOST = 200
# What a row has for itself, and what follows from a field that is told.
_UNTOLD = frozenset({"id", "uid", "name_key", "number_key", "customer_po_key"})


@dataclass(frozen=True, slots=True)
class FieldChanged:
    """One field of a record that somebody changed; without a field the whole record was."""

    at: datetime
    actor: str
    op: str
    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class RecordHistory:
    """What is known of a record's changes, newest first; references are named by uid or id."""

    record: RecordName
    changes: tuple[FieldChanged, ...]
    names: Mapping[str, str] = field(default_factory=dict)


def read_own_history(source: Source, *, kind: str, record_id: int) -> RecordHistory:
    """Return the changes of a record that were made on this desk."""
    table = KINDS[kind].table
    uid = source.value(f"SELECT lower(hex(uid)) FROM {table} WHERE id = ?", [record_id])  # noqa: S608 - our table
    found = source.rows(
        "SELECT g.at, g.actor, c.kind, c.fields FROM change c JOIN change_group g"
        " ON g.id = c.group_id WHERE c.table_name = ? AND c.row_id = ? AND c.fields IS NOT NULL"
        " ORDER BY c.id DESC LIMIT ?",
        [table, record_id, MOST],
    )
    changes = [change for row in found for change in _changes(*row)]
    return history_of(source, kind=kind, uid=uid or "", changes=changes)


def history_of(
    source: Source, *, kind: str, uid: str, changes: Iterable[FieldChanged]
) -> RecordHistory:
    """Return the changes with the names of the record and of those that they refer to."""
    told = tuple(changes)
    refers = {each.name: each.refers for each in KINDS[kind].references}
    named = {
        (refers[each.field] or "", value)
        for each in told
        if each.field in refers
        for value in (each.old, each.new)
        if isinstance(value, str) and value
    }
    names = read_record_names(source, [(kind, uid), *sorted(named)])
    called = {of: name.words for (_, of), name in names.items()}
    return RecordHistory(names[kind, uid], told, called)


def _changes(at: str, actor: str, op: str, fields: str) -> Iterator[FieldChanged]:
    when = datetime.fromisoformat(at)
    if op != "U":
        yield FieldChanged(when, actor, "create" if op == "I" else "delete", "", None, None)
        return
    for name, (old, new) in json.loads(fields).items():
        if name not in _UNTOLD:
            yield FieldChanged(when, actor, "edit", name, old, new)
