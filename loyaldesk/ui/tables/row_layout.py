"""Where does each piece of a row stand, and how is it shortened? Worked out once a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF

from loyaldesk.ui.widgets.chips import Chip, chip_width
from loyaldesk.ui.widgets.metrics import TextStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.ui.tables.column import Cell, Column
    from loyaldesk.ui.widgets.theme import Theme
    from loyaldesk.ui.widgets.tokens import Tone

__all__ = ["PAD", "LaidOutRow", "RowLayout", "Slot"]

PAD = 8
_ICON, _GAP = 16, 6


@dataclass(frozen=True, slots=True)
class Slot:
    """A visible column's place: which one it is, its left edge and width in pixels."""

    column: int
    left: int
    width: int


@dataclass(slots=True)
class LaidOutRow:
    """A row's pieces with their x: texts by look, icons, chips, and the columns cut short."""

    texts: list[tuple[tuple[TextStyle, Tone], int, str]] = field(default_factory=list)
    icons: list[tuple[int, str, Tone]] = field(default_factory=list)
    chips: list[tuple[int, int, Chip]] = field(default_factory=list)
    cut: set[int] = field(default_factory=set)


class RowLayout:
    """Lays cells out in the visible columns at the fonts of this moment."""

    def __init__(self, theme: Theme, columns: Sequence[Column], slots: Sequence[Slot]) -> None:
        self.slots = slots
        self._theme = theme
        self._places = [
            (slot, columns[slot.column], columns[slot.column].is_right) for slot in slots
        ]
        self._widths = {style: _LetterWidths(theme.font(style)) for style in TextStyle}
        self._pad, self._icon, self._gap = theme.px(PAD), theme.px(_ICON), theme.px(_GAP)

    def lay_out(self, cells: Sequence[Cell]) -> LaidOutRow:
        """Return the pieces of one row."""
        row = LaidOutRow()
        for slot, column, is_right in self._places:
            cell = cells[slot.column]
            if cell.chip is not None:
                room = slot.width - 2 * self._pad
                width = min(chip_width(cell.chip, self._theme), room)
                row.chips.append((slot.left + self._pad, width, cell.chip))
                if cell.text:
                    moved = width + self._gap
                    slot = Slot(slot.column, slot.left + moved, slot.width - moved)
                    self._lay_out_text(row, slot, cell, column, is_right=False)
            else:
                self._lay_out_text(row, slot, cell, column, is_right=is_right)
        return row

    def _lay_out_text(
        self, row: LaidOutRow, slot: Slot, cell: Cell, column: Column, *, is_right: bool
    ) -> None:
        style = cell.style or column.style
        tone = cell.tone or column.tone
        left, room = slot.left + self._pad, slot.width - 2 * self._pad
        if cell.lead:
            row.icons.append((left, cell.lead, cell.icon_tone))
            left, room = left + self._icon + self._gap, room - self._icon - self._gap
        if cell.icon:
            room -= self._icon + self._gap
        text, width = self._fit(row, slot.column, cell.text, style, room, is_right=is_right)
        tail_width = self._widths[TextStyle.STRONG].exact(cell.tail) if cell.tail else 0
        if is_right:
            left += max(room - width - tail_width, 0)
        row.texts.append(((style, tone), left, text))
        if cell.tail:
            row.texts.append(((TextStyle.STRONG, tone), left + width, cell.tail))
        if cell.icon:
            at = left + width + tail_width + self._gap
            row.icons.append((at, cell.icon, cell.icon_tone))

    def _fit(
        self,
        row: LaidOutRow,
        column: int,
        text: str,
        style: TextStyle,
        room: int,
        *,
        is_right: bool,
    ) -> tuple[str, int]:
        widths = self._widths[style]
        # Numbers line up to the pixel and are kept whole: a shortened number is a wrong number.
        width = widths.exact(text) if is_right else widths.about(text)
        if width <= room:
            return text, width
        if not is_right:
            text = widths.shortened(text, room)
            width = widths.exact(text)
        row.cut.add(column)
        return text, width


class _LetterWidths(dict[str, float]):
    """Widths of letters in one font; their sum is a text's width but for kerning.

    Shaping every text to learn that it fits costs as much as painting it.
    """

    def __init__(self, font: QFont) -> None:
        super().__init__()
        self._measure, self._letters = QFontMetrics(font), QFontMetricsF(font)
        self._words: dict[str, int] = {}

    def __missing__(self, letter: str) -> float:
        width = self[letter] = self._letters.horizontalAdvance(letter)
        return width

    def exact(self, text: str) -> int:
        """Return the width of a text in pixels, as it is painted."""
        return self._measure.horizontalAdvance(text)

    def about(self, text: str) -> int:
        """Return the width of a text but for kerning; other scripts than Latin are measured."""
        width = self._words.get(text)
        if width is None:
            if len(self._words) >= _KEPT_WORDS:
                self._words.clear()
            other = bool(text) and max(text) >= _BEYOND_LATIN
            letters = () if other else map(self.__getitem__, text)
            width = self.exact(text) if other else int(sum(letters) + 0.999)
            self._words[text] = width
        return width

    def shortened(self, text: str, room: int) -> str:
        """Return the text cut at its end so that it fits, with an ellipsis."""
        return self._measure.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0))


_BEYOND_LATIN, _KEPT_WORDS = "\u0250", 4_096
