"""Which record is it about, whose is it, and the way to it: the head of each pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from loyaldesk.ui.sync.field_words import record_words
from loyaldesk.ui.widgets.buttons import Button
from loyaldesk.ui.widgets.flow_layout import FlowLayout
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from loyaldesk.queries.sync_records import RecordName
    from loyaldesk.ui.desk import Desk

__all__ = ["PaneHead", "open_record"]

LEAST_IN_ONE_ROW = 620
_OPENED = {
    "sales_order": "order_wanted",
    "invoice": "invoice_wanted",
    "payment": "payment_wanted",
    "document": "document_wanted",
}


class PaneHead(QWidget):
    """The record's name with its customer; “Open” and further buttons at the right or below."""

    def __init__(
        self, desk: Desk, record: RecordName, title: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._record = desk, record
        theme, words = desk.theme, record_words(record)
        self.title = TextLabel(theme, title or words, TextStyle.LIST_TITLE, wrap=True)
        below = [words] if title and words else []
        if record.customer_name and words != record.customer_name:
            below.append(record.customer_name)
        if record.customer_number:
            below.append(self.tr("No. {0}").format(record.customer_number))
        self.second = TextLabel(
            theme, " · ".join(below), TextStyle.SMALL, Tone.SECONDARY, wrap=True
        )
        self.open = Button(theme, self.tr("Open the record"))
        self.open.setVisible(record.customer_id is not None)
        self._buttons = FlowLayout(holder := QWidget(), spacing=8)
        holder.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        self._buttons.addWidget(self.open)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(self.title)
        left.addWidget(self.second)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._row.addLayout(left, 1)
        self._row.addWidget(holder)
        self.open.clicked.connect(self._open)

    def add_button(self, button: Button) -> None:
        """Put a button behind “Open”."""
        self._buttons.addWidget(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= self._desk.theme.px(LEAST_IN_ONE_ROW)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(across if is_wide else down)

    @Slot()
    def _open(self) -> None:
        open_record(self._desk, self._record)


def open_record(desk: Desk, record: RecordName) -> None:
    """Go to the page that shows a record: its own, or its customer's."""
    way = _OPENED.get(record.kind)
    if way is not None and record.id is not None:
        getattr(desk.ways, way).emit(record.id)
    elif record.customer_id is not None:
        desk.ways.customer_wanted.emit(record.customer_id)
