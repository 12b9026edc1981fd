"""What an order or invoice comes to: its lines, freight and tax, each rounded once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["OrderTotals", "line_net", "minor_of_micro", "order_totals", "tax_of"]

MICRO_DECIMALS = 6
PPM = 1_000_000
# Price in millionths × quantity in thousandths × rate in millionths: fifteen decimals.
_LINE_DECIMALS = 15


@dataclass(frozen=True, slots=True)
class OrderTotals:
    """The sums of one order in minor units; `net_minor` is the lines without freight."""

    net_minor: int
    freight_minor: int
    tax_by_ppm: dict[int, int]

    @property
    def tax_minor(self) -> int:
        """The tax of all rates."""
        return sum(self.tax_by_ppm.values())

    @property
    def total_minor(self) -> int:
        """What is to be paid."""
        return self.net_minor + self.freight_minor + self.tax_minor


def line_net(
    unit_price_micro: int, quantity_milli: int, discount_ppm: int = 0, *, exponent: int = 2
) -> int:
    """Return price × quantity × (1 − discount) in minor units, halves away from zero.

    `exponent` is the number of decimals of the currency.
    """
    exact = unit_price_micro * quantity_milli * (PPM - discount_ppm)
    return _halves_up(exact, 10 ** (_LINE_DECIMALS - exponent))


def minor_of_micro(amount_micro: int, *, exponent: int = 2) -> int:
    """Return an amount given in millionths of the major unit in minor units, halves up."""
    return _halves_up(amount_micro, 10 ** (MICRO_DECIMALS - exponent))


def tax_of(net_minor: int, tax_ppm: int) -> int:
    """Return the tax on a net amount in minor units, halves away from zero."""
    return _halves_up(net_minor * tax_ppm, PPM)


def order_totals(
    lines: Iterable[tuple[int, int]], *, freight_minor: int = 0, freight_tax_ppm: int = 0
) -> OrderTotals:
    """Return the sums of lines given as (net in minor units, tax rate in ppm).

    Tax is worked out once per rate on everything taxed at it, freight included: rounding it line
    by line would drift away from the tax of the invoice.
    """
    taxed: dict[int, int] = {freight_tax_ppm: freight_minor}
    net = 0
    for net_minor, tax_ppm in lines:
        net += net_minor
        taxed[tax_ppm] = taxed.get(tax_ppm, 0) + net_minor
    taxes = {ppm: tax_of(base, ppm) for ppm, base in sorted(taxed.items()) if ppm}
    return OrderTotals(net, freight_minor, taxes)


def _halves_up(exact: int, unit: int) -> int:
    if exact < 0:
        return -((-exact + unit // 2) // unit)
    return (exact + unit // 2) // unit
