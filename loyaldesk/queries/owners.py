"""Whose a record is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from loyaldesk.store.reader import Source

__all__ = ["read_owner"]

_OWNER = {
    "order": "SELECT customer_id FROM sales_order WHERE id = ?",
    "invoice": "SELECT customer_id FROM invoice WHERE id = ?",
    "payment": "SELECT customer_id FROM payment WHERE id = ?",
    "document": "SELECT customer_id FROM document WHERE id = ?",
}


def read_owner(source: Source, *, kind: str, record_id: int) -> int:
    """Return the id of the customer that an order, invoice, payment or document belongs to."""
    found = source.value(_OWNER[kind], [record_id])
    if found is None:
        raise Refused("This record no longer exists.")
    return int(found)
