"""Which views of a list are kept by name, and how does a colleague get one?"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from loyaldesk.ui.lists.name_dialog import NameDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.lists.plan import ListPlan, ListWish

__all__ = ["SavedViews"]

# What stands before a view that is sent as text, in a mail or a chat.
MARK = "LoyalDesk view "
LONGEST_SHARED = 4_000


class SavedViews(QObject):
    """Keeps wishes by name with the looks of the window; `view_chosen` brings one back."""

    view_chosen = Signal(object)

    def __init__(self, desk: Desk, plan: ListPlan, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._plan, self._window = desk, plan, parent

    @property
    def names(self) -> list[str]:
        """The kept names in alphabetical order."""
        return sorted(self._kept(), key=str.casefold)

    def menu(self, now: ListWish) -> QMenu:
        """Return the menu of kept views, with what can be done to the one on screen."""
        menu = QMenu(self._window)
        for name in self.names:
            _add(menu, name.replace("&", "&&"), partial(self.show_view, name))
        if not self.names:
            menu.addAction(self.tr("No view is kept yet")).setEnabled(False)
        menu.addSeparator()
        _add(menu, self.tr("&Keep this view…"), partial(self.ask_name, now))
        _add(menu, self.tr("&Copy this view to share it"), partial(self.share, now))
        _add(menu, self.tr("&Take a shared view"), self.take_shared)
        if self.names:
            forget = menu.addMenu(self.tr("&Forget"))
            for name in self.names:
                _add(forget, name.replace("&", "&&"), partial(self.forget, name))
        return menu

    def keep(self, name: str, wish: ListWish) -> None:
        """Keep a view under a name."""
        self._desk.state.put(self._state_key, {**self._kept(), name: wish.as_dict()})
        self._desk.news.said.emit(self.tr("View “{0}” kept").format(name), False)

    def forget(self, name: str) -> None:
        """Forget a view."""
        kept = {key: view for key, view in self._kept().items() if key != name}
        self._desk.state.put(self._state_key, kept)
        self._desk.news.said.emit(self.tr("View “{0}” forgotten").format(name), False)

    def ask_name(self, wish: ListWish) -> None:
        """Ask under which name to keep a view."""
        dialog = NameDialog(self._desk.theme, self.names, parent=self._window)
        dialog.named.connect(lambda name: self.keep(name, wish))
        dialog.open()

    def share(self, wish: ListWish) -> None:
        """Put a view on the clipboard as a line of text."""
        view = {"list": self._plan.key, **wish.as_dict()}
        QGuiApplication.clipboard().setText(MARK + json.dumps(view, ensure_ascii=False))
        said = self.tr("View copied; a colleague takes it with “Take a shared view”")
        self._desk.news.said.emit(said, False)

    def take_shared(self) -> None:
        """Show the view whose text is on the clipboard."""
        wish = self._plan.understood(self._shared(QGuiApplication.clipboard().text()))
        if wish is None:
            said = self.tr("The clipboard holds no view of this list; copy its line of text first")
            self._desk.news.said.emit(said, False)
        else:
            self.view_chosen.emit(wish)

    def show_view(self, name: str) -> None:
        """Bring a kept view back."""
        wish = self._plan.understood(self._kept().get(name))
        if wish is not None:
            self.view_chosen.emit(wish)

    def _shared(self, text: str) -> dict[str, Any] | None:
        _, mark, line = text[:LONGEST_SHARED].partition(MARK)
        try:
            view = json.loads(line.strip()) if mark else None
        except (ValueError, RecursionError):
            return None
        return view if isinstance(view, dict) and view.get("list") == self._plan.key else None

    @property
    def _state_key(self) -> str:
        return f"{self._plan.key}.views"

    def _kept(self) -> dict[str, Any]:
        kept = self._desk.state.get(self._state_key)
        return kept if isinstance(kept, dict) else {}


def _add(menu: QMenu, words: str, command: Callable[[], object]) -> None:
    menu.addAction(words).triggered.connect(lambda _=False: command())
