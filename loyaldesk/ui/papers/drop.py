"""How does a page take files that are dropped on it?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.strokes import RADIUS_PANEL
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMimeData

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["DropTarget", "dropped_files"]

MARGIN, ICON = 8, 24


def dropped_files(dragged: QMimeData) -> list[Path]:
    """Return the local files of what is dragged; links and text are not taken."""
    return [Path(url.toLocalFile()) for url in dragged.urls() if url.isLocalFile()]


class DropTarget(QObject):
    """Lets files be dropped on a widget: `on_files` gets their paths; `words` say what happens."""

    def __init__(
        self, theme: Theme, widget: QWidget, *, words: str, on_files: Callable[[list[Path]], object]
    ) -> None:
        super().__init__(widget)
        self._widget, self._on_files = widget, on_files
        self.veil = _Veil(theme, words, widget)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def say(self, words: str) -> None:
        """Say something else while files hover: where they would be filed."""
        self.veil.words = words

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QDragEnterEvent) and dropped_files(event.mimeData()):
            # A copy is filed; the file itself stays where it is.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.veil.cover(self._widget.rect())
            return True
        if kind is QEvent.Type.DragLeave:
            self.veil.hide()
        elif kind is QEvent.Type.Drop and isinstance(event, QDropEvent):
            self.veil.hide()
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._on_files(dropped_files(event.mimeData()))
            return True
        return super().eventFilter(watched, event)


class _Veil(QWidget):
    """Covers the page while files hover over it and says what dropping does."""

    def __init__(self, theme: Theme, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.words = theme, words
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self, rect: QRect) -> None:
        """Lie over everything in a rectangle."""
        self.setGeometry(rect)
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(theme.tokens.accent_soft)
        ground.setAlphaF(0.92)
        frame = self.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        painter.setBrush(ground)
        painter.setPen(QPen(theme.tokens.accent, 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(frame, RADIUS_PANEL, RADIUS_PANEL)
        side = theme.px(ICON)
        sign = QRect(0, 0, side, side)
        sign.moveCenter(frame.center())
        sign.translate(0, -side)
        theme.icons.paint(painter, sign, "paperclip", theme.tokens.accent_ink)
        painter.setFont(theme.font(TextStyle.PANEL_TITLE))
        painter.setPen(theme.tokens.ink(Tone.ACCENT))
        below = frame.adjusted(0, side, 0, side)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self.words)
