"""How a wish to go somewhere becomes a page on screen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from loyaldesk.ui.shell.customer_stack import RECORD_PAGES, CustomerStack
from loyaldesk.ui.shell.places import Place, Trail
from loyaldesk.ui.shell.recent import remember_customer
from loyaldesk.ui.shell.sections import make_page, section_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStackedWidget, QWidget

    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.shell.customer_tabs import CustomerTabs

__all__ = ["Guide"]


class Guide(QObject):
    """Keeps the sections, the open customers and the trail; told where to go by `Ways`."""

    went = Signal(object)
    titled = Signal()

    def __init__(self, desk: Desk, tabs: CustomerTabs, pages: QStackedWidget) -> None:
        super().__init__(pages)
        self._desk, self._tabs, self._pages = desk, tabs, pages
        self._sections: dict[str, QWidget] = {}
        self._customers: dict[int, CustomerStack] = {}
        self._trail = Trail()
        self.place = Place()
        ways = desk.ways
        ways.customer_wanted.connect(self.go_to_customer)
        ways.section_wanted.connect(self.go_to_section)
        for kind in RECORD_PAGES:
            wish = getattr(ways, f"{kind}_wanted")
            wish.connect(partial(self.go_to_record, kind))
        tabs.chosen.connect(self.go_to_customer)
        tabs.closed.connect(self._closed)

    @property
    def page(self) -> Any:
        """The page on screen."""
        shown = self._pages.currentWidget()
        return shown.currentWidget() if isinstance(shown, CustomerStack) else shown

    @property
    def customer_page(self) -> Any:
        """The customer page of the tab on screen, whatever record lies on top of it."""
        shown = self._pages.currentWidget()
        return shown.page if isinstance(shown, CustomerStack) else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before this one."""
        return self._trail.can_step(-1)

    @property
    def can_go_forward(self) -> bool:
        """Whether there is a place ahead, after going back."""
        return self._trail.can_step(1)

    def go_to_section(self, key: str) -> None:
        """Show a section's page."""
        self._visit(Place(section=key))

    def go_to_customer(self, customer_id: int) -> None:
        """Show a customer in its tab."""
        self._visit(Place(customer_id=customer_id))

    def go_to_record(self, kind: str, record_id: int) -> None:
        """Show an order, invoice, payment or document inside its customer's tab."""
        from loyaldesk.queries.owners import read_owner

        self._desk.jobs.read(
            read_owner,
            owner=self,
            then=lambda owner: self._visit(Place("", owner, kind, record_id)),
            kind=kind,
            record_id=record_id,
        )

    def back(self) -> None:
        """Go back to where the person was before."""
        self._return_to(self._trail.back())

    def forward(self) -> None:
        """Go forward again."""
        self._return_to(self._trail.forward())

    def up(self) -> bool:
        """Leave the record that lies on top of its customer; False if none does."""
        place = self.place
        if place.kind:
            self.go_to_customer(place.customer_id)
        return bool(place.kind)

    def _return_to(self, place: Place | None) -> None:
        if place is not None:
            self._show(place)

    def _visit(self, place: Place) -> None:
        self._trail.visit(place)
        self._show(place)

    def _show(self, place: Place) -> None:
        self.place = place
        if place.section:
            self._pages.setCurrentWidget(self._section(place.section))
            self._tabs.show_section()
        else:
            remember_customer(self._desk.state, place.customer_id)
            stack = self._customer(place.customer_id)
            self._pages.setCurrentWidget(stack)
            if place.kind:
                stack.show_record(place.kind, place.record_id)
            else:
                stack.show_customer()
        self.went.emit(place)

    def _section(self, key: str) -> QWidget:
        if key not in self._sections:
            self._sections[key] = make_page(section_of(key).page, self._desk)
            self._pages.addWidget(self._sections[key])
        return self._sections[key]

    def _customer(self, customer_id: int) -> CustomerStack:
        self._tabs.show_customer(customer_id)
        if customer_id not in self._customers:
            stack = CustomerStack(self._desk, customer_id)
            stack.title_changed.connect(partial(self._tabs.set_title, customer_id))
            stack.title_changed.connect(self.titled)
            stack.unsaved_changed.connect(
                lambda unsaved: self._tabs.set_unsaved(customer_id, unsaved=unsaved)
            )
            self._customers[customer_id] = stack
            self._pages.addWidget(stack)
        return self._customers[customer_id]

    def _closed(self, customer_id: int) -> None:
        stack = self._customers.pop(customer_id, None)
        if stack is None:
            return
        was_shown = self._pages.currentWidget() is stack
        self._pages.removeWidget(stack)
        stack.deleteLater()
        if was_shown:
            neighbour = self._tabs.neighbour()
            if neighbour is None:
                self.go_to_section("customers")
            else:
                self.go_to_customer(neighbour)
