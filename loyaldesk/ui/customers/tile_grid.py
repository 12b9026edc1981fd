"""How do the tiles of a customer look: two in a row, the figure over its name?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.plain_text import plain_tooltip
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.ui.customers.tile_words import Tile
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["TileGrid"]

_COLUMNS, _ROW, _VALUE = 2, 44, 22


class TileGrid(QWidget):
    """The tiles, painted in one widget; hovering one says how it is worked out."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._name = theme, name
        self._tiles: list[Tile] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    @property
    def tiles(self) -> list[Tile]:
        """The tiles from left to right, row by row."""
        return list(self._tiles)

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these figures."""
        self._tiles = list(tiles)
        self.setAccessibleName(f"{self._name}: " + ", ".join(tile.spoken for tile in tiles))
        self.updateGeometry()
        self.update()

    def _cell(self, number: int) -> QRect:
        row, column = divmod(number, _COLUMNS)
        width, height = self.width() // _COLUMNS, self._theme.px(_ROW)
        return QRect(column * width, row * height, width, height)

    def sizeHint(self) -> QSize:
        rows = -(-len(self._tiles) // _COLUMNS)
        return QSize(self._theme.px(240), rows * self._theme.px(_ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for number, tile in enumerate(self._tiles):
            self._paint_tile(painter, self._cell(number).adjusted(4, 0, -4, 0), tile)

    def _paint_tile(self, painter: QPainter, cell: QRect, tile: Tile) -> None:
        theme, tokens, middle = self._theme, self._theme.tokens, Qt.AlignmentFlag.AlignVCenter
        painter.setClipRect(cell)
        upper = QRect(cell.left(), cell.top(), cell.width(), theme.px(_VALUE))
        value_font = theme.font(TextStyle.BODY if tile.is_zero else TextStyle.PANEL_TITLE)
        painter.setFont(value_font)
        painter.setPen(tokens.ink(Tone.MUTED if tile.is_zero else tile.tone))
        painter.drawText(upper, middle, tile.value)
        end = painter.fontMetrics().horizontalAdvance(tile.value) + theme.px(5)
        painter.setFont(theme.font(TextStyle.SMALL_MEDIUM))
        painter.setPen(tokens.ink(tile.note_tone))
        if end + painter.fontMetrics().horizontalAdvance(tile.note) <= upper.width():
            painter.drawText(upper.adjusted(end, theme.px(2), 0, 0), middle, tile.note)
        painter.setFont(theme.font(TextStyle.SMALL))
        painter.setPen(tokens.ink(Tone.MUTED if tile.is_zero else Tone.SECONDARY))
        lower = QRect(cell.left(), upper.bottom(), cell.width(), theme.px(16))
        painter.drawText(lower, middle, tile.label)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            hit = [t for n, t in enumerate(self._tiles) if self._cell(n).contains(event.pos())]
            QToolTip.showText(
                event.globalPos(),
                plain_tooltip(f"{hit[0].spoken}\n{hit[0].tip}" if hit else ""),
                self,
            )
            return True
        return super().event(event)
