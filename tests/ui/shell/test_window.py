"""Does the window go where it is told, name what it undoes, and come back as it was left?"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenuBar

from loyaldesk.operations.activities import keep_draft
from loyaldesk.operations.customers import create_customer
from loyaldesk.ui.shell.demo_strip import DemoStrip
from loyaldesk.ui.shell.places import Place
from loyaldesk.ui.shell.tab_bar import TabBar
from loyaldesk.ui.widgets.theme import SchemeChoice
from tests.support.qt import deliver_deletions, nameless, tab_order, too_small


def run(window, key: str) -> None:
    action = window.commands.commands[key]
    assert action.isEnabled(), key
    action.trigger()
    QApplication.processEvents()


def make(desk, name: str) -> None:
    desk.jobs.write(create_customer, name=name)
    QApplication.processEvents()


def test_the_customers_are_the_first_page(window):
    assert window.guide.place == Place("customers")
    assert window.nav.chosen_key == "customers"
    assert window.frame.windowTitle() == "Customers — LoyalDesk"


def test_a_customer_opens_in_a_tab_and_names_the_window(window, customers):
    window.guide.go_to_customer(customers[0])
    assert window.tabs.customer_ids == [customers[0]]
    assert window.frame.windowTitle() == "Müller & Söhne GmbH — LoyalDesk"


def test_back_and_forward_lead_through_sections_and_customers(window, customers):
    for customer_id in customers[:2]:
        window.guide.go_to_customer(customer_id)
    run(window, "section_documents")
    assert not window.commands.commands["forward"].isEnabled()
    run(window, "back")
    assert window.guide.place == Place(customer_id=customers[1])
    QTest.mouseClick(window.top_row.back, Qt.MouseButton.LeftButton)
    assert window.guide.place == Place(customer_id=customers[0])
    QTest.mouseClick(window.top_row.forward, Qt.MouseButton.LeftButton)
    assert window.guide.place == Place(customer_id=customers[1])


def test_the_keys_of_the_sections_go_there(window):
    for key, section in (("section_documents", "documents"), ("section_customers", "customers")):
        run(window, key)
        assert window.guide.place == Place(section)
        assert window.nav.chosen_key == section


def test_a_record_lies_on_top_of_its_customer_and_esc_leaves_it(window, desk, customers, store):
    with store.reader() as reader:
        invoice_id = reader.value("SELECT id FROM invoice")
    desk.ways.invoice_wanted.emit(invoice_id)
    assert window.guide.place == Place("", customers[0], "invoice", invoice_id)
    assert window.tabs.customer_ids == [customers[0]]
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.guide.place == Place(customer_id=customers[0])
    deliver_deletions()


def test_a_closed_tab_shows_its_neighbour_and_comes_back(window, customers):
    for customer_id in customers:
        window.guide.go_to_customer(customer_id)
    run(window, "close_tab")
    assert window.guide.place.customer_id == customers[1]
    run(window, "reopen_tab")
    assert window.guide.place.customer_id == customers[2]
    for _ in customers:
        run(window, "close_tab")
    assert window.guide.place == Place("customers")
    assert not window.commands.commands["close_tab"].isEnabled()


def test_the_tab_keys_step_through_the_tabs(window, customers):
    for customer_id in customers:
        window.guide.go_to_customer(customer_id)
    run(window, "next_tab")
    assert window.guide.place.customer_id == customers[0]
    run(window, "previous_tab")
    assert window.guide.place.customer_id == customers[2]


def test_undo_is_named_in_the_menu_and_the_status_bar_and_says_what_it_did(window, desk):
    undo, redo = (window.commands.commands[key] for key in ("undo", "redo"))
    assert not undo.isEnabled()
    make(desk, "Bad & Co")
    assert undo.text() == "&Undo: Create Bad && Co"
    assert window.status.undo_words == "Undo: Create Bad & Co"
    undo.trigger()
    assert window.toaster.toast.words == "Undone: Create Bad & Co"
    assert redo.text() == "&Redo: Create Bad && Co"
    redo.trigger()
    assert window.toaster.toast.words == "Done again: Create Bad & Co"


def test_a_toast_takes_the_action_back(window, desk, store):
    make(desk, "Tea House")
    desk.news.said.emit("Customer saved", True)
    window.toaster.toast.button.click()
    with store.reader() as reader:
        assert reader.value("SELECT count(*) FROM customer WHERE name = 'Tea House'") == 0


def test_a_refusal_says_what_is_safe_and_goes_when_the_next_action_succeeds(window, desk):
    window.show_refusal("The order was not entered. Nothing was changed. Check the date.")
    assert window.banners.banner.text == (
        "The order was not entered. Nothing was changed. Check the date."
    )
    assert window.banners.isVisible()
    desk.news.said.emit("Order entered", True)
    assert not window.banners.isVisible()


def test_esc_closes_the_banner_before_it_leaves_anything(window):
    window.show_refusal("It did not work. Nothing was changed.")
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.banners.banner is None


def test_long_work_shows_in_the_status_bar_and_can_be_stopped(window, desk):
    stopped: list[bool] = []
    desk.news.work_began.emit("Printing 12 pages", partial(stopped.append, True))
    desk.news.work_went.emit(3, 12)
    assert window.status.work_words == "Printing 12 pages"
    window.status.stop_work()
    desk.news.work_ended.emit()
    assert (stopped, window.status.work_words) == ([True], "")


def test_leaving_stops_long_work(window, desk):
    stopped: list[bool] = []
    desk.news.work_began.emit("Importing", partial(stopped.append, True))
    window.frame.close()
    assert stopped == [True]


def test_the_status_bar_says_how_the_records_stand(window, desk):
    assert window.status.kept_words == "Opening…"
    window.status.show_open()
    assert window.status.kept_words == "On this computer"
    make(desk, "Tea House")
    assert window.status.kept_words.startswith("On this computer · saved")


def test_the_status_bar_says_when_the_records_could_not_be_opened(window):
    window.show_refusal("The store is damaged. Nothing was written. Restore the last copy.")
    assert window.status.kept_words == "Records not open"


def test_text_grows_and_is_kept(window, desk):
    run(window, "larger")
    assert desk.theme.look.text_percent == 110
    assert desk.state.get("look")["text_percent"] == 110
    for _ in range(20):
        run(window, "larger")
    assert desk.theme.look.text_percent == 200
    run(window, "usual_size")
    assert desk.theme.look.text_percent == 100


def test_f6_walks_through_search_sections_and_page(window, qtbot):
    frame = window.frame
    frame.activateWindow()
    window.top_row.search.setFocus()
    qtbot.waitUntil(window.top_row.search.hasFocus)
    run(window, "next_pane")
    assert window.nav.hasFocus()
    run(window, "next_pane")
    assert window.guide.page.isAncestorOf(QApplication.focusWidget())
    run(window, "next_pane")
    assert window.top_row.search.hasFocus()
    run(window, "previous_pane")
    assert window.guide.page.isAncestorOf(QApplication.focusWidget())


def test_f6_reaches_the_toast_first(window, desk):
    window.frame.activateWindow()
    desk.news.said.emit("Note saved", True)
    run(window, "next_pane")
    assert window.toaster.toast.button.hasFocus()


def test_tabs_and_the_customer_in_front_come_back(open_window, customers, desk):
    first = open_window()
    for customer_id in customers:
        first.guide.go_to_customer(customer_id)
    first.guide.go_to_customer(customers[1])
    first.frame.close()
    second = open_window()
    assert second.tabs.customer_ids == customers
    assert second.guide.place == Place(customer_id=customers[1])
    assert desk.state.get("tabs") == customers


def test_only_ids_are_kept_outside_the_encrypted_store(open_window, customers, desk, tmp_path):
    window = open_window()
    window.guide.go_to_customer(customers[0])
    window.frame.close()
    desk.state.save()
    assert "ller" not in (tmp_path / "window.json").read_text(encoding="utf-8")


def test_a_tab_whose_customer_is_gone_does_not_come_back(open_window, customers, desk):
    desk.state.put("tabs", [customers[0], 999_999, "x"])
    desk.state.put("front", 999_999)
    window = open_window()
    assert window.tabs.customer_ids == [customers[0]]
    assert window.guide.place == Place("customers")


def test_a_tab_comes_back_with_the_dot_of_its_unsaved_note(open_window, customers, desk, qtbot):
    desk.jobs.write(keep_draft, key=f"note/{customers[1]}", content='{"text": "Syrup"}')
    desk.state.put("tabs", customers)
    window = open_window()
    bar = window.tabs.findChild(TabBar)
    assert bar.unsaved == {customers[1]}


def test_after_a_crash_the_window_offers_to_go_on_with_the_note(open_window, customers, desk):
    desk.jobs.write(keep_draft, key=f"note/{customers[0]}", content='{"text": "Syrup"}')
    window = open_window()
    window.tell_rescued()
    words = window.banners.banner.text
    assert words.startswith("LoyalDesk closed unexpectedly.")
    assert "Müller & Söhne GmbH was kept, word for word" in words
    window.banners.banner.action_chosen.emit(0)
    assert window.guide.place == Place(customer_id=customers[0])


def test_after_a_crash_without_a_note_nothing_is_said(window):
    window.tell_rescued()
    assert window.banners.banner is None


def test_a_window_that_is_too_narrow_shows_icons_only(window, qtbot):
    assert window.nav.width() == 184
    window.frame.resize(1040, 700)
    qtbot.waitUntil(lambda: window.nav.width() == 48)


def test_everything_that_takes_the_focus_has_a_name(window, customers):
    assert nameless(window.frame) == []
    window.guide.go_to_customer(customers[0])
    assert nameless(window.frame) == []


def test_everything_that_can_be_pressed_is_large_enough(window, customers):
    window.guide.go_to_customer(customers[0])
    QApplication.processEvents()
    assert too_small(window.frame) == []


def test_tab_goes_from_the_search_over_the_sections_to_the_page(window):
    order = [w for w in tab_order(window.frame) if not w.inherits("QMenuBar")]
    places = [order.index(w) for w in (window.top_row.search, window.top_row.help, window.nav)]
    in_page = [at for at, w in enumerate(order) if window.guide.page.isAncestorOf(w)]
    assert places == sorted(places)
    assert min(in_page) > places[-1]


def test_the_keys_of_the_menu_work_wherever_the_focus_is(window, qtbot):
    window.frame.activateWindow()
    window.nav.setFocus()
    qtbot.waitUntil(window.nav.hasFocus)
    QTest.keySequence(window.nav, window.commands.commands["section_documents"].shortcut())
    assert window.guide.place == Place("documents")


@pytest.mark.parametrize(
    ("size", "percent"), [((1366, 768), 100), ((960, 600), 100), ((1440, 900), 200)]
)
def test_the_window_fits_small_screens_and_large_text(window, customers, size, percent, desk):
    desk.theme.wear(replace(desk.theme.look, text_percent=percent))
    window.frame.resize(*size)
    window.guide.go_to_customer(customers[0])
    QApplication.processEvents()
    assert (window.frame.width(), window.frame.height()) == size
    menus = window.top_row.findChild(QMenuBar)
    assert menus.width() >= menus.sizeHint().width()
    assert not window.top_row.search.geometry().intersects(menus.geometry())


def test_a_live_change_of_scheme_repaints_the_frame(window, desk, qtbot):
    light = window.frame.grab().toImage().pixelColor(20, 500).name()
    desk.theme.wear(replace(desk.theme.look, scheme=SchemeChoice.DARK))
    QApplication.processEvents()
    dark = window.frame.grab().toImage().pixelColor(20, 500).name()
    assert (light, dark) == ("#f4f3ef", "#17181b")


class TestFirstRun:
    def test_only_the_doors_are_shown(self, open_window):
        window = open_window(is_first_run=True)
        assert not window.top_row.isVisible()
        assert not window.nav.isVisible()
        assert window.status.isVisible()
        assert window.frame.windowTitle() == "LoyalDesk"

    def test_the_keyboard_is_on_the_first_door(self, open_window, qtbot):
        window = open_window(is_first_run=True)
        window.frame.activateWindow()
        qtbot.waitUntil(lambda: window.pages.currentWidget().demo.button.hasFocus())

    def test_the_empty_door_leads_to_the_form_of_a_customer(self, open_window, desk):
        window = open_window(is_first_run=True)
        wished: list[str] = []
        desk.ways.new_customer_wanted.disconnect()
        desk.ways.new_customer_wanted.connect(lambda: wished.append("customer"))
        window.pages.currentWidget().empty.button.click()
        assert wished == ["customer"]
        assert window.top_row.isVisible()
        assert window.guide.place == Place("customers")

    def test_the_import_door_leads_to_the_import(self, open_window, desk):
        window = open_window(is_first_run=True)
        wished: list[str] = []
        desk.ways.import_wanted.disconnect()
        desk.ways.import_wanted.connect(lambda: wished.append("import"))
        window.pages.currentWidget().file.button.click()
        assert wished == ["import"]

    def test_its_buttons_have_names_and_are_large_enough(self, open_window):
        window = open_window(is_first_run=True)
        assert nameless(window.frame) == []
        assert too_small(window.frame) == []

    def test_the_demo_is_marked_by_a_strip(self, open_window, customers):
        window = open_window(is_demo=True)
        strip = window.findChild(DemoStrip)
        assert strip.accessibleName() == "Demo company – nothing here is real"
        assert strip.y() < window.top_row.y()
