"""What of a row names a record that is not on this desk?

Such a reference is empty in the tables and stands here as the wire has it: `field` is the name of
the field, or `lines.3.product_id` for that of the line at position 3. A row is read with it, and
the reference is made good when the record comes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from loyaldesk.protocol.kinds import Kind, Row
    from loyaldesk.store.connection import Connection
    from loyaldesk.store.reader import Source

__all__ = ["fill_loose", "forget_loose", "has_loose", "line_field", "loose_fields"]


def has_loose(source: Source) -> bool:
    """Tell whether any reference is loose; mostly none is, and nobody needs to look further."""
    return source.value("SELECT 1 FROM loose_reference LIMIT 1") is not None


def line_field(position: int, field: str) -> str:
    """Return how a field of a line is named among the fields of its parent."""
    return f"lines.{position}.{field}"


def loose_fields(source: Source, kind: Kind, uids: Iterable[str]) -> Sequence[tuple[str, str, str]]:
    """Return uid, field and the JSON of the value of every loose reference of these rows."""
    return source.rows(
        "SELECT uid, field, value FROM loose_reference"
        " WHERE kind = ? AND uid IN (SELECT value FROM json_each(?))",
        [kind.name, json.dumps(list(uids))],
    )


def fill_loose(source: Source, kind: Kind, rows: Mapping[str, Row]) -> None:
    """Put the loose references of these rows, by uid, in where the tables have nothing."""
    if not has_loose(source):
        return
    for uid, name, value in loose_fields(source, kind, rows):
        row, field = _find(rows[uid], name)
        if field in row and row[field] is None:
            row[field] = json.loads(value)


def forget_loose(
    connection: Connection, source: Source, rows: Sequence[tuple[Kind, str, Row | None]]
) -> None:
    """Forget the loose references that an edit of these rows took away or made otherwise."""
    if not rows or not has_loose(source):
        return
    for kind, uid, row in rows:
        for _, name, value in loose_fields(source, kind, [uid]):
            holder, field = _find(row or {}, name)
            if holder.get(field) != json.loads(value):
                connection.execute(
                    "DELETE FROM loose_reference WHERE kind = ? AND uid = ? AND field = ?",
                    [kind.name, uid, name],
                )


def _find(row: Row, name: str) -> tuple[Row, str]:
    """Return the row or line that holds a field, and the name it has there."""
    if not name.startswith("lines."):
        return row, name
    _, position, field = name.split(".")
    lines = row.get("lines", ())
    return next((line for line in lines if line["position"] == int(position)), {}), field
