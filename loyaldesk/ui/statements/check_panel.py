"""Does the run add up to the ledger, and how will its letters go out? The second pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from loyaldesk.ui.widgets.banner import Banner, BannerKind
from loyaldesk.ui.widgets.labels import SpanLabel, TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.queries.statement_check import CurrencyCheck, Difference, RunCheck
    from loyaldesk.queries.statement_run_lists import RunWays
    from loyaldesk.ui.desk import Desk

__all__ = ["CheckPanel"]

MOST_NAMED = 5


class CheckPanel(QWidget):
    """Sums by currency, never added across; who differs is named and leads to the customer."""

    customer_wanted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.sentences: list[str] = []

    def clear(self) -> None:
        """Show nothing: what is chosen has not been checked."""
        self.sentences = []
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def show_check(self, check: RunCheck, ways: RunWays) -> None:
        """Show what was checked."""
        self.clear()
        rows = [(self.tr("Customers"), self._number(sum(check.counts.values())))]
        self._add_rows(rows)
        for currency in check.currencies:
            self._add_currency(currency)
        self._add_differences(check.differences)
        self._add_ways(check.counts, ways)

    def _add_currency(self, each: CurrencyCheck) -> None:
        formats = self._desk.formats
        code = each.ledger.currency
        rows = [(self.tr("Statements {0}").format(code), formats.money(each.statements))]
        if each.skipped:
            rows.append((self.tr("Skipped {0}").format(code), formats.money(each.skipped)))
        if each.held:
            rows.append((self.tr("Held {0}").format(code), formats.money(each.held)))
        rows.append((self.tr("Receivables ledger {0}").format(code), formats.money(each.ledger)))
        self._add_rows(rows)
        if each.agrees:
            self._say(self.tr("equal to the cent"), Tone.OK, "circle-check")
        else:
            gap = formats.money(each.difference - each.held)
            self._say(self.tr("differs by {0}").format(gap), Tone.BAD, "circle-x")

    def _add_differences(self, differences: tuple[Difference, ...]) -> None:
        for each in differences[:MOST_NAMED]:
            banner = Banner(
                self._desk.theme,
                BannerKind.BAD,
                happened=f"{each.customer_name} {each.customer_number}",
                safe=each.reason,
                actions=[self.tr("Show")],
            )
            banner.action_chosen.connect(
                lambda _, customer=each.customer_id: self.customer_wanted.emit(customer)
            )
            self._add(banner, banner.text)
        more = len(differences) - MOST_NAMED
        if more > 0:
            self._say(self.tr("and {n} more, under Failed").format(n=more), Tone.BAD, "circle-x")

    def _add_ways(self, counts: dict[str, int], ways: RunWays) -> None:
        title = TextLabel(
            self._desk.theme, self.tr("Goes out as"), TextStyle.SMALL_MEDIUM, Tone.SECONDARY
        )
        self._column.addSpacing(6)
        self._add(title, title.text())
        by_mail = ways.waiting.get("email", 0) + ways.issued.get("email", 0)
        on_paper = sum(ways.waiting.values()) + sum(ways.issued.values()) - by_mail
        rows = [
            (self.tr("E-mail"), by_mail),
            (self.tr("Paper"), on_paper),
            (self.tr("Nothing due"), counts.get("nothing_due", 0)),
            (self.tr("With the parent"), counts.get("with_parent", 0)),
            (self.tr("Wants none"), counts.get("not_wanted", 0)),
            (self.tr("Has one of this day"), counts.get("has_one", 0)),
            (self.tr("No address"), counts.get("no_address", 0)),
            (self.tr("Held or failed"), counts.get("failed", 0)),
        ]
        self._add_rows([(words, self._number(count)) for words, count in rows if count])

    def _add_rows(self, rows: list[tuple[str, str]]) -> None:
        home = QWidget()
        grid = QGridLayout(home)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for number, (words, value) in enumerate(rows):
            grid.addWidget(
                TextLabel(self._desk.theme, words, TextStyle.BODY, Tone.SECONDARY), number, 0
            )
            grid.addWidget(TextLabel(self._desk.theme, value, TextStyle.NAME), number, 1)
        self._add(home, *(f"{words} {value}" for words, value in rows))

    def _say(self, words: str, tone: Tone, icon: str) -> None:
        label = SpanLabel(
            self._desk.theme, [Span(words, tone)], icon=icon, icon_tone=tone, wrap=True
        )
        self._add(label, words)

    def _add(self, widget: QWidget, *sentences: str) -> None:
        self._column.addWidget(widget)
        self.sentences += sentences

    def _number(self, count: int) -> str:
        return self._desk.formats.number(count)
