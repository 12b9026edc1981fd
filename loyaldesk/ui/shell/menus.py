"""The menu bar: every command with its key; what is here is all there is."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence

from loyaldesk.ui.shell.sections import numbered_sections
from loyaldesk.ui.widgets.marked import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QMenuBar, QWidget

__all__ = ["MENUS", "Command", "Commands", "fill_menu_bar", "native_keys"]

BREAK = None


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its key names the slot that runs it; `also` is a second shortcut.

    `in_list` is the key that does the same while a list has the keyboard, and there only.
    """

    key: str
    title: str
    shortcut: str = ""
    # Without a role of its own a command stays where it is: macOS would guess by its words.
    role: QAction.MenuRole = QAction.MenuRole.NoRole
    also: str = ""
    in_list: str = ""


Commands = dict[str, QAction]

_SECTIONS = tuple(
    Command(f"section_{section.key}", section.menu, f"Ctrl+{number}")
    for number, section in enumerate(numbered_sections(), 1)
)
MENUS: tuple[tuple[str, tuple[Command | None, ...]], ...] = (
    (
        QT_TRANSLATE_NOOP("Menus", "&File"),
        (
            Command("new_customer", QT_TRANSLATE_NOOP("Menus", "New &customer…"), "Ctrl+N"),
            Command("import", QT_TRANSLATE_NOOP("Menus", "&Import…")),
            Command("attach", QT_TRANSLATE_NOOP("Menus", "&Attach document…"), "Ctrl+Shift+D"),
            BREAK,
            Command("print", QT_TRANSLATE_NOOP("Menus", "&Print…"), "Ctrl+P"),
            Command("save_copy", QT_TRANSLATE_NOOP("Menus", "&Save a copy…"), "Ctrl+Shift+S"),
            Command("send_mail", QT_TRANSLATE_NOOP("Menus", "E-&mail this document…"), "Ctrl+E"),
            BREAK,
            Command("connect", QT_TRANSLATE_NOOP("Menus", "Connect to your &hub…")),
            Command("sync_now", QT_TRANSLATE_NOOP("Menus", "Sync &now"), "Ctrl+R"),
            BREAK,
            Command("demo", QT_TRANSLATE_NOOP("Menus", "Open the &demo company")),
            Command(
                "close_tab", QT_TRANSLATE_NOOP("Menus", "Close &tab"), "Ctrl+W", also="Ctrl+F4"
            ),
            Command("reopen_tab", QT_TRANSLATE_NOOP("Menus", "&Reopen tab"), "Ctrl+Shift+T"),
            BREAK,
            Command(
                "quit", QT_TRANSLATE_NOOP("Menus", "&Quit"), "Ctrl+Q", QAction.MenuRole.QuitRole
            ),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Menus", "&Edit"),
        (
            Command("undo", QT_TRANSLATE_NOOP("Menus", "&Undo"), "Ctrl+Z"),
            Command("redo", QT_TRANSLATE_NOOP("Menus", "&Redo"), "Ctrl+Y", also="Ctrl+Shift+Z"),
            BREAK,
            Command("find", QT_TRANSLATE_NOOP("Menus", "&Find on this page"), "Ctrl+F"),
            Command("search", QT_TRANSLATE_NOOP("Menus", "&Search or jump…"), "Ctrl+K"),
            BREAK,
            Command(
                "settings",
                QT_TRANSLATE_NOOP("Menus", "S&ettings"),
                "Ctrl+,",
                QAction.MenuRole.PreferencesRole,
            ),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Menus", "&View"),
        (
            *_SECTIONS,
            BREAK,
            Command("back", QT_TRANSLATE_NOOP("Menus", "&Back"), "Alt+Left", also="Ctrl+["),
            Command("forward", QT_TRANSLATE_NOOP("Menus", "&Forward"), "Alt+Right", also="Ctrl+]"),
            Command("next_tab", QT_TRANSLATE_NOOP("Menus", "&Next tab"), "Ctrl+Tab"),
            Command("previous_tab", QT_TRANSLATE_NOOP("Menus", "&Previous tab"), "Ctrl+Shift+Tab"),
            Command("next_pane", QT_TRANSLATE_NOOP("Menus", "Next p&ane"), "F6"),
            Command("previous_pane", QT_TRANSLATE_NOOP("Menus", "Previous pan&e"), "Shift+F6"),
            BREAK,
            Command("larger", QT_TRANSLATE_NOOP("Menus", "&Larger text"), "Ctrl++", also="Ctrl+="),
            Command("smaller", QT_TRANSLATE_NOOP("Menus", "S&maller text"), "Ctrl+-"),
            Command("usual_size", QT_TRANSLATE_NOOP("Menus", "&Usual text size"), "Ctrl+0"),
            BREAK,
            Command("hide_amounts", QT_TRANSLATE_NOOP("Menus", "&Hide amounts"), "Ctrl+Shift+H"),
            Command("refresh", QT_TRANSLATE_NOOP("Menus", "&Read again"), "F5"),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Menus", "&Customer"),
        (
            Command("edit_customer", QT_TRANSLATE_NOOP("Menus", "&Edit customer…"), "F2"),
            Command("add_contact", QT_TRANSLATE_NOOP("Menus", "Add &contact…")),
            Command("add_address", QT_TRANSLATE_NOOP("Menus", "Add &address…")),
            Command("write_note", QT_TRANSLATE_NOOP("Menus", "&Log call or note"), "Ctrl+Shift+L"),
            BREAK,
            Command("new_order", QT_TRANSLATE_NOOP("Menus", "New &order…"), "Ctrl+Shift+O"),
            Command("new_invoice", QT_TRANSLATE_NOOP("Menus", "New &invoice…"), "Ctrl+Shift+I"),
            Command("new_payment", QT_TRANSLATE_NOOP("Menus", "Record &payment…"), "Ctrl+Shift+R"),
            BREAK,
            Command("history", QT_TRANSLATE_NOOP("Menus", "&History of changes…")),
            Command("merge_customer", QT_TRANSLATE_NOOP("Menus", "&Merge with another…")),
            Command("duplicates", QT_TRANSLATE_NOOP("Menus", "Possible &duplicates…")),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Menus", "&Letters"),
        (
            Command(
                "acknowledge", QT_TRANSLATE_NOOP("Menus", "&Acknowledge order…"), "Ctrl+Shift+A"
            ),
            Command(
                "statement", QT_TRANSLATE_NOOP("Menus", "&Statement of account…"), "Ctrl+Shift+M"
            ),
            BREAK,
            Command("mark", QT_TRANSLATE_NOOP("Menus", "&Mark or unmark"), in_list="Space"),
            Command("print_marked", QT_TRANSLATE_NOOP("Menus", "&Print marked"), in_list="P"),
            Command("mail_marked", QT_TRANSLATE_NOOP("Menus", "E-ma&il marked"), in_list="E"),
            Command("reprint", QT_TRANSLATE_NOOP("Menus", "Print a&gain…"), in_list="R"),
            Command("reminders", QT_TRANSLATE_NOOP("Menus", "Payment remin&ders")),
            Command("register", QT_TRANSLATE_NOOP("Menus", "&Register of letters")),
            BREAK,
            Command("letter_texts", QT_TRANSLATE_NOOP("Menus", "Letter &texts…")),
            Command("envelope_test", QT_TRANSLATE_NOOP("Menus", "&Envelope test page…")),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Menus", "&Help"),
        (
            Command("keys", QT_TRANSLATE_NOOP("Menus", "&Keys"), "F1", also="Ctrl+/"),
            Command(
                "about",
                QT_TRANSLATE_NOOP("Menus", "&About LoyalDesk"),
                "",
                QAction.MenuRole.AboutRole,
            ),
        ),
    ),
)


def native_keys(keys: str, platform: str = sys.platform) -> str:
    """Return a shortcut as this desk presses it.

    Qt calls the command key of macOS Ctrl, and with Tab that one belongs to the system; the key
    labelled control, which changes tabs there, it calls Meta.
    """
    return keys.replace("Ctrl+", "Meta+") if platform == "darwin" and "Tab" in keys else keys


def _words(command: Command) -> str:
    """Return what the menu says; what stands behind the tab is shown where keys are."""
    title = QCoreApplication.translate("Menus", command.title)
    if not command.in_list:
        return title
    keys = QKeySequence(command.in_list).toString(QKeySequence.SequenceFormat.NativeText)
    return f"{title}\t{keys}"


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
            action = menu.addAction(_words(command))
            keys = (command.shortcut, command.also)
            action.setShortcuts([QKeySequence(native_keys(each)) for each in keys if each])
            action.setMenuRole(command.role)
            action.triggered.connect(slots[command.key])
            window.addAction(action)
            actions[command.key] = action
    return actions
