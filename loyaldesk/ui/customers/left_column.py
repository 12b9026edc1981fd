"""Who is this customer: brief, people, what we know, value, places, and the family?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Signal, Slot

from loyaldesk.ui.customers.brief_panel import BriefPanel
from loyaldesk.ui.customers.family_panel import FamilyPanel
from loyaldesk.ui.customers.record_items import address_items, contact_items
from loyaldesk.ui.customers.sections import SideColumn, SideSection
from loyaldesk.ui.customers.side_list import SideList
from loyaldesk.ui.customers.tile_grid import TileGrid
from loyaldesk.ui.customers.tile_words import tiles_of, value_answer
from loyaldesk.ui.widgets.buttons import IconButton
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from loyaldesk.queries.customer_page import CustomerPage
    from loyaldesk.ui.customers.wording import Wording
    from loyaldesk.ui.desk import Desk

__all__ = ["LeftColumn"]


class LeftColumn(SideColumn):
    """The left column; `wanted` names a command, `person` and `place` what was done to one."""

    wanted = Signal(str)
    person_wanted = Signal(str, int)
    person_context = Signal(object, QPoint)
    place_wanted = Signal(str, int)
    place_context = Signal(object, QPoint)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, name=self.tr("Who"), parent=parent)
        self._desk = desk
        theme = desk.theme
        self.brief = BriefPanel(theme)
        self.people = SideList(theme, name=self.tr("People"))
        self.places = SideList(theme, name=self.tr("Addresses"))
        self.tiles = TileGrid(theme, name=self.tr("Value"))
        self.family = FamilyPanel(desk)
        self._notes = TextLabel(theme, "", TextStyle.BODY, Tone.SECONDARY, wrap=True)
        self._notes.setContentsMargins(4, 0, 0, 0)
        self.add_widget(self.brief)
        self._people = self._section("people", self.tr("People"), self.people)
        self._know = self._section("know", self.tr("Know them"), self._notes)
        self._family = self._section("family", self.tr("Belongs together"), self.family)
        self._value = self._section("value", self.tr("Value"), self.tiles)
        self._places = self._section("addresses", self.tr("Addresses"), self.places)
        self._add_actions()
        self._connect()

    def show_customer(self, page: CustomerPage, as_of: datetime, say: Wording) -> None:
        """Show who this customer is."""
        self.brief.show_brief(page, as_of, say)
        self.people.show_items(contact_items(page))
        self._people.head.set_count(str(len(page.contacts)))
        self._notes.setText(page.head.notes or self.tr("Nothing noted yet."))
        tiles = tiles_of(page.tile_facts, say)
        self.tiles.show_tiles(tiles)
        self._value.head.set_answer(value_answer(tiles))
        self.places.show_items(address_items(page))
        self._places.head.set_count(str(len(page.addresses)))
        self._family.setVisible(bool(page.members or page.head.parent_id))
        self._family.head.set_count(str(len(page.members)) if page.members else "")
        self.family.show_family(page, say)

    def _section(self, key: str, title: str, body: QWidget) -> SideSection:
        section = SideSection(self._desk.theme, self._desk.state, key, title)
        section.add_body(body)
        self.add_section(section)
        return section

    def _add_actions(self) -> None:
        for section, icon, name, command in (
            (self._people, "plus", self.tr("Add contact"), "add_contact"),
            (self._know, "pencil", self.tr("Edit what we know"), "edit_notes"),
            (self._places, "plus", self.tr("Add address"), "add_address"),
        ):
            button = IconButton(self._desk.theme, icon, name, small=True)
            button.clicked.connect(lambda _=False, c=command: self.wanted.emit(c))
            section.head.add_action(button)

    def _connect(self) -> None:
        people, places = self.people, self.places
        people.row_activated.connect(lambda key: self.person_wanted.emit("edit", key))
        people.preview_wanted.connect(lambda key: self.person_wanted.emit("edit", key))
        people.delete_wanted.connect(lambda key: self.person_wanted.emit("delete", key))
        people.item_action.connect(self._act_on_person)
        people.row_context.connect(self.person_context)
        places.row_activated.connect(lambda key: self.place_wanted.emit("edit", key))
        places.preview_wanted.connect(lambda key: self.place_wanted.emit("edit", key))
        places.delete_wanted.connect(lambda key: self.place_wanted.emit("delete", key))
        places.row_context.connect(self.place_context)

    @Slot(object, str)
    def _act_on_person(self, key: Any, action: str) -> None:
        self.person_wanted.emit(action, key)
