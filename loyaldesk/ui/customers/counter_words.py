"""What do the figures of the strip say, in their fixed order, muted at zero?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.domain.money import Money
from loyaldesk.ui.widgets.counters import Counter
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.queries.customer_page import CustomerPage, OpenItem
    from loyaldesk.ui.customers.wording import Wording

__all__ = ["counters_of", "is_overdue", "overdue_items"]

translate = QCoreApplication.translate


def is_overdue(item: OpenItem, page: CustomerPage) -> bool:
    """Tell whether an open item is an invoice past its due date."""
    return item.kind == "invoice" and item.due_on < page.as_of


def overdue_items(page: CustomerPage) -> list[OpenItem]:
    """Return the invoices past their due date."""
    return [item for item in page.open_items if is_overdue(item, page)]


def counters_of(page: CustomerPage, say: Wording) -> list[Counter]:
    """Return the strip; the eighth is the members of a parent, or else what happened."""
    return [
        _count("orders", translate("Counters", "Open orders"), page.counters.open_orders, say),
        _count(
            "acknowledge", translate("Counters", "To acknowledge"), page.counters.to_acknowledge,
            say, tone=Tone.WARN, icon="clock",
        ),
        _open_items(page, say),
        _overdue(page, say),
        _count("documents", translate("Counters", "Documents"), page.counters.documents, say),
        _count("activities", translate("Counters", "Activities"), page.counters.activities, say),
        _count("members", translate("Counters", "Members"), page.counters.members, say),
        _statement(page, say),
    ]  # fmt: skip


def _count(
    key: str, label: str, count: int, say: Wording, *, tone: Tone = Tone.TEXT, icon: str = ""
) -> Counter:
    return Counter(key, label, say.formats.number(count), tone, icon, is_zero=count == 0)


def _open_items(page: CustomerPage, say: Wording) -> Counter:
    label = translate("Counters", "Open items")
    value = say.sums(row.total for row in page.ageing) or "0"
    count = say.formats.number(len(page.open_items))
    spoken = translate("Counters", "{0}, {1}, {2} papers").format(label, value, count)
    return Counter("items", label, value, is_zero=not page.open_items, spoken=spoken)


def _overdue(page: CustomerPage, say: Wording) -> Counter:
    label, late = translate("Counters", "Overdue"), overdue_items(page)
    if not late:
        return Counter("overdue", label, "0", is_zero=True)

    value = say.sums(_sums(late))
    spoken = translate("Counters", "{0}, {1}, {2} of {3} papers").format(
        label, value, len(late), len(page.open_items)
    )
    return Counter("overdue", label, value, Tone.BAD, "circle-alert", spoken=spoken)


def _sums(items: list[OpenItem]) -> list[Money]:
    currencies = dict.fromkeys(item.open.currency for item in items)
    return [
        Money.total((item.open for item in items if item.open.currency == code), code)
        for code in currencies
    ]


def _statement(page: CustomerPage, say: Wording) -> Counter:
    label, day = translate("Counters", "Last statement"), page.counters.last_statement
    if day is None:
        return Counter("statement", label, translate("Counters", "none"), is_zero=True)
    return Counter("statement", label, say.day(day))
