"""Rows of the wire for tests: one of each kind that name each other, and any others."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from loyaldesk.protocol.kinds import KINDS, Field, Kind

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

    from loyaldesk.protocol.kinds import Row

__all__ = ["WORLD", "plain_row", "rows_of", "uid_of"]

PLAIN = {"text": "x", "int": 1, "bool": 1, "day": "2024-11-12", "json": '{"a":1}',
         "instant": "2024-11-12T08:00:00.000Z"}  # fmt: skip
# Where a table has a rule: what it allows.
RANGES = {
    "terms_days": (0, 999), "lead_days": (0, 999), "picking_days": (0, 999),
    "transit_days": (0, 999), "call_days": (0, 999), "discount_ppm": (0, 1_000_000),
    "quantity_milli": (0, 10**12), "shipped_milli": (0, 10**12), "open_minor": (0, 50),
    "total_minor": (50, 10**12), "amount_minor": (50, 10**12), "unallocated_minor": (0, 50),
}  # fmt: skip
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
INSTANT = st.datetimes().map(lambda at: at.isoformat(timespec="milliseconds") + "Z")


def uid_of(name: str) -> str:
    """Return the same uid for the same name."""
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def _content(number: int) -> dict[str, Any]:
    """Return the fields that name a content: all of them follow from its hash."""
    sha256 = hashlib.sha256(bytes([number])).hexdigest()
    return {"file_sha256": sha256, "file_size": number, "file_mime": f"kind/{number}"}


def plain_row(kind: Kind, name: str = "world") -> Row:
    """Return a row that names the row of the same name of every kind it needs."""
    row: Row = {}
    for field in kind.fields.values():
        if field.is_nullable and field.name not in {"payment_id", "order_id"}:
            row[field.name] = None
        elif field.refers:
            row[field.name] = uid_of(f"{field.refers} {name}")
        elif field.type == "bytes":
            row[field.name] = hashlib.sha256(field.name.encode()).hexdigest()
        else:
            row[field.name] = [] if field.type == "lines" else PLAIN[field.type]
    return _ruled(kind, row, f"{kind.name} {name}")


def _ruled(kind: Kind, row: Row, name: str) -> Row:
    """Bring a row under the rules that several of its fields make together."""
    alone = {group[0] for group in kind.unique if len(group) == 1}
    for field in sorted(alone | ({"number"} & set(row))):
        row[field] = f"{name} {row[field]}"
    if row.get("source_key") is not None:
        row["source_key"] = f"{name} {row['source_key']}"
    if kind.name == "allocation":
        row["credit_note_id"] = None if row["payment_id"] else uid_of("invoice world")
    if "linked_uid" in row:
        # A document is linked to a record once: the world's is linked to its invoice.
        table = "invoice" if name.endswith("world") else "sales_order"
        row["linked_kind"] = table.removeprefix("sales_")
        row["linked_uid"] = uid_of(f"{table} world")
    if "file_sha256" in row:
        row |= _content(int(row["file_size"]) % 256)
    return row


def _values(field: Field) -> SearchStrategy[Any]:
    if field.name in RANGES:
        return st.integers(*RANGES[field.name])
    return {
        "text": TEXT,
        "int": st.integers(1, 10**15),
        "bool": st.integers(0, 1),
        "day": st.dates().map(str),
        "instant": INSTANT,
        "json": st.dictionaries(TEXT, st.integers()).map(str),
        "bytes": st.binary(min_size=1, max_size=40).map(bytes.hex),
    }[field.type]


def _field(field: Field, *, loose: bool) -> SearchStrategy[Any]:
    if field.refers:
        near = st.just(uid_of(f"{field.refers} world"))
        far = st.just(uid_of(f"{field.refers} far away"))
        found = near | far if loose and field.is_nullable else near
    else:
        found = _values(field)
    return st.none() | found if field.is_nullable else found


@st.composite
def _lines(draw: DrawFn, kind: Kind, *, loose: bool) -> list[Row]:
    positions = draw(st.lists(st.integers(1, 20), unique=True, max_size=4))
    lines = []
    for position in sorted(positions):
        line = {field.name: draw(_field(field, loose=loose)) for field in kind.lines.values()}
        lines.append(line | {"position": position})
    return lines


@st.composite
def rows_of(draw: DrawFn, kind: Kind, name: str, *, loose: bool = False) -> Row:
    """Return any row of a kind; with `loose`, what it may name may be missing."""
    row: Row = {
        field.name: draw(
            _lines(kind, loose=loose) if field.type == "lines" else _field(field, loose=loose)
        )
        for field in kind.fields.values()
    }
    if kind.name == "allocation":
        row["payment_id"] = draw(st.none() | st.just(uid_of("payment world")))
    return _ruled(kind, row, f"{kind.name} {name}")


WORLD = {(name, uid_of(f"{name} world")): plain_row(kind) for name, kind in KINDS.items()}
