"""How do the eight figures stand in a wide and in a narrow window?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QSizePolicy

from loyaldesk.ui.widgets.counters import Counter, CounterButton, CounterStrip
from loyaldesk.ui.widgets.panel import Hairline, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["CounterBar"]

HALF = 4
_LINE, _FOLDED_LINE = 32, 12


class CounterBar(Sheet):
    """Two strips of four: side by side, or one under the other where there is no room."""

    counter_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._is_low = False
        self._strips = (CounterStrip(theme), CounterStrip(theme))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._line = Hairline(theme, vertical=True)
        self._row.addWidget(self._strips[0], 1)
        self._row.addWidget(self._line, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._strips[1], 1)
        for strip in self._strips:
            strip.counter_chosen.connect(self.counter_chosen)

    def show_counters(self, counters: Sequence[Counter]) -> None:
        """Show these figures in their fixed order."""
        self._strips[0].show_counters(counters[:HALF])
        self._strips[1].show_counters(counters[HALF:])
        self._arrange()

    def fold(self, *, is_low: bool) -> None:
        """Put value and name on one line in a low window, as far as there is room for it."""
        self._is_low = is_low
        self._arrange()

    def _arrange(self) -> None:
        """Take the flattest arrangement in which no name is cut off."""
        flat = (True, False) if self._is_low else (False, False)
        tried = (flat, (False, False), (self._is_low, True))
        for folded, stacked in tried:
            self._show_as(folded=folded, stacked=stacked)
            if self._needed(HALF if stacked else 2 * HALF) <= self.width():
                return

    def _show_as(self, *, folded: bool, stacked: bool) -> None:
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if stacked else directions.LeftToRight)
        self._line.setVisible(not stacked)
        self._line.setFixedHeight(self._theme.px(_FOLDED_LINE if folded else _LINE))
        for strip in self._strips:
            strip.set_folded(folded=folded)

    def _needed(self, in_a_row: int) -> int:
        buttons = self.findChildren(CounterButton)
        return in_a_row * max((button.sizeHint().width() for button in buttons), default=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()
