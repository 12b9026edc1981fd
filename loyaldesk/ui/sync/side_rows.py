"""How does the keyboard move among the lists of the page, as if they were one?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from loyaldesk.ui.widgets.item_list import ItemList

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

__all__ = ["SideRows"]

_STEPS: dict[int, int] = {
    Qt.Key.Key_Down: 1, Qt.Key.Key_J: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_K: -1,
}  # fmt: skip


class SideRows(ItemList):
    """A list that goes on into the next one: `left` carries 1 below its end, -1 above its start.

    The right arrow does what Enter does.
    """

    left = Signal(int)

    def choose_end(self, *, last: bool) -> None:
        """Put cursor and keyboard on the first row, or on the last."""
        self.choose(self.entries[-1 if last else 0].key)
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = 0 if event.modifiers() else _STEPS.get(event.key(), 0)
        if event.key() == Qt.Key.Key_Right:
            self._activate(self.currentIndex())
        elif step and not 0 <= self.currentIndex().row() + step < len(self.entries):
            self.left.emit(step)
        else:
            super().keyPressEvent(event)
