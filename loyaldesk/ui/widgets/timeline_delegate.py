"""How is a line of the timeline painted, with its day head and its opened text?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from loyaldesk.ui.widgets.chips import chip_width, paint_chip
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.row_list import RowDelegate, RowList, RowState
from loyaldesk.ui.widgets.spans import lay_out_spans, paint_spans
from loyaldesk.ui.widgets.timeline_entries import BodyLine, DayHead, TimelineEntry, TimelineRow

if TYPE_CHECKING:
    from collections.abc import Hashable, Set

    from PySide6.QtGui import QTextLayout

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["TimelineDelegate"]

_PAD, _TIME, _ICON, _GAP, _HEAD, _CHEVRON = 16, 40, 16, 8, 24, 14
_TEXT = _PAD + _TIME + 8 + _ICON + 12


class TimelineDelegate(RowDelegate):
    """Paints days, lines and opened texts."""

    def __init__(self, theme: Theme, rows: RowList, open_keys: Set[Hashable]) -> None:
        super().__init__(theme, rows)
        self._open_keys = open_keys

    def entry_height(self, entry: TimelineEntry) -> int:
        if isinstance(entry, DayHead):
            return self._theme.px(_HEAD)
        return self._theme.metrics.list_row + self._body_height(entry)

    def _body_width(self) -> int:
        return max(self._list.viewport().width() - self._theme.px(_TEXT + _PAD), 80)

    def _body_height(self, row: TimelineRow) -> int:
        if row.key not in self._open_keys or not row.body:
            return 0
        lines = sum(self._layout_of(line).lineCount() for line in row.body)
        return lines * self._theme.px(18) + self._theme.px(8)

    def _layout_of(self, line: BodyLine) -> QTextLayout:
        indent = self._theme.px(_ICON + 4) if line.icon else 0
        return lay_out_spans(line.spans, self._theme, self._body_width() - indent)

    def paint_entry(
        self, painter: QPainter, option: QStyleOptionViewItem, entry: TimelineEntry, state: RowState
    ) -> None:
        if isinstance(entry, DayHead):
            self._paint_head(painter, option, entry, state)
            return
        line = QStyleOptionViewItem(option)
        line.rect = QRect(option.rect)
        line.rect.setHeight(self._theme.metrics.list_row)
        self.paint_edge(painter, line, state)
        self._paint_line(painter, line.rect, entry, selected=state.selected)
        if entry.key in self._open_keys:
            self._paint_body(painter, line.rect, entry)

    def _paint_head(
        self, painter: QPainter, option: QStyleOptionViewItem, head: DayHead, state: RowState
    ) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        if state.selected and self._list.hasFocus():
            self.paint_edge(painter, option, state)
        rect, side = option.rect.adjusted(px(_PAD), 0, 0, 0), px(_CHEVRON)
        sign = QRect(rect.left(), rect.center().y() - side // 2 + 1, side, side)
        name = "chevron-right" if head.folded else "chevron-down"
        theme.icons.paint(painter, sign, name, tokens.text2)
        painter.setFont(theme.font(TextStyle.SMALL_STRONG))
        painter.setPen(tokens.text2)
        words = rect.adjusted(side + px(6), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, head.day)

    def _paint_line(
        self, painter: QPainter, rect: QRect, row: TimelineRow, *, selected: bool
    ) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(TextStyle.BODY))
        painter.setPen(tokens.text2 if selected else tokens.text3)
        time = QRect(rect.left() + px(_PAD), rect.top(), px(_TIME), rect.height())
        painter.drawText(time, middle, row.time)
        side = px(_ICON)
        icon_left = rect.left() + px(_PAD + _TIME + 8)
        sign = QRect(icon_left, rect.center().y() - side // 2 + 1, side, side)
        theme.icons.paint(painter, sign, row.icon, tokens.ink(row.icon_tone))
        left, right = rect.left() + px(_TEXT), self._paint_right(painter, rect, row)
        room = QRect(left, rect.top(), right - left, rect.height())
        paint_spans(painter, room, row.spans, theme, selected=selected)

    def _paint_right(self, painter: QPainter, rect: QRect, row: TimelineRow) -> int:
        theme, px = self._theme, self._theme.px
        right = rect.right() + 1 - px(_PAD)
        if row.chip is not None:
            width = chip_width(row.chip, theme)
            box = QRect(right - width, rect.top(), width, rect.height())
            paint_chip(painter, box, row.chip, theme)
            return right - width - px(_GAP)
        font = theme.font(TextStyle.SMALL)
        width = QFontMetrics(font).horizontalAdvance(row.who)
        painter.setFont(font)
        painter.setPen(theme.tokens.text2)
        box = QRect(right - width, rect.top(), width + 1, rect.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, row.who)
        return right - width - px(_GAP)

    def _paint_body(self, painter: QPainter, line: QRect, row: TimelineRow) -> None:
        theme, px = self._theme, self._theme.px
        top = line.bottom() + 1
        for paragraph in row.body:
            left = line.left() + px(_TEXT)
            if paragraph.icon:
                side = px(14)
                sign = QRect(left, top + (px(18) - side) // 2, side, side)
                ink = theme.tokens.ink(paragraph.icon_tone)
                theme.icons.paint(painter, sign, paragraph.icon, ink)
                left += px(_ICON + 4)
            layout = self._layout_of(paragraph)
            layout.draw(painter, QPointF(left, top))
            top += layout.lineCount() * px(18)
