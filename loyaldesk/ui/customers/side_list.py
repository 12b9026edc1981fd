"""What can be done to a row of a side list by key: open, preview, copy, delete, call, write?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from loyaldesk.ui.widgets.item_list import ItemList

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["SideList"]

_LETTERS = {Qt.Key.Key_C: "call", Qt.Key.Key_E: "mail"}


class SideList(ItemList):
    """A list in which Space previews, Delete deletes, Ctrl+C copies, C calls and E writes."""

    preview_wanted = Signal(object)
    delete_wanted = Signal(object)

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name=name, parent=parent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.chosen_key
        letter = "" if event.modifiers() else _LETTERS.get(Qt.Key(event.key()), "")
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif key is None:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space:
            self.preview_wanted.emit(key)
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit(key)
        elif letter and self._offers(letter):
            self.item_action.emit(key, letter)
        else:
            super().keyPressEvent(event)

    def _offers(self, action: str) -> bool:
        item = self.entries[self.currentIndex().row()]
        return any(offered.key == action for offered in item.actions)

    def _copy(self) -> None:
        row = self.currentIndex().row()
        if row >= 0:
            QGuiApplication.clipboard().setText(self.entries[row].spoken)
