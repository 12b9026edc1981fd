"""Which grounds and lines part a page: plain sheets, framed panels and hairlines?"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from loyaldesk.ui.widgets.strokes import RADIUS_PANEL, paint_box

if TYPE_CHECKING:
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["Ground", "Hairline", "Panel", "Sheet"]

_EDGE = 3


class Ground(Enum):
    """Which paper a part of the page lies on."""

    BASE = "base"
    WINDOW = "window"
    SUNKEN = "sunken"


class Sheet(QWidget):
    """A part of a page on one plain ground."""

    def __init__(
        self, theme: Theme, ground: Ground = Ground.BASE, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._ground = theme, ground

    def paintEvent(self, event: QPaintEvent) -> None:
        colour: QColor = getattr(self._theme.tokens, self._ground.value)
        QPainter(self).fillRect(event.rect(), colour)


class Panel(QWidget):
    """A framed sheet for a thing that can be moved, answered or filed; fill its `body`."""

    def __init__(
        self, theme: Theme, *, accent_edge: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._accent_edge = theme, accent_edge
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16 - (2 if accent_edge else 0), 12, 14, 12)
        self.body.setSpacing(6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = self._theme.tokens
        paint_box(painter, self.rect(), ground=tokens.base, edge=tokens.line, radius=RADIUS_PANEL)
        if self._accent_edge:
            painter.setClipRect(0, 0, _EDGE, self.height())
            paint_box(painter, self.rect(), ground=tokens.accent, edge=None, radius=RADIUS_PANEL)


class Hairline(QWidget):
    """A line of one pixel that parts two things; decoration only."""

    def __init__(
        self, theme: Theme, *, vertical: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        thin, wide = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(*((thin, wide) if vertical else (wide, thin)))

    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(event.rect(), self._theme.tokens.line)
