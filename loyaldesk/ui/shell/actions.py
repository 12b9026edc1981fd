"""What do the commands of the menus do?"""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from loyaldesk.sync.state import Phase
from loyaldesk.ui.shell.amounts import AmountsSwitch
from loyaldesk.ui.shell.dialogs import DialogDoor
from loyaldesk.ui.shell.history import HistoryCommands
from loyaldesk.ui.shell.look import LARGEST, SMALLEST, keep_look
from loyaldesk.ui.shell.menus import fill_menu_bar
from loyaldesk.ui.shell.page_commands import PageCommands
from loyaldesk.ui.shell.sections import numbered_sections

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.ui.shell.parts import Parts

__all__ = ["ShellActions", "open_demo"]

TEXT_STEP = 10


def open_demo() -> None:
    """Start the demo company in a window and a profile of its own."""
    from PySide6.QtCore import QProcess  # its six enums are not for every start

    QProcess.startDetached(sys.executable, ["-m", "loyaldesk", "--demo"])


class ShellActions(QObject):
    """Builds the menus and runs their commands on the window and the page on screen."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._parts, self._desk = parts, parts.desk
        self.history = HistoryCommands(parts.desk, parts.window)
        self._amounts = AmountsSwitch(parts)
        self._on_page = PageCommands(parts.desk, parts.guide, parts.window)
        self._dialogs = DialogDoor(parts.desk, parts.window)
        self.commands = fill_menu_bar(
            parts.menu_bar, parts.window, self._slots() | self._on_page.slots()
        )
        self.history.name_in(self.commands)
        self._amounts.name_in(self.commands)
        self._on_page.enable_in(self.commands)
        self._connect()

    def open_palette(self, text: str) -> None:
        """Open the search over the window with that text typed."""
        from loyaldesk.ui.shell.palette import Palette

        palette = Palette(self._desk, self._parts.window, self.commands)
        palette.open_with(text, below=self._parts.top_row.search)

    def _connect(self) -> None:
        parts = self._parts
        self._desk.ways.search_wanted.connect(self.open_palette)
        parts.top_row.search.clicked.connect(partial(self.open_palette, ""))
        parts.top_row.search.typed.connect(self.open_palette)
        parts.top_row.help_wanted.connect(self._show_keys)
        parts.status.undo_wanted.connect(self.history.undo)
        self._desk.news.said.connect(self._say)
        self._desk.news.offered.connect(self._offer)
        parts.guide.went.connect(self._look_at_ways)
        parts.tabs.changed.connect(self._look_at_ways)
        self._desk.news.sync_changed.connect(self._look_at_hub)
        self._look_at_ways()
        self._look_at_hub()

    def _slots(self) -> dict[str, Callable[..., object]]:
        parts, guide = self._parts, self._parts.guide
        slots: dict[str, Callable[..., object]] = {
            "new_customer": self._desk.ways.new_customer_wanted.emit,
            "envelope_test": self._desk.ways.envelope_test_wanted.emit,
            "letter_texts": self._desk.ways.letter_texts_wanted.emit,
            "import": self._desk.ways.import_wanted.emit,
            "duplicates": self._desk.ways.duplicates_wanted.emit,
            "connect": self._desk.ways.connect_wanted.emit,
            "sync_now": self._desk.ways.sync_wanted.emit,
            "demo": open_demo,
            "close_tab": parts.tabs.close_current,
            "reopen_tab": self._reopen_tab,
            "quit": parts.window.close,
            "undo": self.history.undo,
            "redo": self.history.redo,
            "search": partial(self.open_palette, ""),
            "settings": partial(guide.go_to_section, "settings"),
            "reminders": partial(guide.go_to_section, "reminders"),
            "register": partial(guide.go_to_section, "register"),
            "back": guide.back,
            "forward": guide.forward,
            "next_tab": partial(parts.tabs.step, 1),
            "previous_tab": partial(parts.tabs.step, -1),
            "next_pane": partial(self._step_pane, 1),
            "previous_pane": partial(self._step_pane, -1),
            "larger": partial(self._resize_text, TEXT_STEP),
            "smaller": partial(self._resize_text, -TEXT_STEP),
            "usual_size": partial(self._resize_text, 0),
            "hide_amounts": self._amounts.toggle,
            "keys": self._show_keys,
            "about": self._show_about,
        }
        for section in numbered_sections():
            slots[f"section_{section.key}"] = partial(guide.go_to_section, section.key)
        return slots

    @Slot(str, bool)
    def _say(self, words: str, can_undo: bool) -> None:
        toaster = self._parts.toaster
        if can_undo:
            toaster.say(words, action=self.tr("Undo"), then=self.history.undo)
        else:
            toaster.say(words)

    @Slot(str, str, object)
    def _offer(self, words: str, action: str, then: Callable[[], None]) -> None:
        self._parts.toaster.say(words, action=action, then=then)

    @Slot()
    def _look_at_ways(self) -> None:
        """Grey out what leads nowhere."""
        parts, guide = self._parts, self._parts.guide
        for able, button, key in (
            (guide.can_go_back, parts.top_row.back, "back"),
            (guide.can_go_forward, parts.top_row.forward, "forward"),
        ):
            button.setEnabled(able)
            self.commands[key].setEnabled(able)
        for key in ("close_tab", "next_tab", "previous_tab"):
            self.commands[key].setEnabled(bool(parts.tabs.customer_ids))
        self.commands["reopen_tab"].setEnabled(parts.tabs.has_closed)

    @Slot()
    def _look_at_hub(self) -> None:
        """Offer an exchange where there is a hub, and one hub at most."""
        state = self._desk.news.sync
        self.commands["sync_now"].setEnabled(bool(state.hub))
        can_connect = not state.hub or state.phase is Phase.SIGNED_OUT
        self.commands["connect"].setEnabled(can_connect)

    def _reopen_tab(self) -> None:
        customer_id = self._parts.tabs.last_closed()
        if customer_id is not None:
            self._parts.guide.go_to_customer(customer_id)

    def _step_pane(self, by: int) -> None:
        parts = self._parts
        if parts.toaster.focus_action():
            return
        page: Any = parts.guide.page
        panes: list[Any] = [parts.top_row.search, parts.nav, page]
        focus = parts.window.focusWidget()
        steps_inside = getattr(page, "step_pane", None)
        if steps_inside and page.isAncestorOf(focus) and steps_inside(by):
            return
        inside = [pane is focus or pane.isAncestorOf(focus) for pane in panes]
        following = panes[(inside.index(True) + by) % len(panes) if any(inside) else 0]
        if following is page:
            page.focus_first()
        else:
            following.setFocus()

    def _resize_text(self, by: int) -> None:
        look = self._desk.theme.look
        percent = 100 if by == 0 else min(max(look.text_percent + by, SMALLEST), LARGEST)
        wanted = replace(look, text_percent=percent)
        self._desk.theme.wear(wanted)
        keep_look(self._desk.state, wanted)

    def _show_keys(self) -> None:
        from loyaldesk.ui.shell.key_sheet import KeySheet

        KeySheet(self._desk, parent=self._parts.window).open()

    def _show_about(self) -> None:
        from loyaldesk.ui.shell.about import AboutDialog

        AboutDialog(self._desk, parent=self._parts.window).open()
