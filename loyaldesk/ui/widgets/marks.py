"""Which box is ticked? A check box that grows with the text and is 24 px to hit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.strokes import paint_box, paint_ring

if TYPE_CHECKING:
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["CheckBox"]

_BOX, _GAP, _TARGET = 16, 8, 24


class CheckBox(QCheckBox):
    """A box with words behind it; a click anywhere on it counts."""

    def __init__(self, theme: Theme, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        px = self._theme.px
        words = QFontMetrics(self._theme.font(TextStyle.BODY)).horizontalAdvance(self.text())
        return QSize(px(_BOX + _GAP) + words + 4, max(px(_TARGET), _TARGET))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, at: QPoint) -> bool:
        return self.rect().contains(at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, tokens, side = self._theme, self._theme.tokens, self._theme.px(_BOX)
        box = QRect(0, (self.height() - side) // 2, side, side)
        on, enabled = self.isChecked(), self.isEnabled()
        edge = tokens.accent if on else tokens.line2
        ground = tokens.accent if on else tokens.hover if self.underMouse() else tokens.base
        if not enabled:
            ground, edge = tokens.sunken, tokens.line
        paint_box(painter, box, ground=ground, edge=edge)
        if on:
            theme.icons.paint(
                painter, box, "check", tokens.accent_text if enabled else tokens.text3
            )
        painter.setFont(theme.font(TextStyle.BODY))
        painter.setPen(tokens.text if enabled else tokens.text3)
        words = self.rect().adjusted(side + theme.px(_GAP), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            paint_ring(painter, self.rect(), tokens.accent)
