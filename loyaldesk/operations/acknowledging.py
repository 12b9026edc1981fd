"""Ways to tick off what belongs to acknowledging an order: its checks, the call, the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.errors import Refused
from loyaldesk.models import SalesOrder
from loyaldesk.operations import operation
from loyaldesk.queries.verification import verify

if TYPE_CHECKING:
    from loyaldesk.store.gate import Transaction
    from loyaldesk.store.reader import Source

__all__ = [
    "REOPENED", "refuse_unverified", "reopen_verification", "tick_phoned", "tick_process_reviewed",
    "verify_order",
]  # fmt: skip


# What a change of an order does to the tick of its checks.
REOPENED = {"verified_on": None, "verification_note": ""}


@operation("Tick off checks")
def verify_order(tx: Transaction, *, order_id: int, note: str = "") -> None:
    """Record that somebody looked at what had to be looked at; the next change reopens it."""
    number = _number(tx, order_id)
    tx.describe(f"Tick off the checks of order {number}")
    tx.update(SalesOrder, order_id, verified_on=tx.today, verification_note=note.strip())


@operation("Acknowledge by phone")
def tick_phoned(tx: Transaction, *, order_id: int, is_done: bool = True) -> None:
    """Record that the order was acknowledged by phone today, or that it was not."""
    number = _number(tx, order_id)
    tx.describe(f"Acknowledge order {number} by phone")
    tx.update(SalesOrder, order_id, phoned_on=tx.today if is_done else None)


@operation("Explain the process")
def tick_process_reviewed(tx: Transaction, *, order_id: int, is_done: bool = True) -> None:
    """Record that steps, dates and payment were explained today, or that they were not."""
    number = _number(tx, order_id)
    tx.describe(f"Explain the process of order {number}")
    tx.update(SalesOrder, order_id, process_reviewed_on=tx.today if is_done else None)


def reopen_verification(tx: Transaction, order_id: int) -> None:
    """Let the checks of a changed order be ticked off again; for the operation that changes it."""
    tx.update(SalesOrder, order_id, **REOPENED)


def refuse_unverified(source: Source, order_id: int) -> None:
    """Refuse to accept an order while a check stops it or waits for somebody's look."""
    found = verify(source, order_id=order_id)
    if not found.can_be_accepted:
        way = (
            "Settle that first, or send a receipt only."
            if found.stops
            else "Look at it and tick it off, or send a receipt only."
        )
        raise Refused(
            f"Order {_number(source, order_id)} cannot be accepted yet. {found.words} Nothing was "
            f"issued. {way}",
            field="verification",
        )


def _number(source: Source, order_id: int) -> str:
    number = source.value("SELECT number FROM sales_order WHERE id = ?", [order_id])
    if number is None:
        raise Refused("This order no longer exists. Nothing was changed.")
    return str(number)
