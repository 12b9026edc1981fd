"""How does a table view paint its visible rows itself, with hover, tips and rows still loading?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtCore import Slot as QtSlot
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QToolTip, QWidget

from loyaldesk.ui.tables.header import TableHeader
from loyaldesk.ui.tables.pages import PAGE_ROWS
from loyaldesk.ui.tables.row_layout import LaidOutRow, RowLayout, Slot
from loyaldesk.ui.tables.row_painter import PaintedRow, RowPainter
from loyaldesk.ui.tables.selection import RowRanges
from loyaldesk.ui.widgets.plain_text import plain_tooltip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.ui.tables.model import PagedTableModel
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["PaintedRowsView"]

_Index = QModelIndex | QPersistentModelIndex
_KEPT_LAYOUTS = 2_048
_WORDS_AFTER_MS = 150


class PaintedRowsView(QTableView):
    """Qt's table view with the painting replaced; rows that are missing are asked for later."""

    def __init__(self, theme: Theme, model: PagedTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._rows = theme, model
        self._ranges, self._hovered = RowRanges(), -1
        self._layout: RowLayout | None = None
        self._laid_out: dict[int, tuple[object, LaidOutRow]] = {}
        self._loading = ""
        self._asking = QTimer(self, interval=0, singleShot=True)
        self._saying = QTimer(self, interval=_WORDS_AFTER_MS, singleShot=True)
        self.head = TableHeader(theme, model.columns, self)
        self.setHorizontalHeader(self.head)
        self.setModel(model)
        self._set_up_view()
        self._connect_changes()
        self.head.reset_columns()
        self._fit_theme()

    def show_loading(self, words: str) -> None:
        """Say what is being read if it takes longer than 150 ms; `show_ids` takes it away."""
        self._loading = words
        self._saying.start()

    def visible_slots(self) -> list[Slot]:
        """Return the visible columns from left to right with their places."""
        head = self.head
        visible = (n for n in range(head.count()) if not head.isSectionHidden(n))
        ordered = sorted(visible, key=head.visualIndex)
        return [Slot(n, head.sectionPosition(n), head.sectionSize(n)) for n in ordered]

    def row_height(self) -> int:
        """Return the height of every row in pixels."""
        return self.verticalHeader().defaultSectionSize()

    def visible_rows(self, top: int, bottom: int) -> range:
        """Return the rows between two heights of the viewport."""
        scrolled, height = self.verticalOffset(), self.row_height()
        last = min((bottom + scrolled) // height, self._rows.rowCount() - 1)
        return range((top + scrolled) // height, last + 1)

    def _set_up_view(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        # Set once while it is small: raising it later makes Qt resize a million rows one by one.
        self.verticalHeader().setMinimumSectionSize(1)

    def _connect_changes(self) -> None:
        self.head.sectionResized.connect(self._forget_layout)
        self.head.sectionMoved.connect(self._forget_layout)
        self.verticalScrollBar().valueChanged.connect(self._ask_soon)
        self._asking.timeout.connect(self._ask_for_visible)
        self._saying.timeout.connect(self.viewport().update)
        self._theme.changed.connect(self._fit_theme)

    def _pieces(self, row: int, layout: RowLayout) -> LaidOutRow | None:
        cells = self._rows.cells(row)
        if cells is None:
            return None
        found = self._laid_out.get(row)
        if found is not None and found[0] is cells:
            return found[1]
        if len(self._laid_out) >= _KEPT_LAYOUTS:
            self._laid_out.clear()
        pieces = layout.lay_out(cells)
        self._laid_out[row] = (cells, pieces)
        return pieces

    @QtSlot()
    def _fit_theme(self) -> None:
        height = self._theme.metrics.table_row
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalScrollBar().setSingleStep(height)
        self.head.fit_text_size()
        self._forget_layout()

    @QtSlot()
    def _forget_layout(self) -> None:
        self._layout = None
        self._laid_out.clear()
        self.viewport().update()

    @QtSlot()
    def _ask_soon(self) -> None:
        # Not while painting or dragging: many wishes become one question.
        self._asking.start()

    @QtSlot()
    def _ask_for_visible(self) -> None:
        rows = self.visible_rows(0, self.viewport().height())
        if rows:
            ahead = PAGE_ROWS // 2  # so that a steady scroll finds its rows already there
            self._rows.pages.want(rows.start - ahead, rows.stop + ahead)

    def _hover(self, row: int) -> None:
        if row == self._hovered:
            return
        for changed in (self._hovered, row):
            top = changed * self.row_height() - self.verticalOffset()
            self.viewport().update(0, top, self.viewport().width(), self.row_height())
        self._hovered = row

    def _show_tip(self, event: QHelpEvent) -> None:
        index = self.indexAt(event.pos())
        cells = self._rows.cells(index.row()) if index.isValid() else None
        text = ""
        if cells:
            cell = cells[index.column()]
            laid_out = self._laid_out.get(index.row())
            was_cut = laid_out is not None and index.column() in laid_out[1].cut
            text = cell.tip or (cell.words if was_cut else "")
        QToolTip.showText(event.globalPos(), plain_tooltip(text), self.viewport())

    def _paint_loading(self, painter: QPainter) -> None:
        painter.setPen(self._theme.tokens.text2)
        pad = self._theme.px(8)
        rect = self.viewport().rect().adjusted(pad, pad, -pad, -pad)
        painter.drawText(
            rect, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, self._loading
        )

    def dataChanged(
        self, top_left: _Index, bottom_right: _Index, _roles: Sequence[int] = ()
    ) -> None:
        # Qt would paint everything anew for rows that were read ahead and are not in sight.
        rows = self.visible_rows(0, self.viewport().height())
        if rows and top_left.row() < rows.stop and bottom_right.row() >= rows.start:
            self.viewport().update()
            self._asking.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.tokens.base)
        if self._loading and not self._saying.isActive() and not self._rows.rowCount():
            self._paint_loading(painter)
        if self._layout is None:
            self._layout = RowLayout(self._theme, self._rows.columns, self.visible_slots())
        layout, height, scrolled = self._layout, self.row_height(), self.verticalOffset()
        current = self.currentIndex().row()
        rows = (
            PaintedRow(
                row * height - scrolled,
                self._pieces(row, layout),
                selected=row in self._ranges,
                hovered=row == self._hovered,
                is_current=row == current,
            )
            for row in self.visible_rows(event.rect().top(), event.rect().bottom())
        )
        width, left = self.viewport().width(), self.horizontalOffset()
        rows_painter = RowPainter(self._theme, layout, width=width, height=height, scrolled=left)
        rows_painter.paint(painter, rows, focused=self.hasFocus())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._asking.start()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._hover(-1)
        elif isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            self._show_tip(event)
            return True
        return super().viewportEvent(event)
