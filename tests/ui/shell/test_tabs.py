"""Do the tabs of the open customers behave as tabs do?"""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from loyaldesk.ui.shell.customer_tabs import MOST_TABS, CustomerTabs
from loyaldesk.ui.shell.tab_bar import TabBar
from loyaldesk.ui.widgets.buttons import IconButton
from tests.support.qt import colours_in


@pytest.fixture
def tabs(theme, qtbot) -> CustomerTabs:
    made = CustomerTabs(theme)
    qtbot.addWidget(made)
    made.resize(1200, 36)
    made.show()
    return made


@pytest.fixture
def bar(tabs) -> TabBar:
    return tabs.findChild(TabBar)


def heard_from(signal) -> list[int]:
    heard: list[int] = []
    signal.connect(heard.append)
    return heard


def click(bar: TabBar, index: int, button=Qt.MouseButton.LeftButton) -> None:
    QTest.mouseClick(bar, button, pos=bar.tabRect(index).topLeft() + QPoint(20, 16))


def test_a_customer_has_one_tab_only(tabs):
    for customer_id in (1, 2, 1):
        tabs.show_customer(customer_id)
    assert tabs.customer_ids == [1, 2]


def test_a_click_tells_which_customer_is_wanted_once(tabs, bar):
    tabs.show_customer(1)
    tabs.show_customer(2)
    chosen = heard_from(tabs.chosen)
    click(bar, 0)
    assert chosen == [1]


def test_a_click_on_the_last_tab_comes_back_from_a_section(tabs, bar):
    tabs.show_customer(1)
    tabs.show_section()
    chosen = heard_from(tabs.chosen)
    click(bar, 0)
    assert chosen == [1]


def test_no_tab_looks_chosen_while_a_section_is_on_screen(tabs, theme):
    tabs.show_customer(1)
    QApplication.processEvents()
    assert theme.tokens.base.name() in colours_in(tabs.grab().toImage())
    tabs.show_section()
    assert theme.tokens.base.name() not in colours_in(tabs.grab().toImage())


def test_the_middle_button_and_the_cross_close_a_tab(tabs, bar):
    for customer_id in (1, 2, 3):
        tabs.show_customer(customer_id)
    closed = heard_from(tabs.closed)
    click(bar, 1, Qt.MouseButton.MiddleButton)
    cross = bar.tabButton(1, TabBar.ButtonPosition.RightSide)
    QTest.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert (closed, tabs.customer_ids) == ([2, 3], [1])


def test_closed_tabs_come_back_in_turn(tabs):
    for customer_id in (1, 2):
        tabs.show_customer(customer_id)
    tabs.close_customer(1)
    tabs.close_customer(2)
    assert [tabs.last_closed(), tabs.last_closed(), tabs.last_closed()] == [2, 1, None]


def test_the_oldest_tab_without_a_note_gives_way_to_a_ninth(tabs):
    for customer_id in range(1, MOST_TABS + 1):
        tabs.show_customer(customer_id)
    tabs.set_unsaved(1, unsaved=True)
    tabs.show_customer(99)
    assert tabs.customer_ids == [1, *range(3, MOST_TABS + 1), 99]


def test_stepping_goes_round_and_round(tabs):
    for customer_id in (1, 2, 3):
        tabs.show_customer(customer_id)
    chosen = heard_from(tabs.chosen)
    tabs.step(1)
    tabs.step(-1)
    assert chosen == [1, 2]


def test_an_unsaved_note_is_a_dot_and_is_read_out(tabs, bar):
    tabs.show_customer(1)
    tabs.set_title(1, "Müller & Söhne")
    QApplication.processEvents()
    width = bar.tabRect(0).width()
    tabs.set_unsaved(1, unsaved=True)
    assert bar.accessibleTabName(0) == "Müller & Söhne, note not saved yet"
    assert "not saved" in bar.tabToolTip(0)
    QApplication.processEvents()
    assert bar.tabRect(0).width() > width
    tabs.set_unsaved(1, unsaved=False)
    assert bar.accessibleTabName(0) == "Müller & Söhne"


def test_the_plus_stands_right_after_the_last_tab(tabs, bar):
    tabs.show_customer(1)
    tabs.set_title(1, "Blondel et Fils")
    plus = next(b for b in tabs.findChildren(IconButton) if b.parent() is tabs)
    QApplication.processEvents()
    assert plus.x() - bar.geometry().right() <= 8
    assert bar.width() == bar.tabRect(0).width()


def test_without_tabs_there_is_only_the_plus(tabs, bar):
    assert not bar.isVisible()
    tabs.show_customer(1)
    assert bar.isVisible()
    tabs.close_customer(1)
    assert not bar.isVisible()


def test_a_long_name_does_not_make_a_wide_tab(tabs, bar, theme):
    tabs.show_customer(1)
    tabs.set_title(1, "A name that goes on and on " * 5)
    QApplication.processEvents()
    assert bar.tabRect(0).width() == theme.px(220)
