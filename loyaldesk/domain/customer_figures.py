"""The figures a customer is judged by: balance, overdue, exposure, years, days to pay."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from loyaldesk.domain.ageing import Bucket, bucket_of, days_late
from loyaldesk.domain.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "TREND_DAYS", "AgeingRow", "CustomerFacts", "CustomerTiles", "Exposure", "OpenAmount",
    "YearSum", "age_open_amounts", "customer_tiles", "exposure", "open_balance", "ordered_in",
    "ordered_to_date", "orders_a_year", "overdue", "overdue_change",
]  # fmt: skip

TREND_DAYS = 30


@dataclass(frozen=True, slots=True)
class OpenAmount:
    """An open amount as it counts in the balance: what we owe the customer is negative."""

    signed: Money
    day: date
    due_on: date

    @property
    def is_credit(self) -> bool:
        """Whether it reduces the balance: an unapplied payment or credit note."""
        return self.signed.minor < 0


@dataclass(frozen=True, slots=True)
class YearSum:
    """One year's orders in one currency; `net_to_date` ends on the same day of the year."""

    year: int
    orders: int
    net: Money
    net_to_date: Money
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """What the figures are made of.

    `overdue_settled` is what was paid in the last thirty days on invoices that were overdue before,
    `unbilled` the open orders less what is invoiced.
    """

    today: date
    currency: str
    open_amounts: tuple[OpenAmount, ...]
    overdue_settled: tuple[Money, ...]
    unbilled: tuple[Money, ...]
    credit_limit: Money | None
    years: tuple[YearSum, ...]
    days_to_pay: float | None
    days_late: float | None


@dataclass(frozen=True, slots=True)
class AgeingRow:
    """The ageing of one currency: buckets plus unapplied are the total."""

    currency: str
    buckets: dict[Bucket, Money]
    unapplied: Money
    total: Money


@dataclass(frozen=True, slots=True)
class Exposure:
    """Open items and unbilled orders less unapplied credits, in parts and as a sum.

    `free` is what the credit limit leaves; None without a limit.
    """

    open_items: Money
    unbilled_orders: Money
    unapplied: Money
    total: Money
    limit: Money | None
    free: Money | None


@dataclass(frozen=True, slots=True)
class CustomerTiles:
    """The tiles of the page; amounts once per currency, never added across."""

    open_balance: tuple[Money, ...]
    overdue: tuple[Money, ...]
    overdue_change_30_days: tuple[Money, ...]
    this_year: tuple[Money, ...]
    last_year_to_date: tuple[Money, ...]
    last_year: tuple[Money, ...]
    first_order_on: date | None
    last_order_on: date | None
    orders_a_year: float
    days_to_pay: float | None
    days_late: float | None
    exposure: Exposure


def age_open_amounts(amounts: Iterable[OpenAmount], today: date) -> tuple[AgeingRow, ...]:
    """Return one ageing row per currency, in alphabetical order."""
    by_currency: defaultdict[str, list[OpenAmount]] = defaultdict(list)
    for amount in amounts:
        by_currency[amount.signed.currency].append(amount)
    return tuple(_age_one(code, by_currency[code], today) for code in sorted(by_currency))


def customer_tiles(facts: CustomerFacts) -> CustomerTiles:
    """Return every tile from the facts."""
    year = facts.today.year
    return CustomerTiles(
        open_balance=open_balance(facts),
        overdue=overdue(facts),
        overdue_change_30_days=overdue_change(facts),
        this_year=ordered_in(facts, year),
        last_year_to_date=ordered_to_date(facts, year - 1),
        last_year=ordered_in(facts, year - 1),
        first_order_on=min((y.first_on for y in facts.years), default=None),
        last_order_on=max((y.last_on for y in facts.years), default=None),
        orders_a_year=orders_a_year(facts),
        days_to_pay=facts.days_to_pay,
        days_late=facts.days_late,
        exposure=exposure(facts),
    )


def open_balance(facts: CustomerFacts) -> tuple[Money, ...]:
    """Return what is open, once per currency, the customer's own first."""
    return _by_currency((a.signed for a in facts.open_amounts), facts.currency)


def overdue(facts: CustomerFacts) -> tuple[Money, ...]:
    """Return what is open past its due date, once per currency."""
    return _by_currency(_overdue(facts, facts.today), facts.currency)


def overdue_change(facts: CustomerFacts) -> tuple[Money, ...]:
    """Return overdue today less overdue thirty days ago: open then = open now + settled since."""
    then = facts.today - timedelta(days=TREND_DAYS)
    before = [-m for m in (*_overdue(facts, then), *facts.overdue_settled)]
    return _by_currency([*_overdue(facts, facts.today), *before], facts.currency)


def ordered_in(facts: CustomerFacts, year: int) -> tuple[Money, ...]:
    """Return the net orders of a year, once per currency."""
    return _by_currency((y.net for y in facts.years if y.year == year), facts.currency)


def ordered_to_date(facts: CustomerFacts, year: int) -> tuple[Money, ...]:
    """Return the net orders of a year up to the same day as today, once per currency."""
    return _by_currency((y.net_to_date for y in facts.years if y.year == year), facts.currency)


def orders_a_year(facts: CustomerFacts) -> float:
    """Return orders divided by the years since the first one, counting at least one year."""
    first = min((y.first_on for y in facts.years), default=None)
    if first is None:
        return 0.0
    years = max((facts.today - first).days / 365.25, 1.0)
    return sum(y.orders for y in facts.years) / years


def exposure(facts: CustomerFacts) -> Exposure:
    """Return open items + unbilled orders − unapplied, in the customer's currency.

    Source: product.md K1; the same function everywhere the credit is looked at.
    """
    code = facts.currency
    mine = [a for a in facts.open_amounts if a.signed.currency == code]
    open_items = Money.total((a.signed for a in mine if not a.is_credit), code)
    unapplied = -Money.total((a.signed for a in mine if a.is_credit), code)
    unbilled = Money.total((m for m in facts.unbilled if m.currency == code), code)
    total = open_items + unbilled - unapplied
    limit = facts.credit_limit
    return Exposure(
        open_items, unbilled, unapplied, total, limit, None if limit is None else limit - total
    )


def _age_one(code: str, amounts: list[OpenAmount], today: date) -> AgeingRow:
    parts: dict[Bucket, list[Money]] = {bucket: [] for bucket in Bucket}
    for amount in amounts:
        if not amount.is_credit:
            parts[bucket_of(days_late(amount.due_on, today))].append(amount.signed)
    buckets = {bucket: Money.total(part, code) for bucket, part in parts.items()}
    unapplied = Money.total((a.signed for a in amounts if a.is_credit), code)
    total = Money.total(buckets.values(), code) + unapplied
    return AgeingRow(code, buckets, unapplied, total)


def _overdue(facts: CustomerFacts, day: date) -> list[Money]:
    return [a.signed for a in facts.open_amounts if not a.is_credit and a.due_on < day >= a.day]


def _by_currency(amounts: Iterable[Money], home: str) -> tuple[Money, ...]:
    """Sum per currency, the customer's own first; it is there even when nothing is."""
    sums = {home: 0}
    for amount in amounts:
        sums[amount.currency] = sums.get(amount.currency, 0) + amount.minor
    return tuple(Money(sums[code], code) for code in (home, *sorted(sums.keys() - {home})))
