"""How the customers of the demo pay: money received, and what it settles on which day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.models import Allocation, OrderStatus, Payment
from loyaldesk.operations.demo.books import Books, Row, instant_of

if TYPE_CHECKING:
    from datetime import date

__all__ = ["close_if_paid", "pay_invoice", "receive_money", "settle_with_credit"]


def receive_money(
    books: Books, customer_id: int, currency: str, amount_minor: int, *, day: date,
    method: str = "bank transfer", reference: str = "",
) -> Row:  # fmt: skip
    """Add a payment that settles nothing yet and return its row."""
    return books.add(
        Payment, number=None, customer_id=customer_id, received_on=day, currency=currency,
        amount_minor=amount_minor, unallocated_minor=amount_minor, method=method,
        reference=reference, recorded_at=instant_of(day, "11:32"),
    )  # fmt: skip


def pay_invoice(
    books: Books, invoice: Row, amount_minor: int, *, day: date, method: str = "bank transfer"
) -> None:
    """Receive an amount and set all of it against the invoice on the same day."""
    payment = receive_money(
        books, invoice["customer_id"], invoice["currency"], amount_minor, day=day, method=method
    )
    payment["unallocated_minor"] -= amount_minor
    _allocate(books, invoice, amount_minor, day, payment_id=payment["id"])


def settle_with_credit(books: Books, invoice: Row, note: Row, *, day: date) -> None:
    """Set what is left of a credit note against the invoice, as far as both reach."""
    amount = min(invoice["open_minor"], note["open_minor"])
    note["open_minor"] -= amount
    _allocate(books, invoice, amount, day, credit_note_id=note["id"])


def close_if_paid(order: Row, invoice: Row) -> None:
    """Set the order's last status by what is left of its invoice."""
    order["status"] = OrderStatus.INVOICED if invoice["open_minor"] else OrderStatus.CLOSED


def _allocate(books: Books, invoice: Row, amount_minor: int, day: date, **source: int) -> None:
    invoice["open_minor"] -= amount_minor
    books.add(
        Allocation, customer_id=invoice["customer_id"], invoice_id=invoice["id"],
        amount_minor=amount_minor, applied_on=day, recorded_at=instant_of(day, "11:40"), **source,
    )  # fmt: skip
