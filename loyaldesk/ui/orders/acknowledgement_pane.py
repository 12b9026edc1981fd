"""What did the customer get in writing: the last acknowledgement, and what differs from it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loyaldesk.ui.orders.difference_words import differences_of
from loyaldesk.ui.orders.told_panel import ToldPanel
from loyaldesk.ui.widgets.buttons import Button, ButtonKind
from loyaldesk.ui.widgets.chips import Chip, ChipLabel
from loyaldesk.ui.widgets.flow_layout import FlowLayout
from loyaldesk.ui.widgets.labels import SpanLabel, TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Ground, Sheet
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.strokes import RADIUS_PANEL, paint_box
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.queries.order_page import AcknowledgementRow, OrderPage
    from loyaldesk.queries.order_view import OrderView
    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["AcknowledgementPane"]


class AcknowledgementPane(Sheet):
    """The box at the right of an order; its letters open from here."""

    acknowledge_wanted = Signal()
    letter_wanted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, Ground.WINDOW, parent)
        self._desk = desk
        theme = desk.theme
        self.chip = ChipLabel(theme, Chip("", Tone.NEUTRAL))
        self._number = SpanLabel(theme, wrap=True)
        self._sent = SpanLabel(theme, wrap=True)
        self._changed = TextLabel(theme, "", TextStyle.STRONG, Tone.WARN, wrap=True)
        self.differences = _Differences(theme)
        self.told = ToldPanel(desk)
        self.write = Button(theme, "", kind=ButtonKind.PRIMARY, icon="file-pen", small=True)
        self.look = Button(theme, self.tr("Open and print"), icon="printer", small=True)
        self._document_id = 0
        self._lay_out()
        self.write.clicked.connect(self.acknowledge_wanted)
        self.look.clicked.connect(lambda: self.letter_wanted.emit(self._document_id))

    @property
    def words(self) -> str:
        """What is said of the last letter."""
        changed = "" if self._changed.isHidden() else self._changed.text()
        return " ".join(part for part in (self._number.text, self._sent.text, changed) if part)

    def show_order(self, view: OrderView) -> None:
        """Show what was sent last, if it still holds, and how the order differs from the wish."""
        page, letters = view.page, view.page.acknowledgements
        self.look.setVisible(bool(letters))
        self._changed.setVisible(view.has_changed)
        if letters:
            self._show_letter(letters[-1])
            self.chip.set_chip(self._state(view, letters[-1]))
        else:
            self._show_none(page)
        found = differences_of(page, self._desk.formats, self._desk.today())
        title = self._title(len(found), page.head.customer_po)
        self.differences.show_lines(title, found)
        self.told.show_order(view)

    def _lay_out(self) -> None:
        theme = self._desk.theme
        head = QHBoxLayout()
        head.addWidget(TextLabel(theme, self.tr("Acknowledgement"), TextStyle.STRONG), 1)
        head.addWidget(self.chip)
        buttons = FlowLayout()
        buttons.addWidget(self.write)
        buttons.addWidget(self.look)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        self._changed.setText(self.tr("The order has changed since this letter."))
        for part in (self._number, self._sent, self._changed, self.differences, self.told):
            column.addWidget(part)
        column.addLayout(buttons)

    def _state(self, view: OrderView, letter: AcknowledgementRow) -> Chip:
        revision = self.tr("rev {0}").format(letter.revision)
        if view.has_changed:
            changed = self.tr("Changed since {0}").format(revision)
            return Chip(changed, Tone.WARN, "triangle-alert")
        if view.page.head.acknowledged_on is None:
            return Chip(self.tr("To send again"), Tone.WARN, "clock")
        return Chip(self.tr("Sent, {0}").format(revision), Tone.OK, "mail-check")

    def _show_letter(self, letter: AcknowledgementRow) -> None:
        formats = self._desk.formats
        self._document_id = letter.document_id
        revision = self.tr("rev {0}").format(letter.revision)
        copies = self.tr(" · {0} copies").format(letter.copies) if letter.copies else ""
        self._number.set_spans([Span(f"{letter.number}, {revision}{copies}", Tone.SECONDARY)])
        when = formats.datetime_local(letter.issued_at)
        by = self.tr("{0} by {1}").format(when, letter.issued_by)
        self._sent.set_spans([Span(by, Tone.SECONDARY)])
        self._sent.show()
        self.write.setText(self.tr("Revise…"))

    def _show_none(self, page: OrderPage) -> None:
        is_told = page.head.acknowledged_on is not None
        chip = Chip(self.tr("Not sent"), Tone.WARN, "clock")
        if is_told:
            chip = Chip(self.tr("Acknowledged elsewhere"), Tone.NEUTRAL, "check")
        self.chip.set_chip(chip)
        words = self.tr("No acknowledgement of this order was made here yet.")
        self._number.set_spans([Span(words, Tone.SECONDARY)])
        self._sent.set_spans([])
        self._sent.hide()
        self.write.setText(self.tr("Acknowledge…"))

    def _title(self, count: int, customer_po: str) -> str:
        whole = self.tr("their order {0}").format(customer_po) if customer_po else ""
        against = whole or self.tr("what was asked")
        if not count:
            return self.tr("Nothing differs from {0}").format(against)
        one, many = self.tr("1 difference from {0}"), self.tr("{1} differences from {0}")
        return (one if count == 1 else many).format(against, count)


class _Differences(QWidget):
    """A soft panel: the count in bold, a line for each difference below it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._is_calm = theme, True
        self._title = SpanLabel(theme, wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 8, 10, 8)
        self._column.setSpacing(2)
        self._column.addWidget(self._title)
        self._indented = QVBoxLayout()
        self._indented.setContentsMargins(24, 0, 0, 0)
        self._column.addLayout(self._indented)
        self._lines: list[SpanLabel] = []

    @property
    def text(self) -> str:
        """Everything it says, line by line."""
        return "\n".join([self._title.text, *(line.text for line in self._lines)])

    def show_lines(self, title: str, lines: Sequence[Sequence[Span]]) -> None:
        """Show the count and its lines."""
        self._is_calm = not lines
        icon = "check" if self._is_calm else "git-compare"
        tone = Tone.OK if self._is_calm else Tone.WARN
        self._title.set_spans([Span.strong(title)], icon=icon, icon_tone=tone)
        for label in self._lines:
            self._indented.removeWidget(label)
            label.deleteLater()
        self._lines = [SpanLabel(self._theme, spans, wrap=True) for spans in lines]
        for label in self._lines:
            self._indented.addWidget(label)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        ground = tokens.ok_soft if self._is_calm else tokens.warn_soft
        paint_box(QPainter(self), self.rect(), ground=ground, edge=None, radius=RADIUS_PANEL)
