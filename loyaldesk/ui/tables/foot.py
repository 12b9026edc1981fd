"""What stands under a table: how many rows, by which filter, how many chosen, which sums?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from loyaldesk.ui.widgets.buttons import IconButton
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["TableFoot"]

_HEIGHT = 28


class TableFoot(QWidget):
    """The line under a table; its ✕ takes the filter away."""

    filter_cleared = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._counts = TextLabel(theme, "", TextStyle.SMALL, Tone.SECONDARY)
        self._clear = IconButton(theme, "x", self.tr("Clear the filter"), small=True)
        self._sums = TextLabel(theme, "", TextStyle.SMALL, Tone.SECONDARY)
        self._clear.hide()
        self._clear.clicked.connect(self.filter_cleared)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(4)
        row.addWidget(self._counts)
        row.addWidget(self._clear)
        row.addStretch(1)
        row.addWidget(self._sums)

    def show_counts(self, counts: str, *, filter_words: str = "", sums: str = "") -> None:
        """Show "12 of 340", the filter in words and the sums; all come ready to read."""
        parts = (counts, self.tr("filter: {0}").format(filter_words)) if filter_words else (counts,)
        self._counts.setText(" · ".join(parts))
        self._clear.setVisible(bool(filter_words))
        self._sums.setText(sums)

    @property
    def text(self) -> str:
        """What the line says at its left."""
        return self._counts.text()

    @property
    def sums(self) -> str:
        """What the line says at its right."""
        return self._sums.text()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.tokens.window)
        painter.fillRect(0, 0, self.width(), 1, self._theme.tokens.line)
