"""Which keys does the palette name at its foot?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from loyaldesk.ui.widgets.labels import KeyCap, TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Ground, Sheet
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["PaletteFoot"]

HEIGHT = 36


class PaletteFoot(Sheet):
    """What the keys do at the left, what a first letter asks for at the right."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, Ground.WINDOW, parent)
        self.setFixedHeight(theme.px(HEIGHT))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        row.setSpacing(theme.px(6))
        self._add(row, "Return", self.tr("open"))
        self._add(row, "Ctrl+Return", self.tr("open + note"))
        self._add(row, "Tab", self.tr("actions"))
        row.addStretch(1)
        self._add(row, ">", self.tr("commands"))
        self._add(row, "#", self.tr("orders"))
        self._add(row, "@", self.tr("people"))
        self._add(row, "?", self.tr("help"))

    def _add(self, row: QHBoxLayout, keys: str, words: str) -> None:
        row.addWidget(KeyCap(self._theme, keys))
        row.addWidget(TextLabel(self._theme, words, TextStyle.SMALL, Tone.SECONDARY))
        row.addSpacing(self._theme.px(8))
