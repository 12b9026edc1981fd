"""The window as the system sees it: shown and painted before anything else is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QMainWindow

from loyaldesk.ui.shell.window_state import keep_window, restore_window

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QMoveEvent, QPaintEvent, QResizeEvent

    from loyaldesk.settings import UiState

__all__ = ["Frame"]


class Frame(QMainWindow):
    """An empty window where the last one stood; `painted` says that it may be filled.

    Only what this file imports stands between the start and the first frame.
    """

    painted = Signal()
    first_rows_shown = Signal()
    moved = Signal()
    closing = Signal()

    def __init__(self, state: UiState) -> None:
        super().__init__()
        self._state = state
        self._is_painted = False
        self.setWindowTitle("LoyalDesk")

    def open(self) -> None:
        """Show the window where it stood."""
        restore_window(self, self._state)
        self.show()

    def come_forward(self) -> None:
        """Put the window in front of all others."""
        self.setWindowState(self.windowState() & ~self.windowState().WindowMinimized)
        self.raise_()
        self.activateWindow()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            # The frame is on screen when the next timer fires.
            QTimer.singleShot(0, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.moved.emit()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.moved.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        keep_window(self, self._state)
        self.closing.emit()
        super().closeEvent(event)
