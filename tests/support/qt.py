"""What must be true of every window: named, big enough to hit, and reached with Tab?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QImage

LEAST_TARGET = 24


def let_go() -> None:
    """Delete what asked to be deleted later, as the event loop of a running program does."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def accessible_name(widget: QWidget) -> str:
    """Return what a screen reader calls a widget."""
    seen = QAccessible.queryAccessibleInterface(widget)
    return seen.text(QAccessible.Text.Name) if seen else ""


def focusable(root: QWidget) -> Iterator[QWidget]:
    """Yield the visible widgets of a window that can take the focus."""
    for widget in (root, *root.findChildren(QWidget)):
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisibleTo(root):
            yield widget


def nameless(root: QWidget) -> list[str]:
    """Return the visible widgets that take the focus and that a screen reader cannot name."""
    return [
        f"{type(widget).__name__} {widget.objectName()}".strip()
        for widget in focusable(root)
        if widget.isEnabled() and widget.focusProxy() is None and not accessible_name(widget)
    ]


def too_small(root: QWidget) -> list[str]:
    """Return the visible buttons that are smaller than 24 × 24 pixels."""
    return [
        f"{type(button).__name__} “{accessible_name(button)}” {button.width()} × {button.height()}"
        for button in root.findChildren(QAbstractButton)
        if button.isVisibleTo(root) and min(button.width(), button.height()) < LEAST_TARGET
    ]


def tab_order(root: QWidget) -> list[QWidget]:
    """Return the widgets in the order in which Tab reaches them, from the first one on."""
    found: list[QWidget] = []
    widget = root.nextInFocusChain()
    while widget is not None and widget is not root:
        takes_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes_tab and widget.isVisibleTo(root) and widget.isEnabled():
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def colours_in(image: QImage) -> set[str]:
    """Return the colours of a picture as hex names."""
    return {
        QColor(image.pixel(QPoint(x, y))).name()
        for y in range(image.height())
        for x in range(image.width())
    }


def deliver_deletions() -> None:
    """Let Qt delete what was told to go later."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
