"""Which commands does the page on screen carry out, and when can it?"""

from __future__ import annotations

from functools import partial
from types import MethodType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.shell.guide import Guide
    from loyaldesk.ui.shell.menus import Commands

__all__ = ["PageCommands"]

# Carried out by the page on screen, or by the customer's page below it, under the same name.
PAGE_COMMANDS = (
    "attach", "print", "save_copy", "send_mail", "find", "edit_customer", "add_contact",
    "add_address", "write_note", "refresh", "mark", "print_marked", "mail_marked", "reprint",
)  # fmt: skip
# Wishes that only need to know whose tab it is.
CUSTOMER_WISHES = {
    "new_order": "new_order_wanted",
    "new_invoice": "new_invoice_wanted",
    "new_payment": "new_payment_wanted",
    "statement": "statement_wanted",
    "merge_customer": "merge_wanted",
}


class PageCommands(QObject):
    """Hands commands to the page on screen, and greys out what it cannot do."""

    def __init__(self, desk: Desk, guide: Guide, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._guide = desk, guide
        self._actions: Commands = {}

    def slots(self) -> dict[str, Callable[..., object]]:
        """Return what each of these commands runs."""
        slots: dict[str, Callable[..., object]] = {
            "acknowledge": self._acknowledge,
            "history": self._show_history,
        }
        slots |= {key: partial(self._ask, key) for key in PAGE_COMMANDS}
        slots |= {key: partial(self._wish, wish) for key, wish in CUSTOMER_WISHES.items()}
        return slots

    def enable_in(self, actions: Commands) -> None:
        """Keep these menu actions enabled where they can do something."""
        self._actions = actions
        self._guide.went.connect(self.look_again)
        self.look_again()

    @Slot()
    def look_again(self) -> None:
        """Enable what the page on screen can do now."""
        place = self._guide.place
        for key in PAGE_COMMANDS:
            self._actions[key].setEnabled(self._command(key) is not None)
        for key in CUSTOMER_WISHES:
            self._actions[key].setEnabled(place.customer_id > 0)
        self._actions["acknowledge"].setEnabled(place.kind == "order")
        self._actions["history"].setEnabled(place.customer_id > 0)

    def _command(self, key: str) -> Callable[[], object] | None:
        for page in (self._guide.page, self._guide.customer_page):
            command = getattr(page, key, None)
            # Qt has a `find` of its own, which is no method written here.
            if isinstance(command, MethodType):
                return command
        return None

    def _ask(self, key: str) -> None:
        command = self._command(key)
        if command is not None:
            command()

    def _wish(self, wish: str) -> None:
        customer_id = self._guide.place.customer_id
        if customer_id:
            getattr(self._desk.ways, wish).emit(customer_id)

    def _acknowledge(self) -> None:
        place = self._guide.place
        if place.kind == "order":
            self._desk.ways.acknowledgement_wanted.emit(place.record_id)

    def _show_history(self) -> None:
        """Show who changed the record on screen: the one in the customer's tab, or the customer."""
        place = self._guide.place
        if place.kind:
            kind = {"order": "sales_order"}.get(place.kind, place.kind)
            self._desk.ways.history_wanted.emit(kind, place.record_id)
        elif place.customer_id:
            self._desk.ways.history_wanted.emit("customer", place.customer_id)
