"""The amber strip that says: nothing here is real."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from loyaldesk.ui.widgets.buttons import Button, ButtonKind
from loyaldesk.ui.widgets.metrics import TextStyle

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["DemoStrip"]

HEIGHT = 28
_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)


class DemoStrip(QWidget):
    """One line above everything in the demo company."""

    def __init__(
        self, theme: Theme, leave: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = self.tr("Demo company – nothing here is real")
        self.setAccessibleName(self._words)
        button = Button(theme, self.tr("Leave"), kind=ButtonKind.FLAT, small=True)
        button.clicked.connect(leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.addStretch(1)
        row.addWidget(button)
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.tokens.demo)
        size = px(14)
        place = QRect(px(12), (self.height() - size) // 2, size, size)
        theme.icons.paint(painter, place, "flask-conical", theme.tokens.demo_text)
        painter.setFont(theme.font(TextStyle.SMALL_STRONG))
        painter.setPen(theme.tokens.demo_text)
        painter.drawText(px(32), 0, self.width(), self.height(), _MIDDLE, self._words)
