"""What one customer settled late, still owes for open orders, ordered by year, and paid when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from loyaldesk.domain.customer_figures import TREND_DAYS, YearSum
from loyaldesk.domain.money import Money
from loyaldesk.queries.book import rows

if TYPE_CHECKING:
    from loyaldesk.store.reader import Row, Source

__all__ = ["Figures", "read_figures"]

PAYING_DAYS = 365


@dataclass(frozen=True, slots=True)
class Figures:
    """What the tiles are made of: settled amounts, years, average days to pay."""

    overdue_settled: tuple[Money, ...]
    unbilled: tuple[Money, ...]
    years: tuple[YearSum, ...]
    days_to_pay: float | None
    days_late: float | None
    last_paid_on: date | None


def read_figures(source: Source, *, customer_id: int, currency: str, today: date) -> Figures:
    """Return the figures; days to pay are of the last year and of the customer's currency."""
    found = rows(
        source,
        "customer.money",
        customer_id=customer_id,
        day=today - timedelta(days=TREND_DAYS),
        since=today - timedelta(days=PAYING_DAYS),
    )
    paid = next((row for row in found if row[0] == "paid" and row[1] == currency), None)
    days_to_pay, days_late = (None, None) if paid is None else _days(paid)
    return Figures(
        overdue_settled=_amounts(found, "settled"),
        unbilled=_amounts(found, "unbilled"),
        years=_years(source, customer_id, today),
        days_to_pay=days_to_pay,
        days_late=days_late,
        last_paid_on=max((date.fromisoformat(r[6]) for r in found if r[0] == "paid"), default=None),
    )


def _amounts(found: list[Row], sort: str) -> tuple[Money, ...]:
    return tuple(Money(row[3], row[1]) for row in found if row[0] == sort)


def _days(paid: Row) -> tuple[float | None, float | None]:
    amount, after, late = paid[3:6]
    return (after / amount, late / amount) if amount else (None, None)


def _years(source: Source, customer_id: int, today: date) -> tuple[YearSum, ...]:
    found = rows(
        source, "customer.order_years", customer_id=customer_id, month_day=f"{today:%m-%d}"
    )
    return tuple(
        YearSum(
            int(year),
            orders,
            Money(net, currency),
            Money(to_date, currency),
            date.fromisoformat(first),
            date.fromisoformat(newest),
        )
        for year, currency, orders, net, to_date, first, newest in found
    )
