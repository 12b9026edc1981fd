"""How are the visible rows painted in one go, straight from the cache, without a delegate?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from loyaldesk.ui.widgets.chips import fill_chip
from loyaldesk.ui.widgets.strokes import paint_ring

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyaldesk.ui.tables.row_layout import LaidOutRow, RowLayout
    from loyaldesk.ui.widgets.metrics import TextStyle
    from loyaldesk.ui.widgets.theme import Theme
    from loyaldesk.ui.widgets.tokens import Tone

__all__ = ["PaintedRow", "RowPainter"]

_EDGE = 3


@dataclass(frozen=True, slots=True)
class PaintedRow:
    """A row on the screen: its top, its pieces (None while loading) and its state."""

    top: int
    pieces: LaidOutRow | None
    selected: bool = False
    hovered: bool = False
    is_current: bool = False


class RowPainter:
    """Paints rows of one height; texts of one look are painted together, which is what is quick."""

    def __init__(
        self, theme: Theme, layout: RowLayout, *, width: int, height: int, scrolled: int
    ) -> None:
        self._theme, self._layout = theme, layout
        self._width, self._height, self._scrolled = width, height, scrolled

    def paint(self, painter: QPainter, rows: Iterable[PaintedRow], *, focused: bool) -> None:
        """Paint these rows, grounds first, then texts look by look, then icons and chips."""
        texts: dict[tuple[TextStyle, Tone, bool], list[tuple[int, int, str]]] = {}
        shown = list(rows)
        for row in shown:
            self._paint_ground(painter, row, focused=focused)
            if row.pieces is None:
                self._paint_skeleton(painter, row.top)
                continue
            for (style, tone), left, text in row.pieces.texts:
                line = (left - self._scrolled, row.top, text)
                texts.setdefault((style, tone, row.selected), []).append(line)
        self._paint_texts(painter, texts)
        for row in shown:
            if row.pieces is not None:
                self._paint_signs(painter, row, row.pieces)

    def _paint_ground(self, painter: QPainter, row: PaintedRow, *, focused: bool) -> None:
        tokens = self._theme.tokens
        rect = QRect(0, row.top, self._width, self._height)
        if row.selected or row.hovered:
            painter.fillRect(rect, tokens.sel if row.selected else tokens.hover)
        painter.fillRect(0, rect.bottom(), self._width, 1, tokens.line)
        if row.selected:
            edge = tokens.accent if focused else tokens.line2
            painter.fillRect(0, row.top, _EDGE, self._height - 1, edge)
        elif row.is_current and focused:
            paint_ring(painter, rect.adjusted(0, 0, 0, -1), tokens.accent)

    def _paint_texts(
        self,
        painter: QPainter,
        texts: dict[tuple[TextStyle, Tone, bool], list[tuple[int, int, str]]],
    ) -> None:
        for (style, tone, selected), lines in texts.items():
            font = self._theme.font(style)
            measure = QFontMetrics(font)
            rise = (self._height - 1 + measure.ascent() - measure.descent()) // 2
            painter.setFont(font)
            painter.setPen(self._ink(tone, selected=selected))
            for left, top, text in lines:
                painter.drawText(left, top + rise, text)

    def _paint_signs(self, painter: QPainter, row: PaintedRow, pieces: LaidOutRow) -> None:
        theme = self._theme
        side = theme.px(16)
        for left, name, tone in pieces.icons:
            at = QPoint(left - self._scrolled, row.top + (self._height - side) // 2)
            ink = self._ink(tone, selected=row.selected)
            theme.icons.paint(painter, QRect(at.x(), at.y(), side, side), name, ink)
        for left, width, chip in pieces.chips:
            box = QRect(left - self._scrolled, row.top - 1, width, self._height)
            fill_chip(painter, box, chip, theme)

    def _paint_skeleton(self, painter: QPainter, top: int) -> None:
        high = self._theme.px(8)
        for slot in self._layout.slots[:4]:
            wide = max(slot.width * 3 // 5, high)
            at = QPoint(slot.left + self._theme.px(8) - self._scrolled, 0)
            line = self._theme.tokens.line
            painter.fillRect(at.x(), top + (self._height - high) // 2, wide, high, line)

    def _ink(self, tone: Tone, *, selected: bool) -> QColor:
        tokens = self._theme.tokens
        return tokens.ink_on_selection(tone) if selected else tokens.ink(tone)
