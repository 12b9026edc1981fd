"""Is every command in a menu, under a letter of its own, with a key of its own?"""

from collections import Counter

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication

from loyaldesk.ui.letters.envelope_dialog import EnvelopeDialog
from loyaldesk.ui.shell.menus import MENUS, native_keys

COMMANDS = [command for _, commands in MENUS for command in commands if command is not None]


def mnemonic_of(title: str) -> str:
    at = title.replace("&&", "\0\0").find("&")
    return title[at + 1].casefold() if at >= 0 else ""


@pytest.mark.parametrize(("title", "commands"), MENUS, ids=[title for title, _ in MENUS])
def test_letters_are_unique_in_their_menu(title, commands):
    letters = [mnemonic_of(command.title) for command in commands if command is not None]
    assert "" not in letters
    assert [letter for letter, count in Counter(letters).items() if count > 1] == []


def test_letters_are_unique_in_the_bar():
    letters = [mnemonic_of(title) for title, _ in MENUS]
    assert len(set(letters)) == len(letters)


def test_no_two_commands_have_the_same_key():
    keys = [key for command in COMMANDS for key in (command.shortcut, command.also) if key]
    assert len(set(keys)) == len(keys)


def test_every_key_is_understood():
    for command in COMMANDS:
        for key in (command.shortcut, command.also):
            assert not key or not QKeySequence(key).isEmpty(), command.key


@pytest.mark.parametrize(
    ("platform", "keys", "pressed"),
    [
        ("darwin", "Ctrl+Shift+Tab", "Meta+Shift+Tab"),
        ("darwin", "Ctrl+K", "Ctrl+K"),
        ("win32", "Ctrl+Tab", "Ctrl+Tab"),
    ],
)
def test_on_macos_tabs_change_with_the_key_that_the_system_leaves_free(platform, keys, pressed):
    assert native_keys(keys, platform) == pressed


def test_no_key_is_one_that_types_a_character_on_european_keyboards():
    assert not [c.key for c in COMMANDS if "Ctrl+Alt" in c.shortcut or "Alt+Ctrl" in c.shortcut]


def test_only_quit_settings_and_about_go_to_the_application_menu_of_macos(window):
    roles = {key: action.menuRole() for key, action in window.commands.commands.items()}
    moved = {key: role for key, role in roles.items() if role is not QAction.MenuRole.NoRole}
    assert moved == {
        "quit": QAction.MenuRole.QuitRole,
        "settings": QAction.MenuRole.PreferencesRole,
        "about": QAction.MenuRole.AboutRole,
    }


def test_every_command_is_in_the_menus_and_runs_something(window):
    assert set(window.commands.commands) == {command.key for command in COMMANDS}
    for key, action in window.commands.commands.items():
        assert action.receivers("2triggered(bool)") > 0, key


def test_what_leads_nowhere_is_greyed_out(window):
    commands = window.commands.commands
    for key in ("back", "forward", "close_tab", "reopen_tab", "undo", "statement", "acknowledge"):
        assert not commands[key].isEnabled(), key
    for key in ("new_customer", "import", "search", "settings", "section_customers", "quit"):
        assert commands[key].isEnabled(), key


def test_the_envelope_test_page_opens_from_the_letters(window, desk, qtbot):
    window.commands.commands["envelope_test"].trigger()
    (dialog,) = (top for top in QApplication.topLevelWidgets() if isinstance(top, EnvelopeDialog))
    qtbot.waitUntil(dialog.verb_button.isEnabled, timeout=20_000)
    dialog.reject()
