"""Does one box lead everywhere: customers, orders by sigil, commands, what was looked at?"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from loyaldesk.ui.shell.palette import Palette
from loyaldesk.ui.shell.places import Place
from loyaldesk.ui.shell.sections import numbered_sections
from loyaldesk.ui.shell.shade import Shade
from tests.support.factories import make_order
from tests.support.qt import nameless


@pytest.fixture
def palette(window) -> Palette:
    window.commands.open_palette("")
    opened = QApplication.activePopupWidget()
    assert isinstance(opened, Palette)
    return opened


def titles(palette) -> list[str]:
    return [row.title for row in palette.list.entries]


def press(palette, key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(palette.query, key, modifiers)


def test_a_scrap_of_a_name_finds_the_customer_and_enter_opens_it(palette, window, customers):
    QTest.keyClicks(palette.query, "mull")
    assert titles(palette)[0] == "Müller & Söhne GmbH"
    press(palette, Qt.Key.Key_Return)
    assert window.guide.place == Place(customer_id=customers[0])
    assert QApplication.activePopupWidget() is None


def test_a_phone_number_finds_the_person_while_it_is_typed(palette):
    QTest.keyClicks(palette.query, "7344 12")
    assert any("Heike" in title for title in titles(palette))


def test_what_matched_is_marked_and_named(palette):
    QTest.keyClicks(palette.query, "mull")
    first = palette.list.entries[0]
    assert [first.title[a:b] for a, b in first.title_marks] == ["Müll"]
    assert first.why == "name"


def test_a_number_says_what_it_is_the_number_of(palette):
    QTest.keyClicks(palette.query, "20877")
    first = palette.list.entries[0]
    assert first.title == "Invoice 20877"
    assert [first.title[a:b] for a, b in first.title_marks] == ["20877"]


def test_control_enter_opens_the_customer_with_a_note_begun(palette, window, customers, qtbot):
    QTest.keyClicks(palette.query, "mull")
    press(palette, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.guide.place == Place(customer_id=customers[0])
    note = window.guide.page.middle.composer.text
    window.frame.activateWindow()
    qtbot.waitUntil(note.hasFocus)


def test_the_arrows_move_and_stop_at_the_ends(palette):
    QTest.keyClicks(palette.query, "m")
    press(palette, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == 0
    for _ in range(99):
        press(palette, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == len(palette.list.entries) - 1


def test_a_hash_asks_for_orders_only(palette, store, customers):
    make_order(store, customers[0], number="4711")
    QTest.keyClicks(palette.query, "#4711")
    assert titles(palette) == ["Order 4711"]


def test_an_at_sign_asks_for_people_only(palette):
    QTest.keyClicks(palette.query, "@mull")
    assert titles(palette) == ["Heike Müller"]


def test_nothing_found_says_so_and_where(palette):
    QTest.keyClicks(palette.query, "zzqqxx")
    assert titles(palette) == []
    assert palette.words == "Nothing for “zzqqxx” on this computer"


def test_customers_looked_at_lately_come_first_when_nothing_is_typed(window, customers):
    for customer_id in customers:
        window.guide.go_to_customer(customer_id)
    window.commands.open_palette("")
    palette = QApplication.activePopupWidget()
    assert titles(palette) == ["Blondel et Fils", "Harbour & Vine Ltd", "Müller & Söhne GmbH"]


def test_every_enabled_command_of_the_menus_is_in_the_palette(palette, window):
    QTest.keyClicks(palette.query, ">")
    able = {key for key, action in window.commands.commands.items() if action.isEnabled()}
    assert {row.key for row in palette.list.entries} == able


def test_commands_show_their_keys_and_run(palette, window):
    QTest.keyClicks(palette.query, ">docum")
    found = {row.title: row.keys for row in palette.list.entries}
    place = [section.key for section in numbered_sections()].index("documents") + 1
    assert found["Documents"] == f"Ctrl+{place}"
    while palette.list.chosen_key != "section_documents":
        press(palette, Qt.Key.Key_Down)
    press(palette, Qt.Key.Key_Return)
    assert window.guide.place == Place("documents")


def test_a_question_mark_offers_help(palette):
    QTest.keyClicks(palette.query, "?")
    assert titles(palette) == ["Keys", "About LoyalDesk"]


def test_tab_offers_what_can_be_done_with_the_row(palette, desk, customers):
    wished: list[int] = []
    desk.ways.statement_wanted.disconnect()
    desk.ways.statement_wanted.connect(wished.append)
    QTest.keyClicks(palette.query, "mull")
    press(palette, Qt.Key.Key_Tab)
    assert "Statement of account" in titles(palette)
    while palette.list.entries[palette.list.currentIndex().row()].title != "Statement of account":
        press(palette, Qt.Key.Key_Down)
    press(palette, Qt.Key.Key_Return)
    assert wished == [customers[0]]


def test_esc_leaves_the_actions_first_and_then_the_palette(palette):
    QTest.keyClicks(palette.query, "mull")
    press(palette, Qt.Key.Key_Tab)
    press(palette, Qt.Key.Key_Escape)
    assert titles(palette)[0] == "Müller & Söhne GmbH"
    press(palette, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None


def test_the_window_behind_is_dimmed_while_it_is_open(palette, window):
    shade = window.frame.findChild(Shade)
    assert shade.geometry() == window.frame.rect()
    assert shade.isVisible()
    palette.close()
    assert not shade.isVisible()


def test_it_opens_below_the_search_box_in_the_middle(palette, window):
    middle = palette.geometry().center().x() - window.frame.geometry().left()
    assert abs(middle - window.frame.width() // 2) <= 8
    search = window.top_row.search
    assert palette.y() > search.mapToGlobal(search.rect().bottomLeft()).y()


def test_it_is_as_high_as_what_was_found_and_never_leaves_the_window(palette, window):
    QTest.keyClicks(palette.query, ">")
    assert palette.geometry().bottom() < window.frame.geometry().bottom()
    tall = palette.height()
    palette.query.clear()
    QTest.keyClicks(palette.query, "mull")
    assert palette.height() < tall


def test_what_is_typed_into_the_search_box_goes_on_in_the_palette(window):
    QTest.keyClick(window.top_row.search, Qt.Key.Key_B)
    palette = QApplication.activePopupWidget()
    assert isinstance(palette, Palette)
    assert palette.query.text() == "b"


def test_all_of_it_has_names(palette):
    assert nameless(palette) == []
