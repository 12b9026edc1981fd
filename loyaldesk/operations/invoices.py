"""Ways to post invoices and credit notes, and to mark them as in dispute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from loyaldesk.domain.money import exponent_of
from loyaldesk.domain.order_totals import line_net, order_totals
from loyaldesk.errors import Refused
from loyaldesk.models import Invoice, InvoiceKind, InvoiceLine
from loyaldesk.operations import operation
from loyaldesk.operations.numbers import take_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.store.gate import Transaction

__all__ = ["NewInvoiceLine", "dispute_invoice", "post_invoice", "release_dispute"]

SERIES = {InvoiceKind.INVOICE: "INV", InvoiceKind.CREDIT_NOTE: "CN"}


@dataclass(frozen=True, slots=True)
class NewInvoiceLine:
    """One line to be invoiced; quantity in thousandths, price in millionths, rates in ppm."""

    description: str
    quantity_milli: int
    unit_price_micro: int
    item_number: str = ""
    unit: str = "pcs"
    discount_ppm: int = 0
    tax_ppm: int = 0
    order_line_id: int | None = None


@operation("Post invoice")
def post_invoice(
    tx: Transaction,
    *,
    customer_id: int,
    lines: Sequence[NewInvoiceLine],
    currency: str,
    kind: InvoiceKind = InvoiceKind.INVOICE,
    invoiced_on: date | None = None,
    terms_days: int | None = None,
    due_on: date | None = None,
    number: str = "",
    order_id: int | None = None,
    customer_po: str = "",
    freight_minor: int = 0,
    freight_tax_ppm: int = 0,
) -> int:
    """Post an invoice or credit note and return its id; its amounts are worked out here."""
    if not lines:
        raise Refused("An invoice needs at least one line. Nothing was posted.", field="lines")
    nets = [_net(line, currency) for line in lines]
    totals = order_totals(
        zip(nets, (line.tax_ppm for line in lines), strict=True),
        freight_minor=freight_minor,
        freight_tax_ppm=freight_tax_ppm,
    )
    if totals.total_minor < 0:
        raise Refused(
            "This invoice would be below zero. Nothing was posted; post a credit note instead.",
            field="lines",
        )
    day = invoiced_on or tx.today
    if day > tx.today:
        raise Refused(
            "An invoice cannot be dated in the future. Nothing was posted; choose today or an "
            "earlier day.",
            field="invoiced_on",
        )
    terms = _terms(tx, customer_id) if terms_days is None else terms_days
    taken = take_number(tx, Invoice, SERIES[kind], number)
    invoice_id = tx.insert(
        Invoice,
        number=taken,
        kind=kind,
        customer_id=customer_id,
        order_id=order_id,
        invoiced_on=day,
        due_on=due_on or (day + timedelta(days=terms) if kind is InvoiceKind.INVOICE else None),
        terms_days=terms,
        currency=currency,
        freight_minor=freight_minor,
        net_minor=totals.net_minor,
        tax_minor=totals.tax_minor,
        total_minor=totals.total_minor,
        open_minor=totals.total_minor,
        customer_po=customer_po,
        recorded_at=tx.now,
    )
    for position, (line, net) in enumerate(zip(lines, nets, strict=True), 1):
        _insert_line(tx, invoice_id, position, line, net)
    tx.describe(f"Post {'invoice' if kind is InvoiceKind.INVOICE else 'credit note'} {taken}")
    return invoice_id


@operation("Mark in dispute")
def dispute_invoice(tx: Transaction, *, invoice_id: int, reason: str, case: str = "") -> None:
    """Mark an invoice as in dispute from today; it stays in the balance and in the ageing."""
    if not reason.strip():
        raise Refused("A dispute needs a reason. Nothing was changed.", field="reason")
    tx.update(
        Invoice,
        invoice_id,
        disputed_on=tx.today,
        dispute_reason=reason.strip(),
        dispute_case=case.strip(),
    )


@operation("Settle dispute")
def release_dispute(tx: Transaction, *, invoice_id: int) -> None:
    """Take the dispute mark off an invoice."""
    tx.update(Invoice, invoice_id, disputed_on=None, dispute_reason="", dispute_case="")


def _net(line: NewInvoiceLine, currency: str) -> int:
    return line_net(
        line.unit_price_micro,
        line.quantity_milli,
        line.discount_ppm,
        exponent=exponent_of(currency),
    )


def _terms(tx: Transaction, customer_id: int) -> int:
    found = tx.value("SELECT terms_days FROM customer WHERE id = ?", [customer_id])
    if found is None:
        raise Refused("This customer no longer exists. Nothing was posted.")
    return int(found)


def _insert_line(
    tx: Transaction, invoice_id: int, position: int, line: NewInvoiceLine, net: int
) -> None:
    tx.insert(
        InvoiceLine,
        invoice_id=invoice_id,
        position=position,
        order_line_id=line.order_line_id,
        item_number=line.item_number,
        description=line.description,
        quantity_milli=line.quantity_milli,
        unit=line.unit,
        unit_price_micro=line.unit_price_micro,
        discount_ppm=line.discount_ppm,
        tax_ppm=line.tax_ppm,
        net_minor=net,
    )
