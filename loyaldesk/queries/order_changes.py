"""Has an order changed since its last letter, in anything that the letter says?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from loyaldesk.store.reader import Source

__all__ = ["has_changed_since"]

Fields = dict[str, Any]
# What ships later is no change of the order: the days and quantities shipped are left out.
_HEAD_TOLD = (
    "hold_reason", "customer_po", "ship_recipient", "ship_street", "ship_postcode", "ship_town",
    "ship_region", "ship_country", "delivery_terms", "ship_via", "terms_days", "currency",
    "freight_minor", "freight_tax_ppm", "total_minor", "asked_terms_days", "asked_delivery_terms",
    "terms_reason",
)  # fmt: skip
_LINE_TOLD = (
    "position", "description", "quantity_milli", "unit", "unit_price_micro", "net_minor",
    "item_number", "customer_item_number", "discount_ppm", "tax_ppm", "requested_on",
    "promised_on", "asked_quantity_milli", "asked_price_micro", "asked_item", "difference_reason",
)  # fmt: skip
_HEAD = "SELECT id, {told} FROM sales_order WHERE id = ?"
_LINES = "SELECT id, {told} FROM order_line WHERE order_id = ?"
LETTER = "SELECT max(id) FROM change WHERE table_name = 'letter' AND row_id = ? AND kind = 'I'"
CHANGES = (
    "SELECT row_id, kind, fields, group_id FROM change WHERE table_name = ?"
    " AND row_id IN (SELECT value FROM json_each(?)) AND id > ? ORDER BY id DESC"
)
# The sign keeps SQLite from reading every line that ever changed instead of these few groups.
DELETED = (
    "SELECT DISTINCT row_id FROM change WHERE group_id IN (SELECT value FROM json_each(?))"
    " AND +table_name = 'order_line' AND kind = 'D' AND json_extract(fields, '$.order_id[0]') = ?"
)


def has_changed_since(source: Source, *, order_id: int, letter_id: int) -> bool:
    """Return whether head or lines differ from what they were when the letter was issued.

    What was changed and changed back, or undone, is no difference; nor is what has shipped.
    """
    letter = source.value(LETTER, [letter_id])
    if letter is None:
        return False
    head = _rows(source, _HEAD, _HEAD_TOLD, order_id)
    if _head_words(_then(source, "sales_order", head, head, letter)) != _head_words(head):
        return True
    lines = _rows(source, _LINES, _LINE_TOLD, order_id)
    ever = _lines_since(source, order_id, set(lines), letter)
    return _line_words(_then(source, "order_line", lines, ever, letter)) != _line_words(lines)


def _rows(source: Source, sql: str, names: tuple[str, ...], order_id: int) -> dict[int, Fields]:
    return {
        row_id: dict(zip(names, values, strict=True))
        for row_id, *values in source.rows(sql.format(told=", ".join(names)), [order_id])
    }


def _then(
    source: Source, table: str, now: dict[int, Fields], ever: dict[int, Fields] | set[int], at: int
) -> dict[int, Fields]:
    """Return the rows as they were at a change, by taking back every later one, newest first."""
    rows = {row_id: dict(fields) for row_id, fields in now.items()}
    for row_id, kind, fields, _ in source.rows(CHANGES, [table, json.dumps(list(ever)), at]):
        if kind == "I":
            rows.pop(row_id, None)
            continue
        before = {name: old for name, (old, _) in json.loads(fields or "{}").items()}
        rows[row_id] = {**rows.get(row_id, {}), **before}
    return rows


def _lines_since(source: Source, order_id: int, lines: set[int], at: int) -> set[int]:
    """Return the lines of the order, and those that stood there meanwhile or before.

    Lines are replaced in one action, so what went stands in the group of what came.
    """
    known: set[int] = set()
    while lines - known:
        known = set(lines)
        changes = source.rows(CHANGES, ["order_line", json.dumps(sorted(known)), at])
        groups = sorted({group for *_, group in changes})
        deleted = source.rows(DELETED, [json.dumps(groups), order_id]) if groups else []
        lines = known | {row_id for (row_id,) in deleted}
    return lines


def _head_words(rows: dict[int, Fields]) -> list[Any]:
    """Return what a letter says of the head; of a hold only that there is one."""
    return [
        [bool(fields["hold_reason"]), *(fields[name] for name in _HEAD_TOLD[1:])]
        for fields in rows.values()
    ]


def _line_words(rows: dict[int, Fields]) -> list[Any]:
    by_position = sorted(rows.values(), key=lambda fields: int(fields["position"]))
    return [[fields.get(name) for name in _LINE_TOLD] for fields in by_position]
