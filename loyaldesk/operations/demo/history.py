"""What a customer of the demo ordered and paid in the past year, drawn by chance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from loyaldesk.models import OrderStatus
from loyaldesk.operations.demo.catalogue import catalogue
from loyaldesk.operations.demo.paying import close_if_paid, pay_invoice
from loyaldesk.operations.demo.selling import Placed, Wish, bill_order, place_order

if TYPE_CHECKING:
    from random import Random

    from loyaldesk.operations.demo.books import Books, Calendar, Row

__all__ = ["Habits", "add_history"]

_YEAR, _SPAN = 365, 730
_QUANTITIES = (2, 4, 5, 6, 8, 10, 12, 16, 20, 24, 30, 36, 48)


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How a customer orders and pays: orders a year, days late (or early), how many lines.

    `start` is the newest finished order, in days from today; `size` multiplies quantities.
    """

    orders: int = 4
    days_late: int = 0
    start: int = -8
    lines: int = 3
    open: int = 0
    size: int = 1


def add_history(
    books: Books, calendar: Calendar, chance: Random, *, customer: Row, contact: Row, habits: Habits
) -> None:
    """Add two years of finished orders, invoices and payments, and orders on their way."""
    clerk = _Clerk(books, calendar, chance, customer, contact)
    oldest = max(-_SPAN, (customer["customer_since"] - calendar.today).days)
    finished = -(habits.orders * oldest // _YEAR) if oldest < habits.start else 0
    for offset in sorted(chance.randint(oldest, habits.start) for _ in range(finished)):
        clerk.finish_order(offset, habits)
    for _ in range(habits.open):
        clerk.open_order(chance.randint(-12, -1), habits)


class _Clerk:
    """Takes the orders of one customer."""

    def __init__(
        self, books: Books, calendar: Calendar, chance: Random, customer: Row, contact: Row
    ) -> None:
        self._books = books
        self._calendar = calendar
        self._chance = chance
        self._customer = customer
        self._contact = contact

    def finish_order(self, offset: int, habits: Habits) -> None:
        """Take an order, ship, bill and have it paid, as far as today allows."""
        day = self._calendar.day
        shipped = day(offset + self._chance.randint(4, 6))
        late = self._chance.random() < 0.12
        promised = shipped - timedelta(days=3) if late else shipped
        placed = self._place(offset, habits, promised, shipped)
        placed.order.update(shipped_on=shipped, released_on=day(offset + 2))
        invoiced = day(offset + 7)
        invoice = bill_order(self._books, placed, invoiced_on=invoiced)
        paid = invoice["due_on"] + timedelta(days=habits.days_late + self._chance.randint(-2, 2))
        paid = max(paid, invoiced)
        if paid <= self._calendar.today:
            pay_invoice(self._books, invoice, invoice["open_minor"], day=paid)
        close_if_paid(placed.order, invoice)

    def open_order(self, offset: int, habits: Habits) -> None:
        """Take an order that is still on its way; the newest ones wait to be acknowledged."""
        # What waits for its letter promises a day to come; what is on its way may be late.
        earliest = 2 if offset > -3 else -3
        promised = self._calendar.day(self._chance.randint(earliest, 14))
        placed = self._place(offset, habits, promised, None)
        if offset > -3:
            placed.order.update(status=OrderStatus.SUBMITTED, acknowledged_on=None)
        else:
            placed.order["status"] = OrderStatus.ACKNOWLEDGED

    def _place(self, offset: int, habits: Habits, promised: date, shipped: date | None) -> Placed:
        chance, day = self._chance, self._calendar.day
        wishes = [
            Wish(item=item, quantity=chance.choice(_QUANTITIES) * habits.size, requested=promised,
                 promised=promised, shipped=shipped)
            for item in chance.sample(sorted(catalogue()), chance.randint(1, habits.lines))
        ]  # fmt: skip
        return place_order(
            self._books,
            self._customer,
            wishes,
            contact_id=self._contact["id"],
            ordered_on=day(offset),
            customer_po=f"{chance.randint(1_000, 9_999)}",
            acknowledged_on=day(min(offset + 1, 0)),
            channel=chance.choice(("e-mail", "phone", "web shop")),
            salesperson=self._customer["account_manager"],
        )
