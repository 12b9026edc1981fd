"""Does the table scroll, choose, sort, copy and answer keys at a million rows as at ten?"""

from array import array
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from loyaldesk.ui.tables.column import Column
from loyaldesk.ui.tables.model import PagedTableModel
from loyaldesk.ui.tables.view import PagedTableView
from tests.support.qt import accessible_name, colours_in
from tests.support.stall_meter import StallMeter

MILLION = 1_000_000
NO_BUTTON, NO_KEY = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def turn(qapp: QApplication, source) -> None:
    """Let the view ask and the source answer."""
    qapp.processEvents()
    source.answer()
    qapp.processEvents()


def count_calls(monkeypatch, *names: str) -> list[str]:
    """Return a list that grows by the name of each model method that is called."""
    calls: list[str] = []
    for name in names:
        original = getattr(PagedTableModel, name)

        def counted(self, *arguments, _name=name, _original=original):
            calls.append(_name)
            return _original(self, *arguments)

        monkeypatch.setattr(PagedTableModel, name, counted)
    return calls


def test_a_repaint_asks_the_model_once_a_row_and_never_for_data(filled, monkeypatch, qapp):
    calls = count_calls(monkeypatch, "cells", "data", "sentence")
    filled.viewport().repaint()
    assert calls.count("data") == 0
    assert calls.count("sentence") == 0
    assert calls.count("cells") == 10


def test_a_repaint_reads_nothing(view, source):
    view.viewport().repaint()
    assert source.asked == []


def test_scrolling_far_asks_only_for_what_stays_in_sight(view, source, qapp):
    view.show_ids(array("q", range(MILLION)))
    qapp.processEvents()
    source.asked.clear()
    bar = view.verticalScrollBar()
    for number in range(1, 11):
        bar.setValue(bar.maximum() // 10 * number)
    qapp.processEvents()
    assert sum(len(ids) for ids in source.asked) <= 2 * 128
    assert source.asked[-1][-1] == MILLION - 1


def test_a_million_rows_are_set_and_scrolled_without_a_stall(view, source, qtbot):
    with StallMeter() as meter:
        view.show_ids(array("q", range(MILLION)))
        for number in range(20):
            view.verticalScrollBar().setValue(number * MILLION)
            QApplication.processEvents()
            source.answer()
    assert meter.worst_s < 1.0


def test_a_row_that_is_on_its_way_is_painted_as_bars(view, theme):
    assert theme.tokens.line.name() in colours_in(view.viewport().grab().toImage())


def test_a_click_on_the_head_asks_for_an_order_and_a_second_for_the_other(filled, qtbot):
    wanted = []
    filled.sort_wanted.connect(lambda key, descending: wanted.append((key, descending)))
    for _ in range(2):
        QTest.mouseClick(filled.head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 10))
        filled.show_sort(*wanted[-1][:1], descending=wanted[-1][1])
    assert wanted == [("town", False), ("town", True)]


def test_a_column_without_an_order_is_not_asked_for(filled, qtbot):
    wanted = []
    filled.sort_wanted.connect(lambda key, descending: wanted.append(key))
    QTest.mouseClick(filled.head.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(400, 10))
    assert wanted == []


