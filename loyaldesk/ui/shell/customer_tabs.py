"""The row of open customers: one tab each, at most eight, closed ones can come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from loyaldesk.ui.shell.tab_bar import TabBar
from loyaldesk.ui.widgets.buttons import IconButton
from loyaldesk.ui.widgets.plain_text import plain_tooltip

if TYPE_CHECKING:
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["MOST_TABS", "CustomerTabs"]

MOST_TABS = 8
HEIGHT = 36


class CustomerTabs(QWidget):
    """The open customers; which one is shown is told by signals, the pages live elsewhere."""

    chosen = Signal(int)
    closed = Signal(int)
    changed = Signal()
    new_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._closed: list[int] = []
        self._bar = TabBar(theme, name=self.tr("Open customers"))
        self._bar.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._plus = IconButton(theme, "plus", self.tr("Open a customer"), keys="Ctrl+K")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 0)
        row.setSpacing(4)
        row.addWidget(self._bar)
        row.addWidget(self._plus, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        self._bar.chosen.connect(self.chosen)
        self._bar.close_wanted.connect(self.close_customer)
        self._plus.clicked.connect(self.new_wanted)
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def customer_ids(self) -> list[int]:
        """The open customers from left to right."""
        return [self._bar.tabData(index) for index in range(self._bar.count())]

    @property
    def has_closed(self) -> bool:
        """Whether a closed tab can come back."""
        return bool(self._closed)

    def show_customer(self, customer_id: int) -> None:
        """Put the customer's tab in front, opening one if need be; the oldest gives way."""
        self.add_customer(customer_id)
        with QSignalBlocker(self._bar):
            self._bar.setCurrentIndex(self._index_of(customer_id))
        self._show_on_screen(shown=True)

    def add_customer(self, customer_id: int, title: str = "…") -> None:
        """Open a tab for the customer without going there."""
        if self._index_of(customer_id) >= 0:
            return
        if self._bar.count() >= MOST_TABS:
            self.close_customer(self._oldest_saved())
        with QSignalBlocker(self._bar):
            self._bar.add(_escaped(title), customer_id)
        self._fit()

    def show_section(self) -> None:
        """Let no tab look chosen: a section is on screen."""
        self._show_on_screen(shown=False)

    def set_title(self, customer_id: int, title: str) -> None:
        """Name the customer's tab."""
        index = self._index_of(customer_id)
        if index >= 0:
            self._bar.setTabText(index, _escaped(title))
            self._name(index)
            self._fit()

    def set_unsaved(self, customer_id: int, *, unsaved: bool) -> None:
        """Mark that something typed there is not saved yet."""
        (self._bar.unsaved.add if unsaved else self._bar.unsaved.discard)(customer_id)
        index = self._index_of(customer_id)
        if index >= 0:
            # Setting the words again is what makes Qt measure the tab anew.
            self._bar.setTabText(index, self._bar.tabText(index))
            self._name(index)
            self._fit()

    def close_current(self) -> None:
        """Close the tab in front."""
        if self._bar.count():
            self.close_customer(self._bar.tabData(self._bar.currentIndex()))

    def close_customer(self, customer_id: int) -> None:
        """Close the customer's tab; what was typed there is kept as a draft."""
        self._closed.append(customer_id)
        with QSignalBlocker(self._bar):
            self._bar.removeTab(self._index_of(customer_id))
        self._bar.unsaved.discard(customer_id)
        self._fit()
        self.closed.emit(customer_id)

    def step(self, by: int) -> None:
        """Go to the next or previous tab, round and round."""
        if self._bar.count():
            following = (self._bar.currentIndex() + by) % self._bar.count()
            self.chosen.emit(self._bar.tabData(following))

    def last_closed(self) -> int | None:
        """Return the customer closed last, who is then no longer remembered."""
        return self._closed.pop() if self._closed else None

    def neighbour(self) -> int | None:
        """Return the customer whose tab moved up when one was closed, or None."""
        return self._bar.tabData(self._bar.currentIndex()) if self._bar.count() else None

    def paintEvent(self, _event: QPaintEvent) -> None:
        # The tab in front is painted over the line: it is joined to its page.
        bottom = self.height() - 1
        QPainter(self).fillRect(0, bottom, self.width(), 1, self._theme.tokens.line)

    def _show_on_screen(self, *, shown: bool) -> None:
        self._bar.is_on_screen = shown
        self._bar.update()

    def _dress(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self._fit()

    def _fit(self) -> None:
        """Lay the tabs out again; Qt does so only when one of its own sizes changes."""
        self._bar.setVisible(self._bar.count() > 0)
        self._bar.updateGeometry()
        self._bar.update()
        self.changed.emit()

    def _name(self, index: int) -> None:
        title = self._bar.tabText(index).replace("&&", "&")
        if self._bar.tabData(index) in self._bar.unsaved:
            title = self.tr("{name}, note not saved yet").format(name=title)
        self._bar.setAccessibleTabName(index, title)
        self._bar.setTabToolTip(index, plain_tooltip(title))

    def _index_of(self, customer_id: int) -> int:
        ids = self.customer_ids
        return ids.index(customer_id) if customer_id in ids else -1

    def _oldest_saved(self) -> int:
        ids = self.customer_ids
        return next((key for key in ids if key not in self._bar.unsaved), ids[0])


def _escaped(title: str) -> str:
    return title.replace("&", "&&")
