"""The row of open customers: one tab each, at most eight, closed ones can come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStyle, QStyleOptionTab, QTabBar, QWidget

from loyaldesk.ui.widgets.buttons import IconButton
from loyaldesk.ui.widgets.plain_text import plain_tooltip

if TYPE_CHECKING:
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["MOST_TABS", "CustomerTabs"]

MOST_TABS = 8
HEIGHT, TAB_HEIGHT, WIDEST = 36, 32, 220
DOT = 8


class _TabBar(QTabBar):
    """Qt's tabs with a dot on those that hold something typed and not yet saved."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.unsaved: set[int] = set()
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setExpanding(False)
        self.setTabsClosable(True)
        self.setMovable(True)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)

    def tabSizeHint(self, index: int) -> QSize:
        usual = super().tabSizeHint(index)
        width = min(usual.width() + self._theme.px(DOT + 6), self._theme.px(WIDEST))
        return QSize(width, self._theme.px(TAB_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tokens.accent)
        for index in range(self.count()):
            if self.tabData(index) in self.unsaved:
                painter.drawEllipse(self._dot(index))

    def _dot(self, index: int) -> QRect:
        option = QStyleOptionTab()
        self.initStyleOption(option, index)
        words = self.style().subElementRect(QStyle.SubElement.SE_TabBarTabText, option, self)
        size = self._theme.px(DOT)
        return QRect(words.right() - size, words.center().y() - size // 2, size, size)


class CustomerTabs(QWidget):
    """The open customers; which one is shown is told by signals, the pages live elsewhere."""

    chosen = Signal(int)
    closed = Signal(int)
    new_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._closed: list[int] = []
        self._bar = _TabBar(theme, self)
        self._bar.setAccessibleName(self.tr("Open customers"))
        self._plus = IconButton(theme, "plus", self.tr("Open a customer"), keys="Ctrl+K")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 0)
        row.setSpacing(4)
        row.addWidget(self._bar)
        row.addWidget(self._plus)
        row.addStretch(1)
        self._bar.tabBarClicked.connect(self._tell_chosen)
        self._bar.tabCloseRequested.connect(self._close)
        self._bar.currentChanged.connect(self._tell_current)
        self._plus.clicked.connect(self.new_wanted)
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def customer_ids(self) -> list[int]:
        """The open customers from left to right."""
        return [self._bar.tabData(index) for index in range(self._bar.count())]

    def show_customer(self, customer_id: int, title: str = "…") -> None:
        """Put the customer's tab in front, opening one if need be; the oldest gives way."""
        index = self._index_of(customer_id)
        if index < 0:
            if self._bar.count() >= MOST_TABS:
                self._close(self._oldest_saved())
            self._bar.blockSignals(True)
            index = self._bar.addTab(_escaped(title))
            self._bar.setTabData(index, customer_id)
            self._bar.blockSignals(False)
        self._bar.blockSignals(True)
        self._bar.setCurrentIndex(index)
        self._bar.blockSignals(False)

    def set_title(self, customer_id: int, title: str) -> None:
        """Name the customer's tab."""
        index = self._index_of(customer_id)
        if index >= 0:
            self._bar.setTabText(index, _escaped(title))
            self._bar.setTabToolTip(index, plain_tooltip(title))

    def set_unsaved(self, customer_id: int, *, unsaved: bool) -> None:
        """Mark that something typed there is not saved yet."""
        (self._bar.unsaved.add if unsaved else self._bar.unsaved.discard)(customer_id)
        index = self._index_of(customer_id)
        if index >= 0:
            words = self.tr("{name}, note not saved yet") if unsaved else "{name}"
            self._bar.setAccessibleTabName(
                index, words.format(name=self._bar.tabText(index).replace("&&", "&"))
            )
        self._bar.update()

    def close_current(self) -> None:
        """Close the tab in front."""
        self._close(self._bar.currentIndex())

    def step(self, by: int) -> None:
        """Go to the next or previous tab, round and round."""
        if self._bar.count():
            self._bar.setCurrentIndex((self._bar.currentIndex() + by) % self._bar.count())
            self._tell_chosen(self._bar.currentIndex())

    def last_closed(self) -> int | None:
        """Return the customer closed last, who is then no longer remembered."""
        return self._closed.pop() if self._closed else None

    def _dress(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))

    def _index_of(self, customer_id: int) -> int:
        ids = self.customer_ids
        return ids.index(customer_id) if customer_id in ids else -1

    def _oldest_saved(self) -> int:
        saved = [i for i, key in enumerate(self.customer_ids) if key not in self._bar.unsaved]
        return saved[0] if saved else 0

    def _tell_chosen(self, index: int) -> None:
        if index >= 0:
            self.chosen.emit(self._bar.tabData(index))

    def _tell_current(self, index: int) -> None:
        self._tell_chosen(index)

    def _close(self, index: int) -> None:
        if index < 0:
            return
        customer_id = self._bar.tabData(index)
        self._closed.append(customer_id)
        self._bar.removeTab(index)
        self.closed.emit(customer_id)


def _escaped(title: str) -> str:
    return title.replace("&", "&&")
