"""How does the row of open customers look: name, dot for what is not saved, a cross to close?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionTab, QTabBar, QWidget

from loyaldesk.ui.widgets.buttons import IconButton
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.strokes import paint_box, paint_ring
from loyaldesk.ui.widgets.tabs import PageTabs

if TYPE_CHECKING:
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["TabBar"]

PAD, DOT, CLOSE, ICON, HEIGHT, WIDEST, NARROWEST = 12, 8, 24, 14, 32, 220, 72
LOW = 4


class _CloseButton(IconButton):
    """The cross of a tab: seen while the tab is in front or under the pointer."""

    def __init__(self, theme: Theme, bar: TabBar) -> None:
        super().__init__(theme, "x", bar.tr("Close tab"), keys="Ctrl+W", small=True, parent=bar)
        self._bar = bar
        # The keyboard has Ctrl+W; Tab should not stop at eight crosses.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(CLOSE), self._theme.px(CLOSE) + LOW)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._bar.shows_close(self):
            return
        # A tab is seen four pixels lower than Qt lays its button out.
        square, side = self.rect().adjusted(0, LOW, 0, 0), self._theme.px(ICON)
        painter, tokens = QPainter(self), self._theme.tokens
        if self.underMouse():
            ground = tokens.sel if self.isDown() else tokens.hover
            paint_box(painter, square, ground=ground, edge=None)
        sign = QRect(0, 0, side, side)
        sign.moveCenter(square.center())
        self._theme.icons.paint(painter, sign, "x", tokens.text2)


class TabBar(PageTabs):
    """Tabs that carry a customer's id as data; none looks chosen while a section is on screen."""

    chosen = Signal(int)
    close_wanted = Signal(int)

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name=name, parent=parent)
        self.unsaved: set[int] = set()
        self.is_on_screen = False
        self._hovered = -1
        self.setMovable(False)
        self.setDrawBase(False)
        self.setMouseTracking(True)
        self.tabBarClicked.connect(self._come_back)
        self.currentChanged.connect(self._tell_chosen)

    def add(self, title: str, key: int) -> int:
        """Add a tab at the end and return its place."""
        index = self.addTab(title)
        self.setTabData(index, key)
        button = _CloseButton(self._theme, self)
        button.clicked.connect(lambda: self.close_wanted.emit(key))
        self.setTabButton(index, QTabBar.ButtonPosition.RightSide, button)
        return index

    def shows_close(self, button: QWidget) -> bool:
        """Tell whether that tab is in front or under the pointer."""
        index = self.tabAt(button.geometry().center())
        return index == self._hovered or (self.is_on_screen and index == self.currentIndex())

    def tabSizeHint(self, index: int) -> QSize:
        px = self._theme.px
        dot = px(DOT + 8) if self.tabData(index) in self.unsaved else 0
        wanted = self.title_width(index) + dot + px(2 * PAD + CLOSE + 2)
        return QSize(min(wanted, px(WIDEST)), px(HEIGHT))

    def sizeHint(self) -> QSize:
        width = sum(self.tabSizeHint(index).width() for index in range(self.count()))
        return QSize(width, self._theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        narrowest = self._theme.px(NARROWEST) * self.count()
        return QSize(min(narrowest, self.sizeHint().width()), self._theme.px(HEIGHT))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(event.position().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(QPoint(-1, -1))

    def _hover(self, at: QPoint) -> None:
        self._hovered = self.tabAt(at)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.tabAt(event.position().toPoint())
        if event.button() is Qt.MouseButton.MiddleButton and index >= 0:
            self.close_wanted.emit(self.tabData(index))
        else:
            super().mouseReleaseEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for index in range(self.count()):
            self._paint_tab(painter, index)

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        option = QStyleOptionTab()
        self.initStyleOption(option, index)
        is_front = index == self.currentIndex() and self.is_on_screen
        state: Any = QStyle.StateFlag.State_Enabled
        state |= QStyle.StateFlag.State_Selected if is_front else QStyle.StateFlag.State_None
        if index == self._hovered:
            state |= QStyle.StateFlag.State_MouseOver
        option.state = state
        self.style().drawControl(QStyle.ControlElement.CE_TabBarTabShape, option, painter, self)
        self._paint_words(painter, index, is_front=is_front)
        if self.hasFocus() and index == self.currentIndex():
            ring = self.tabRect(index).adjusted(2, 6, -2, -2)
            paint_ring(painter, ring, self._theme.tokens.accent)

    def _paint_words(self, painter: QPainter, index: int, *, is_front: bool) -> None:
        theme, px = self._theme, self._theme.px
        tokens, is_unsaved = theme.tokens, self.tabData(index) in self.unsaved
        room = self.tabRect(index).adjusted(px(PAD), LOW, -px(PAD + CLOSE), 0)
        if is_unsaved:
            room.setRight(room.right() - px(DOT + 8))
        font = theme.font(TextStyle.STRONG if is_front else TextStyle.BODY)
        measure = QFontMetrics(font)
        title = self.tabText(index).replace("&&", "&")
        shown = measure.elidedText(title, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(font)
        painter.setPen(tokens.text if is_front else tokens.text2)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        if is_unsaved:
            size, left = px(DOT), room.left() + measure.horizontalAdvance(shown) + px(8)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.accent)
            painter.drawEllipse(QRect(left, room.center().y() - size // 2 + 1, size, size))

    def _come_back(self, index: int) -> None:
        """A click on the current tab is no change, but leads back from a section."""
        if not self.is_on_screen:
            self._tell_chosen(index)

    def _tell_chosen(self, index: int) -> None:
        if index >= 0:
            self.chosen.emit(self.tabData(index))
