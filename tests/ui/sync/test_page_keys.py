"""Is everything on the page reached, chosen and left by keyboard alone?"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from loyaldesk.models import ConflictStatus
from tests.support.teamwork import make_conflict, make_waiting


@pytest.fixture
def page(store, customer, open_page):
    """Return a page with a conflict, a waiting change and a merge; the keyboard is in the first."""
    make_conflict(store, customer, "terms_days", (30, 10, 45))
    make_waiting(store, customer, changes={"phone": ["1", "2"]})
    make_conflict(
        store, customer, "phone", ("", "+33 2", "+33 3"), rule="latest", winner="+33 2",
        status=ConflictStatus.AUTO,
    )  # fmt: skip
    opened = open_page()
    opened.window().activateWindow()
    opened.focus_first()
    QApplication.processEvents()
    return opened


def press(page, key):
    QTest.keyClick(page.focusWidget(), key)


def test_tab_leaves_the_lists_and_what_is_chosen_stays(page):
    chosen = page.side.chosen_key
    press(page, Qt.Key.Key_Tab)
    assert page.focusWidget() not in page.side.lists.values()
    assert page.side.chosen_key == chosen
    press(page, Qt.Key.Key_Backtab)
    assert page.focusWidget() is page.side.lists["conflict"]


def test_the_arrows_lead_from_list_to_list_and_back(page):
    seen = [page.side.chosen_key[0]]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_J, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_K):
        press(page, key)
        seen.append(page.side.chosen_key[0])
        assert page.focusWidget() is page.side.lists[seen[-1]]
    assert seen == ["conflict", "waiting", "merge", "merge", "waiting", "conflict"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Right])
def test_enter_and_the_right_arrow_go_to_the_first_value(page, key):
    press(page, key)
    assert page.focusWidget() is page.panes.pane.rows[0].cards[0]


@pytest.mark.parametrize("downs", [1, 2])
def test_they_go_to_the_first_button_where_nothing_is_chosen(page, downs):
    for _ in range(downs):
        press(page, Qt.Key.Key_Down)
    press(page, Qt.Key.Key_Return)
    pane = page.panes.pane
    first = pane.buttons["retry"] if downs == 1 else pane.undo
    assert page.focusWidget() is first


def test_the_next_pane_is_the_value_and_the_one_before_the_list(page):
    assert page.step_pane(1)
    assert page.focusWidget() is page.panes.pane.rows[0].cards[0]
    assert not page.step_pane(1)
    assert page.step_pane(-1)
    assert page.focusWidget() is page.side.lists["conflict"]
    assert not page.step_pane(-1)


def test_with_nothing_to_show_the_next_pane_is_elsewhere(customer, open_page):
    assert not open_page().step_pane(1)
