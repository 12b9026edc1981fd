"""Does a long list filter, sort, count and explain itself, by mouse and by keys?"""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from loyaldesk.errors import Unavailable
from loyaldesk.operations.customers import edit_customer
from loyaldesk.ui.customers.list_page import CustomersPage
from loyaldesk.ui.widgets.empty_state import EmptyReason
from tests.support.factories import do, make_customer, make_invoice
from tests.support.qt import nameless, too_small

ALL = ["Acme Ltd", "Müller & Söhne", "Zum Anker"]


def test_everybody_stands_in_the_order_of_the_names(names):
    assert names() == ALL


def test_a_chip_narrows_the_list_and_the_counts_say_so(page, names):
    page.filters.chips["overdue"].click()
    assert names() == ["Acme Ltd"]
    assert page.head.counts.text == "1 of 3 · filter: Overdue > 30"
    assert page.foot.text.startswith("1 customer · ")


def test_two_filters_must_both_hold(page, names):
    page.filters.chips["overdue"].click()
    page.filters.chips["open_orders"].click()
    assert names() == []


def test_mine_are_those_of_the_person_at_the_desk(page, names):
    page.filters.whose.choose("mine")
    assert names() == ["Acme Ltd"]


def test_typing_into_the_list_filters_it(page, names, qtbot):
    page.focus_first()
    qtbot.keyClick(page.list.view, "m")
    qtbot.keyClicks(page.filters.box, "ull")
    assert page.filters.box.text() == "mull"
    assert names() == ["Müller & Söhne"]


def test_escape_takes_the_words_away_and_then_goes_back_to_the_list(page, names, qtbot):
    page.filters.box.setText("mull")
    qtbot.keyClick(page.filters.box, Qt.Key.Key_Escape)
    assert names() == ALL
    qtbot.keyClick(page.filters.box, Qt.Key.Key_Escape)
    assert page.focusWidget() is page.list.view


def test_enter_in_the_box_opens_the_first_match(page, company, heard, qtbot):
    page.filters.box.setText("anker")
    QApplication.processEvents()
    qtbot.keyClick(page.filters.box, Qt.Key.Key_Return)
    assert heard.wished == [("customer", company["Zum Anker"])]


def test_the_head_sorts_in_the_store_and_a_second_click_turns_it_round(page, names):
    page.list.view.sort_wanted.emit("number", False)
    assert names() == ["Acme Ltd", "Zum Anker", "Müller & Söhne"]
    page.list.view.sort_wanted.emit("number", True)
    assert names() == ["Müller & Söhne", "Zum Anker", "Acme Ltd"]


def test_a_filter_keeps_the_order(page, names):
    page.list.view.sort_wanted.emit("number", True)
    page.filters.box.setText("a")
    assert names() == ["Zum Anker", "Acme Ltd"]


@pytest.mark.parametrize("key", [Qt.Key.Key_J, Qt.Key.Key_Down])
def test_keys_walk_the_list_and_enter_opens(page, company, heard, qtbot, key):
    page.focus_first()
    qtbot.keyClick(page.list.view, key)
    qtbot.keyClick(page.list.view, Qt.Key.Key_Return)
    assert heard.wished == [("customer", company["Müller & Söhne"])]


