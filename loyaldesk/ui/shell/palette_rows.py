"""How the rows of the palette look: icon, name with the matched letters marked, why, key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from loyaldesk.ui.widgets.labels import cap_text
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.row_list import RowDelegate, RowList, RowState
from loyaldesk.ui.widgets.strokes import paint_box

if TYPE_CHECKING:
    from collections.abc import Hashable

    from PySide6.QtGui import QColor
    from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["PaletteList", "PaletteRow"]

_PAD, _ICON, _GAP = 16, 18, 12
_COMMAND_ROW = 36
Marks = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class PaletteRow:
    """A record or a command; marks are the letters that answer what was typed."""

    key: Hashable
    icon: str
    title: str
    second: str = ""
    why: str = ""
    keys: str = ""
    title_marks: Marks = ()
    second_marks: Marks = ()
    is_choosable: bool = True

    @property
    def spoken(self) -> str:
        """The row as a sentence."""
        return ", ".join(part for part in (self.title, self.second, self.why, self.keys) if part)

    @property
    def tip(self) -> str:
        """What the tooltip says."""
        return ""


class PaletteList(RowList):
    """The answers below the query."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name=name, parent=parent)
        self.setItemDelegate(_PaletteDelegate(theme, self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # The palette's own ground shows through.
        self.viewport().setAutoFillBackground(False)

    def content_height(self) -> int:
        """Return how high all rows are together, in pixels."""
        return self._content_height()

    def step(self, by: int) -> None:
        """Move the cursor by so many rows, staying inside the list."""
        rows = len(self.entries)
        if rows:
            row = min(max(self.currentIndex().row() + by, 0), rows - 1)
            self.setCurrentIndex(self.model().index(row, 0))


class _PaletteDelegate(RowDelegate):
    def entry_height(self, entry: PaletteRow) -> int:
        metrics = self._theme.metrics
        return (
            metrics.palette_row
            if entry.second
            else max(self._theme.px(_COMMAND_ROW), metrics.list_row)
        )

    def paint_entry(
        self, painter: QPainter, option: QStyleOptionViewItem, entry: PaletteRow, state: RowState
    ) -> None:
        # The list never has the focus: the cursor is moved from the query above it.
        self._paint_ground(painter, option, state)
        theme, px = self._theme, self._theme.px
        tokens, rect = theme.tokens, option.rect
        icon = QRect(
            rect.left() + px(_PAD), rect.center().y() - px(_ICON) // 2, px(_ICON), px(_ICON)
        )
        theme.icons.paint(painter, icon, entry.icon, tokens.text2)
        room = rect.adjusted(px(_PAD + _ICON + _GAP), 0, -px(_PAD), 0)
        room.setRight(self._paint_right(painter, room, entry, selected=state.selected))
        ink = tokens.sel_text if state.selected else tokens.text
        if not entry.second:
            self._line(painter, room, (entry.title, entry.title_marks), TextStyle.NAME, ink)
            return
        upper = QRect(room.left(), rect.top() + px(4), room.width(), rect.height() // 2 - px(4))
        lower = QRect(room.left(), rect.center().y(), room.width(), rect.height() // 2 - px(3))
        self._line(painter, upper, (entry.title, entry.title_marks), TextStyle.NAME, ink)
        self._line(
            painter, lower, (entry.second, entry.second_marks), TextStyle.SMALL, tokens.text2
        )

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, state: RowState
    ) -> None:
        tokens, rect = self._theme.tokens, option.rect
        if state.selected:
            painter.fillRect(rect, tokens.sel)
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), tokens.accent)
        elif state.hovered:
            painter.fillRect(rect, tokens.hover)

    def _paint_right(
        self, painter: QPainter, room: QRect, entry: PaletteRow, *, selected: bool
    ) -> int:
        """Paint why it matched, or the key, at the right; return where the room for words ends."""
        if entry.keys:
            return self._paint_cap(painter, room, entry.keys)
        if not entry.why:
            return room.right()
        tokens = self._theme.tokens
        painter.setFont(self._theme.font(TextStyle.SMALL))
        painter.setPen(tokens.text2 if selected else tokens.text3)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(room, flags, entry.why)
        return room.right() - QFontMetrics(painter.font()).horizontalAdvance(entry.why) - _GAP

    def _paint_cap(self, painter: QPainter, room: QRect, keys: str) -> int:
        theme, px = self._theme, self._theme.px
        words = cap_text(keys)
        painter.setFont(theme.font(TextStyle.KEY))
        width = QFontMetrics(painter.font()).horizontalAdvance(words) + px(10)
        cap = QRect(room.right() - width, room.center().y() - px(9), width, px(18))
        paint_box(painter, cap, ground=theme.tokens.sunken, edge=theme.tokens.line, radius=3)
        painter.setPen(theme.tokens.text2)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, words)
        return cap.left() - _GAP

    def _line(
        self,
        painter: QPainter,
        room: QRect,
        words: tuple[str, Marks],
        style: TextStyle,
        ink: QColor,
    ) -> None:
        text, marks = words
        font = self._theme.font(style)
        bold = self._theme.font(
            TextStyle.STRONG if style is TextStyle.NAME else TextStyle.SMALL_STRONG
        )
        x = room.left()
        for part, is_marked in _parts(text, marks):
            painter.setFont(bold if is_marked else font)
            width = QFontMetrics(painter.font()).horizontalAdvance(part)
            left = room.right() - x
            shown = part
            if width > left:
                shown = QFontMetrics(painter.font()).elidedText(
                    part, Qt.TextElideMode.ElideRight, left
                )
            box = QRect(x, room.top(), min(width, left), room.height())
            if is_marked:
                height = QFontMetrics(painter.font()).height()
                painter.fillRect(
                    box.left(), box.center().y() - height // 2, box.width(), height,
                    self._theme.tokens.mark,
                )  # fmt: skip
            painter.setPen(self._theme.tokens.text if is_marked else ink)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
            x += width
            if x >= room.right():
                return


def _parts(text: str, marks: Marks) -> list[tuple[str, bool]]:
    """Cut the text at its marks: (piece, is it marked)."""
    parts, at = [], 0
    for start, end in sorted(marks):
        if start > at:
            parts.append((text[at:start], False))
        if end > max(start, at):
            parts.append((text[max(start, at) : end], True))
        at = max(at, end)
    if at < len(text):
        parts.append((text[at:], False))
    return parts
