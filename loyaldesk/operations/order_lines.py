"""The lines of an order as they are written: checked, priced, and summed up in its head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.domain.money import exponent_of
from loyaldesk.domain.order_totals import line_net, order_totals
from loyaldesk.errors import Refused
from loyaldesk.models import OrderLine, SalesOrder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from loyaldesk.store.gate import Transaction

__all__ = ["NewOrderLine", "show_promise", "sum_up", "write_lines"]


@dataclass(frozen=True, slots=True)
class NewOrderLine:
    """One line as it is entered; quantity in thousandths, price in millionths, rates in ppm."""

    description: str
    quantity_milli: int
    unit_price_micro: int
    item_number: str = ""
    customer_item_number: str = ""
    product_id: int | None = None
    unit: str = "pcs"
    discount_ppm: int = 0
    tax_ppm: int = 0
    requested_on: date | None = None
    promised_on: date | None = None
    asked_quantity_milli: int | None = None
    asked_price_micro: int | None = None
    asked_item: str | None = None
    difference_reason: str = ""


def write_lines(
    tx: Transaction,
    order_id: int,
    currency: str,
    lines: Sequence[NewOrderLine],
    requested_on: date | None,
) -> None:
    """Write the lines of an order that has none; those without a wish get that of the order."""
    if not lines:
        raise Refused("An order needs at least one line. Nothing was saved.", field="lines")
    for position, line in enumerate(lines, 1):
        _check_line(line, position)
        net = line_net(
            line.unit_price_micro,
            line.quantity_milli,
            line.discount_ppm,
            exponent=exponent_of(currency),
        )
        tx.insert(
            OrderLine,
            order_id=order_id,
            position=position,
            product_id=line.product_id,
            item_number=line.item_number,
            customer_item_number=line.customer_item_number,
            description=line.description.strip(),
            quantity_milli=line.quantity_milli,
            unit=line.unit,
            unit_price_micro=line.unit_price_micro,
            discount_ppm=line.discount_ppm,
            tax_ppm=line.tax_ppm,
            net_minor=net,
            requested_on=line.requested_on or requested_on,
            promised_on=line.promised_on,
            asked_quantity_milli=line.asked_quantity_milli,
            asked_price_micro=line.asked_price_micro,
            asked_item=line.asked_item,
            difference_reason=line.difference_reason,
        )


def sum_up(tx: Transaction, order_id: int) -> None:
    """Bring the sums of the order in step with its lines and freight."""
    freight, freight_tax = tx.row(
        "SELECT freight_minor, freight_tax_ppm FROM sales_order WHERE id = ?", [order_id]
    ) or (0, 0)
    lines = tx.rows("SELECT net_minor, tax_ppm FROM order_line WHERE order_id = ?", [order_id])
    totals = order_totals(lines, freight_minor=freight, freight_tax_ppm=freight_tax)
    tx.update(
        SalesOrder,
        order_id,
        net_minor=totals.net_minor,
        tax_minor=totals.tax_minor,
        total_minor=totals.total_minor,
    )


def show_promise(tx: Transaction, order_id: int) -> None:
    """Bring the promise of the order in step with its lines: it is the latest of theirs."""
    latest = tx.value("SELECT max(promised_on) FROM order_line WHERE order_id = ?", [order_id])
    tx.update(SalesOrder, order_id, promised_on=latest)


def _check_line(line: NewOrderLine, position: int) -> None:
    if not line.description.strip():
        raise Refused(f"Line {position} has no description. Nothing was saved.", field="lines")
    if line.quantity_milli <= 0:
        raise Refused(f"Line {position} needs a quantity. Nothing was saved.", field="lines")
    if line.unit_price_micro < 0:
        raise Refused(f"The price of line {position} is below zero. Nothing was saved.")