def test_ctrl_with_arrows_steps_to_the_next_record(page, company, qtbot):
    page.focus_first()
    qtbot.keyClick(page.list.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert page.list.view.current_id() == company["Müller & Söhne"]
    qtbot.keyClick(page.list.view, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert page.list.view.current_id() == company["Acme Ltd"]


def test_copied_rows_are_a_table(page, heard, qtbot):
    page.list.view.selectAll()
    page.list.view.copy_rows()
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Name\tNo.\tTown")
    assert [line.split("\t")[0] for line in lines[1:]] == ALL
    assert heard.said == [("3 customers copied", False)]


def test_a_list_that_its_filter_empties_offers_to_clear_it(page, names):
    page.filters.box.setText("xylophone")
    assert names() == []
    assert page.counts.empty.reason is EmptyReason.FILTERED
    assert page.counts.empty.words == ("None of 3 match", "Filter: “xylophone”. No customer fits.")
    page.counts.empty.action_chosen.emit()
    assert names() == ALL


def test_a_list_without_records_offers_to_make_the_first(open_page, desk):
    asked = []
    desk.ways.new_customer_wanted.connect(lambda: asked.append(True))
    page = open_page()
    assert page.counts.empty.isVisible()
    assert page.counts.empty.words[0] == "No customers yet"
    page.counts.empty.action_chosen.emit()
    assert asked == [True]


def test_a_list_that_cannot_be_read_says_why_and_tries_again(page, names, desk, heard, monkeypatch):
    def fails(*_, **__):
        raise Unavailable("The disk did not answer. Nothing was changed; try again.")

    read = desk.jobs.read
    monkeypatch.setattr(desk.jobs, "read", lambda query, **rest: read(fails, **_kept(rest)))
    page.filters.chips["overdue"].click()
    assert heard.said[-1][0].startswith("The disk did not answer")
    assert page.counts.empty.reason is EmptyReason.NOT_SYNCED
    monkeypatch.undo()
    page.counts.empty.action_chosen.emit()
    assert names() == ["Acme Ltd"]


def _kept(rest):
    return {key: rest[key] for key in ("owner", "then", "failed", "replaces") if key in rest}


def test_the_cross_in_the_foot_takes_every_filter_away(page, names):
    page.filters.box.setText("acme")
    page.filters.chips["overdue"].click()
    page.foot.filter_cleared.emit()
    assert names() == ALL
    assert page.filters.box.text() == ""
    assert not page.filters.chips["overdue"].isChecked()


def test_a_new_customer_appears_without_anybody_asking(page, names, store, qtbot):
    make_customer(store, "Birne")
    qtbot.waitUntil(lambda: names() == ["Acme Ltd", "Birne", "Müller & Söhne", "Zum Anker"])
    assert page.head.counts.text == "4"


def test_a_changed_name_shows_and_the_chosen_row_stays_chosen(page, names, store, company, qtbot):
    page.list.view.choose_id(company["Zum Anker"])
    do(store, edit_customer, customer_id=company["Zum Anker"], name="Ankerhof")
    qtbot.waitUntil(lambda: names() == ["Acme Ltd", "Ankerhof", "Müller & Söhne"])
    assert page.list.view.current_id() == company["Zum Anker"]


def test_what_else_changed_shows_without_listing_everybody_again(page, store, company, desk, qtbot):
    before = len(desk.jobs.ran)
    make_invoice(store, company["Zum Anker"], "7.00", invoiced_on=date(2026, 1, 1))
    qtbot.waitUntil(lambda: page.list.model.row_at(2).overdue.minor == 700)
    assert "search_customer_ids" not in desk.jobs.ran[before:]


def test_a_page_out_of_sight_reads_again_only_when_it_is_seen(page, names, store, desk):
    page.hide()
    before = len(desk.jobs.ran)
    make_customer(store, "Birne")
    assert desk.jobs.ran[before:].count("search_customer_ids") == 0
    page.show()
    assert "Birne" in names()


def test_columns_come_back_as_they_were_left(page, open_page):
    head = page.list.view.head
    town = [column.key for column in page.plan.columns].index("town")
    head.setSectionHidden(town, True)
    head.resizeSection(0, 300)
    again = open_page().list.view.head
    assert again.isSectionHidden(town)
    assert again.sectionSize(0) == 300


def test_the_first_rows_are_told_once(desk, company, qtbot):
    page, told = CustomersPage(desk), []
    qtbot.addWidget(page)
    page.rows_shown.connect(lambda: told.append(page.list.model.row_at(0).name))
    page.show()
    qtbot.waitUntil(lambda: bool(told))
    page.refresh()
    page.resize(1256, 300)
    QApplication.processEvents()
    assert told == ["Acme Ltd"]


def test_an_empty_list_is_told_as_well(desk, qtbot):
    page = CustomersPage(desk)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.rows_shown):
        page.show()


def test_every_control_can_be_reached_named_and_hit(page):
    assert nameless(page) == []
    assert too_small(page) == []


def test_the_menu_of_a_row_offers_what_can_be_done(page, company, heard):
    offered = dict(page.choices(company["Acme Ltd"]))
    assert list(offered) == [
        "Statement of account…", "New order…", "New invoice…", "Record payment…",
    ]  # fmt: skip
    for command in offered.values():
        command()
    wished = ["statement", "new_order", "new_invoice", "new_payment"]
    assert heard.wished == [(name, company["Acme Ltd"]) for name in wished]


def test_the_foot_adds_up_what_the_list_shows(page, store, company, qtbot):
    assert page.foot.sums == "Overdue in this list: €100.00"
    make_invoice(store, company["Zum Anker"], "7.00", invoiced_on=date(2026, 1, 1), currency="GBP")
    qtbot.waitUntil(lambda: page.foot.sums == "Overdue in this list: €100.00 · £7.00")
    page.filters.box.setText("anker")
    assert page.foot.sums == "Overdue in this list: £7.00"
    page.filters.box.setText("xylophone")
    assert page.foot.sums == ""
