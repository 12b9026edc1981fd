"""Ways to change a sales order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.money import exponent_of
from loyaldesk.domain.order_totals import line_net, order_totals
from loyaldesk.errors import Refused
from loyaldesk.models import InvoiceKind, OrderLine, OrderStatus, SalesOrder
from loyaldesk.operations import operation
from loyaldesk.operations.numbers import take_number
from loyaldesk.operations.receivables import NewInvoiceLine, post_invoice

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from loyaldesk.store.gate import Transaction

__all__ = [
    "NewOrderLine", "cancel_order", "enter_order", "follow_up_order", "hold_order", "invoice_order",
    "promise_line", "release_order", "replace_lines", "ship_line",
]  # fmt: skip

ORDER_SERIES = "O"
OPEN = (OrderStatus.DRAFT, OrderStatus.SUBMITTED, OrderStatus.ACKNOWLEDGED)


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


@operation("Enter order")
def enter_order(
    tx: Transaction,
    *,
    customer_id: int,
    lines: Sequence[NewOrderLine],
    number: str = "",
    customer_po: str = "",
    customer_po_on: date | None = None,
    contact_id: int | None = None,
    ordered_on: date | None = None,
    channel: str = "",
    requested_on: date | None = None,
    freight_minor: int = 0,
    freight_tax_ppm: int = 0,
    delivery_terms: str = "",
    ship_via: str = "",
    notes: str = "",
) -> int:
    """Enter an order and return its id; currency, terms and delivery are the customer's."""
    found = tx.row(
        "SELECT currency, terms_days, account_manager, name FROM customer WHERE id = ?",
        [customer_id],
    )
    if found is None:
        raise Refused("This customer no longer exists. Nothing was saved.")
    currency, terms, manager, name = found
    taken = take_number(tx, SalesOrder, ORDER_SERIES, number)
    order_id = tx.insert(
        SalesOrder,
        number=taken,
        customer_id=customer_id,
        contact_id=contact_id,
        status=OrderStatus.SUBMITTED,
        customer_po=customer_po.strip(),
        customer_po_on=customer_po_on,
        ordered_on=ordered_on or tx.today,
        channel=channel,
        requested_on=requested_on,
        currency=currency,
        terms_days=terms,
        salesperson=manager,
        freight_minor=freight_minor,
        freight_tax_ppm=freight_tax_ppm,
        delivery_terms=delivery_terms,
        ship_via=ship_via,
        notes=notes,
        **_delivery(tx, customer_id, name),
    )
    _write_lines(tx, order_id, currency, lines, requested_on)
    _total(tx, order_id)
    tx.describe(f"Enter order {taken}")
    return order_id


@operation("Change order lines")
def replace_lines(tx: Transaction, *, order_id: int, lines: Sequence[NewOrderLine]) -> None:
    """Replace the lines of an order of which nothing has shipped yet."""
    status, currency, number = _require(tx, order_id)
    _refuse_cancelled(status, number)
    shipped = "SELECT 1 FROM order_line WHERE order_id = ? AND shipped_milli > 0"
    if status not in OPEN or tx.value(shipped, [order_id]) is not None:
        raise Refused(
            f"Order {number} is already on its way. Nothing was changed; enter a new order."
        )
    for (line_id,) in tx.rows("SELECT id FROM order_line WHERE order_id = ?", [order_id]):
        tx.delete(OrderLine, line_id)
    _write_lines(tx, order_id, currency, lines, None)
    _total(tx, order_id)
    tx.describe(f"Change lines of order {number}")


@operation("Promise date")
def promise_line(tx: Transaction, *, line_id: int, promised_on: date | None) -> None:
    """Promise a date for a line; the order's own date is the latest of its lines."""
    order_id = _order_of(tx, line_id)
    tx.update(OrderLine, line_id, promised_on=promised_on)
    latest = tx.value("SELECT max(promised_on) FROM order_line WHERE order_id = ?", [order_id])
    tx.update(SalesOrder, order_id, promised_on=latest)


