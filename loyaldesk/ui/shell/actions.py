"""What the commands of the menus do."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QProcess, Slot

from loyaldesk.ui.shell.look import LARGEST, SMALLEST, keep_look
from loyaldesk.ui.shell.menus import fill_menu_bar
from loyaldesk.ui.shell.sections import SECTIONS, make_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenuBar

    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.shell.main_window import MainWindow

__all__ = ["ShellActions"]

TEXT_STEP = 10
DIALOGS = {
    "new_customer_wanted": "loyaldesk.ui.customers.customer_dialog:CustomerDialog",
    "new_order_wanted": "loyaldesk.ui.orders.order_dialog:OrderDialog",
    "new_invoice_wanted": "loyaldesk.ui.receivables.invoice_dialog:InvoiceDialog",
    "new_payment_wanted": "loyaldesk.ui.receivables.payment_dialog:PaymentDialog",
    "acknowledgement_wanted": "loyaldesk.ui.letters.acknowledgement_dialog:AcknowledgementDialog",
    "statement_wanted": "loyaldesk.ui.letters.statement_dialog:StatementDialog",
    "import_wanted": "loyaldesk.ui.imports.import_dialog:ImportDialog",
}
# Commands that the page on screen carries out itself, by a method of the same name.
PAGE_COMMANDS = (
    "attach", "print", "save_copy", "find", "edit_customer", "add_contact", "add_address",
    "write_note", "refresh",
)  # fmt: skip
CUSTOMER_WISHES = {
    "new_order": "new_order_wanted",
    "new_invoice": "new_invoice_wanted",
    "new_payment": "new_payment_wanted",
    "statement": "statement_wanted",
}


class ShellActions(QObject):
    """Builds the menus and runs their commands on the window and the page on screen."""

    def __init__(self, window: MainWindow, desk: Desk, bar: QMenuBar) -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self._actions = fill_menu_bar(bar, window, self._slots())
        for wish, dotted in DIALOGS.items():
            getattr(desk.ways, wish).connect(partial(self._open_dialog, dotted))
        desk.ways.search_wanted.connect(self.open_palette)
        window.top_row.search.clicked.connect(partial(self.open_palette, ""))
        window.top_row.search.typed.connect(self.open_palette)
        window.top_row.help_wanted.connect(self._show_keys)
        window.status.undo_wanted.connect(self.undo)
        window.guide.went.connect(self._arrived)
        desk.news.history_changed.connect(self._name_history)
        self._name_history("", "")

    def store_opened(self) -> None:
        """Bring back the tabs that were open; they fill when looked at."""
        for customer_id in self._desk.state.get("tabs", []):
            if isinstance(customer_id, int):
                self._window.tabs.show_customer(customer_id)

    @Slot()
    def undo(self) -> None:
        """Take back the newest action and say which one it was."""
        self._run_history(lambda store: store.undo(), self.tr("Undone: {what}"))

    @Slot()
    def redo(self) -> None:
        """Repeat the action taken back last and say which one it was."""
        self._run_history(lambda store: store.redo(), self.tr("Done again: {what}"))

    def _slots(self) -> dict[str, Callable[..., object]]:
        window, guide = self._window, self._window.guide
        slots: dict[str, Callable[..., object]] = {
            "new_customer": self._desk.ways.new_customer_wanted.emit,
            "import": self._desk.ways.import_wanted.emit,
            "demo": self._open_demo,
            "close_tab": window.tabs.close_current,
            "reopen_tab": self._reopen_tab,
            "quit": window.close,
            "undo": self.undo,
            "redo": self.redo,
            "search": partial(self.open_palette, ""),
            "settings": partial(guide.go_to_section, "settings"),
            "back": guide.back,
            "forward": guide.forward,
            "next_tab": partial(window.tabs.step, 1),
            "previous_tab": partial(window.tabs.step, -1),
            "next_pane": self._next_pane,
            "larger": partial(self._resize_text, TEXT_STEP),
            "smaller": partial(self._resize_text, -TEXT_STEP),
            "usual_size": partial(self._resize_text, 0),
            "acknowledge": self._acknowledge,
            "keys": self._show_keys,
            "about": self._show_about,
        }
        for number, section in enumerate(SECTIONS[:3], 1):
            slots[f"section_{number}"] = partial(guide.go_to_section, section.key)
        for key in PAGE_COMMANDS:
            slots[key] = partial(self._ask_page, key)
        for key, wish in CUSTOMER_WISHES.items():
            slots[key] = partial(self._wish_for_customer, wish)
        return slots

    def _run_history(self, step: Callable[[Any], str], words: str) -> None:
        self._desk.jobs.run(
            step,
            owner=self._window,
            then=lambda label: self._desk.news.said.emit(words.format(what=label), False),
        )

    @Slot(str, str)
    def _name_history(self, undo: str, redo: str) -> None:
        for key, label in (("undo", undo), ("redo", redo)):
            verb = self.tr("&Undo") if key == "undo" else self.tr("&Redo")
            what = label.replace("&", "&&")
            self._actions[key].setText(f"{verb} {what}".rstrip())
            self._actions[key].setEnabled(bool(label))

    @Slot(object)
    def _arrived(self, _place: object) -> None:
        guide = self._window.guide
        for key in PAGE_COMMANDS:
            able = any(callable(getattr(p, key, None)) for p in (guide.page, guide.customer_page))
            self._actions[key].setEnabled(able)
        for key in CUSTOMER_WISHES:
            self._actions[key].setEnabled(guide.place.customer_id > 0)
        self._actions["acknowledge"].setEnabled(guide.place.kind == "order")

    def _ask_page(self, key: str) -> None:
        guide = self._window.guide
        for page in (guide.page, guide.customer_page):
            command = getattr(page, key, None)
            if callable(command):
                command()
                return

    def _wish_for_customer(self, wish: str) -> None:
        customer_id = self._window.guide.place.customer_id
        if customer_id:
            getattr(self._desk.ways, wish).emit(customer_id)

    def _acknowledge(self) -> None:
        place = self._window.guide.place
        if place.kind == "order":
            self._desk.ways.acknowledgement_wanted.emit(place.record_id)

    def _open_dialog(self, dotted: str, *arguments: int) -> None:
        dialog: Any = make_page(dotted, self._desk, *arguments, parent=self._window)
        dialog.open()

    def _reopen_tab(self) -> None:
        customer_id = self._window.tabs.last_closed()
        if customer_id is not None:
            self._window.guide.go_to_customer(customer_id)

    def _next_pane(self) -> None:
        window = self._window
        if window.toaster.focus_action():
            return
        panes: list[Any] = [window.top_row.search, window.nav, window.guide.page]
        focus = window.focusWidget()
        inside = [pane is focus or pane.isAncestorOf(focus) for pane in panes]
        following = panes[(inside.index(True) + 1) % len(panes) if any(inside) else 0]
        if following is window.guide.page:
            following.focus_first()
        else:
            following.setFocus()

    def _resize_text(self, by: int) -> None:
        look = self._desk.theme.look
        percent = 100 if by == 0 else min(max(look.text_percent + by, SMALLEST), LARGEST)
        wanted = replace(look, text_percent=percent)
        self._desk.theme.wear(wanted)
        keep_look(self._desk.state, wanted)

    def open_palette(self, text: str) -> None:
        from loyaldesk.ui.shell.palette import Palette

        Palette(self._desk, self._window, self._actions).open_with(text)

    def _open_demo(self) -> None:
        QProcess.startDetached(sys.executable, ["-m", "loyaldesk", "--demo"])

    def _show_keys(self) -> None:
        from loyaldesk.ui.shell.key_sheet import KeySheet

        KeySheet(self._desk, parent=self._window).open()

    def _show_about(self) -> None:
        from loyaldesk.ui.shell.about import AboutDialog

        AboutDialog(self._desk, parent=self._window).open()
