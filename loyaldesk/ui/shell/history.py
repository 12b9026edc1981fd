"""How is an action taken back, and how do menus name the one it will be?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.shell.menus import Commands

__all__ = ["HistoryCommands"]


class _HasHistory(Protocol):
    def undo(self) -> str: ...

    def redo(self) -> str: ...


class HistoryCommands(QObject):
    """Undo and redo: they run on the write lane and say by name what they did."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._actions: Commands = {}

    def name_in(self, actions: Commands) -> None:
        """Keep these menu actions named after what they would take back or repeat."""
        self._actions = actions
        self._desk.news.history_changed.connect(self._name)
        self._name("", "")

    @Slot()
    def undo(self) -> None:
        """Take back the newest action and say which one it was."""
        self._run(_undo, self.tr("Undone: {what}"))

    @Slot()
    def redo(self) -> None:
        """Repeat the action taken back last and say which one it was."""
        self._run(_redo, self.tr("Done again: {what}"))

    def _run(self, step: Any, words: str) -> None:
        said = self._desk.news.said
        self._desk.jobs.run(
            step, owner=self, then=lambda label: said.emit(words.format(what=label), False)
        )

    @Slot(str, str)
    def _name(self, undo: str, redo: str) -> None:
        _name_action(self._actions["undo"], self.tr("&Undo"), self.tr("&Undo: {what}"), undo)
        _name_action(self._actions["redo"], self.tr("&Redo"), self.tr("&Redo: {what}"), redo)


def _undo(store: _HasHistory) -> str:
    return store.undo()


def _redo(store: _HasHistory) -> str:
    return store.redo()


def _name_action(action: QAction, verb: str, named: str, label: str) -> None:
    action.setText(named.format(what=label.replace("&", "&&")) if label else verb)
    action.setEnabled(bool(label))
