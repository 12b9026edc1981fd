"""How do the lines of an order or invoice become those that were decided for?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.errors import Conflict
from loyaldesk.models import InvoiceLine, OrderLine
from loyaldesk.operations.order_lines import show_promise, sum_up
from loyaldesk.protocol.kinds import KINDS
from loyaldesk.store.connection import IntegrityError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loyaldesk.store.gate import Transaction

__all__ = ["LINES", "Line", "line_field", "lines_now", "write_lines"]

Line = dict[str, Any]
# All lines are one field; of a single line it is `lines.2.quantity_milli`.
LINES = "lines"
_MODELS: dict[str, tuple[type[OrderLine | InvoiceLine], str]] = {
    "sales_order": (OrderLine, "order_id"),
    "invoice": (InvoiceLine, "invoice_id"),
}
# How a column whose row is named otherwise on the wire is read for it.
_READ = {
    "product_id": "(SELECT lower(hex(uid)) FROM product WHERE product.id = l.product_id)",
    "order_line": "(SELECT position FROM order_line WHERE order_line.id = l.order_line_id)",
}
_LINES = "SELECT {columns} FROM {table} AS l WHERE {owner} = ? ORDER BY position"
_PRODUCT = "SELECT id FROM product WHERE uid = ?"
_ORDER_LINE = (
    "SELECT o.id FROM invoice AS i JOIN order_line AS o ON o.order_id = i.order_id"
    " WHERE i.id = ? AND o.position = ?"
)


def line_field(field: str) -> tuple[int, str]:
    """Return position and field of a line, or 0 and nothing where all lines are meant."""
    _, _, of_line = field.partition(".")
    position, _, name = of_line.partition(".")
    return (int(position), name) if position.isdecimal() else (0, "")


def lines_now(tx: Transaction, kind: str, row_id: int) -> list[Line]:
    """Return the lines of an order or invoice as they travel, in their order."""
    model, owner = _MODELS[kind]
    names = list(KINDS[kind].lines)
    columns = ", ".join(_READ.get(name, f"l.{name}") for name in names)
    sql = _LINES.format(columns=columns, table=model.__tablename__, owner=owner)
    return [dict(zip(names, row, strict=True)) for row in tx.rows(sql, [row_id])]


def write_lines(
    tx: Transaction, kind: str, row_id: int, lines: Sequence[Mapping[str, Any]]
) -> None:
    """Make these the lines; a line keeps its row by its position, so that what names it stands."""
    model, owner = _MODELS[kind]
    sql = f"SELECT position, id FROM {model.__tablename__} WHERE {owner} = ?"
    here: dict[int, int] = dict(tx.rows(sql, [row_id]))
    try:
        for gone in sorted(here.keys() - {line["position"] for line in lines}):
            tx.delete(model, here[gone])
    except IntegrityError as error:
        raise Conflict(
            "A line that would go was invoiced meanwhile. Nothing was changed; keep the lines that "
            "stand, and edit the order."
        ) from error
    for line in lines:
        values = _columns(tx, kind, row_id, line)
        if line["position"] in here:
            tx.update(model, here[line["position"]], **values)
        else:
            tx.insert(model, **{owner: row_id, **values})
    if kind == "sales_order":
        sum_up(tx, row_id)
        show_promise(tx, row_id)


def _columns(tx: Transaction, kind: str, row_id: int, line: Mapping[str, Any]) -> Line:
    values = {name: value for name, value in line.items() if name in KINDS[kind].lines}
    if uid := values.get("product_id"):
        values["product_id"] = tx.value(_PRODUCT, [bytes.fromhex(uid)])
    if "order_line" in values:
        position = values.pop("order_line")
        found = None if position is None else tx.value(_ORDER_LINE, [row_id, position])
        values["order_line_id"] = found
    return values
