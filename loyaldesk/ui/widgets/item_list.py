"""How do the short lists of the side columns look: people, orders, documents, promises?"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter

from loyaldesk.ui.widgets.chips import Chip, chip_width, paint_chip
from loyaldesk.ui.widgets.labels import initials_of, paint_avatar
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.row_list import RowDelegate, RowList, RowState
from loyaldesk.ui.widgets.spans import Span, paint_spans, plain_text_of
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["Item", "ItemAction", "ItemList"]

_ICON, _GAP, _PAD, _AVATAR, _TARGET = 16, 8, 4, 28, 28


@dataclass(frozen=True, slots=True)
class ItemAction:
    """A small button at the end of a row; the context menu must offer the same."""

    key: str
    icon: str
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """A row of a side list: title and second line left, amount or date right."""

    key: Hashable
    title: Sequence[Span]
    second: str = ""
    right: str = ""
    right_tone: Tone = Tone.SECONDARY
    right_second: str = ""
    icon: str = ""
    icon_tone: Tone = Tone.SECONDARY
    avatar: str = ""
    title_icon: str = ""
    chip: Chip | None = None
    actions: Sequence[ItemAction] = field(default=())
    is_choosable: bool = True
    tip: str = ""

    @property
    def spoken(self) -> str:
        """The row as a sentence."""
        chip = self.chip.text if self.chip else ""
        parts = (plain_text_of(self.title), self.second, chip, self.right, self.right_second)
        return ", ".join(part for part in parts if part)


class ItemList(RowList):
    """A list that grows to its rows; `set_scrolling` lets it scroll instead."""

    item_action = Signal(object, str)

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name=name, parent=parent)
        self._delegate = _ItemDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.set_scrolling(scrolling=False)
        self.viewport().setAutoFillBackground(False)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these rows."""
        self.show_entries(items)

    def action_at(self, at: QPoint) -> tuple[Hashable, str] | None:
        """Return the item and the action under a point of the list, if there is one."""
        index = self.indexAt(at)
        if not index.isValid():
            return None
        item: Item = self.entries[index.row()]
        for action, rect in self._delegate.action_rects(self.visualRect(index), item):
            if rect.contains(at):
                return item.key, action.key
        return None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        hit = self.action_at(event.position().toPoint())
        if hit is not None and event.button() is Qt.MouseButton.LeftButton:
            self.item_action.emit(*hit)


class _ItemDelegate(RowDelegate):
    """Paints one or two lines with icon or initials, and what stands at the right."""

    def entry_height(self, entry: Item) -> int:
        metrics = self._theme.metrics
        return metrics.two_line_row if entry.second or entry.avatar else metrics.side_row

    def action_rects(self, rect: QRect, item: Item) -> list[tuple[ItemAction, QRect]]:
        """Return where the small buttons of a row stand."""
        side = self._theme.px(_TARGET)
        left = rect.right() + 1 - side * len(item.actions)
        top = rect.top() + (rect.height() - side) // 2
        return [
            (action, QRect(left + number * side, top, side, side))
            for number, action in enumerate(item.actions)
        ]

    def paint_entry(
        self, painter: QPainter, option: QStyleOptionViewItem, entry: Item, state: RowState
    ) -> None:
        self.paint_edge(painter, option, state)
        px = self._theme.px
        rect = option.rect.adjusted(px(_PAD), 0, -px(_PAD), 0)
        rect.setLeft(self._paint_sign(painter, rect, entry))
        rect.setRight(self._paint_actions(painter, option.rect, rect.right(), entry))
        upper, lower = QRect(rect), QRect(rect)
        if entry.second or entry.right_second:
            middle = rect.top() + rect.height() // 2
            upper = QRect(rect.left(), middle - px(19), rect.width(), px(20))
            lower = QRect(rect.left(), middle + px(1), rect.width(), px(16))
        self._paint_upper(painter, upper, entry, state)
        if lower != upper:
            self._paint_lower(painter, lower, entry)

    def _paint_sign(self, painter: QPainter, rect: QRect, item: Item) -> int:
        px, theme = self._theme.px, self._theme
        if item.avatar:
            side = px(_AVATAR)
            box = QRect(rect.left(), rect.top() + (rect.height() - side) // 2, side, side)
            paint_avatar(painter, box, initials_of(item.avatar), theme)
        elif item.icon:
            side = px(_ICON)
            box = QRect(rect.left(), rect.top() + (rect.height() - side) // 2, side, side)
            theme.icons.paint(painter, box, item.icon, theme.tokens.ink(item.icon_tone))
        else:
            return rect.left()
        return rect.left() + side + px(_GAP)

    def _paint_actions(self, painter: QPainter, whole: QRect, right: int, item: Item) -> int:
        side, theme = self._theme.px(_ICON), self._theme
        for action, place in self.action_rects(whole, item):
            sign = QRect(0, 0, side, side)
            sign.moveCenter(place.center())
            theme.icons.paint(painter, sign, action.icon, theme.tokens.text2)
        return right - self._theme.px(_TARGET) * len(item.actions)

    def _paint_upper(self, painter: QPainter, rect: QRect, item: Item, state: RowState) -> None:
        theme, right = self._theme, rect.right()
        if item.chip is not None:
            width = chip_width(item.chip, theme)
            box = QRect(right + 1 - width, rect.top(), width, rect.height())
            paint_chip(painter, box, item.chip, theme)
            right -= width + theme.px(_GAP)
        elif item.right:
            right = self._paint_right(painter, rect, item.right, item.right_tone)
        side = theme.px(14) if item.title_icon else 0
        room = QRect(rect.left(), rect.top(), right - rect.left() + 1 - side, rect.height())
        end = paint_spans(painter, room, item.title, theme, selected=state.selected)
        if item.title_icon:
            sign = QRect(end + 4, rect.top() + (rect.height() - side) // 2, side, side)
            ink = theme.tokens.accent_ink
            theme.icons.paint(painter, sign, item.title_icon, ink, filled=True)

    def _paint_lower(self, painter: QPainter, rect: QRect, item: Item) -> None:
        right = rect.right()
        if item.right_second:
            right = self._paint_right(painter, rect, item.right_second, Tone.SECONDARY)
        room = QRect(rect.left(), rect.top(), right - rect.left() + 1, rect.height())
        paint_spans(painter, room, [Span.small(item.second)], self._theme)

    def _paint_right(self, painter: QPainter, rect: QRect, text: str, tone: Tone) -> int:
        strong = tone is not Tone.SECONDARY
        font = self._theme.font(TextStyle.SMALL_STRONG if strong else TextStyle.SMALL)
        width = QFontMetrics(font).horizontalAdvance(text)
        painter.setFont(font)
        painter.setPen(self._theme.tokens.ink(tone))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, flags, text)
        return rect.right() - width - self._theme.px(_GAP)
