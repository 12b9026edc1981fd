"""What the n-th customer and the n-th order of a sized demo are: pure, so that all streams agree.

A million orders are never held in memory. Orders, lines, invoices and payments are written one
after the other, and each stream asks here anew what an order contains.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple

from loyaldesk.domain.money import exponent_of
from loyaldesk.domain.order_totals import line_net, tax_of
from loyaldesk.models import OrderStatus
from loyaldesk.operations.demo.catalogue import Item, catalogue, price_micro

__all__ = ["HEAVY_CUSTOMER", "HEAVY_NAME", "TERMS_DAYS", "Line", "Scale", "Sums", "sums_of"]

HEAVY_CUSTOMER, HEAVY_NAME = "100000", "Großmarkt Nordlicht eG"
HISTORY_DAYS = 1_095
TERMS_DAYS = 30
_BILLED_AFTER, _SENT_AFTER = 12, 8
_MASK = (1 << 64) - 1
# The longest list decides the odds: two customers in three pay in euro at home.
_HOMES = (
    *(("DE", "EUR"),) * 8, ("AT", "EUR"), ("FR", "EUR"), ("GB", "GBP"), ("CH", "CHF"),
    ("PL", "PLN"), ("US", "USD"),
)  # fmt: skip
_FRESH = ((2, OrderStatus.SUBMITTED), (7, OrderStatus.ACKNOWLEDGED), (12, OrderStatus.DELIVERED))


class Line(NamedTuple):
    """One line of an order: what, how much, for how much; net in minor units."""

    item: Item
    quantity_milli: int
    price_micro: int
    discount_ppm: int
    tax_ppm: int
    net_minor: int


class Sums(NamedTuple):
    """What an order comes to, in minor units."""

    net_minor: int
    tax_minor: int


@dataclass(frozen=True)
class Scale:
    """The size of a demo and everything that follows from it; ordinals count from zero.

    Customer 0 is the heavy one: up to 10,000 of the orders are its own, three lines each.
    """

    customers: int
    orders: int
    seed: int
    today: date

    @cached_property
    def heavy_orders(self) -> int:
        """How many orders the heavy customer has."""
        return min(10_000, self.orders // 2)

    @property
    def heavy_documents(self) -> int:
        """How many documents the heavy customer has."""
        return self.heavy_orders // 2

    @property
    def heavy_activities(self) -> int:
        """How many activities the heavy customer has."""
        return self.heavy_orders * 2

    @cached_property
    def billed(self) -> int:
        """How many orders have an invoice: all but the newest; they are the first ordinals."""
        return (
            next((n for n in range(self.orders - 1, -1, -1) if self.age(n) >= _BILLED_AFTER), -1)
            + 1
        )

    @cached_property
    def _items(self) -> tuple[Item, ...]:
        return tuple(catalogue().values())

    @cached_property
    def days(self) -> list[str]:
        """The ISO text of the day that many days ago."""
        return [(self.today - timedelta(days=age)).isoformat() for age in range(HISTORY_DAYS + 1)]

    def draw(self, ordinal: int, purpose: int) -> int:
        """Return 64 bits that look like chance and are always the same (splitmix64)."""
        mixed = (ordinal * 8 + purpose + self.seed * 0x9E3779B97F4A7C15) & _MASK
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return mixed ^ (mixed >> 31)

    def home(self, customer: int) -> tuple[str, str]:
        """Return the customer's country and currency."""
        return _HOMES[self.draw(customer, 0) % len(_HOMES)] if customer else _HOMES[0]

    def contact_age(self, customer: int) -> int | None:
        """Return how many days ago the customer was last spoken to; half never were."""
        drawn = self.draw(customer, 1)
        return None if customer and drawn & 1 else (drawn >> 1) % (HISTORY_DAYS if customer else 5)

    def age(self, order: int) -> int:
        """Return how many days ago the order was placed; the last order is of today."""
        return (self.orders - 1 - order) * HISTORY_DAYS // self.orders

    def customer(self, order: int) -> int:
        """Return the ordinal of the customer who placed the order."""
        if self._is_heavy(order) or self.customers == 1:
            return 0
        return 1 + self.draw(order, 2) % (self.customers - 1)

    def lines(self, order: int) -> list[Line]:
        """Return the lines of an order, three on average."""
        country, currency = self.home(self.customer(order))
        drawn, decimals = self.draw(order, 3), exponent_of(currency)
        count = 3 if self._is_heavy(order) else 1 + drawn % 5
        items = self._items
        found = []
        for _ in range(count):
            drawn = (drawn * 6364136223846793005 + 1442695040888963407) & _MASK
            item = items[(drawn >> 33) % len(items)]
            quantity = (1 + (drawn >> 20) % 48) * 1_000
            discount = 50_000 if (drawn >> 40) % 10 == 0 else 0
            price, tax = price_micro(item.number, currency), item.tax_ppm * (country == "DE")
            net = line_net(price, quantity, discount, exponent=decimals)
            found.append(Line(item, quantity, price, discount, tax, net))
        return found

    def status(self, order: int) -> OrderStatus:
        """Return where the order stands: closed once paid, younger ones on their way."""
        age = self.age(order)
        if order < self.billed:
            paid = self.paid_age(order) is not None and not self.is_part_paid(order)
            return OrderStatus.CLOSED if paid else OrderStatus.INVOICED
        return next(status for limit, status in _FRESH if age < limit)

    def invoice_age(self, order: int) -> int:
        """Return how many days ago a billed order's invoice was written."""
        return self.age(order) - _SENT_AFTER

    def paid_age(self, order: int) -> int | None:
        """Return how many days ago a billed order's invoice was paid, or None."""
        drawn = self.draw(order, 4)
        age = self.invoice_age(order) - TERMS_DAYS - drawn % 40 + 15
        return age if age >= 0 and (drawn >> 8) % 100 else None

    def is_part_paid(self, order: int) -> bool:
        """Tell whether only half of the invoice was paid, which happens to one in fifty."""
        return self.draw(order, 5) % 50 == 0

    def paid(self, order: int, total_minor: int) -> int:
        """Return how much of a billed order's total was paid: all of it, half of it or nothing."""
        if self.paid_age(order) is None:
            return 0
        return total_minor // 2 if self.is_part_paid(order) else total_minor

    def days_ahead(self, days: int) -> str:
        """Return the ISO text of the day in that many days."""
        return (self.today + timedelta(days=days)).isoformat()

    def _is_heavy(self, order: int) -> bool:
        if not self.heavy_orders:
            return False
        step = self.orders // self.heavy_orders
        return order % step == 0 and order // step < self.heavy_orders


def sums_of(lines: list[Line]) -> Sums:
    """Return net and tax of an order, tax worked out once per rate."""
    taxed: dict[int, int] = {}
    for line in lines:
        taxed[line.tax_ppm] = taxed.get(line.tax_ppm, 0) + line.net_minor
    return Sums(sum(taxed.values()), sum(tax_of(net, ppm) for ppm, net in taxed.items()))
