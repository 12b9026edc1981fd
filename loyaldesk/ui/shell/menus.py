"""The menu bar: every command with its key; what is here is all there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QAction, QKeySequence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QMenuBar, QWidget

__all__ = ["MENUS", "Command", "Commands", "fill_menu_bar"]

BREAK = None


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its key names the slot that runs it."""

    key: str
    title: str
    shortcut: str = ""
    role: QAction.MenuRole = QAction.MenuRole.TextHeuristicRole


Commands = dict[str, QAction]
_ = QT_TRANSLATE_NOOP

MENUS: tuple[tuple[str, tuple[Command | None, ...]], ...] = (
    (
        _("Menus", "&File"),
        (
            Command("new_customer", _("Menus", "New &customer…"), "Ctrl+N"),
            Command("import", _("Menus", "&Import…")),
            Command("attach", _("Menus", "&Attach document…"), "Ctrl+Shift+D"),
            BREAK,
            Command("print", _("Menus", "&Print…"), "Ctrl+P"),
            Command("save_copy", _("Menus", "&Save a copy…"), "Ctrl+Shift+S"),
            BREAK,
            Command("demo", _("Menus", "Open the &demo company")),
            Command("close_tab", _("Menus", "Close &tab"), "Ctrl+W"),
            Command("reopen_tab", _("Menus", "&Reopen tab"), "Ctrl+Shift+T"),
            BREAK,
            Command("quit", _("Menus", "&Quit"), "Ctrl+Q", QAction.MenuRole.QuitRole),
        ),
    ),
    (
        _("Menus", "&Edit"),
        (
            Command("undo", _("Menus", "&Undo"), "Ctrl+Z"),
            Command("redo", _("Menus", "&Redo"), "Ctrl+Y"),
            BREAK,
            Command("find", _("Menus", "&Find on this page"), "Ctrl+F"),
            Command("search", _("Menus", "&Search or jump…"), "Ctrl+K"),
            BREAK,
            Command(
                "settings",
                _("Menus", "&Settings"),
                "Ctrl+,",
                QAction.MenuRole.PreferencesRole,
            ),
        ),
    ),
    (
        _("Menus", "&View"),
        (
            Command("section_1", _("Menus", "&Customers"), "Ctrl+1"),
            Command("section_2", _("Menus", "&Orders"), "Ctrl+2"),
            Command("section_3", _("Menus", "&Documents"), "Ctrl+3"),
            BREAK,
            Command("back", _("Menus", "&Back"), "Alt+Left"),
            Command("forward", _("Menus", "&Forward"), "Alt+Right"),
            Command("next_tab", _("Menus", "&Next tab"), "Ctrl+Tab"),
            Command("previous_tab", _("Menus", "&Previous tab"), "Ctrl+Shift+Tab"),
            Command("next_pane", _("Menus", "Next pa&ne"), "F6"),
            BREAK,
            Command("larger", _("Menus", "&Larger text"), "Ctrl++"),
            Command("smaller", _("Menus", "S&maller text"), "Ctrl+-"),
            Command("usual_size", _("Menus", "&Usual text size"), "Ctrl+0"),
            BREAK,
            Command("refresh", _("Menus", "&Read again"), "F5"),
        ),
    ),
    (
        _("Menus", "&Customer"),
        (
            Command("edit_customer", _("Menus", "&Edit customer…"), "F2"),
            Command("add_contact", _("Menus", "Add &contact…")),
            Command("add_address", _("Menus", "Add &address…")),
            Command("write_note", _("Menus", "&Log call or note"), "Ctrl+Shift+L"),
            BREAK,
            Command("new_order", _("Menus", "New &order…"), "Ctrl+Shift+O"),
            Command("new_invoice", _("Menus", "New &invoice…"), "Ctrl+Shift+I"),
            Command("new_payment", _("Menus", "Record &payment…"), "Ctrl+Shift+P"),
        ),
    ),
    (
        _("Menus", "&Letters"),
        (
            Command("acknowledge", _("Menus", "&Acknowledge order…"), "Ctrl+Shift+A"),
            Command("statement", _("Menus", "&Statement of account…"), "Ctrl+Shift+M"),
        ),
    ),
    (
        _("Menus", "&Help"),
        (
            Command("keys", _("Menus", "&Keys"), "F1"),
            Command("about", _("Menus", "&About LoyalDesk"), "", QAction.MenuRole.AboutRole),
        ),
    ),
)


def fill_menu_bar(
    bar: QMenuBar, window: QWidget, slots: Mapping[str, Callable[[], object]]
) -> Commands:
    """Build the menus on the bar and return the actions; each runs the slot of its key."""
    actions: Commands = {}
    for title, commands in MENUS:
        menu = bar.addMenu(QCoreApplication.translate("Menus", title))
        for command in commands:
            if command is None:
                menu.addSeparator()
                continue
            action = menu.addAction(QCoreApplication.translate("Menus", command.title))
            action.setShortcut(QKeySequence(command.shortcut))
            action.setMenuRole(command.role)
            action.triggered.connect(slots[command.key])
            window.addAction(action)
            actions[command.key] = action
    return actions
