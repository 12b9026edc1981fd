"""What must the person on the phone know within ten seconds, worst first, in six lines?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.domain.customer_figures import exposure
from loyaldesk.domain.money import Money
from loyaldesk.ui.customers.contact_words import kind_word
from loyaldesk.ui.customers.counter_words import overdue_items
from loyaldesk.ui.widgets.item_list import Item
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.queries.customer_page import CustomerPage, OpenOrder
    from loyaldesk.queries.timeline import LastContact
    from loyaldesk.ui.customers.wording import Wording

__all__ = ["brief_lines", "days_late"]

translate = QCoreApplication.translate
MOST_LINES = 6


def brief_lines(page: CustomerPage, say: Wording) -> list[Item]:
    """Return at most six lines; each key names where the line leads."""
    lines = [_hold(page), _overdue(page, say), _orders(page, say), _credit(page, say)]
    lines += [_contacts(page, say), _paying(page, say)]
    return [line for line in lines if line is not None][:MOST_LINES]


def days_late(order: OpenOrder, page: CustomerPage) -> int:
    """Return by how many days an open order misses its promise; not more than zero is in time."""
    return 0 if order.promised_on is None else (page.as_of - order.promised_on).days


def _line(key: str, icon: str, tone: Tone, *spans: Span) -> Item:
    tip = "".join(span.text for span in spans)
    return Item(key, spans, icon=icon, icon_tone=tone, tip=tip)


def _hold(page: CustomerPage) -> Item | None:
    status = page.head.credit_status
    if status == "hold":
        bold = Span.strong(translate("Brief", "Credit hold"), Tone.BAD)
        rest = translate("Brief", ": nothing goes out on account")
        return _line("edit", "hand", Tone.BAD, bold, Span(rest))
    if status == "watch":
        bold = Span.strong(translate("Brief", "Credit on watch"))
        rest = translate("Brief", ": ask first")
        return _line("edit", "triangle-alert", Tone.WARN, bold, Span(rest))
    return None


def _overdue(page: CustomerPage, say: Wording) -> Item:
    late = overdue_items(page)
    if not late:
        words = Span(translate("Brief", "Nothing overdue"), Tone.SECONDARY)
        return _line("items", "circle-check", Tone.MUTED, words)
    codes = dict.fromkeys(item.open.currency for item in late)
    sums = [Money.total((i.open for i in late if i.open.currency == c), c) for c in codes]
    oldest = max((page.as_of - item.due_on).days for item in late)
    bold = Span.strong(translate("Brief", "{0} overdue").format(say.sums(sums)), Tone.BAD)
    rest = translate("Brief", ", oldest {0}").format(say.days(oldest))
    return _line("overdue", "circle-alert", Tone.BAD, bold, Span(rest))


def _orders(page: CustomerPage, say: Wording) -> Item:
    held = [order for order in page.open_orders if order.hold_reason]
    late = [order for order in page.open_orders if days_late(order, page) > 0]
    if late:
        worst = max(late, key=lambda order: days_late(order, page))
        bold = Span.strong(translate("Brief", "Order {0} is late").format(worst.number))
        rest = translate("Brief", " by {0}").format(say.days(days_late(worst, page)))
        more = translate("Brief", ", {0} more").format(len(late) - 1) if len(late) > 1 else ""
        return _line("orders", "truck", Tone.WARN, bold, Span(rest + more))
    if held:
        bold = Span.strong(translate("Brief", "Order {0} on hold").format(held[0].number))
        return _line("orders", "hand", Tone.BAD, bold, Span(f": {held[0].hold_reason}"))
    if page.open_orders:
        words = Span(translate("Brief", "Every open order is on time"), Tone.SECONDARY)
        return _line("orders", "truck", Tone.MUTED, words)
    words = Span(translate("Brief", "No open order"), Tone.SECONDARY)
    return _line("orders", "truck", Tone.MUTED, words)


def _credit(page: CustomerPage, say: Wording) -> Item:
    room = exposure(page.tile_facts)
    if room.limit is None or room.free is None:
        words = translate("Brief", "No credit limit, {0} used").format(say.money(room.total))
        return _line("account", "wallet", Tone.SECONDARY, Span(words))
    limit = say.money(room.limit)
    if room.free.minor < 0:
        over = translate("Brief", "{0} over").format(say.money(-room.free))
        rest = translate("Brief", " the credit limit of {0}").format(limit)
        return _line("account", "wallet", Tone.BAD, Span.strong(over, Tone.BAD), Span(rest))
    free = translate("Brief", "{0} free").format(say.money(room.free))
    rest = translate("Brief", " of {0}").format(limit)
    start = Span(translate("Brief", "Credit "))
    return _line("account", "wallet", Tone.SECONDARY, start, Span.strong(free), Span(rest))


def _contacts(page: CustomerPage, say: Wording) -> Item:
    if not page.last_contacts:
        words = Span(translate("Brief", "No contact yet"), Tone.SECONDARY)
        return _line("activities", "history", Tone.MUTED, words)
    parts = [_contact(contact, page, say) for contact in page.last_contacts]
    parts[1:] = [part[:1].lower() + part[1:] for part in parts[1:]]
    whole = translate("Brief", "{0} ago").format(" · ".join(parts))
    return _line("activities", "history", Tone.SECONDARY, Span(whole))


def _contact(contact: LastContact, page: CustomerPage, say: Wording) -> str:
    days = (page.as_of - contact.at.astimezone().date()).days
    how = translate("Brief", "Mail") if contact.kind == "email" else kind_word(contact.kind)
    return f"{how} {say.days(max(days, 0))}"


def _paying(page: CustomerPage, say: Wording) -> Item | None:
    figures = page.figures
    if figures.days_to_pay is None:
        return None
    words = translate("Brief", "Pays in {0}").format(say.days(round(figures.days_to_pay)))
    late = round(figures.days_late or 0)
    tail = translate("Brief", ", in time")
    if late > 0:
        tail = translate("Brief", ", {0} late").format(say.days(late))
    return _line("account", "timer", Tone.SECONDARY, Span(words + tail))
