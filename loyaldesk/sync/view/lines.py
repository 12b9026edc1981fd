"""How do the lines inside orders and invoices become rows of their own?

A line keeps its row as long as its position has one: lines of invoices refer to lines of orders.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from loyaldesk.store.loose import line_field
from loyaldesk.sync.view.plan import line_plan
from loyaldesk.sync.view.references import References
from loyaldesk.sync.view.update import update_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from loyaldesk.protocol.kinds import Kind, Row
    from loyaldesk.store.remote import RemoteTransaction

__all__ = ["Loose", "delete_lines", "put_lines"]

# kind, uid, field, JSON of what the wire says, uid of what is not here
Loose = tuple[str, str, str, str, str]
Parents = "Mapping[int, tuple[str, Row]]"


def put_lines(
    tx: RemoteTransaction, kind: Kind, parents: Mapping[int, tuple[str, Row]], new: set[int]
) -> list[Loose]:
    """Write the lines of these rows, by id; return what they name and is not here.

    `new` are the ids of rows that had no lines before.
    """
    plan = line_plan(kind)
    there = _lines_there(tx, kind, [row_id for row_id in parents if row_id not in new])
    lines = _Lines(tx, kind, parents)
    inserts, updates = [], {}
    next_id = tx.value(f"SELECT coalesce(max(id), 0) + 1 FROM {plan.table}")
    for parent_id, line, values in lines.values():
        line_id = there.pop((parent_id, line["position"]), None)
        if line_id is None:
            inserts.append((next_id, parent_id, *values))
            next_id += 1
        else:
            updates[line_id] = values
    loose = delete_lines(tx, kind, list(there.values()))
    update_rows(tx, plan, updates)
    tx.executemany(plan.insert, inserts)
    tx.touch(plan.table, [row[0] for row in inserts])
    tx.executemany("INSERT OR REPLACE INTO loose_reference VALUES (?, ?, ?, ?, ?)", loose)
    return lines.loose


def delete_lines(tx: RemoteTransaction, kind: Kind, line_ids: Sequence[int]) -> list[Loose]:
    """Delete lines; return what lines of invoices named of them, which is loose now."""
    if not line_ids:
        return []
    ids = json.dumps(list(line_ids))
    loose: list[Loose] = []
    if kind.name == "sales_order":
        loose = [
            ("invoice", uid.hex(), line_field(place, "order_line"), str(position), order.hex())
            for uid, place, position, order in tx.rows(
                "SELECT invoice.uid, invoice_line.position, order_line.position, sales_order.uid"
                " FROM invoice_line JOIN order_line ON order_line.id = invoice_line.order_line_id"
                " JOIN invoice ON invoice.id = invoice_line.invoice_id"
                " JOIN sales_order ON sales_order.id = order_line.order_id"
                " WHERE invoice_line.order_line_id IN (SELECT value FROM json_each(?))",
                [ids],
            )
        ]
        tx.execute(
            "UPDATE invoice_line SET order_line_id = NULL"
            " WHERE order_line_id IN (SELECT value FROM json_each(?))",
            [ids],
        )
    tx.execute(f"DELETE FROM {kind.line_table} WHERE id IN (SELECT value FROM json_each(?))", [ids])
    tx.touch(kind.line_table, line_ids)
    return loose


class _Lines:
    """The values of all lines of some rows; what they name and is not here becomes loose."""

    def __init__(
        self, tx: RemoteTransaction, kind: Kind, parents: Mapping[int, tuple[str, Row]]
    ) -> None:
        self.loose: list[Loose] = []
        self._kind = kind
        self._parents = parents
        self._plan = line_plan(kind)
        self._references = References(tx)
        every = [line for _, row in parents.values() for line in row.get("lines") or ()]
        self._references.look_up(self._plan.references, every)
        self._order_lines = _order_lines(tx, parents) if kind.name == "invoice" else {}

    def values(self) -> Iterable[tuple[int, Row, tuple[Any, ...]]]:
        """Yield parent, line and values of the columns of each line."""
        read = self._plan.reader()
        for parent_id, (uid, row) in self._parents.items():
            for line in row.get("lines") or ():
                values = read(line)
                for each in self._plan.references:
                    said = line.get(each.field)
                    if each.table == "order_line":
                        found = self._order_lines.get((parent_id, said))
                        target = row.get("order_id") or ""
                    else:
                        found = self._references.table(each).get(said) if said else None
                        target = said
                    if said is not None and found is None:
                        name = line_field(line["position"], each.field)
                        self.loose.append((self._kind.name, uid, name, json.dumps(said), target))
                    values += (found,)
                yield parent_id, line, values


def _lines_there(
    tx: RemoteTransaction, kind: Kind, parent_ids: Sequence[int]
) -> dict[tuple[int, int], int]:
    parent = line_plan(kind).parent
    if not parent_ids:
        return {}
    found = tx.rows(
        f"SELECT {parent}, position, id FROM {kind.line_table}"
        f" WHERE {parent} IN (SELECT value FROM json_each(?))",
        [json.dumps(list(parent_ids))],
    )
    return {(parent_id, position): line_id for parent_id, position, line_id in found}


def _order_lines(
    tx: RemoteTransaction, invoices: Mapping[int, object]
) -> dict[tuple[int, int], int]:
    """Return the lines of the orders of these invoices, by invoice and position."""
    found = tx.rows(
        "SELECT invoice.id, order_line.position, order_line.id FROM json_each(?)"
        " CROSS JOIN invoice ON invoice.id = value"
        " JOIN order_line ON order_line.order_id = invoice.order_id",
        [json.dumps(list(invoices))],
    )
    return {(invoice_id, position): line_id for invoice_id, position, line_id in found}
