"""How are days and amounts said on the customer's page: near days in words, no needless zeros?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.domain.money import Money

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from loyaldesk.ui.screen_formats import ScreenFormats

__all__ = ["Wording", "their_number"]

translate = QCoreApplication.translate
MOST_PERCENT = 900
_SAYS_PO = re.compile(r"p\.?o(?![a-z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wording:
    """Says days as they stand to today, and amounts as the user's country writes them."""

    formats: ScreenFormats
    today: date

    def day(self, day: date) -> str:
        """Return “today”, “yesterday”, 24 Nov, or a day of another year with its year."""
        distance = (self.today - day).days
        if distance in {0, 1}:
            return self.formats.relative_day(day, self.today)
        same_year = day.year == self.today.year
        return self.formats.date_day(day) if same_year else self.formats.date(day)

    def day_head(self, day: date) -> str:
        """Return Today, Yesterday, Tue 17 Nov, or a day of another year with its year."""
        if abs((self.today - day).days) <= 1:
            near = self.formats.relative_day(day, self.today)
            return near[:1].upper() + near[1:]
        return self.formats.date_step(day) if day.year == self.today.year else self.day(day)

    def time(self, instant: datetime | None) -> str:
        """Return the time of day here, or nothing for what has a day only."""
        return "" if instant is None else self.formats.time(instant)

    def money(self, money: Money) -> str:
        """Return an amount with its currency, to the cent, but €8,000 rather than €8,000.00."""
        return self.formats.short_money(money)

    def whole(self, amounts: Iterable[Money]) -> str:
        """Return one amount per currency in whole units, for what is judged rather than paid."""
        rounded = [Money.of(round(money.amount), money.currency) for money in amounts]
        return self.sums(rounded)

    def sums(self, amounts: Iterable[Money]) -> str:
        """Return one amount per currency, those of zero only when there is no other."""
        listed = list(amounts)
        shown = [money for money in listed if money] or listed[:1]
        return " + ".join(self.money(money) for money in shown)

    def short_amounts(self, amounts: list[Money], room: int) -> list[str]:
        """Return amounts without currency that fit side by side in so many characters."""
        exact = [self.formats.amount(money) if money else "0" for money in amounts]
        if sum(map(len, exact)) <= room:
            return exact
        return [self.formats.short_amount(money) for money in amounts]

    def decimal(self, value: float) -> str:
        """Return a number with at most one decimal."""
        rounded = round(Decimal(value), 1)
        return self.formats.number(rounded, 0 if rounded == int(rounded) else 1)

    def change(self, percent: float) -> str:
        """Return a change in percent with its sign: +6 %; of ten times and more: × 12."""
        if percent >= MOST_PERCENT:
            return f"× {self.formats.number(round(percent / 100 + 1))}"
        sign = "+" if percent > 0 else ""
        return f"{sign}{self.formats.percent(round(percent) * 10_000)}"

    def days(self, count: int) -> str:
        """Return a number of days in short: 5 d."""
        return translate("Wording", "{0} d").format(self.formats.number(count))


def their_number(customer_po: str) -> str:
    """Return the customer's number of an order as PO 8812; a number that says so says it once."""
    if _SAYS_PO.match(customer_po):
        return customer_po
    return translate("Wording", "PO {0}").format(customer_po)
