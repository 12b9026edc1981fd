"""Settings: their parts at the left, the form of the chosen one beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from loyaldesk.ui.settings.form_column import FormColumn
from loyaldesk.ui.settings.parts import PARTS, Part, make_form
from loyaldesk.ui.widgets.nav_list import NavItem, NavList
from loyaldesk.ui.widgets.panel import Ground, Hairline, Sheet

if TYPE_CHECKING:
    from loyaldesk.ui.desk import Desk

__all__ = ["SettingsPage"]


class SettingsPage(Sheet):
    """Every setting acts at once, so nothing has to be applied."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, Ground.BASE, parent=parent)
        self._desk = desk
        self._shown: dict[str, QWidget] = {}
        self.forms: dict[str, QWidget] = {}
        self.list = NavList(desk.theme, name=self.tr("Parts of the settings"))
        self._stack = QStackedWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(Hairline(desk.theme, vertical=True))
        row.addWidget(self._stack, 1)
        self.list.show_items([NavItem(part.key, _title(part), part.icon) for part in PARTS])
        self.list.row_chosen.connect(self.show_part)
        self.show_part(PARTS[0].key)

    def page_title(self) -> str:
        """Return what the window is called."""
        return self.tr("Settings")

    @Slot(object)
    def show_part(self, key: str) -> None:
        """Show a part; its form is made when it is first looked at."""
        part = next(part for part in PARTS if part.key == key)
        if key not in self._shown:
            self._shown[key] = self._make(part)
            self._stack.addWidget(self._shown[key])
        self._stack.setCurrentWidget(self._shown[key])
        self.list.choose(key)

    @Slot()
    def refresh(self) -> None:
        """Draw the letter beside the company again."""
        company: Any = self.forms["company"]
        company.draw()

    def focus_first(self) -> None:
        """Put the keyboard on the parts."""
        self.list.setFocus()

    @Slot()
    def find(self) -> None:  # type: ignore[override]  # the menu's word; nobody asks Qt's by it
        """Look for words in the letter beside the company."""
        self.show_part("company")
        company: Any = self.forms["company"]
        company.preview.go_to_find()

    def _make(self, part: Part) -> QWidget:
        # This run's private folder lies two steps below the profile.
        profile = self._desk.temporary.parent.parent
        form = self.forms[part.key] = make_form(part, self._desk, profile)
        return form if part.fills_page else FormColumn(self._desk.theme, _title(part), form)


def _title(part: Part) -> str:
    return QCoreApplication.translate("SettingsParts", part.title)
