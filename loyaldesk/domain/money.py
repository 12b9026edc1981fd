"""How amounts of money are kept, rounded and split: integer minor units and a currency."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["CURRENCY_EXPONENTS", "Money", "exponent_of", "parse_decimal", "round_half_up"]

# ISO 4217:2015 list one, the currencies whose minor unit is not a hundredth.
CURRENCY_EXPONENTS = {
    **dict.fromkeys(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0
    ),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}
_CODE = re.compile(r"[A-Z]{3}")
_PLAIN_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?")


@lru_cache(maxsize=256)
def exponent_of(currency: str) -> int:
    """Return the number of decimals of an ISO 4217 currency code (EUR 2, JPY 0, KWD 3)."""
    if not _CODE.fullmatch(currency):
        raise Refused(f"“{currency}” is not a currency code such as EUR.", field="currency")
    return CURRENCY_EXPONENTS.get(currency, 2)


def round_half_up(value: Decimal) -> int:
    """Return the nearest integer, halves away from zero, as invoices round."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def parse_decimal(text: str) -> Decimal:
    """Return the number written with a decimal point, or refuse what is not one."""
    if not _PLAIN_NUMBER.fullmatch(text.strip()):
        raise Refused(f"“{text}” is not a number.")
    return Decimal(text.strip())


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount in integer minor units of one currency; two currencies never mix."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        exponent_of(self.currency)

    @classmethod
    def zero(cls, currency: str) -> Money:
        """Return nothing, in that currency."""
        return cls(0, currency)

    @classmethod
    def of(cls, amount: Decimal | str | int, currency: str) -> Money:
        """Return an amount given in major units, rounded half up to the minor unit."""
        value = parse_decimal(amount) if isinstance(amount, str) else Decimal(amount)
        return cls(round_half_up(value.scaleb(exponent_of(currency))), currency)

    @property
    def amount(self) -> Decimal:
        """The amount in major units, with exactly the currency's decimals."""
        return Decimal(self.minor).scaleb(-exponent_of(self.currency))

    def __str__(self) -> str:
        return f"{self.amount:f}"

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + _minor_of(other, self.currency), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - _minor_of(other, self.currency), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __lt__(self, other: Money) -> bool:
        return self.minor < _minor_of(other, self.currency)

    def __le__(self, other: Money) -> bool:
        return self.minor <= _minor_of(other, self.currency)

    def split(self, weights: Sequence[int]) -> list[Money]:
        """Split by weights so that the parts add up to the whole, largest remainder first."""
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("weights must be non-negative and not all zero")
        floors = [self.minor * weight // total for weight in weights]
        by_remainder = sorted(
            range(len(weights)), key=lambda i: (-(self.minor * weights[i] % total), i)
        )
        for i in by_remainder[: self.minor - sum(floors)]:
            floors[i] += 1
        return [Money(part, self.currency) for part in floors]

    @staticmethod
    def total(parts: Iterable[Money], currency: str) -> Money:
        """Add amounts of one currency; nothing adds up to zero of it."""
        return Money(sum(_minor_of(part, currency) for part in parts), currency)


def _minor_of(money: Money, currency: str) -> int:
    if money.currency != currency:
        raise ValueError(f"{currency} and {money.currency} are never added")
    return money.minor
