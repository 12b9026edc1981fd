"""In what does the order as it stands differ from what the customer asked for?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.ui.orders.order_words import short_day
from loyaldesk.ui.widgets.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from loyaldesk.formats import Formats
    from loyaldesk.queries.order_page import OrderLineRow, OrderPage

__all__ = ["differences_of"]

translate = QCoreApplication.translate


def differences_of(page: OrderPage, formats: Formats, today: date) -> list[list[Span]]:
    """Return one line for each difference, the confirmed value in bold, the reason behind it."""
    return [
        [
            Span(f"{_line(line)} {name}: {_asked(asked)} "),
            Span.strong(confirmed),
            Span(f" — {line.difference_reason}" if line.difference_reason else ""),
        ]
        for line in page.lines
        for name, asked, confirmed in _of_line(line, formats, today)
    ]


def _line(line: OrderLineRow) -> str:
    return translate("Differences", "Line {0}").format(line.position)


def _asked(value: str) -> str:
    return translate("Differences", "wanted {0}, now").format(value)


def _of_line(line: OrderLineRow, formats: Formats, today: date) -> Iterator[tuple[str, str, str]]:
    """Yield name, what was asked and what is confirmed."""
    wanted, promised = line.requested_on, line.promised_on
    if wanted is not None and promised is not None and wanted != promised:
        yield (
            translate("Differences", "date"),
            short_day(formats, wanted, today),
            short_day(formats, promised, today),
        )
    quantity = line.asked_quantity_milli
    if quantity is not None and quantity != line.quantity_milli:
        yield (
            translate("Differences", "quantity"),
            formats.quantity(quantity),
            formats.quantity(line.quantity_milli),
        )
    price, currency = line.asked_price_micro, line.net.currency
    if price is not None and price != line.unit_price_micro:
        yield (
            translate("Differences", "price"),
            formats.unit_price(price, currency),
            formats.unit_price(line.unit_price_micro, currency),
        )
    if line.asked_item and line.asked_item != line.item_number:
        yield translate("Differences", "article"), line.asked_item, line.item_number
