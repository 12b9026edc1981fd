"""Where does each field of a row on the wire lie in the tables of the desk?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.protocol.kinds import KINDS

if TYPE_CHECKING:
    from loyaldesk.protocol.kinds import Field, Kind

__all__ = ["LINKED", "Place", "line_places", "parent_column", "places"]

# Which table the other end of a document's link lies in, by its kind of record.
LINKED = {"order": "sales_order", "invoice": "invoice"}
_FILE = {"file_sha256": "sha256", "file_size": "size", "file_mime": "mime"}


@dataclass(frozen=True, slots=True)
class Place:
    """A field and the column it comes from.

    `table` is where the column leads, empty for a plain value: the wire says `what` of that row,
    the desk its id. `linked` leads where the row's `linked_kind` says.
    """

    field: str
    column: str
    table: str = ""
    what: str = "uid"
    is_nullable: bool = False
    is_bytes: bool = False

    @property
    def is_hex(self) -> bool:
        """Whether the wire says in hexadecimal what the tables keep as bytes."""
        return self.is_bytes or bool(self.table and self.what in {"uid", "sha256"})

    @property
    def sql(self) -> str:
        """What reads the field of a row named `t`."""
        if self.table == "linked":
            cases = " ".join(
                f"WHEN '{kind}' THEN (SELECT uid FROM {table} WHERE id = t.linked_id)"
                for kind, table in LINKED.items()
            )
            return f"CASE t.linked_kind {cases} END"
        if self.table:
            return f"(SELECT {self.what} FROM {self.table} WHERE id = t.{self.column})"
        return f't."{self.column}"'


def _place(field: Field) -> Place:
    if field.name in _FILE:
        return Place(field.name, "file_id", "stored_file", _FILE[field.name])
    if field.name == "linked_uid":
        return Place(field.name, "linked_id", "linked")
    if field.name == "order_line":
        return Place(field.name, "order_line_id", "order_line", "position", is_nullable=True)
    table = KINDS[field.refers].table if field.refers else ""
    return Place(
        field.name,
        field.name,
        table,
        is_nullable=field.is_nullable,
        is_bytes=field.type == "bytes",
    )


def places(kind: Kind) -> tuple[Place, ...]:
    """Return the places of the fields of a kind, without its lines."""
    return _ROWS[kind.name]


def line_places(kind: Kind) -> tuple[Place, ...]:
    """Return the places of the fields of the lines inside a row of this kind."""
    return _LINES[kind.name]


def parent_column(kind: Kind) -> str:
    """Return the column that leads from a line to its order or invoice."""
    return f"{kind.table.removeprefix('sales_')}_id"


_ROWS = {
    name: tuple(_place(field) for field in kind.fields.values() if field.type != "lines")
    for name, kind in KINDS.items()
}
_LINES = {
    name: tuple(_place(field) for field in kind.lines.values()) for name, kind in KINDS.items()
}