@operation("Hold order")
def hold_order(tx: Transaction, *, order_id: int, reason: str) -> None:
    """Put an order on hold; its acknowledgement then says that it is not yet accepted."""
    if not reason.strip():
        raise Refused("A hold needs a reason. Nothing was changed.", field="reason")
    tx.update(SalesOrder, order_id, hold_reason=reason.strip())


@operation("Release order")
def release_order(tx: Transaction, *, order_id: int) -> None:
    """Let an order go: no longer on hold, and released from today."""
    tx.update(SalesOrder, order_id, hold_reason="", released_on=tx.today)


@operation("Mark as followed up")
def follow_up_order(tx: Transaction, *, order_id: int) -> None:
    """Record that somebody asked after the delivery today: did it arrive, is anything missing?"""
    status, _, number = _require(tx, order_id)
    if status in OPEN:
        raise Refused(f"Nothing of order {number} has shipped yet. Nothing was changed.")
    tx.describe(f"Mark order {number} as followed up")
    tx.update(SalesOrder, order_id, followed_up_on=tx.today)


@operation("Cancel order")
def cancel_order(tx: Transaction, *, order_id: int) -> None:
    """Cancel an order of which nothing has shipped."""
    status, _, number = _require(tx, order_id)
    _refuse_cancelled(status, number)
    if status not in OPEN:
        raise Refused(f"Order {number} has already shipped. Nothing was changed.")
    tx.describe(f"Cancel order {number}")
    tx.update(SalesOrder, order_id, status=OrderStatus.CANCELLED)


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
    _, currency, order_number = _require(tx, order_id)
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


def _require(tx: Transaction, order_id: int) -> tuple[OrderStatus, str, str]:
    found = tx.row("SELECT status, currency, number FROM sales_order WHERE id = ?", [order_id])
    if found is None:
        raise Refused("This order no longer exists. Nothing was changed.")
    return OrderStatus(found[0]), found[1], found[2]


def _refuse_cancelled(status: OrderStatus, number: str) -> None:
    if status is OrderStatus.CANCELLED:
        raise Refused(f"Order {number} is cancelled. Nothing was changed; enter a new order.")


def _refuse_stopped(tx: Transaction, order_id: int) -> None:
    status, _, number = _require(tx, order_id)
    _refuse_cancelled(status, number)
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


def _delivery(tx: Transaction, customer_id: int, name: str) -> dict[str, str]:
    found = tx.row(
        "SELECT recipient, street, postcode, town, region, country FROM address"
        " WHERE customer_id = ? ORDER BY use = 'delivery' DESC, is_default DESC, id LIMIT 1",
        [customer_id],
    )
    if found is None:
        return {}
    names = ("recipient", "street", "postcode", "town", "region", "country")
    place = dict(zip(names, found, strict=True))
    place["recipient"] = place["recipient"] or name
    return {f"ship_{field}": value for field, value in place.items()}


def _write_lines(
    tx: Transaction,
    order_id: int,
    currency: str,
    lines: Sequence[NewOrderLine],
    requested_on: date | None,
) -> None:
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


def _check_line(line: NewOrderLine, position: int) -> None:
    if not line.description.strip():
        raise Refused(f"Line {position} has no description. Nothing was saved.", field="lines")
    if line.quantity_milli <= 0:
        raise Refused(f"Line {position} needs a quantity. Nothing was saved.", field="lines")
    if line.unit_price_micro < 0:
        raise Refused(f"The price of line {position} is below zero. Nothing was saved.")


def _total(tx: Transaction, order_id: int) -> None:
    """Bring the order's sums and its latest promised date in step with its lines."""
    freight, freight_tax = tx.row(
        "SELECT freight_minor, freight_tax_ppm FROM sales_order WHERE id = ?", [order_id]
    ) or (0, 0)
    lines = tx.rows(
        "SELECT net_minor, tax_ppm, promised_on FROM order_line WHERE order_id = ?", [order_id]
    )
    totals = order_totals(
        ((net, tax) for net, tax, _ in lines),
        freight_minor=freight,
        freight_tax_ppm=freight_tax,
    )
    tx.update(
        SalesOrder,
        order_id,
        net_minor=totals.net_minor,
        tax_minor=totals.tax_minor,
        total_minor=totals.total_minor,
        promised_on=max((day for _, _, day in lines if day), default=None),
    )
