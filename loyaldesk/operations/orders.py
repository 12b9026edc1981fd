"""Ways to enter and change a sales order; how it goes out stands in `fulfilment`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.errors import Refused
from loyaldesk.models import OrderLine, OrderStatus, SalesOrder
from loyaldesk.operations import operation
from loyaldesk.operations.acknowledging import REOPENED, reopen_verification
from loyaldesk.operations.numbers import take_number
from loyaldesk.operations.order_lines import show_promise, sum_up, write_lines
from loyaldesk.operations.owners import refuse_foreign_contact

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from loyaldesk.operations.order_lines import NewOrderLine
    from loyaldesk.store.gate import Transaction

__all__ = [
    "cancel_order", "change_order", "enter_order", "follow_up_order", "hold_order",
    "refuse_cancelled", "release_order", "replace_lines", "require_order",
]  # fmt: skip

ORDER_SERIES = "O"
OPEN = (OrderStatus.DRAFT, OrderStatus.SUBMITTED, OrderStatus.ACKNOWLEDGED)
# What no letter says and no check looks at.
UNCHECKED = frozenset({"notes", "channel"})


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
    **beside: Any,
) -> int:
    """Enter an order and return its id; currency and delivery are the customer's, as are terms.

    `beside` may hold `terms_days` where others were agreed, and what the customer asked for:
    `asked_terms_days`, `asked_delivery_terms`, with `terms_reason`.
    """
    found = tx.row(
        "SELECT currency, terms_days, account_manager, name FROM customer WHERE id = ?",
        [customer_id],
    )
    if found is None:
        raise Refused("This customer no longer exists. Nothing was saved.")
    currency, terms, manager, name = found
    refuse_foreign_contact(tx, customer_id, contact_id)
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
        received_at=tx.now if ordered_on in {None, tx.today} else None,
        channel=channel,
        requested_on=requested_on,
        currency=currency,
        salesperson=manager,
        freight_minor=freight_minor,
        freight_tax_ppm=freight_tax_ppm,
        delivery_terms=delivery_terms,
        ship_via=ship_via,
        notes=notes,
        **_beside(terms, beside),
        **_delivery(tx, customer_id, name),
    )
    write_lines(tx, order_id, currency, lines, requested_on)
    sum_up(tx, order_id)
    show_promise(tx, order_id)
    tx.describe(f"Enter order {taken}")
    return order_id


@operation("Change order lines")
def replace_lines(tx: Transaction, *, order_id: int, lines: Sequence[NewOrderLine]) -> None:
    """Replace the lines of an order of which nothing has shipped yet."""
    status, currency, number = require_order(tx, order_id)
    refuse_cancelled(status, number)
    shipped = "SELECT 1 FROM order_line WHERE order_id = ? AND shipped_milli > 0"
    if status not in OPEN or tx.value(shipped, [order_id]) is not None:
        raise Refused(
            f"Order {number} is already on its way. Nothing was changed; enter a new order."
        )
    for (line_id,) in tx.rows("SELECT id FROM order_line WHERE order_id = ?", [order_id]):
        tx.delete(OrderLine, line_id)
    write_lines(tx, order_id, currency, lines, None)
    sum_up(tx, order_id)
    show_promise(tx, order_id)
    reopen_verification(tx, order_id)
    tx.describe(f"Change lines of order {number}")


@operation("Change order")
def change_order(tx: Transaction, *, order_id: int, **fields: Any) -> None:
    """Change what stands above the lines: their number, days, person, freight, delivery.

    Lines that had the wish of the whole order follow when it changes.
    """
    status, _, number = require_order(tx, order_id)
    refuse_cancelled(status, number)
    customer_id, requested_on = tx.row(
        "SELECT customer_id, requested_on FROM sales_order WHERE id = ?", [order_id]
    ) or (0, None)
    refuse_foreign_contact(tx, customer_id, fields.get("contact_id"))
    reopened = REOPENED if fields.keys() - UNCHECKED else {}
    tx.update(SalesOrder, order_id, **{**fields, **reopened})
    if "freight_minor" in fields or "freight_tax_ppm" in fields:
        _refuse_invoiced_freight(tx, order_id, number)
        sum_up(tx, order_id)
    if "requested_on" in fields:
        _pass_wish_on(tx, order_id, requested_on, fields["requested_on"])
    tx.describe(f"Change order {number}")


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
    status, _, number = require_order(tx, order_id)
    if status in OPEN:
        raise Refused(f"Nothing of order {number} has shipped yet. Nothing was changed.")
    tx.describe(f"Mark order {number} as followed up")
    tx.update(SalesOrder, order_id, followed_up_on=tx.today)


@operation("Cancel order")
def cancel_order(tx: Transaction, *, order_id: int) -> None:
    """Cancel an order of which nothing has shipped."""
    status, _, number = require_order(tx, order_id)
    refuse_cancelled(status, number)
    if status not in OPEN:
        raise Refused(f"Order {number} has already shipped. Nothing was changed.")
    tx.describe(f"Cancel order {number}")
    tx.update(SalesOrder, order_id, status=OrderStatus.CANCELLED)


def require_order(tx: Transaction, order_id: int) -> tuple[OrderStatus, str, str]:
    """Return status, currency and number of an order, or refuse because it is gone."""
    found = tx.row("SELECT status, currency, number FROM sales_order WHERE id = ?", [order_id])
    if found is None:
        raise Refused("This order no longer exists. Nothing was changed.")
    return OrderStatus(found[0]), found[1], found[2]


def refuse_cancelled(status: OrderStatus, number: str) -> None:
    """Refuse to go on with a cancelled order."""
    if status is OrderStatus.CANCELLED:
        raise Refused(f"Order {number} is cancelled. Nothing was changed; enter a new order.")


def _beside(terms_days: int, beside: dict[str, Any]) -> dict[str, Any]:
    unknown = beside.keys() - {
        "terms_days", "asked_terms_days", "asked_delivery_terms", "terms_reason",
    }  # fmt: skip
    if unknown:
        raise TypeError(f"no such field of an order: {', '.join(sorted(unknown))}")
    agreed = beside.get("terms_days")
    return {**beside, "terms_days": terms_days if agreed is None else agreed}


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


def _refuse_invoiced_freight(tx: Transaction, order_id: int, number: str) -> None:
    if tx.value("SELECT 1 FROM invoice WHERE order_id = ?", [order_id]) is not None:
        raise Refused(
            f"The freight of order {number} is already invoiced. Nothing was changed; write a "
            "credit note or an invoice over the difference.",
            field="freight_minor",
        )


def _pass_wish_on(tx: Transaction, order_id: int, old: str | None, new: date | None) -> None:
    waiting = "SELECT id FROM order_line WHERE order_id = ? AND shipped_milli = 0"
    for (line_id,) in tx.rows(f"{waiting} AND requested_on IS ?", [order_id, old]):
        tx.update(OrderLine, line_id, requested_on=new)
