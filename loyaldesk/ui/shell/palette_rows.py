"""How the rows of the palette look: icon, name with the matched letters marked, why, key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.row_list import RowDelegate, RowList, RowState

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
        self.paint_edge(painter, option, state)
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

    def _paint_right(
        self, painter: QPainter, room: QRect, entry: PaletteRow, *, selected: bool
    ) -> int:
        """Paint why it matched, or the key, at the right; return where the room for words ends."""
        words = entry.why or entry.keys
        if not words:
            return room.right()
        tokens = self._theme.tokens
        painter.setFont(self._theme.font(TextStyle.SMALL if entry.why else TextStyle.KEY))
        painter.setPen(tokens.text2 if selected else tokens.text3)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
        return room.right() - QFontMetrics(painter.font()).horizontalAdvance(words) - _GAP

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
