"""What does an order come to: net, freight, tax by rate, total?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.domain.money import Money
from loyaldesk.domain.order_totals import order_totals
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.spans import Span

if TYPE_CHECKING:
    from loyaldesk.formats import Formats
    from loyaldesk.queries.order_page import OrderPage

__all__ = ["sums_of"]

translate = QCoreApplication.translate


def sums_of(page: OrderPage, formats: Formats) -> list[Span]:
    """Return the sums in one line, net first and the total last."""
    head = page.head
    parts = [(translate("OrderSums", "Net"), head.net)]
    if head.freight:
        parts.append((translate("OrderSums", "freight"), head.freight))
    parts += _taxes(page, formats)
    parts.append((translate("OrderSums", "total"), head.total))
    spans: list[Span] = []
    for name, amount in parts:
        spans.append(Span.small(f" · {name} " if spans else f"{name} "))
        spans.append(Span(formats.money(amount), style=TextStyle.SMALL_STRONG))
    return spans


def _taxes(page: OrderPage, formats: Formats) -> list[tuple[str, Money]]:
    """Return the tax by rate, or as one where the source worked it out in its own way."""
    head = page.head
    worked_out = order_totals(
        ((line.net.minor, line.tax_ppm) for line in page.lines),
        freight_minor=head.freight.minor,
        freight_tax_ppm=head.freight_tax_ppm,
    )
    if worked_out.tax_minor != head.tax.minor:
        return [(translate("OrderSums", "VAT"), head.tax)]
    rate = translate("OrderSums", "VAT {0}")
    return [
        (rate.format(formats.percent(ppm)), Money(minor, head.currency))
        for ppm, minor in worked_out.tax_by_ppm.items()
    ]
