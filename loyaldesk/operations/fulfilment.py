"""Ways an order goes out: promised, shipped, invoiced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.errors import Refused
from loyaldesk.models import InvoiceKind, OrderLine, OrderStatus, SalesOrder
from loyaldesk.operations import operation
from loyaldesk.operations.acknowledging import reopen_verification
from loyaldesk.operations.invoices import NewInvoiceLine, post_invoice
from loyaldesk.operations.order_lines import show_promise
from loyaldesk.operations.orders import refuse_cancelled, require_order

if TYPE_CHECKING:
    from datetime import date

    from loyaldesk.store.gate import Transaction

__all__ = ["invoice_order", "promise_line", "ship_line"]


@operation("Promise date")
def promise_line(tx: Transaction, *, line_id: int, promised_on: date | None) -> None:
    """Promise a date for a line; the order's own date is the latest of its lines."""
    order_id = _order_of(tx, line_id)
    tx.update(OrderLine, line_id, promised_on=promised_on)
    show_promise(tx, order_id)
    reopen_verification(tx, order_id)


@operation("Ship line")
def ship_line(
    tx: Transaction, *, line_id: int, quantity_milli: int, shipped_on: date | None = None
) -> None:
    """Record that so much of a line has shipped, and move the order along."""
    order_id = _order_of(tx, line_id)
    _refuse_stopped(tx, order_id)
    ordered, shipped = tx.row(
        "SELECT quantity_milli, shipped_milli FROM order_line WHERE id = ?", [line_id]
    ) or (0, 0)
    if not 0 < quantity_milli <= ordered - shipped:
        raise Refused(
            "More would ship than is still owed. Nothing was changed; check the quantity.",
            field="quantity",
        )
    day = shipped_on or tx.today
    tx.update(OrderLine, line_id, shipped_milli=shipped + quantity_milli, shipped_on=day)
    rest = tx.value(
        "SELECT count(*) FROM order_line WHERE order_id = ? AND shipped_milli < quantity_milli",
        [order_id],
    )
    status = OrderStatus.PART_DELIVERED if rest else OrderStatus.DELIVERED
    tx.update(SalesOrder, order_id, status=status, shipped_on=None if rest else day)


@operation("Invoice order")
def invoice_order(
    tx: Transaction, *, order_id: int, number: str = "", invoiced_on: date | None = None
) -> int:
    """Invoice what has shipped and is not yet invoiced, and return the invoice's id."""
    _, currency, order_number = require_order(tx, order_id)
    head = tx.row(
        "SELECT customer_id, terms_days, customer_po, freight_minor, freight_tax_ppm,"
        " (SELECT count(*) FROM invoice WHERE order_id = sales_order.id)"
        " FROM sales_order WHERE id = ?",
        [order_id],
    )
    lines = [NewInvoiceLine(*row) for row in _uninvoiced(tx, order_id)]
    if head is None or not lines:
        raise Refused(
            f"Nothing of order {order_number} waits to be invoiced. Nothing was posted; record "
            "what has shipped first."
        )
    customer_id, terms, customer_po, freight, freight_tax, earlier = head
    invoice_id = post_invoice(
        tx,
        customer_id=customer_id,
        lines=lines,
        currency=currency,
        kind=InvoiceKind.INVOICE,
        invoiced_on=invoiced_on,
        terms_days=terms,
        number=number,
        order_id=order_id,
        customer_po=customer_po,
        freight_minor=0 if earlier else freight,
        freight_tax_ppm=freight_tax,
    )
    unshipped = "SELECT 1 FROM order_line WHERE order_id = ? AND shipped_milli < quantity_milli"
    if tx.value(unshipped, [order_id]) is None:
        tx.update(
            SalesOrder,
            order_id,
            status=OrderStatus.INVOICED,
            invoiced_on=invoiced_on or tx.today,
        )
    return invoice_id


def _uninvoiced(tx: Transaction, order_id: int) -> list[tuple[Any, ...]]:
    return tx.rows(
        "SELECT l.description, l.shipped_milli - l.billed, l.unit_price_micro, l.item_number,"
        " l.unit, l.discount_ppm, l.tax_ppm, l.id FROM (SELECT order_line.*, coalesce("
        "(SELECT sum(il.quantity_milli) FROM invoice_line il JOIN invoice i ON"
        " i.id = il.invoice_id WHERE il.order_line_id = order_line.id AND i.kind = 'invoice'), 0)"
        " AS billed FROM order_line WHERE order_id = ?) l"
        " WHERE l.shipped_milli > l.billed ORDER BY l.position",
        [order_id],
    )


def _refuse_stopped(tx: Transaction, order_id: int) -> None:
    status, _, number = require_order(tx, order_id)
    refuse_cancelled(status, number)
    held = tx.value("SELECT hold_reason FROM sales_order WHERE id = ?", [order_id])
    if held:
        raise Refused(
            f"Order {number} is on hold: {held}. Nothing was shipped; release the order first."
        )


def _order_of(tx: Transaction, line_id: int) -> int:
    found = tx.value("SELECT order_id FROM order_line WHERE id = ?", [line_id])
    if found is None:
        raise Refused("This line no longer exists. Nothing was changed.")
    return int(found)
