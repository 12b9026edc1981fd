"""What darkens the window behind the palette?"""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

__all__ = ["Shade"]

# 30 % black in both schemes, so that what lies below stays readable.
DARKNESS = 77


class Shade(QWidget):
    """Covers the whole window while it lives; nothing below can be clicked."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setGeometry(window.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), QColor(0, 0, 0, DARKNESS))
