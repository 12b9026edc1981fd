"""How does a typed line become an order's, and an order's line one that can be typed over?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loyaldesk.operations.order_lines import NewOrderLine
from loyaldesk.ui.forms.line_row import TypedLine

if TYPE_CHECKING:
    from loyaldesk.queries.order_page import OrderLineRow

__all__ = ["changed_line", "new_line", "typed_line"]


def new_line(line: TypedLine) -> NewOrderLine:
    """Return a typed line as the operations take it."""
    return NewOrderLine(
        description=line.description,
        quantity_milli=line.quantity_milli,
        unit_price_micro=line.unit_price_micro,
        item_number=line.item_number,
        product_id=line.product_id,
        unit=line.unit,
        discount_ppm=line.discount_ppm,
        tax_ppm=line.tax_ppm,
        promised_on=line.promised_on,
        asked_item=line.asked_item or None,
        asked_quantity_milli=line.asked_quantity_milli,
        asked_price_micro=line.asked_price_micro,
        difference_reason=line.reason,
    )


def changed_line(line: TypedLine, original: OrderLineRow | None) -> NewOrderLine:
    """Return a line typed over another; what the form does not show stays as it was."""
    if original is None:
        return new_line(line)
    return replace(
        new_line(line),
        customer_item_number=original.customer_item_number,
        requested_on=original.requested_on,
    )


def typed_line(line: OrderLineRow) -> TypedLine:
    """Return an order's line as the form shows it."""
    return TypedLine(
        item_number=line.item_number,
        description=line.description,
        quantity_milli=line.quantity_milli,
        unit=line.unit,
        unit_price_micro=line.unit_price_micro,
        discount_ppm=line.discount_ppm,
        tax_ppm=line.tax_ppm,
        promised_on=line.promised_on,
        asked_item=line.asked_item or "",
        asked_quantity_milli=line.asked_quantity_milli,
        asked_price_micro=line.asked_price_micro,
        reason=line.difference_reason,
        product_id=line.product_id,
    )
