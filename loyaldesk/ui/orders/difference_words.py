"""In what does the order as it stands differ from what the customer asked for?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.domain.differences import Difference, DifferenceKind, line_differences
from loyaldesk.queries.order_lines import confirmed_lines
from loyaldesk.ui.orders.order_words import days, short_day
from loyaldesk.ui.widgets.spans import Span

if TYPE_CHECKING:
    from loyaldesk.formats import Formats
    from loyaldesk.queries.order_page import OrderPage

__all__ = ["differences_of"]

translate = QCoreApplication.translate


def differences_of(page: OrderPage, formats: Formats, today: date) -> list[list[Span]]:
    """Return one line for each difference that the letter names, the confirmed value in bold."""
    say = _Words(formats, today, page.head.currency)
    found = (*line_differences(confirmed_lines(page)), *_terms_differences(page, formats))
    return [say.line(each) for each in found]


def _terms_differences(page: OrderPage, formats: Formats) -> list[Difference]:
    head, found = page.head, []
    if head.asked_terms_days not in {None, head.terms_days}:
        asked, now = (days(formats, n or 0) for n in (head.asked_terms_days, head.terms_days))
        found.append(Difference(DifferenceKind.TERMS, (), asked, now, reason=head.terms_reason))
    if head.asked_delivery_terms and head.asked_delivery_terms != head.delivery_terms:
        asked, now = head.asked_delivery_terms, head.delivery_terms
        found.append(Difference(DifferenceKind.TERMS, (), asked, now, reason=head.terms_reason))
    return found


class _Words:
    """Says differences in the formats of this user and the currency of this order."""

    def __init__(self, formats: Formats, today: date, currency: str) -> None:
        self._formats, self._today, self._currency = formats, today, currency

    def line(self, found: Difference) -> list[Span]:
        """Return where, what was asked, in bold what is confirmed, and the reason."""
        asked = self._value(found, found.asked)
        wanted = translate("Differences", "wanted {0}, now").format(asked)
        return [
            Span(f"{_subject(found)}: {wanted} "),
            Span.strong(self._value(found, found.confirmed)),
            Span(f" — {found.reason}" if found.reason else ""),
        ]

    def _value(self, found: Difference, value: date | int | str | None) -> str:
        if value is None:
            return translate("Differences", "to be advised")
        if isinstance(value, date):
            return short_day(self._formats, value, self._today)
        if isinstance(value, str):
            return value
        if found.kind is DifferenceKind.QUANTITY:
            return self._formats.quantity(value)
        return self._formats.unit_price(value, self._currency)


def _subject(found: Difference) -> str:
    """Name the lines and what differs in them; terms are those of the whole order."""
    if not found.positions:
        return translate("Differences", "Terms")
    return f"{_lines(found.positions)} {_name(found.kind)}"


def _lines(positions: tuple[int, ...]) -> str:
    one, many = translate("Differences", "Line {0}"), translate("Differences", "Lines {0}")
    return (one if len(positions) == 1 else many).format(", ".join(map(str, positions)))


def _name(kind: DifferenceKind) -> str:
    names = {
        DifferenceKind.DATE: translate("Differences", "date"),
        DifferenceKind.QUANTITY: translate("Differences", "quantity"),
        DifferenceKind.PRICE: translate("Differences", "price"),
        DifferenceKind.ITEM: translate("Differences", "article"),
        DifferenceKind.TERMS: translate("Differences", "terms"),
    }
    return names[kind]
