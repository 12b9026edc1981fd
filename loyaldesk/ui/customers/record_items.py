"""How do open orders, open items, documents, people and places stand in the side columns?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.ui.customers.brief_words import days_late
from loyaldesk.ui.customers.counter_words import is_overdue
from loyaldesk.ui.customers.wording import their_number
from loyaldesk.ui.widgets.chips import Chip
from loyaldesk.ui.widgets.item_list import Item, ItemAction
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.queries.customer_page import (
        AddressRow,
        ContactRow,
        CustomerPage,
        DocumentBrief,
        OpenItem,
        OpenOrder,
    )
    from loyaldesk.ui.customers.wording import Wording

__all__ = [
    "address_items", "contact_items", "document_items", "open_item_rows", "open_order_items",
]  # fmt: skip

translate = QCoreApplication.translate
_DOCUMENT_ICONS = {
    "acknowledgement": "file-check",
    "statement": "file-clock",
    "reminder": "message-circle-warning",
    "purchase_order": "file-text",
    "delivery_note": "truck",
    "invoice": "receipt-text",
    "contract": "file-pen",
    "price_list": "tag",
    "correspondence": "mail",
}


def open_order_items(page: CustomerPage, say: Wording) -> list[Item]:
    """Return the open orders: number and their PO, what ships when, state, amount."""
    return [_order_item(order, page, say) for order in page.open_orders]


def _order_item(order: OpenOrder, page: CustomerPage, say: Wording) -> Item:
    title = [Span.strong(order.number)]
    if order.customer_po:
        title.append(Span(f" {their_number(order.customer_po)}", Tone.SECONDARY))
    return Item(
        order.id,
        title,
        second=_shipping(order, say),
        right_second=say.formats.money(order.total),
        chip=_order_chip(order, page, say),
        tip=order.hold_reason,
    )


def _order_chip(order: OpenOrder, page: CustomerPage, say: Wording) -> Chip:
    late = days_late(order, page)
    if order.hold_reason:
        return Chip(translate("Orders", "On hold"), Tone.BAD, "hand")
    if late > 0:
        return Chip(translate("Orders", "{0} late").format(say.days(late)), Tone.BAD, "clock-alert")
    if order.status == "draft":
        return Chip(translate("Orders", "Draft"), Tone.NEUTRAL, "file-pen")
    if order.status == "submitted":
        return Chip(translate("Orders", "Acknowledge"), Tone.WARN, "clock")
    if order.promised_on is None:
        return Chip(translate("Orders", "No date"), Tone.NEUTRAL, "calendar")
    return Chip(translate("Orders", "On time"), Tone.OK, "check")


def _shipping(order: OpenOrder, say: Wording) -> str:
    count = say.formats.number(order.lines)
    one = translate("Orders", "1 line")
    parts = [one if order.lines == 1 else translate("Orders", "{0} lines").format(count)]
    promised = say.day(order.promised_on) if order.promised_on else ""
    if 0 < order.lines_shipped < order.lines:
        parts.append(translate("Orders", "shipped {0}").format(order.lines_shipped))
        parts += [translate("Orders", "rest {0}").format(promised)] if promised else []
    elif promised:
        parts.append(translate("Orders", "promised {0}").format(promised))
    else:
        parts.append(translate("Orders", "ordered {0}").format(say.day(order.ordered_on)))
    return " · ".join(parts)


def open_item_rows(page: CustomerPage, say: Wording, *, most: int | None = None) -> list[Item]:
    """Return what is open, or the first of it: invoices by due date, credits with a minus."""
    return [_open_item(item, page, say) for item in page.open_items[:most]]


def _open_item(item: OpenItem, page: CustomerPage, say: Wording) -> Item:
    late = is_overdue(item, page)
    words = {
        "invoice": translate("Items", "Invoice"),
        "credit_note": translate("Items", "Credit note"),
        "payment": translate("Items", "Payment not yet applied"),
    }
    title = [Span(item.number, style=TextStyle.NAME)]
    return Item(
        (item.kind, item.id),
        title,
        second=f"{words.get(item.kind, item.kind)} · {_due(item, page, say)}",
        right=say.formats.money(item.signed),
        right_tone=Tone.BAD if late else Tone.TEXT,
        icon={"payment": "banknote", "credit_note": "undo-2"}.get(item.kind, "receipt-text"),
        right_second=translate("Items", "disputed") if item.disputed_on else "",
    )


def _due(item: OpenItem, page: CustomerPage, say: Wording) -> str:
    if item.kind != "invoice":
        return say.day(item.day)
    due = translate("Items", "due {0}").format(say.day(item.due_on))
    days = (page.as_of - item.due_on).days
    if days <= 0:
        return due
    return f"{due} · " + translate("Items", "{0} late").format(say.days(days))


def document_items(page: CustomerPage, say: Wording) -> list[Item]:
    """Return the documents, pinned ones with their pin."""
    return [_document_item(document, say) for document in page.documents]


def _document_item(document: DocumentBrief, say: Wording) -> Item:
    icon = "pin" if document.is_pinned else _DOCUMENT_ICONS.get(document.kind, "file-text")
    tone = Tone.ACCENT if document.is_pinned else Tone.SECONDARY
    return Item(
        document.id,
        [Span(document.name)],
        right=say.day(document.filed_on),
        icon=icon,
        icon_tone=tone,
        tip=document.name,
    )


def contact_items(page: CustomerPage) -> list[Item]:
    """Return the people: name as one says it, role and when to call, telephone and mail."""
    return [_contact_item(contact) for contact in page.contacts]


def _contact_item(contact: ContactRow) -> Item:
    called = f"{contact.salutation} {contact.name}".strip()
    wishes = [contact.role, contact.preferred_time]
    if not contact.preferred_time:
        wishes.append(contact.preferred_channel)
    second = " · ".join(part for part in wishes if part)
    actions = []
    if contact.phone or contact.mobile:
        number = contact.phone or contact.mobile
        words = translate("People", "Call {0}").format(number)
        actions.append(ItemAction("call", "phone", words))
    if contact.email:
        words = translate("People", "Write to {0}").format(contact.email)
        actions.append(ItemAction("mail", "mail", words))
    return Item(
        contact.id,
        [Span(called, style=TextStyle.NAME)],
        second=second or contact.phone or contact.email,
        avatar=contact.name or "?",
        title_icon="star" if contact.is_primary else "",
        actions=actions,
        tip=" · ".join(part for part in (contact.phone, contact.mobile, contact.email) if part),
    )


def address_items(page: CustomerPage) -> list[Item]:
    """Return the places: street, then town and what the place is for."""
    return [_address_item(address) for address in page.addresses]


def _address_item(address: AddressRow) -> Item:
    is_billing = address.use == "billing"
    use = translate("Places", "billing") if is_billing else translate("Places", "delivery")
    town = f"{address.postcode} {address.town}".strip()
    parts = [town, address.country, use]
    first = address.street or address.recipient or town
    whole = (address.recipient, address.extra, address.street, town, address.region)
    return Item(
        address.id,
        [Span(first)],
        second=" · ".join(part for part in parts if part),
        icon="receipt-text" if is_billing else "truck",
        title_icon="star" if address.is_default else "",
        tip=", ".join(part for part in (*whole, address.country) if part),
    )
