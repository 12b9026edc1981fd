"""How do the lines of the call brief look: an icon, and words that go on below if they must?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect

from loyaldesk.ui.widgets.row_list import RowDelegate, RowList, RowState
from loyaldesk.ui.widgets.spans import lay_out_spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter, QResizeEvent, QTextLayout
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from loyaldesk.ui.widgets.item_list import Item
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["BriefList"]

_PAD, _ICON, _GAP, _LINE, _BETWEEN = 4, 16, 8, 18, 6


class BriefList(RowList):
    """The lines of the brief, each as high as its words need; it grows and never scrolls."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name=name, parent=parent)
        self.setItemDelegate(_BriefDelegate(theme, self))
        self.set_scrolling(scrolling=False)
        self.viewport().setAutoFillBackground(False)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these lines."""
        self.show_entries(items)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()


class _BriefDelegate(RowDelegate):
    """Paints one thing to know."""

    def _words(self, entry: Item) -> QTextLayout:
        px = self._theme.px
        room = self._list.viewport().width() - px(2 * _PAD + _ICON + _GAP)
        return lay_out_spans(entry.title, self._theme, max(room, px(80)))

    def entry_height(self, entry: Item) -> int:
        lines = max(self._words(entry).lineCount(), 1)
        return lines * self._theme.px(_LINE) + self._theme.px(_BETWEEN)

    def paint_entry(
        self, painter: QPainter, option: QStyleOptionViewItem, entry: Item, state: RowState
    ) -> None:
        self.paint_edge(painter, option, state)
        px, theme = self._theme.px, self._theme
        top = option.rect.top() + px(_BETWEEN) // 2
        left = option.rect.left() + px(_PAD)
        sign = QRect(left, top + px(_LINE - _ICON) // 2, px(_ICON), px(_ICON))
        theme.icons.paint(painter, sign, entry.icon, theme.tokens.ink(entry.icon_tone))
        self._words(entry).draw(painter, QPointF(left + px(_ICON + _GAP), top))
