"""Do timeline, side lists and navigation walk, open, fold and keep their place?"""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from loyaldesk.ui.widgets.item_list import Item, ItemAction, ItemList
from loyaldesk.ui.widgets.nav_list import NavItem, NavList
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.timeline import TimelineView
from loyaldesk.ui.widgets.timeline_entries import BodyLine, TimelineRow
from tests.support.qt import accessible_name

ENTER = Qt.Key.Key_Return
BODY = [BodyLine([Span("Asked whether line 20 can still make 19 Nov. Stock says no. " * 4)])]


def event(key: int, day: str, body=()) -> TimelineRow:
    return TimelineRow(key, day, "10:31", "phone", "Call:", "delivery date", "Ben", body=body)


@pytest.fixture
def timeline(theme, qtbot) -> TimelineView:
    view = TimelineView(theme, name="Timeline")
    qtbot.addWidget(view)
    view.resize(560, 300)
    view.show()
    view.show_rows([event(1, "Today"), event(2, "Mon 9 Nov", BODY), event(3, "Mon 9 Nov")])
    return view


def days(view: TimelineView) -> list[str]:
    return [entry.day for entry in view.entries if not isinstance(entry, TimelineRow)]


def test_rows_stand_under_their_days(timeline):
    assert days(timeline) == ["Today", "Mon 9 Nov"]
    assert len(timeline.entries) == 5


def test_enter_opens_and_closes_a_text(timeline, qapp):
    timeline.choose(2)
    row = timeline.currentIndex()
    closed = timeline.visualRect(row).height()
    QTest.keyClick(timeline, ENTER)
    qapp.processEvents()
    assert timeline.visualRect(row).height() > closed == 28
    QTest.keyClick(timeline, ENTER)
    qapp.processEvents()
    assert timeline.visualRect(row).height() == closed


def test_enter_on_a_row_without_text_opens_what_it_is_about(timeline, qtbot):
    timeline.choose(3)
    with qtbot.waitSignal(timeline.row_activated) as opened:
        QTest.keyClick(timeline, ENTER)
    assert opened.args == [3]


def test_a_day_folds(timeline):
    timeline.toggle_day("Mon 9 Nov")
    assert len(timeline.entries) == 3
    timeline.toggle_day("Mon 9 Nov")
    assert len(timeline.entries) == 5


def test_opened_texts_and_the_cursor_stay_when_rows_come(timeline):
    timeline.toggle_body(2)
    timeline.choose(2)
    timeline.show_rows([event(9, "Today"), event(1, "Today"), event(2, "Mon 9 Nov", BODY)])
    assert timeline.open_keys == {2}
    assert timeline.chosen_key == 2


def test_older_rows_are_asked_for_at_the_end(timeline, qtbot, qapp):
    timeline.show_rows([event(n, f"Day {n // 5}") for n in range(60)])
    qapp.processEvents()
    with qtbot.waitSignal(timeline.more_wanted):
        timeline.verticalScrollBar().setValue(timeline.verticalScrollBar().maximum())
    timeline.add_rows([event(99, "Day 99")])
    assert timeline.entries[-1].key == 99


def test_a_row_is_read_out_with_day_time_and_who(timeline):
    timeline.choose(1)
    cell = QAccessible.queryAccessibleInterface(timeline).child(1)
    assert cell.text(QAccessible.Text.Name) == "Today, 10:31, Call: delivery date, Ben"


def people() -> list[Item]:
    actions = (ItemAction("call", "phone", "Call"), ItemAction("mail", "mail", "Mail"))
    return [
        Item(1, [Span("Heike Müller")], "Buyer", avatar="Heike Müller", actions=actions),
        Item(2, [Span("Jonas Kahn")], "Accounts payable", avatar="Jonas Kahn", actions=actions),
    ]


@pytest.fixture
def items(theme, qtbot) -> ItemList:
    view = ItemList(theme, name="People")
    qtbot.addWidget(view)
    view.show_items(people())
    view.resize(280, view.sizeHint().height())
    view.show()
    return view


def test_a_side_list_is_as_high_as_its_rows(items):
    assert items.sizeHint().height() == 2 * 44
    assert items.verticalScrollBar().maximum() == 0


def test_arrows_and_enter_open_an_item(items, qtbot):
    items.choose(1)
    with qtbot.waitSignal(items.row_activated) as opened:
        QTest.keyClick(items, Qt.Key.Key_J)
        QTest.keyClick(items, ENTER)
    assert opened.args == [2]


def test_a_small_button_of_a_row_says_which(items, qtbot):
    with qtbot.waitSignal(items.item_action) as done:
        QTest.mouseClick(items.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(236, 60))
    assert done.args == [2, "call"]


def test_the_rest_of_a_row_is_no_button(items):
    assert items.action_at(QPoint(60, 20)) is None


def test_a_chosen_item_that_is_gone_is_told(items, qtbot):
    items.choose(2)
    with qtbot.waitSignal(items.row_chosen) as chosen:
        items.show_items(people()[:1])
    assert chosen.args == [None]


def test_an_item_is_read_out_as_a_sentence():
    item = Item(1, [Span.strong("4711 "), Span("PO 8812")], "3 lines", right_second="€1,867.40")
    assert item.spoken == "4711 PO 8812, 3 lines, €1,867.40"


def sections() -> list[NavItem]:
    return [
        NavItem("day", "My day", "sun", "7", urgent=True),
        NavItem("customers", "Customers", "users"),
        NavItem.break_line(),
        NavItem("settings", "Settings", "settings"),
    ]


@pytest.fixture
def nav(theme, qtbot) -> NavList:
    view = NavList(theme, name="Sections")
    qtbot.addWidget(view)
    view.show_items(sections())
    view.resize(184, 300)
    view.show()
    return view


def test_the_arrows_pass_over_the_line(nav):
    nav.choose("customers")
    QTest.keyClick(nav, Qt.Key.Key_Down)
    assert nav.chosen_key == "settings"


def test_a_click_opens_a_section(nav, qtbot):
    with qtbot.waitSignal(nav.row_activated) as opened:
        at = nav.visualRect(nav.model().index(1, 0)).center()
        QTest.mouseClick(nav.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened.args == ["customers"]


def test_new_counts_leave_the_section_chosen_and_silent(nav, qtbot):
    nav.choose("customers")
    with qtbot.assertNotEmitted(nav.row_chosen):
        nav.show_items(sections())
    assert nav.chosen_key == "customers"


def test_folded_navigation_is_icons_wide(nav):
    nav.set_folded(folded=True)
    assert nav.width() == 48


def test_lists_have_names(nav, items, timeline):
    assert [accessible_name(view) for view in (nav, items, timeline)] == [
        "Sections",
        "People",
        "Timeline",
    ]
