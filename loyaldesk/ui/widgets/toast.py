"""How does the window say that something was done, and offer to take it back?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from loyaldesk.ui.widgets.announce import announce
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.strokes import RADIUS_PANEL, paint_box, paint_ring

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["Toaster"]

SHOWN_MS = 8_000
_HEIGHT, _MARGIN, _PAD, _ICON = 40, 16, 12, 16


class Toaster(QObject):
    """Shows the newest message of a window at its lower left for eight seconds."""

    def __init__(self, theme: Theme, window: QWidget, *, above: int = 28) -> None:
        """Take the window and the height of its status bar in pixels at 100 %."""
        super().__init__(window)
        self._theme, self._window, self._above = theme, window, above
        self.toast: _Toast | None = None
        window.installEventFilter(self)

    def say(
        self,
        words: str,
        *,
        action: str = "",
        then: Callable[[], None] | None = None,
        icon: str = "check",
    ) -> None:
        """Show a message, with an action such as Undo; an older message gives way."""
        self.dismiss()
        self.toast = _Toast(self._theme, words, action, icon, self._window)
        self.toast.gone.connect(self.dismiss)
        if then is not None:
            self.toast.button.clicked.connect(then)
        self._place()
        self.toast.show()
        self.toast.raise_()
        announce(self._window, f"{words} {action}".strip())

    def dismiss(self) -> None:
        """Take the message away at once."""
        if self.toast is not None:
            self.toast.hide()
            self.toast.deleteLater()
            self.toast = None

    def focus_action(self) -> bool:
        """Put the focus on the message's action; False if there is none."""
        if self.toast is None or not self.toast.button.isVisibleTo(self.toast):
            return False
        self.toast.button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def _place(self) -> None:
        if self.toast is not None:
            size = self.toast.sizeHint()
            px = self._theme.px
            top = self._window.height() - size.height() - px(_MARGIN) - px(self._above)
            self.toast.setGeometry(QRect(px(_MARGIN), top, size.width(), size.height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)


class _Toast(QWidget):
    """A message in the window's own colours turned round; it waits while looked at."""

    def __init__(self, theme: Theme, words: str, action: str, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self.words, self._icon = theme, words, icon
        self.button = _ToastAction(theme, action, self)
        self.button.setVisible(bool(action))
        self._timer = QTimer(self, interval=SHOWN_MS, singleShot=True)
        self.gone = self._timer.timeout
        self.button.clicked.connect(self._timer.timeout)
        self.button.installEventFilter(self)
        self.setAccessibleName(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, _PAD, 0)
        row.addStretch(1)
        row.addWidget(self.button)
        self._timer.start()

    @property
    def is_counting(self) -> bool:
        """Whether the eight seconds run."""
        return self._timer.isActive()

    def _watch(self) -> None:
        looked_at = self.underMouse() or self.button.hasFocus()
        if looked_at:
            self._timer.stop()
        else:
            self._timer.start()

    def sizeHint(self) -> QSize:
        px = self._theme.px
        words = QFontMetrics(self._theme.font(TextStyle.NAME)).horizontalAdvance(self.words)
        action = px(24) + self.button.sizeHint().width() if self.button.text() else 0
        return QSize(words + action + px(2 * _PAD + _ICON + 8), px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens, px = self._theme.tokens, self._theme.px
        paint_box(painter, self.rect(), ground=tokens.text, edge=None, radius=RADIUS_PANEL)
        side = px(_ICON)
        sign = QRect(px(_PAD), (self.height() - side) // 2, side, side)
        self._theme.icons.paint(painter, sign, self._icon, tokens.base)
        painter.setFont(self._theme.font(TextStyle.NAME))
        painter.setPen(tokens.base)
        words = self.rect().adjusted(px(_PAD + _ICON + 8), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.words)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.button.hasFocus():
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self._watch()
        return super().eventFilter(watched, event)


class _ToastAction(QAbstractButton):
    """The underlined word in a message."""

    def __init__(self, theme: Theme, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._theme.font(TextStyle.STRONG)).horizontalAdvance(self.text())
        return QSize(words + self._theme.px(8), self._theme.px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = self._theme.font(TextStyle.STRONG)
        font = type(font)(font)
        font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(self._theme.tokens.base)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            paint_ring(painter, self.rect(), self._theme.tokens.base)
