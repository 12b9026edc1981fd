"""What do the lines of an order confirm: to its letter, and to the page that shows it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.domain.acknowledgement import AcknowledgedLine

if TYPE_CHECKING:
    from datetime import date

    from loyaldesk.queries.order_page import OrderLineRow, OrderPage

__all__ = ["confirmed_lines"]


def confirmed_lines(page: OrderPage) -> tuple[AcknowledgedLine, ...]:
    """Return the lines as a letter would confirm them today, with what was asked."""
    return tuple(_line(line, page.head.shipped_on) for line in page.lines)


def _line(row: OrderLineRow, order_shipped_on: date | None) -> AcknowledgedLine:
    return AcknowledgedLine(
        position=row.position,
        description=row.description,
        quantity_milli=row.quantity_milli,
        unit=row.unit,
        unit_price_micro=row.unit_price_micro,
        net_minor=row.net.minor,
        item=row.item_number,
        customer_item=row.customer_item_number,
        discount_ppm=row.discount_ppm,
        tax_ppm=row.tax_ppm,
        requested_on=row.requested_on,
        promised_on=row.promised_on,
        shipped_milli=row.shipped_milli,
        shipped_on=row.shipped_on or order_shipped_on,
        asked_quantity_milli=row.asked_quantity_milli,
        asked_price_micro=row.asked_price_micro,
        asked_item=row.asked_item,
        reason=row.difference_reason,
    )