def test_copied_rows_are_a_table_for_a_spreadsheet(filled, source):
    filled.selectRow(0)
    QTest.keyClick(filled, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(filled, Qt.Key.Key_C, CONTROL)
    source.answer()
    assert QGuiApplication.clipboard().text() == (
        "Name\tTown\tOverdue\tStanding\n"
        "Customer 1\tBristol\t€100.00\tLate\n"
        "Customer 2\tBristol\t€200.00\tLate\n"
    )


def test_rows_are_copied_that_were_never_in_sight(filled, source, qtbot):
    filled.selectAll()
    with qtbot.waitSignal(filled.rows_copied) as copied:
        filled.copy_rows()
        source.answer()
    assert copied.args == [300, 300]


def test_keys_walk_and_open_rows(filled, qtbot):
    opened: list[int] = []
    filled.row_activated.connect(opened.append)
    filled.selectRow(0)
    QTest.keyClick(filled, Qt.Key.Key_J)
    QTest.keyClick(filled, Qt.Key.Key_J)
    QTest.keyClick(filled, Qt.Key.Key_K)
    QTest.keyClick(filled, Qt.Key.Key_Return)
    assert opened == [2]


def test_end_goes_to_the_last_row_of_a_million(view, source, qapp):
    view.show_ids(array("q", range(MILLION)))
    view.selectRow(0)
    QTest.keyClick(view, Qt.Key.Key_End, CONTROL)
    assert view.current_id() == MILLION - 1


def test_a_double_click_opens_the_row(filled, qtbot):
    with qtbot.waitSignal(filled.row_activated) as opened:
        point = QPoint(20, 3 * 30 + 15)
        QTest.mouseClick(filled.viewport(), Qt.MouseButton.LeftButton, pos=point)
        QTest.mouseDClick(filled.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert opened.args == [4]


def test_letters_typed_into_the_list_go_to_the_filter(filled, qtbot):
    filled.setFocus()
    with qtbot.waitSignal(filled.text_typed) as typed:
        QTest.keyClick(filled, Qt.Key.Key_M)
    assert typed.args == ["m"]


def test_the_menu_key_asks_for_the_menu_of_the_current_row(filled, qtbot):
    filled.selectRow(2)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    with qtbot.waitSignal(filled.context_wanted) as wanted:
        QApplication.sendEvent(filled.viewport(), event)
    assert wanted.args[0] == 3


def test_what_is_chosen_stays_chosen_in_another_order(filled, source, qapp):
    filled.selectRow(4)
    filled.show_ids(array("q", range(300, 0, -1)))
    assert filled.selected_ids() == [5]
    assert filled.current_id() == 5


def test_everything_chosen_stays_everything(filled):
    filled.selectAll()
    filled.show_ids(array("q", range(1, 401)))
    assert filled.selected_count() == 400


def test_a_row_that_left_the_list_is_no_longer_chosen(filled, qtbot):
    filled.selectRow(4)
    with qtbot.waitSignal(filled.current_changed) as changed:
        filled.show_ids([1, 2, 3])
    assert changed.args == [-1]
    assert filled.selected_ids() == []


def test_the_rows_in_sight_stay_where_they_are_when_rows_come_before_them(filled):
    filled.verticalScrollBar().setValue(100 * 30 + 7)
    filled.show_ids(array("q", [*range(1000, 1020), *range(1, 301)]))
    assert filled.verticalScrollBar().value() == 120 * 30 + 7


def test_choosing_an_id_brings_it_into_sight(filled, source, qapp):
    assert filled.choose_id(250)
    assert filled.current_id() == 250
    assert 249 in filled.visible_rows(0, filled.viewport().height())
    assert not filled.choose_id(9_999)


def test_columns_come_back_as_they_were_left(filled, theme, model):
    head = filled.head
    head.moveSection(head.visualIndex(1), 0)
    head.setSectionHidden(2, True)
    head.resizeSection(0, 222)
    kept = head.columns_state()
    head.reset_columns()
    assert [slot.column for slot in filled.visible_slots()] == [0, 1, 2, 3]
    head.restore_columns(kept)
    assert [slot.column for slot in filled.visible_slots()] == [1, 0, 3]
    assert head.sectionSize(0) == 222


@pytest.mark.parametrize(
    "state", ["", "{}", "[]", '{"order": ["gone"], "hidden": [], "widths": {}}']
)
def test_a_state_from_another_version_is_survived(filled, state):
    filled.head.restore_columns(state)
    assert [slot.column for slot in filled.visible_slots()] == [0, 1, 2, 3]


def test_the_heads_menu_shows_hides_and_resets_columns(filled, qtbot):
    menu = filled.head.columns_menu()
    qtbot.addWidget(menu)
    titles = {action.text(): action for action in menu.actions()}
    titles["Note"].setChecked(True)
    assert len(filled.visible_slots()) == 5
    assert not titles["Name"].isEnabled()
    titles["Reset columns"].trigger()
    assert len(filled.visible_slots()) == 4


def test_rows_grow_with_the_text_size(filled, theme):
    width = filled.head.sectionSize(0)
    theme.wear(replace(theme.look, text_percent=200))
    assert filled.row_height() == 50
    assert filled.head.sectionSize(0) == 2 * width


def test_a_million_rows_take_another_text_size_at_once(view, theme):
    view.show_ids(array("q", range(MILLION)))
    with StallMeter() as meter:
        theme.wear(replace(theme.look, text_percent=150))
    assert view.row_height() == 40
    assert meter.worst_s < 1.0


def test_the_selected_row_has_its_edge(filled, theme):
    filled.selectRow(1)
    filled.setFocus()
    picture = filled.viewport().grab().toImage()
    assert picture.pixelColor(1, 45).name() in {
        theme.tokens.accent.name(),
        theme.tokens.line2.name(),
    }
    assert picture.pixelColor(300, 33).name() == theme.tokens.sel.name()


def test_the_row_under_the_pointer_is_tinted(filled, theme):
    at = QPointF(50, 2 * 30 + 15)
    moved = QMouseEvent(
        QMouseEvent.Type.MouseMove, at, filled.mapToGlobal(at), NO_BUTTON, NO_BUTTON, NO_KEY
    )
    QApplication.sendEvent(filled.viewport(), moved)
    picture = filled.viewport().grab().toImage()
    assert picture.pixelColor(560, 63).name() == theme.tokens.hover.name()


def test_an_empty_list_explains_itself(filled, qtbot):
    why = QLabel("No customers yet")
    filled.set_empty(why)
    assert not why.isVisible()
    filled.show_ids([])
    assert why.isVisible()


def test_loading_says_so_after_a_moment(view, qtbot, theme):
    view.show_ids([])
    view.show_loading("Reading customers…")
    quiet = view.viewport().grab().toImage()
    qtbot.waitUntil(lambda: view.viewport().grab().toImage() != quiet, timeout=2_000)


def test_the_table_has_a_name(view):
    assert accessible_name(view) == "Customers"


def test_a_narrow_column_grows_with_the_text_and_shrinks_back(theme, source, qtbot):
    columns = (Column("name", "No.", width=44), Column("town", "Town"))
    view = PagedTableView(theme, PagedTableModel(columns, source.fetch), name="Customers")
    qtbot.addWidget(view)
    theme.wear(replace(theme.look, text_percent=200))
    assert view.head.sectionSize(0) == 88
    theme.wear(replace(theme.look, text_percent=100))
    assert view.head.sectionSize(0) == 44


def test_the_room_that_the_last_column_fills_is_not_kept_as_its_width(view, theme, model, qtbot):
    view.resize(2_000, 300)
    other = PagedTableView(theme, model, name="Customers")
    qtbot.addWidget(other)
    other.resize(600, 300)
    other.head.restore_columns(view.head.columns_state())
    other.show()
    assert other.horizontalScrollBar().maximum() == 0
