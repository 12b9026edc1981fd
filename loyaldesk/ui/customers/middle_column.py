"""What happened, and what is being written down: composer and timeline, one over the other?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from loyaldesk.ui.customers.composer import Composer
from loyaldesk.ui.customers.timeline_panel import TimelinePanel
from loyaldesk.ui.widgets.panel import Hairline, Sheet
from loyaldesk.ui.widgets.tabs import UnderlineTabs

if TYPE_CHECKING:
    from loyaldesk.ui.desk import Desk

__all__ = ["MiddleColumn"]

LEAST_WIDTH = 420


class MiddleColumn(Sheet):
    """The middle column; in a narrow window the left one stands behind a tab of it."""

    def __init__(self, desk: Desk, customer_id: int) -> None:
        super().__init__(desk.theme)
        self._desk = desk
        self._hides_composer = False
        self.composer = Composer(desk, customer_id)
        self.timeline = TimelinePanel(desk, customer_id)
        self._tabs = UnderlineTabs(desk.theme, name=self.tr("Parts of the page"))
        self._tabs.add_view(self.tr("What happened"))
        self._tabs.add_view(self.tr("Who"))
        self._tabs.hide()
        self._stack = QStackedWidget()
        self._line = Hairline(desk.theme)
        main = QWidget()
        self._main = QVBoxLayout(main)
        self._main.setContentsMargins(0, 0, 0, 0)
        self._main.setSpacing(0)
        for widget in (self.composer, self._line):
            self._main.addWidget(widget)
        self._main.addWidget(self.timeline, 1)
        self._stack.addWidget(main)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs)
        column.addWidget(self._stack, 1)
        self._tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self.composer.unsaved_changed.connect(self._show_composer)
        self.timeline.note_wanted.connect(self.write_note)
        self.setMinimumWidth(LEAST_WIDTH)

    @Slot()
    def write_note(self, kind: str = "call", contact_id: int | None = None) -> None:
        """Start a note, wherever the composer was."""
        self.show_side(side=False)
        self.composer.show()
        self._line.show()
        self.composer.begin(kind, contact_id)

    def show_side(self, *, side: bool) -> None:
        """Show the left column behind its tab, or the timeline again."""
        if self._tabs.isVisibleTo(self):
            self._tabs.setCurrentIndex(int(side))

    def take_side(self, side: QWidget) -> None:
        """Take the left column behind a tab."""
        self._stack.addWidget(side)
        self._tabs.show()
        self._stack.setCurrentIndex(self._tabs.currentIndex())

    def give_back_side(self) -> None:
        """Let the left column stand beside the middle again."""
        self._tabs.setCurrentIndex(0)
        self._tabs.hide()

    def set_low(self, *, is_low: bool, is_narrow: bool) -> None:
        """Give the composer less room; where both are short it shows only while in use."""
        self._hides_composer = is_low and is_narrow
        self.composer.set_low(is_low=is_low)
        self._show_composer()

    @Slot()
    def _show_composer(self) -> None:
        shown = not self._hides_composer or self.composer.is_unsaved
        self.composer.setVisible(shown)
        self._line.setVisible(shown)
