"""How do the lines of an order stand, with their sums below?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from loyaldesk.ui.orders.line_columns import line_columns
from loyaldesk.ui.orders.sum_words import sums_of
from loyaldesk.ui.tables.kept_columns import remember_columns
from loyaldesk.ui.tables.model import PagedTableModel
from loyaldesk.ui.tables.view import PagedTableView
from loyaldesk.ui.widgets.labels import SpanLabel
from loyaldesk.ui.widgets.panel import Ground, Hairline, Sheet
from loyaldesk.ui.widgets.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loyaldesk.queries.order_page import OrderLineRow, OrderPage
    from loyaldesk.ui.desk import Desk

__all__ = ["LinesPanel"]

_STATE = "order.columns"
_MOST_ROWS, _LEAST_ROWS = 12, 1


class LinesPanel(QWidget):
    """The table grows to its lines, up to twelve; F2 on a line asks for a promised date."""

    promise_wanted = Signal(int)
    line_context = Signal(int, QPoint)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lines: dict[int, OrderLineRow] = {}
        self.model = PagedTableModel(line_columns(desk), self._fetch, parent=self)
        self.view = _LinesView(desk.theme, self.model, name=self.tr("Lines of the order"))
        remember_columns(self.view.head, desk.state, _STATE)
        self._counts, self._sums = SpanLabel(desk.theme), SpanLabel(desk.theme)
        self._lay_out()
        self.view.row_activated.connect(self.promise_wanted)
        self.view.context_wanted.connect(self.line_context)
        self.view.installEventFilter(self)
        # The bar takes room of its own: without it the last line would be hidden.
        self.view.horizontalScrollBar().rangeChanged.connect(self.view.updateGeometry)

    @property
    def counts(self) -> str:
        """What stands below the lines at the left."""
        return self._counts.text

    @property
    def sums(self) -> str:
        """What stands below the lines at the right."""
        return self._sums.text

    def show_lines(self, page: OrderPage) -> None:
        """Show the lines of an order and what they come to."""
        self._lines = {line.id: line for line in page.lines}
        self.model.invalidate()
        self.view.show_ids(list(self._lines))
        self.model.pages.want(0, len(self._lines))
        self.view.grow(len(self._lines))
        shipped = sum(1 for line in page.lines if not line.balance_milli)
        one, many = self.tr("1 line"), self.tr("{0} lines").format(len(page.lines))
        words = one if len(page.lines) == 1 else many
        if shipped:
            words += " · " + self.tr("{0} shipped").format(shipped)
        self._counts.set_spans([Span.small(words)])
        self._sums.set_spans(sums_of(page, self._desk.formats))

    def line(self, line_id: int) -> OrderLineRow | None:
        """Return a line that is shown, or None."""
        return self._lines.get(line_id)

    def _lay_out(self) -> None:
        foot = Sheet(self._desk.theme, Ground.WINDOW)
        row = QHBoxLayout(foot)
        row.setContentsMargins(8, 4, 8, 4)
        row.addWidget(self._counts)
        row.addStretch(1)
        row.addWidget(self._sums)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view)
        column.addWidget(Hairline(self._desk.theme))
        column.addWidget(foot)

    def _fetch(self, ids: list[int], then: Callable[[Mapping[int, Any]], None]) -> None:
        then({line_id: self._lines[line_id] for line_id in ids if line_id in self._lines})

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_F2:
            return super().eventFilter(watched, event)
        line_id = self.view.current_id()
        # The menu has F2 as well; here it belongs to the line.
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() is QEvent.Type.KeyPress and line_id >= 0:
            self.promise_wanted.emit(line_id)
        return True


class _LinesView(PagedTableView):
    """A table as high as its rows, so that only the page scrolls."""

    _shown_rows = _LEAST_ROWS

    def grow(self, rows: int) -> None:
        """Be as high as so many rows."""
        self._shown_rows = min(max(rows, _LEAST_ROWS), _MOST_ROWS)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        bar = self.horizontalScrollBar()
        below = bar.sizeHint().height() if bar.maximum() else 0
        height = self.head.sizeHint().height() + self._shown_rows * self.row_height() + below
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self.sizeHint().height())
