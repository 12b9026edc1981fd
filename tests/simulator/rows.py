"""What do people and the ERP type: whole rows, and new values of single fields?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from loyaldesk.protocol.kinds import KINDS, Row

if TYPE_CHECKING:
    import random

    from loyaldesk.protocol.kinds import Field

__all__ = [
    "CREATABLE", "EDITABLE", "MASTERED", "STATUSES", "TERRITORIES", "blank", "line", "new_value",
]  # fmt: skip

TERRITORIES = ("North", "South", "East")

_DAY = date(2026, 3, 2)
_BLANK = {
    "int": 0, "bool": 0, "day": "2026-03-02", "instant": "2026-03-02T08:00:00.000Z",
    "bytes": "00" * 16, "json": "null", "lines": [],
}  # fmt: skip
STATUSES = "draft submitted acknowledged part_delivered delivered invoiced closed".split()

# What a person changes in the forms of each kind.
EDITABLE = {
    "customer": "name tax_id terms_days credit_limit_minor account_manager phone email website"
    " segment is_key_account last_contact_on notes notes phone email",
    "contact": "given_name family_name phone email notes is_primary",
    "sales_order": "hold_reason customer_po freight_minor status notes lines lines",
    "invoice": "customer_po dispute_reason dunning_pause_reason",
    "activity": "subject body is_pinned",
    "setting": "value",
    "edit_conflict": "status",
}
# What only the ERP may change, of customers that it knows.
MASTERED = ("name", "tax_id", "terms_days", "credit_limit_minor")
CREATABLE = ("activity", "activity", "contact", "sales_order", "payment", "customer")

_CHOICES = {
    ("customer", "account_manager"): ("", "Ada", "Ben", "Cleo"),
    ("sales_order", "status"): STATUSES,
    ("edit_conflict", "status"): ("resolved", "dismissed"),
}


def blank(kind: str, **values: Any) -> Row:
    """Return a row with every field of the kind, empty where no value is given."""
    return {each.name: _empty(each) for each in KINDS[kind].fields.values()} | values


def line(position: int, **values: Any) -> Row:
    """Return an order line at that position."""
    row = {each.name: _empty(each) for each in KINDS["sales_order"].lines.values()}
    return row | {"position": position, "quantity_milli": 1000} | values


def _empty(field: Field) -> Any:
    if field.is_nullable:
        return None
    empty = _BLANK.get(field.type, "")
    return list(empty) if isinstance(empty, list) else empty


def new_value(rng: random.Random, kind: str, name: str, old: Any, word: str) -> Any:
    """Return what somebody types into that field; `word` is typed nowhere else."""
    field = KINDS[kind].fields[name]
    if choices := _CHOICES.get((kind, name)):
        return rng.choice(choices)
    if name == "notes":
        return _other_notes(rng, old, word)
    if field.type == "lines":
        return _other_lines(rng, old, word)
    return _other(field, old, word)


def _other(field: Field, old: Any, word: str) -> Any:
    number = int(word[1:])
    if field.type == "bool":
        return 1 - (old or 0)
    if field.type == "int":
        return number
    if field.type == "day":
        return (_DAY + timedelta(days=number)).isoformat()
    return f'"{word}"' if field.type == "json" else word


def _other_notes(rng: random.Random, old: str, word: str) -> str:
    lines = old.split("\n") if old else []
    place = rng.randrange(len(lines) + 1)
    if place < len(lines) and rng.random() < 0.3:
        return "\n".join([*lines[:place], word, *lines[place + 1 :]])
    return "\n".join([*lines[:place], word, *lines[place:]])


def _other_lines(rng: random.Random, old: list[Row], word: str) -> list[Row]:
    lines = [dict(each) for each in old]
    choice = rng.random()
    if not lines or choice < 0.4:
        last = max((each["position"] for each in lines), default=0)
        return [*lines, line(last + 1, description=word)]
    place = rng.randrange(len(lines))
    if choice < 0.55:
        return lines[:place] + lines[place + 1 :]
    lines[place]["quantity_milli"] = int(word[1:]) * 1000
    return lines
