"""How does a table's head sort, move, size and hide columns, and how is that remembered?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from loyaldesk.ui.tables.row_layout import PAD
from loyaldesk.ui.widgets.metrics import TextStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.ui.tables.column import Column
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["TableHeader"]

_HEIGHT, _ARROW, _LEAST = 28, 14, 40
_ASCENDING, _DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


class TableHeader(QHeaderView):
    """A flat head; a click asks for an order, which the page gets from SQL."""

    sort_wanted = Signal(str, bool)

    def __init__(
        self, theme: Theme, columns: Sequence[Column], parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme, self._columns = theme, columns
        self._sorted_key, self._descending = "", False
        self._at_scale = theme.metrics.scale
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setStretchLastSection(True)
        self.setHighlightSections(False)
        self.sectionClicked.connect(self._ask_for_order)

    def show_sort(self, key: str, *, descending: bool) -> None:
        """Show by which column the rows are in order."""
        self._sorted_key, self._descending = key, descending
        self.viewport().update()

    def reset_columns(self) -> None:
        """Put every column back to its own place, width and visibility."""
        for number, column in enumerate(self._columns):
            self.moveSection(self.visualIndex(number), number)
            self.setSectionHidden(number, column.hidden)
            self.resizeSection(number, self._theme.px(column.width))

    def fit_text_size(self) -> None:
        """Let the columns grow or shrink with the text size."""
        factor = self._theme.metrics.scale / self._at_scale
        self._at_scale = self._theme.metrics.scale
        # Or Qt would first widen what is too narrow for the new size, and that would grow again.
        self.setMinimumSectionSize(1)
        if factor != 1:
            for number in range(self.count()):
                self.resizeSection(number, round(self.sectionSize(number) * factor))
        self.setMinimumSectionSize(self._theme.px(_LEAST))
        self.updateGeometry()

    def columns_state(self) -> str:
        """Return places, widths (at 100 % text) and hidden columns as text for the settings."""
        order = sorted(range(len(self._columns)), key=self.visualIndex)
        shown = [number for number in order if not self.isSectionHidden(number)]
        hidden = [c.key for n, c in enumerate(self._columns) if self.isSectionHidden(n)]
        # The last one takes what room is left; kept, it would push a narrower window to scroll.
        widths = {
            self._columns[number].key: round(self.sectionSize(number) / self._at_scale)
            for number in shown[:-1]
        }
        order_keys = [self._columns[number].key for number in order]
        return json.dumps({"order": order_keys, "hidden": hidden, "widths": widths})

    def restore_columns(self, state: str) -> None:
        """Take up what `columns_state` returned; columns it does not know stay as they are."""
        try:
            kept = json.loads(state)
            order, hidden, widths = kept["order"], set(kept["hidden"]), dict(kept["widths"])
        except (ValueError, KeyError, TypeError):
            self.reset_columns()
            return
        numbers = {column.key: number for number, column in enumerate(self._columns)}
        known = [numbers[key] for key in order if key in numbers]
        for place, number in enumerate(known):
            self.moveSection(self.visualIndex(number), place)
        for number in known:
            key = self._columns[number].key
            self.setSectionHidden(number, key in hidden)
            if key in widths:
                self.resizeSection(number, round(widths[key] * self._at_scale))

    def columns_menu(self) -> QMenu:
        """Return the menu that shows and hides columns, sorts and resets, for mouse and keys."""
        menu = QMenu(self)
        for number, column in enumerate(self._columns):
            action = menu.addAction(column.title.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(not self.isSectionHidden(number))
            action.setEnabled(number > 0)  # a row without its name cannot be told apart
            action.toggled.connect(lambda shown, n=number: self.setSectionHidden(n, not shown))
        menu.addSeparator()
        menu.addAction(self.tr("Reset columns")).triggered.connect(self.reset_columns)
        return menu

    @Slot(int)
    def _ask_for_order(self, number: int) -> None:
        column = self._columns[number]
        if column.sortable:
            descending = column.key == self._sorted_key and not self._descending
            self.sort_wanted.emit(column.key, descending)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.columns_menu()
        number = self.logicalIndexAt(QPoint(event.x(), event.y()))
        if number >= 0 and self._columns[number].sortable:
            self._add_orders(menu, self._columns[number])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def _add_orders(self, menu: QMenu, column: Column) -> None:
        words = ((self.tr("Sort ascending"), False), (self.tr("Sort descending"), True))
        for text, descending in words:
            menu.addAction(text).triggered.connect(
                lambda _checked=False, d=descending: self.sort_wanted.emit(column.key, d)
            )

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.px(_HEIGHT))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme, column = self._theme, self._columns[section]
        tokens, pad = theme.tokens, theme.px(PAD)
        painter.fillRect(rect, tokens.window)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, tokens.line)
        font = theme.font(TextStyle.SMALL_MEDIUM)
        is_sorted = column.key == self._sorted_key
        side = theme.px(_ARROW) if is_sorted else 0
        room = rect.width() - 2 * pad - side
        measure = QFontMetrics(font)
        title = measure.elidedText(column.title, Qt.TextElideMode.ElideRight, max(room, 0))
        wide = measure.horizontalAdvance(title)
        left = rect.right() + 1 - pad - wide - side if column.is_right else rect.left() + pad
        painter.setFont(font)
        painter.setPen(tokens.text2)
        baseline = rect.top() + (rect.height() + measure.ascent() - measure.descent()) // 2
        painter.drawText(left, baseline, title)
        if is_sorted:
            arrow = QRect(left + wide + 2, rect.center().y() - side // 2 + 1, side, side)
            name = "arrow-down" if self._descending else "arrow-up"
            theme.icons.paint(painter, arrow, name, tokens.text2)
