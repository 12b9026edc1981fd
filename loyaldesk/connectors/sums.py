"""What an order or invoice of a source comes to, and whether that is what the source says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.domain.money import Money
from loyaldesk.domain.order_totals import order_totals

if TYPE_CHECKING:
    from loyaldesk.connectors.document_reader import ReadDocument

__all__ = ["Sums", "sums_of"]

_LARGEST_MINOR = 10**15


@dataclass(frozen=True, slots=True)
class Sums:
    """The amounts of one order or invoice in minor units, with the sign the source gives them."""

    net: int
    tax: int
    freight: int
    total: int

    def negated(self) -> Sums:
        """Return the amounts with the other sign, as a credit note keeps them."""
        return Sums(-self.net, -self.tax, -self.freight, -self.total)


def sums_of(document: ReadDocument) -> Sums | str:
    """Return the sums, or why they cannot be taken.

    Lines decide; a total that the source gives as well must be the same to the cent. Without lines
    the source's own amounts count.
    """
    values = document.values
    freight = values.get("freight") or 0
    if document.lines:
        if len({line[0] for line in document.lines}) < len(document.lines):
            return "has two lines with the same position"
        rate = values.get("freight_tax") or 0
        lines = zip(document.nets, document.taxes, strict=True)
        totals = order_totals(lines, freight_minor=freight, freight_tax_ppm=rate)
        sums = Sums(totals.net_minor, totals.tax_minor, freight, totals.total_minor)
        largest = max(map(abs, document.nets))
    else:
        sums = _given(values, freight)
        largest = abs(sums.total)
    if largest > _LARGEST_MINOR:
        return "has an amount too large to be true"
    told = values.get("total")
    if told is not None and told != sums.total:
        currency = values["currency"]
        return f"comes to {Money(sums.total, currency)}, not to the total {Money(told, currency)}"
    return sums


def _given(values: dict[str, int | None], freight: int) -> Sums:
    tax = values.get("tax") or 0
    net = values.get("net")
    if net is None:
        total = values.get("total")
        net = 0 if total is None else total - tax - freight
    return Sums(net, tax, freight, net + tax + freight)
