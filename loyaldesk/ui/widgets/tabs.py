"""How does a page switch between views of one list: words with a line under the chosen one?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTabBar, QWidget

from loyaldesk.ui.widgets.metrics import TextStyle

if TYPE_CHECKING:
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["UnderlineTabs"]

_HEIGHT, _PAD = 36, 12


class UnderlineTabs(QTabBar):
    """Tabs 36 px high; the arrow keys or a click choose one."""

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setDocumentMode(True)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)

    def add_view(self, title: str) -> int:
        """Add a view at the end and return its number."""
        return self.addTab(title.replace("&", "&&"))

    def tabSizeHint(self, index: int) -> QSize:
        title = self.tabText(index).replace("&&", "&")
        words = QFontMetrics(self._theme.font(TextStyle.STRONG)).horizontalAdvance(title)
        return QSize(words + 2 * self._theme.px(_PAD), self._theme.px(_HEIGHT))
