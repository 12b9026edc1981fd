"""What does a person see on a desk: the hub's row, and over it the edits that wait to go out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from msgspec import UNSET

from loyaldesk.protocol.kinds import Kind, Merge, Row
from loyaldesk.protocol.messages import Change

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Pending", "difference", "replay"]


@dataclass(frozen=True, slots=True)
class Pending:
    """An edit that the hub has not answered; `row` is the whole row of a create."""

    op: Literal["create", "edit", "delete"]
    row: Row | None = None
    changes: Mapping[str, Change] = field(default_factory=dict)


def replay(kind: Kind, base: Row | None, pending: Sequence[Pending]) -> Row | None:
    """Return the row as it is seen, or None where there is none; no argument is changed.

    An edit of a row that is gone shows nothing: the hub will answer it with a conflict.
    """
    row = None if base is None else dict(base)
    for edit in pending:
        if edit.op == "delete":
            row = None
        elif edit.op == "create":
            row = {**(row or {}), **(edit.row or {})}
        elif row is not None:
            _make(kind, row, edit.changes)
    return row


def _make(kind: Kind, row: Row, changes: Mapping[str, Change]) -> None:
    for name, change in changes.items():
        if change.inc is not UNSET:
            row[name] = (row.get(name) or 0) + change.inc
        elif kind.fields[name].merge is Merge.GREATEST and row.get(name) != change.old:
            row[name] = max(row.get(name) or "", change.new or "") or None
        else:
            row[name] = change.new


def difference(kind: Kind, old: Row, new: Row) -> dict[str, Change]:
    """Return the edit that makes the one row of the other, in the order of the kind's fields."""
    return {
        name: _change(field.merge, old.get(name), new.get(name))
        for name, field in kind.fields.items()
        if old.get(name) != new.get(name)
    }


def _change(merge: Merge, old: object, new: object) -> Change:
    if merge is Merge.COUNTER and isinstance(old, int) and isinstance(new, int):
        return Change(inc=new - old)
    return Change(old=old, new=new)
