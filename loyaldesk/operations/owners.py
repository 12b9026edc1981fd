"""Does what an action names belong to the customer it is about?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from loyaldesk.store.gate import Transaction

__all__ = ["refuse_foreign_contact", "refuse_foreign_order"]


def refuse_foreign_contact(tx: Transaction, customer_id: int, contact_id: int | None) -> None:
    """Refuse a person who is not, or no longer, one of the customer's."""
    if contact_id is None:
        return
    owner = tx.value("SELECT customer_id FROM contact WHERE id = ?", [contact_id])
    if owner != customer_id:
        raise Refused(
            "This person is not a contact of this customer. Nothing was saved; choose another.",
            field="contact_id",
        )


def refuse_foreign_order(tx: Transaction, customer_id: int, order_id: int | None) -> None:
    """Refuse an order that is not, or no longer, one of the customer's."""
    if order_id is None:
        return
    owner = tx.value("SELECT customer_id FROM sales_order WHERE id = ?", [order_id])
    if owner != customer_id:
        raise Refused(
            "This order is not one of this customer. Nothing was saved; choose another.",
            field="order_id",
        )
