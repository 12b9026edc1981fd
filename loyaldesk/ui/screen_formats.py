"""How are amounts written on the screen, and hidden while somebody else looks at it?"""

from __future__ import annotations

from loyaldesk.domain.money import Money
from loyaldesk.formats import Formats

__all__ = ["HIDDEN", "ScreenFormats"]

HIDDEN = "•••"


class ScreenFormats(Formats):
    """Formats of the window; while `hides_amounts` is true every amount and price is three dots.

    Counts, quantities and days stay: whoever shares the screen wants to talk about those.
    """

    def __init__(self, locale: str, *, hides_amounts: bool = False) -> None:
        super().__init__(locale)
        self.hides_amounts = hides_amounts

    def money(self, money: Money, *, code: bool = False) -> str:
        """Return an amount with its currency, as a symbol or as its ISO code."""
        return HIDDEN if self.hides_amounts else super().money(money, code=code)

    def amount(self, money: Money) -> str:
        """Return an amount without its currency, for columns."""
        return HIDDEN if self.hides_amounts else super().amount(money)

    def unit_price(self, micro: int, currency: str, *, code: bool = False) -> str:
        """Return a price kept in millionths."""
        return HIDDEN if self.hides_amounts else super().unit_price(micro, currency, code=code)

    def short_money(self, money: Money) -> str:
        """Return an amount with its symbol, to the cent, but €8,000 rather than €8,000.00."""
        written = self.money(money)
        if self.hides_amounts or money.amount != money.amount.to_integral_value():
            return written
        whole = Money(abs(money.minor), money.currency)
        return written.replace(self.amount(whole), self.short_amount(whole))

    def short_amount(self, money: Money) -> str:
        """Return an amount in whole units without its currency, where there is little room."""
        return HIDDEN if self.hides_amounts else self.number(money.amount, 0)
