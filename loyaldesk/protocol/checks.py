"""What is wrong with an edit, before anybody looks at the rows it is about? A sentence each.

A hub trusts no desk: what is not in the list of kinds, is of another type, is too long, or names
what cannot be a name, is refused. Values are never repeated in the sentences.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from msgspec import UNSET

from loyaldesk.protocol.kinds import Field, Kind, Merge, Row, kind_named
from loyaldesk.protocol.steps import CANCELLED, STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from loyaldesk.protocol.messages import Change, Mutation

__all__ = ["is_uid", "problems_of", "problems_of_changes", "problems_of_row"]

_LONGEST_TEXT, _LONGEST_BYTES = 100_000, 64
_MOST_LINES = 2_000
_LARGEST = 2**63 - 1
# A desk's clock may be wrong by ten years; what is more is no clock.
_FIRST_YEAR, _LARGEST_OFFSET_MS = "2000", 10 * 366 * 86_400_000
_UID = re.compile(r"[0-9a-f]{32}")
_HEX = re.compile(r"(?:[0-9a-f]{2})*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def is_uid(value: object) -> bool:
    """Say whether this is the identity of a row: 32 hexadecimal digits, in small letters."""
    return isinstance(value, str) and _UID.fullmatch(value) is not None


def problems_of(mutation: Mutation) -> list[str]:
    """Return what is wrong with a mutation as it stands; none where it can be judged."""
    kind = kind_named(mutation.kind)
    if kind is None:
        return ["This hub knows no records of that kind."]
    found = [] if is_uid(mutation.id) else ["The record's identity is none."]
    found += [] if _is_time_of_edit(mutation) else ["The time of the edit is none."]
    if mutation.op == "create":
        return found + problems_of_row(kind, mutation.row or {})
    found += ["Only what is made has a whole row."] if mutation.row is not None else []
    return found + problems_of_changes(kind, mutation.ch, is_edit=mutation.op == "edit")


def problems_of_row(kind: Kind, row: Row) -> list[str]:
    """Return what is wrong with a whole row; fields that may be null may also be absent."""
    missing = [
        f"The {_spoken(kind)} lacks its {_words(name)}."
        for name, field in kind.fields.items()
        if name not in row and not field.is_nullable
    ]
    return missing + list(_problems_of_values(kind, row))


def problems_of_changes(
    kind: Kind, changes: Mapping[str, Change], *, is_edit: bool = True
) -> list[str]:
    """Return what is wrong with the fields of an edit, or with what the author of a delete saw."""
    new = {name: change.new for name, change in changes.items() if change.new is not UNSET}
    found = list(_problems_of_values(kind, new))
    for name, change in changes.items():
        field = kind.fields.get(name)
        if field is None:
            found += [] if name in new else [f"A {_spoken(kind)} has no field of that name."]
        elif is_edit:
            found += _problems_of_change(kind, field, change)
    return found


def _problems_of_change(kind: Kind, field: Field, change: Change) -> Iterator[str]:
    if field.merge is Merge.FIXED and field.name != kind.account:
        yield f"The {_words(field.name)} of a {_spoken(kind)} cannot be changed."
    if change.inc is UNSET and change.new is UNSET:
        yield f"The change of {_words(field.name)} says nothing."
    if change.inc is not UNSET and (field.merge is not Merge.COUNTER or change.new is not UNSET):
        yield f"The {_words(field.name)} is nothing to count up."
    if change.inc is not UNSET and abs(change.inc) > _LARGEST:
        yield f"The {_words(field.name)} is too large."


def _problems_of_values(kind: Kind, row: Mapping[str, Any]) -> Iterator[str]:
    for name, value in row.items():
        field = kind.fields.get(name)
        if field is None:
            yield f"A {_spoken(kind)} has no field of that name."
        elif not _fits(field, value):
            yield f"The {_words(name)} of the {_spoken(kind)} is not what it should be."
        elif field.type == "lines":
            yield from _problems_of_lines(kind, value)


def _problems_of_lines(kind: Kind, lines: list[Any]) -> Iterator[str]:
    wanted = set(kind.lines)
    for line in lines:
        if not isinstance(line, dict) or set(line) != wanted:
            yield "A line has other fields than lines have."
        elif not all(_fits(kind.lines[name], value) for name, value in line.items()):
            yield "A line has a value that is not what it should be."
    positions = [line.get("position") for line in lines if isinstance(line, dict)]
    if len({str(position) for position in positions}) < len(positions):
        yield "Two lines have the same position."


def _fits(field: Field, value: Any) -> bool:
    if value is None:
        return field.is_nullable
    if field.merge is Merge.STATE:
        return value in STEPS or value == CANCELLED
    return _TYPES["uid" if field.refers else field.type](value)


def _is_time_of_edit(mutation: Mutation) -> bool:
    return (
        _is_instant(mutation.edited_at)
        and mutation.edited_at >= _FIRST_YEAR
        and abs(mutation.offset_ms or 0) <= _LARGEST_OFFSET_MS
    )


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_TEXT and _is_unicode(value)


def _is_unicode(value: str) -> bool:
    """Say whether every character can be stored: half a surrogate pair or NUL cannot."""
    return "\0" not in value and not any("\ud800" <= char <= "\udfff" for char in value)


def _is_int(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST


def _is_bool(value: Any) -> bool:
    return _is_int(value) and value in {0, 1}


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and bool(_DAY.fullmatch(value)) and _reads(date, value)


def _is_instant(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 40 and _reads(datetime, value)


def _reads(kind: type[date], value: str) -> bool:
    try:
        kind.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_bytes(value: Any) -> bool:
    return (
        isinstance(value, str)
        and len(value) <= 2 * _LONGEST_BYTES
        and _HEX.fullmatch(value) is not None
    )


def _is_json(value: Any) -> bool:
    if not _is_text(value):
        return False
    try:
        json.loads(value)
    except (ValueError, RecursionError):
        return False
    return True


def _is_lines(value: Any) -> bool:
    return isinstance(value, list) and len(value) <= _MOST_LINES


_TYPES = {
    "text": _is_text, "int": _is_int, "bool": _is_bool, "day": _is_day, "instant": _is_instant,
    "bytes": _is_bytes, "json": _is_json, "lines": _is_lines, "uid": is_uid,
}  # fmt: skip


def _words(name: str) -> str:
    return name.removesuffix("_id").replace("_", " ")


def _spoken(kind: Kind) -> str:
    return kind.name.replace("_", " ")
