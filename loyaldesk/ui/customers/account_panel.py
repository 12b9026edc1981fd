"""How does the account stand: ageing per currency, exposure in parts, terms, last payment?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loyaldesk.domain.ageing import Bucket as AgeBucket
from loyaldesk.domain.customer_figures import AgeingRow, exposure
from loyaldesk.domain.money import Money
from loyaldesk.ui.widgets.ageing_bar import AgeingBar, Bucket
from loyaldesk.ui.widgets.labels import SpanLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.queries.customer_page import CustomerPage
    from loyaldesk.ui.customers.wording import Wording
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["AccountPanel"]

_ROOM = 36


class AccountPanel(QWidget):
    """One ageing bar a currency, and under them what is used of the credit and how it is paid."""

    bucket_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bars: dict[str, AgeingBar] = {}
        self._ageing = QVBoxLayout()
        self._ageing.setSpacing(4)
        self._exposure, self._free = SpanLabel(theme, wrap=True), SpanLabel(theme, wrap=True)
        self._parts = SpanLabel(theme, wrap=True)
        self._terms, self._paid = SpanLabel(theme), SpanLabel(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._ageing)
        column.addLayout(_pair(self._exposure, self._free))
        column.addWidget(self._parts)
        column.addLayout(_pair(self._terms, self._paid))

    def show_account(self, page: CustomerPage, say: Wording) -> None:
        """Show the account of this customer."""
        rows = page.ageing or (_nothing(page.head.currency),)
        for code in set(self._bars) - {row.currency for row in rows}:
            bar = self._bars.pop(code)
            bar.hide()
            bar.deleteLater()
        for row in sorted(rows, key=lambda row: row.currency != page.head.currency):
            self._bar(row.currency).show_buckets(_buckets(row, say, self._words()))
        self._show_exposure(page, say)
        self._show_terms(page, say)

    def _bar(self, currency: str) -> AgeingBar:
        if currency not in self._bars:
            name = self.tr("Ageing in {0}").format(currency)
            bar = self._bars[currency] = AgeingBar(self._theme, name=name)
            bar.setToolTip(name)
            bar.bucket_chosen.connect(self.bucket_chosen)
            self._ageing.addWidget(bar)
        return self._bars[currency]

    def _words(self) -> list[str]:
        return [self.tr("Not due"), "1–30", "31–60", "61–90", self.tr("over 90")]

    def _show_exposure(self, page: CustomerPage, say: Wording) -> None:
        used = exposure(page.tile_facts)
        total = Span(say.money(used.total), style=TextStyle.SMALL_STRONG)
        start = Span.small(self.tr("Exposure") + " ")
        if used.limit is None or used.free is None:
            self._exposure.set_spans([start, total])
            self._free.set_spans([Span.small(self.tr("no credit limit"), Tone.MUTED)])
        else:
            rest = self.tr(" of {0}").format(say.money(used.limit))
            self._exposure.set_spans([start, total, Span.small(rest)])
            over = used.free.minor < 0
            word = self.tr("over") if over else self.tr("free")
            tone = Tone.BAD if over else Tone.TEXT
            amount = say.money(-used.free if over else used.free)
            self._free.set_spans(
                [Span.small(word + " "), Span(amount, tone, TextStyle.SMALL_STRONG)]
            )
        parts = self.tr("open items {0} + open orders {1} − unapplied {2}").format(
            say.money(used.open_items), say.money(used.unbilled_orders), say.money(used.unapplied)
        )
        self._parts.set_spans([Span.small(parts)])

    def _show_terms(self, page: CustomerPage, say: Wording) -> None:
        days = page.head.terms_days
        net = self.tr("{0} days net").format(days) if days else self.tr("due at once")
        spans = [Span.small(net)]
        if page.figures.days_late is not None:
            late = round(page.figures.days_late)
            words = self.tr("{0} late").format(say.days(late)) if late > 0 else self.tr("in time")
            spans += [Span.small(self.tr(" · pays ")), Span(words, style=TextStyle.SMALL_STRONG)]
        self._terms.set_spans(spans)
        paid = page.figures.last_paid_on
        last = self.tr("last {0}").format(say.day(paid)) if paid else self.tr("nothing paid yet")
        self._paid.set_spans([Span.small(last)])


def _pair(left: QWidget, right: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(left, 1)
    row.addWidget(right)
    return row


def _nothing(currency: str) -> AgeingRow:
    zero = Money.zero(currency)
    return AgeingRow(currency, dict.fromkeys(AgeBucket, zero), zero, zero)


def _buckets(row: AgeingRow, say: Wording, labels: list[str]) -> list[Bucket]:
    *amounts, late, later = row.buckets.values()
    amounts.append(late + later)  # the bar has five colours; the letter parts the last two
    written = say.short_amounts(amounts, _ROOM)
    return [
        Bucket(label, text, money.minor)
        for label, text, money in zip(labels, written, amounts, strict=True)
    ]
