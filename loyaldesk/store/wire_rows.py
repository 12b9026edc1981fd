"""What do rows of the desk look like on the wire? Read many at once, lines inside their parents."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from loyaldesk.store.loose import fill_loose
from loyaldesk.store.wire_places import Place, line_places, parent_column, places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from loyaldesk.protocol.kinds import Kind, Row
    from loyaldesk.store.reader import Source

__all__ = ["Lines", "lines_of", "read_lines", "rows_by_id", "rows_by_uid"]

# The lines of one order or invoice: the id of each, and what it is on the wire, in their order.
Lines = list[tuple[int, "Row"]]


def rows_by_id(source: Source, kind: Kind, ids: Iterable[int]) -> dict[int, tuple[str, Row]]:
    """Return the rows with these ids as they are on the wire: uid and row by id, in order."""
    return _read(source, kind, "t.id IN (SELECT value FROM json_each(?)) ORDER BY t.id", list(ids))


def rows_by_uid(source: Source, kind: Kind, uids: Iterable[str]) -> dict[str, Row]:
    """Return those of the rows that are there as they are on the wire, by uid."""
    where = "t.uid IN (SELECT unhex(value) FROM json_each(?)) ORDER BY t.id"
    return dict(_read(source, kind, where, list(uids)).values())


def read_lines(source: Source, kind: Kind, parent_ids: Iterable[int]) -> dict[int, Lines]:
    """Return the lines of these orders or invoices by the id of their parent."""
    parent = parent_column(kind)
    fields = line_places(kind)
    make = _maker(fields)
    found: dict[int, Lines] = {}
    for parent_id, line_id, *values in source.rows(
        f"SELECT t.{parent}, t.id, {_columns(fields)} FROM {kind.line_table} t"
        f" WHERE t.{parent} IN (SELECT value FROM json_each(?)) ORDER BY t.{parent}, t.position",
        [json.dumps(list(parent_ids))],
    ):
        found.setdefault(parent_id, []).append((line_id, make(values)))
    return found


def lines_of(lines: Lines) -> list[Row]:
    """Return just the lines as they are on the wire, in the order of their positions."""
    return sorted((line for _, line in lines), key=lambda line: line["position"])


def _read(source: Source, kind: Kind, where: str, keys: list[Any]) -> dict[int, tuple[str, Row]]:
    fields = places(kind)
    make = _maker(fields)
    found = {
        row_id: (uid.hex(), make(values))
        for row_id, uid, *values in source.rows(
            f"SELECT t.id, t.uid, {_columns(fields)} FROM {kind.table} t WHERE {where}",
            [json.dumps(keys)],
        )
    }
    if kind.line_table:
        lines = read_lines(source, kind, found)
        for row_id, (_, row) in found.items():
            row["lines"] = [line for _, line in lines.get(row_id, ())]
    if found:
        fill_loose(source, kind, dict(found.values()))
    return found


def _columns(fields: Sequence[Place]) -> str:
    return ", ".join(place.sql for place in fields)


def _maker(fields: Sequence[Place]) -> Callable[[Sequence[Any]], Row]:
    """Return what makes a row of the values of these fields."""
    names = [place.field for place in fields]
    binary = [place.field for place in fields if place.is_hex]

    def make(values: Sequence[Any]) -> Row:
        row = dict(zip(names, values, strict=True))
        for name in binary:
            if row[name] is not None:
                row[name] = row[name].hex()
        return row

    return make
