"""How are amounts hidden while somebody else looks at the screen?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence

from loyaldesk.store.changes import Changes

if TYPE_CHECKING:
    from loyaldesk.ui.shell.menus import Commands
    from loyaldesk.ui.shell.parts import Parts

__all__ = ["AmountsSwitch"]


class AmountsSwitch(QObject):
    """Hides amounts on every page and shows them again; kept for the next start."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._parts, self._desk = parts, parts.desk
        self._actions: Commands = {}

    def name_in(self, actions: Commands) -> None:
        """Keep the menu action and the button named after what they would do."""
        self._actions = actions
        self._parts.top_row.hide_amounts.clicked.connect(self.toggle)
        self._name()

    @Slot()
    def toggle(self) -> None:
        """Hide the amounts, or show them again, and write everything in sight anew."""
        desk = self._desk
        desk.formats.hides_amounts = not desk.formats.hides_amounts
        desk.state.put("hides_amounts", desk.formats.hides_amounts)
        self._name()
        desk.news.changed.emit(Changes("", is_everything=True))
        desk.news.said.emit(self._said(), False)

    def _said(self) -> str:
        if not self._desk.formats.hides_amounts:
            return self.tr("Amounts are shown again")
        keys = self._actions["hide_amounts"].shortcut()
        native = keys.toString(QKeySequence.SequenceFormat.NativeText)
        return self.tr("Amounts are hidden. {0} shows them again.").format(native)

    def _name(self) -> None:
        is_hidden = self._desk.formats.hides_amounts
        words = self.tr("S&how amounts") if is_hidden else self.tr("&Hide amounts")
        self._actions["hide_amounts"].setText(words)
        self._parts.top_row.show_hidden(is_hidden)
