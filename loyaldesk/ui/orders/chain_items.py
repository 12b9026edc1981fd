"""What hangs on an order: its invoices and payments, its documents, each a row that opens?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.ui.orders.order_words import days, short_day
from loyaldesk.ui.papers.kinds import icon_of_kind
from loyaldesk.ui.widgets.chips import Chip
from loyaldesk.ui.widgets.item_list import Item
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from datetime import date

    from loyaldesk.formats import Formats
    from loyaldesk.queries.order_page import OrderInvoice, OrderPage, OrderPayment

__all__ = ["document_items", "money_items"]

translate = QCoreApplication.translate


def money_items(page: OrderPage, formats: Formats, today: date) -> list[Item]:
    """Return invoices and credit notes, each followed by what settled it."""
    items: list[Item] = []
    for invoice in page.invoices:
        items.append(_invoice_item(invoice, formats, today))
        items += [
            _payment_item(payment, formats, today)
            for payment in page.payments
            if payment.invoice_number == invoice.number
        ]
    return items


def _invoice_item(invoice: OrderInvoice, formats: Formats, today: date) -> Item:
    is_invoice = invoice.kind == "invoice"
    invoice_words = translate("OrderMoney", "Invoice {0}")
    words = invoice_words if is_invoice else translate("OrderMoney", "Credit note {0}")
    return Item(
        ("invoice", invoice.id),
        [Span.strong(words.format(invoice.number))],
        second=_due(invoice, formats, today),
        right=formats.money(invoice.total),
        right_tone=Tone.TEXT,
        icon="receipt-text" if is_invoice else "undo-2",
        chip=_state(invoice, formats, today),
    )


def _due(invoice: OrderInvoice, formats: Formats, today: date) -> str:
    parts = [short_day(formats, invoice.invoiced_on, today)]
    if invoice.due_on is not None:
        due = short_day(formats, invoice.due_on, today)
        parts.append(translate("OrderMoney", "due {0}").format(due))
    if invoice.open and invoice.open != invoice.total:
        parts.append(translate("OrderMoney", "{0} open").format(formats.money(invoice.open)))
    return " · ".join(parts)


def _state(invoice: OrderInvoice, formats: Formats, today: date) -> Chip:
    if not invoice.open:
        return Chip(translate("OrderMoney", "Settled"), Tone.OK, "check")
    if invoice.kind != "invoice":
        return Chip(translate("OrderMoney", "Unapplied"), Tone.INFO, "wallet")
    if invoice.due_on is not None and invoice.due_on < today:
        late = days(formats, (today - invoice.due_on).days)
        words = translate("OrderMoney", "{0} overdue").format(late)
        return Chip(words, Tone.BAD, "clock-alert")
    return Chip(translate("OrderMoney", "Open"), Tone.NEUTRAL, "clock")


def _payment_item(payment: OrderPayment, formats: Formats, today: date) -> Item:
    is_back = payment.amount.minor < 0
    back = translate("OrderMoney", "Payment {0} taken back")
    words = back if is_back else translate("OrderMoney", "Payment {0}")
    return Item(
        ("payment", payment.id),
        [Span(words.format(payment.number))],
        second=short_day(formats, payment.applied_on, today),
        right=formats.money(payment.amount),
        icon="undo-2" if is_back else "banknote",
        icon_tone=Tone.SECONDARY if is_back else Tone.OK,
    )


def document_items(page: OrderPage, formats: Formats, today: date) -> list[Item]:
    """Return the papers of the order, newest first."""
    return [
        Item(
            document.id,
            [Span(document.name)],
            right=short_day(formats, document.filed_on, today),
            icon="pin" if document.is_pinned else icon_of_kind(document.kind),
            tip=document.name,
        )
        for document in page.documents
    ]
