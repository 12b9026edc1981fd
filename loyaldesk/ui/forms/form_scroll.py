"""How does a form larger than the screen stay usable? Its fields scroll, its buttons stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

__all__ = ["FormScroll", "room_on"]

LEAST_HEIGHT = 96
# What the frame and title of a window take, and a margin to see that it is one.
FRAME = QSize(32, 64)


def room_on(screen: QRect) -> QSize:
    """Return how large a dialog may be on a screen, its frame left out."""
    return screen.size() - FRAME


class FormScroll(QScrollArea):
    """Asks for as much room as its fields want; `content` takes them.

    `grew` tells by how many pixels the fields became higher, such as by a sentence below one.
    """

    grew = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        home = QWidget()
        self.content = QVBoxLayout(home)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(12)
        self._width = self._height = 0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(home)
        self.viewport().setAutoFillBackground(False)
        home.setAutoFillBackground(False)
        home.installEventFilter(self)

    def ask_for(self, width: int) -> None:
        """Ask for the height that the fields need at this width."""
        self._width = width

    def sizeHint(self) -> QSize:
        return QSize(self._width, self._wanted_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(LEAST_HEIGHT, self._wanted_height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            before, self._height = self._height, self._wanted_height()
            if before and self._height > before:
                self.grew.emit(self._height - before)
        return super().eventFilter(watched, event)

    def _wanted_height(self) -> int:
        width = self._width
        if self.content.hasHeightForWidth() and width:
            return self.content.totalHeightForWidth(width)
        return self.content.totalSizeHint().height()
