"""What a customer bought: by product, by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from loyaldesk.domain.money import Money
from loyaldesk.queries.book import rows

if TYPE_CHECKING:
    from loyaldesk.store.reader import Source

__all__ = ["MonthSales", "ProductSales", "read_month_sales", "read_product_sales"]


@dataclass(frozen=True, slots=True)
class ProductSales:
    """One product's sales to a customer in a period, in one currency."""

    item_number: str
    description: str
    orders: int
    quantity_milli: int
    unit: str
    net: Money
    last_on: date


@dataclass(frozen=True, slots=True)
class MonthSales:
    """One month's orders of a customer, in one currency; the day is the month's first."""

    month: date
    orders: int
    net: Money


def read_product_sales(
    source: Source, *, customer_id: int, since: date, until: date
) -> list[ProductSales]:
    """Return what was ordered between two days, both included, the largest product first."""
    found = rows(
        source, "order.products_of_customer", customer_id=customer_id, since=since, until=until
    )
    return [
        ProductSales(
            item, text, orders, milli, unit, Money(net, currency), date.fromisoformat(last)
        )
        for item, text, currency, orders, milli, unit, net, last in found
    ]


def read_month_sales(
    source: Source, *, customer_id: int, since: date, until: date
) -> list[MonthSales]:
    """Return orders and net amounts by month between two days, both included."""
    found = rows(
        source, "order.months_of_customer", customer_id=customer_id, since=since, until=until
    )
    return [
        MonthSales(date.fromisoformat(f"{month}-01"), orders, Money(net, currency))
        for month, currency, orders, net in found
    ]
