"""Where the window stood, and how it comes back without ever leaving the screen.

Qt's own `saveGeometry` is not used: at 125 % its blobs grow with every start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from loyaldesk.settings import UiState

__all__ = ["clamped", "keep_window", "restore_window"]

USUAL = QRect(80, 60, 1440, 900)
SMALLEST = (960, 600)


def restore_window(window: QMainWindow, state: UiState) -> None:
    """Put the window where it stood, inside a screen that exists now."""
    kept = state.get("window", {})
    rect = USUAL
    numbers = kept.get("rect") if isinstance(kept, dict) else None
    if isinstance(numbers, list) and [type(n) for n in numbers] == [int] * 4:
        rect = QRect(*numbers)
    window.setMinimumSize(*SMALLEST)
    window.setGeometry(clamped(rect, _screen_for(rect)))
    if isinstance(kept, dict) and kept.get("maximised"):
        window.showMaximized()


def keep_window(window: QMainWindow, state: UiState) -> None:
    """Remember the normal rectangle and whether the window is maximised."""
    rect = window.normalGeometry() if window.isMaximized() else window.geometry()
    numbers = [rect.x(), rect.y(), rect.width(), rect.height()]
    state.put("window", {"rect": numbers, "maximised": window.isMaximized()})


def clamped(rect: QRect, screen: QRect) -> QRect:
    """Return the rectangle moved and shrunk so that all of it lies on the screen."""
    width = min(rect.width(), screen.width())
    height = min(rect.height(), screen.height())
    x = min(max(rect.x(), screen.left()), screen.right() - width + 1)
    y = min(max(rect.y(), screen.top()), screen.bottom() - height + 1)
    return QRect(x, y, width, height)


def _screen_for(rect: QRect) -> QRect:
    screen = QGuiApplication.screenAt(rect.center()) or QGuiApplication.primaryScreen()
    return screen.availableGeometry()
