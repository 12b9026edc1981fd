"""How an order of the demo comes about, and the invoice or credit note that follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.money import Money, exponent_of
from loyaldesk.domain.order_totals import line_net, order_totals
from loyaldesk.models import Invoice, InvoiceKind, InvoiceLine, OrderLine, SalesOrder
from loyaldesk.operations.demo.books import Books, Row, instant_of
from loyaldesk.operations.demo.catalogue import catalogue, price_micro

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Placed", "Wish", "bill_order", "credit_goods", "place_order"]

HOME_COUNTRY = "DE"
_SHARED_WITH_INVOICE = (
    "item_number", "description", "quantity_milli", "unit", "unit_price_micro", "discount_ppm",
    "tax_ppm", "net_minor",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One line as the customer wants it: item, quantity, days, and what differs from the wish."""

    item: str
    quantity: float
    price: str = ""
    discount: int = 0
    customer_item: str = ""
    requested: date | None = None
    promised: date | None = None
    shipped: date | None = None
    asked_quantity: float | None = None
    asked_price: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """An order in the books and its lines."""

    order: Row
    lines: list[Row]


def place_order(
    books: Books, customer: Row, wishes: Sequence[Wish], *, freight: str = "0", **head: Any
) -> Placed:
    """Add an order with its lines, days and totals."""
    order = books.add(
        SalesOrder,
        **{"number": None, "currency": customer["currency"], "terms_days": customer["terms_days"]}
        | {"customer_id": customer["id"], "freight_minor": _minor(freight, customer["currency"])}
        | head,
    )
    lines = [_add_line(books, customer, order, at, wish) for at, wish in enumerate(wishes, 1)]
    order["freight_tax_ppm"] = _freight_tax(customer, lines)
    _sum_up(order, lines)
    # Whoever acknowledged it had looked at it.
    order["verified_on"] = head.get("acknowledged_on")
    promised = [wish.promised for wish in wishes if wish.promised]
    order["promised_on"] = max(promised, default=None)
    requested = [wish.requested for wish in wishes if wish.requested]
    order["requested_on"] = max(requested, default=None)
    return Placed(order, lines)


def bill_order(books: Books, placed: Placed, **head: Any) -> Row:
    """Add the invoice of a whole order and return its row; everything is still open."""
    order = placed.order
    day: date = head["invoiced_on"]
    shared = ("customer_id", "currency", "freight_minor", "net_minor", "tax_minor", "total_minor",
              "customer_po", "terms_days")  # fmt: skip
    values = {
        "number": None,
        "order_id": order["id"],
        "open_minor": order["total_minor"],
        "due_on": day + timedelta(days=order["terms_days"]),
        "recorded_at": instant_of(day),
    }
    invoice = books.add(Invoice, **values | {name: order[name] for name in shared} | head)
    for line in placed.lines:
        same = {name: line[name] for name in _SHARED_WITH_INVOICE}
        books.add(InvoiceLine, invoice_id=invoice["id"], position=line["position"],
                  order_line_id=line["id"], **same)  # fmt: skip
    order["invoiced_on"] = day
    return invoice


def credit_goods(
    books: Books, customer: Row, wishes: Sequence[Wish], *, number: str, day: date
) -> Row:
    """Add a credit note for goods taken back and return its row; nothing of it is used yet."""
    values = [_line_values(customer, wish) for wish in wishes]
    totals = order_totals((line["net_minor"], line["tax_ppm"]) for line in values)
    note = books.add(
        Invoice, number=number, kind=InvoiceKind.CREDIT_NOTE, customer_id=customer["id"],
        invoiced_on=day, currency=customer["currency"], net_minor=totals.net_minor,
        tax_minor=totals.tax_minor, total_minor=totals.total_minor,
        open_minor=totals.total_minor, recorded_at=instant_of(day),
    )  # fmt: skip
    for position, line in enumerate(values, 1):
        same = {name: line[name] for name in _SHARED_WITH_INVOICE}
        books.add(InvoiceLine, invoice_id=note["id"], position=10 * position, **same)
    return note


def _add_line(books: Books, customer: Row, order: Row, at: int, wish: Wish) -> Row:
    values = _line_values(customer, wish)
    return books.add(
        OrderLine,
        order_id=order["id"],
        position=10 * at,
        customer_item_number=wish.customer_item,
        shipped_milli=values["quantity_milli"] if wish.shipped else 0,
        requested_on=wish.requested,
        promised_on=wish.promised,
        shipped_on=wish.shipped,
        asked_quantity_milli=_milli(wish.asked_quantity) if wish.asked_quantity else None,
        asked_price_micro=_micro(wish.asked_price) if wish.asked_price else None,
        difference_reason=wish.reason,
        **values,
    )


def _line_values(customer: Row, wish: Wish) -> Row:
    item, currency = catalogue()[wish.item], customer["currency"]
    price = _micro(wish.price) if wish.price else price_micro(item.number, currency)
    quantity, discount = _milli(wish.quantity), wish.discount * 10_000
    return {
        "item_number": item.number,
        "description": item.name,
        "quantity_milli": quantity,
        "unit": item.unit,
        "unit_price_micro": price,
        "discount_ppm": discount,
        "tax_ppm": item.tax_ppm if customer["country"] == HOME_COUNTRY else 0,
        "net_minor": line_net(price, quantity, discount, exponent=exponent_of(currency)),
    }


def _freight_tax(customer: Row, lines: list[Row]) -> int:
    """Return the rate of the goods that freight carries: that of the first line."""
    return int(lines[0]["tax_ppm"]) if customer["country"] == HOME_COUNTRY else 0


def _sum_up(order: Row, lines: list[Row]) -> None:
    totals = order_totals(
        ((line["net_minor"], line["tax_ppm"]) for line in lines),
        freight_minor=order["freight_minor"],
        freight_tax_ppm=order["freight_tax_ppm"],
    )
    order["net_minor"], order["tax_minor"] = totals.net_minor, totals.tax_minor
    order["total_minor"] = totals.total_minor


def _minor(amount: str, currency: str) -> int:
    return Money.of(amount, currency).minor


def _milli(quantity: float) -> int:
    return int(Decimal(str(quantity)) * 1_000)


def _micro(price: str) -> int:
    return int(Decimal(price) * 1_000_000)
