"""The top row: menu, the search box that opens the palette, back and forward, help."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenuBar, QSizePolicy, QWidget

from loyaldesk.ui.widgets.buttons import IconButton
from loyaldesk.ui.widgets.labels import KeyCap
from loyaldesk.ui.widgets.metrics import TextStyle

if TYPE_CHECKING:
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["SearchBox", "TopRow"]

HEIGHT = 40
SEARCH_WIDTH = 560


class SearchBox(QAbstractButton):
    """Looks like a search field; pressing it or typing into it opens the palette."""

    typed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = self.tr("Search or jump…  name, number, phone, order, PO")
        self.setAccessibleName(self.tr("Search or jump"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._key = KeyCap(theme, "Ctrl+K", self)

    def sizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(px(SEARCH_WIDTH), px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(28))

    def resizeEvent(self, _event: QResizeEvent) -> None:
        hint = self._key.sizeHint()
        self._key.setGeometry(
            self.width() - hint.width() - self._theme.px(6),
            (self.height() - hint.height()) // 2,
            hint.width(),
            hint.height(),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if text.strip() and text.isprintable():
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        tokens = theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        width = 2.0 if focused else 1.0
        painter.setPen(QPen(tokens.accent if focused else tokens.line2, width))
        painter.setBrush(tokens.base)
        inset = width / 2
        painter.drawRoundedRect(self.rect().toRectF().adjusted(inset, inset, -inset, -inset), 4, 4)
        icon = px(16)
        theme.icons.paint(
            painter, QRect(px(9), (self.height() - icon) // 2, icon, icon), "search", tokens.text2
        )
        painter.setFont(theme.font(TextStyle.BODY))
        painter.setPen(tokens.text3)
        room = self.rect().adjusted(px(33), 0, -self._key.width() - px(12), 0)
        words = QFontMetrics(painter.font()).elidedText(
            self._words, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)


class TopRow(QWidget):
    """The row above everything; on macOS the menu is the system's."""

    back_wanted = Signal()
    forward_wanted = Signal()
    help_wanted = Signal()

    def __init__(self, theme: Theme, menu: QMenuBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.search = SearchBox(theme)
        self.back = IconButton(theme, "arrow-left", self.tr("Back"), keys="Alt+Left")
        self.forward = IconButton(theme, "arrow-right", self.tr("Forward"), keys="Alt+Right")
        self.hide_amounts = IconButton(theme, "eye", "")
        self.help = IconButton(theme, "circle-question-mark", self.tr("Keys and help"), keys="F1")
        self._menu = menu
        self._row = QHBoxLayout(self)
        self._lay_out()
        self.back.clicked.connect(self.back_wanted)
        self.forward.clicked.connect(self.forward_wanted)
        self.help.clicked.connect(self.help_wanted)
        theme.changed.connect(self._dress)
        self._dress()
        self.show_hidden(False)

    def show_hidden(self, hidden: bool) -> None:
        """Show whether amounts are hidden, on the button that changes it."""
        name = self.tr("Show amounts") if hidden else self.tr("Hide amounts")
        self.hide_amounts.set_icon("eye-off" if hidden else "eye")
        self.hide_amounts.set_name(name, "Ctrl+Shift+H")

    def _lay_out(self) -> None:
        row = self._row
        row.setContentsMargins(8, 0, 12, 0)
        row.setSpacing(8)
        # The two sides share what the search leaves, so the search stands in the middle.
        row.addLayout(self._left(), 1)
        row.addWidget(self.search)
        row.addLayout(self._right(), 1)

    def _left(self) -> QHBoxLayout:
        left = QHBoxLayout()
        if sys.platform != "darwin":
            # When room is short the search gives way, not the menus.
            self._menu.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            left.addWidget(self._menu)
        left.addStretch(1)
        return left

    def _right(self) -> QHBoxLayout:
        right = QHBoxLayout()
        right.setSpacing(4)
        right.addStretch(1)
        for button in (self.back, self.forward, self.hide_amounts, self.help):
            right.addWidget(button)
        return right

    def _dress(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self.search.setMaximumWidth(self._theme.px(SEARCH_WIDTH))
