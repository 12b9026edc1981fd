"""How does a page switch between views, and the window between customers: which tabs are there?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTabBar, QWidget

from loyaldesk.ui.widgets.metrics import TextStyle

if TYPE_CHECKING:
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["PageTabs", "UnderlineTabs"]

_HEIGHT, _PAD, _ICON, _MOST = 36, 12, 16, 220


class _StrongTabs(QTabBar):
    """Tabs whose chosen one is bold; each is wide enough to become it without moving others."""

    def __init__(self, theme: Theme, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("strong", True)
        self.setAccessibleName(name)
        self.setExpanding(False)
        # Qt's scroll buttons are 16 px wide; tabs that do not fit are shortened instead.
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        theme.changed.connect(self._fit_icons)
        self._fit_icons()

    def title_width(self, index: int) -> int:
        """Return the width of a tab's words when it is chosen."""
        title = self.tabText(index).replace("&&", "&")
        return QFontMetrics(self._theme.font(TextStyle.STRONG)).horizontalAdvance(title)

    @Slot()
    def _fit_icons(self) -> None:
        self.setIconSize(QSize(self._theme.px(_ICON), self._theme.px(_ICON)))


class UnderlineTabs(_StrongTabs):
    """The views of a list, 36 px high with a line under the chosen one."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, parent)
        self.setDocumentMode(True)

    def add_view(self, title: str) -> int:
        """Add a view at the end and return its number."""
        return self.addTab(title.replace("&", "&&"))

    def tabSizeHint(self, index: int) -> QSize:
        width = self.title_width(index) + 2 * self._theme.px(_PAD)
        return QSize(width, self._theme.px(_HEIGHT))


class PageTabs(_StrongTabs):
    """The open customers, at most 220 px each, the chosen one joined to its page below."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, parent)
        self.setDrawBase(True)
        self.setMovable(True)

    def tabSizeHint(self, index: int) -> QSize:
        px = self._theme.px
        icon = px(_ICON + 6) if not self.tabIcon(index).isNull() else 0
        closes = self.tabButton(index, QTabBar.ButtonPosition.RightSide)
        button = closes.sizeHint().width() + 4 if closes is not None else 0
        width = self.title_width(index) + icon + button + 2 * px(_PAD)
        return QSize(min(width, px(_MOST)), px(_HEIGHT))
