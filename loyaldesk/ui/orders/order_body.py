"""How is the page of an order laid out below its steps: lines, money, papers, talk, letter?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from loyaldesk.ui.orders.acknowledgement_pane import AcknowledgementPane
from loyaldesk.ui.orders.chain_items import document_items, money_items
from loyaldesk.ui.orders.letter_preview import LetterPreview
from loyaldesk.ui.orders.lines_panel import LinesPanel
from loyaldesk.ui.orders.timeline_rows import timeline_rows
from loyaldesk.ui.widgets.buttons import IconButton
from loyaldesk.ui.widgets.item_list import ItemList
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Ground, Hairline, Sheet
from loyaldesk.ui.widgets.section_head import SectionHead
from loyaldesk.ui.widgets.timeline import TimelineView
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from loyaldesk.queries.order_view import OrderView
    from loyaldesk.ui.desk import Desk

__all__ = ["OrderBody"]

PANE_WIDTH, LEAST_WITH_PANE, LEAST_IN_TWO = 352, 960, 760
WIDEST = 16_777_215  # Qt's own, which the bindings do not name


class OrderBody(QWidget):
    """Lines on top, money and papers side by side, the talk below, the letter at the right."""

    record_wanted = Signal(str, int)
    attach_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        theme = desk.theme
        self.lines = LinesPanel(desk)
        self.money = ItemList(theme, name=self.tr("Invoices and payments"))
        self.papers = ItemList(theme, name=self.tr("Documents of this order"))
        self.timeline = TimelineView(theme, name=self.tr("Timeline of this order"))
        self.timeline.set_scrolling(scrolling=False)
        self.pane = AcknowledgementPane(desk)
        self.letter = LetterPreview(desk)
        self._money_head = SectionHead(theme, self.tr("Invoices and payments"), foldable=False)
        self._papers_head = SectionHead(theme, self.tr("Documents of this order"), foldable=False)
        self._talk_head = SectionHead(theme, self.tr("Timeline of this order"), foldable=False)
        self._no_money = TextLabel(theme, "", TextStyle.BODY, Tone.MUTED, wrap=True)
        self._no_papers = TextLabel(theme, "", TextStyle.BODY, Tone.MUTED, wrap=True)
        self._side = Sheet(theme, Ground.WINDOW)
        self._line = Hairline(theme, vertical=True)
        self._attach = IconButton(
            theme, "paperclip", self.tr("Attach documents"), keys="Ctrl+Shift+D", small=True
        )
        self._two, self._row = QGridLayout(), QHBoxLayout(self)
        self._lay_out()
        self._connect()

    def show_order(self, view: OrderView) -> None:
        """Show everything below the steps."""
        page, formats, today = view.page, self._desk.formats, self._desk.today()
        self.lines.show_lines(page)
        money, papers = money_items(page, formats, today), document_items(page, formats, today)
        self.money.show_items(money)
        self.papers.show_items(papers)
        self._money_head.set_count(str(len(money)) if money else "")
        self._papers_head.set_count(str(len(papers)) if papers else "")
        for rows, nothing in ((self.money, self._no_money), (self.papers, self._no_papers)):
            rows.setVisible(bool(rows.entries))
            nothing.setVisible(not rows.entries)
        events = timeline_rows(view, formats, today)
        self.timeline.show_rows(events)
        many = self.tr("{0} events").format(len(events))
        self._talk_head.set_count(self.tr("1 event") if len(events) == 1 else many)
        self.pane.show_order(view)
        self.letter.show_letter(view.paper)

    def _lay_out(self) -> None:
        theme = self._desk.theme
        self._no_money.setText(self.tr("Nothing is invoiced yet. Ship lines, then invoice them."))
        self._no_papers.setText(self.tr("No papers yet. Drop files here to keep them."))
        self._papers_head.add_action(self._attach)
        self._two.setContentsMargins(16, 8, 16, 8)
        self._two.setHorizontalSpacing(32)
        content = Sheet(theme)
        self._column = QVBoxLayout(content)
        for layout in (self._column, in_side := QVBoxLayout(self._side), self._row):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self._column.addWidget(self.lines)
        self._column.addWidget(Hairline(theme))
        self._column.addLayout(self._two)
        self._column.addWidget(Hairline(theme))
        self._column.addWidget(_padded(self._talk_head))
        self._column.addWidget(self.timeline)
        self._column.addStretch(1)
        in_side.addWidget(self.pane)
        in_side.addWidget(self.letter, 1)
        self._row.addWidget(_scrolling(content, self.tr("Order")), 1)
        self._row.addWidget(self._line)
        self._row.addWidget(self._side)
        self._arrange(in_two=True)

    def _connect(self) -> None:
        self.money.row_activated.connect(self._open_pair)
        self.papers.row_activated.connect(lambda key: self.record_wanted.emit("document", key))
        self.timeline.row_activated.connect(self._open_pair)
        self._attach.clicked.connect(self.attach_wanted)
        self._desk.theme.changed.connect(self._fold)

    @Slot(object)
    def _open_pair(self, key: object) -> None:
        if isinstance(key, tuple):
            self.record_wanted.emit(*key)

    def _arrange(self, *, in_two: bool) -> None:
        """Put money and papers side by side, or below each other."""
        parts = (
            (self._money_head, self.money, self._no_money),
            (self._papers_head, self.papers, self._no_papers),
        )
        for number, (head, rows, nothing) in enumerate(parts):
            column, top = (number, 0) if in_two else (0, 2 * number)
            self._two.addWidget(head, top, column)
            self._two.addWidget(rows, top + 1, column, Qt.AlignmentFlag.AlignTop)
            self._two.addWidget(nothing, top + 1, column, Qt.AlignmentFlag.AlignTop)
        self._two.setColumnStretch(0, 1)
        self._two.setColumnStretch(1, 1 if in_two else 0)

    @Slot()
    def _fold(self) -> None:
        """Put the letter's box at the right where there is room, or else under the lines."""
        px = self._desk.theme.px
        roomy = self.width() >= px(LEAST_WITH_PANE)
        left = self.width() - (px(PANE_WIDTH) if roomy else 0)
        self._arrange(in_two=left >= px(LEAST_IN_TWO))
        self._line.setVisible(roomy)
        self.letter.setVisible(roomy)
        self._side.setMinimumWidth(px(PANE_WIDTH) if roomy else 0)
        self._side.setMaximumWidth(px(PANE_WIDTH) if roomy else WIDEST)
        if roomy and self._row.indexOf(self._side) < 0:
            self._row.addWidget(self._side)
        elif not roomy and self._column.indexOf(self._side) < 0:
            self._column.insertWidget(1, self._side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()


def _scrolling(content: QWidget, name: str) -> QScrollArea:
    area = QScrollArea()
    area.setAccessibleName(name)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    return area


def _padded(widget: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(16, 8, 16, 0)
    column.addWidget(widget)
    return holder
