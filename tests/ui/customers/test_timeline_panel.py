"""Does the timeline show, filter, find and read on, and does it lead to the records?"""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from loyaldesk.models import ActivityKind
from loyaldesk.operations.customers import edit_customer
from loyaldesk.queries.timeline import TimelineFilter
from loyaldesk.ui.customers.note_dialog import NoteDialog
from loyaldesk.ui.customers.timeline_panel import TimelinePanel
from loyaldesk.ui.widgets.fields import LineEdit
from loyaldesk.ui.widgets.timeline_entries import TimelineRow
from tests.support.desks import NOW, TODAY
from tests.support.factories import do, make_activity, make_customer, make_order


@pytest.fixture
def timeline(page) -> TimelinePanel:
    return page.middle.timeline


def lines(timeline) -> list[str]:
    return [e.spoken for e in timeline.view.entries if isinstance(e, TimelineRow)]


def test_people_and_money_stand_under_their_days(timeline):
    heads = [e.day for e in timeline.view.entries if not isinstance(e, TimelineRow)]
    assert heads[0] == "Today"
    assert any("Frau Müller: Asked for the syrup" in line for line in lines(timeline))
    assert any("Invoice 20877" in line and "€2,100" in line for line in lines(timeline))


def test_a_filter_is_remembered(page, timeline, desk, mueller, open_page):
    timeline.show_filter(TimelineFilter.PEOPLE)
    assert len(lines(timeline)) == 1
    assert open_page(mueller.id).middle.timeline.shown is TimelineFilter.PEOPLE


def test_changes_are_said_in_words(timeline, store, mueller):
    do(store, edit_customer, customer_id=mueller.id, phone="+49 40 1", credit_limit_minor=100_000)
    timeline.show_filter(TimelineFilter.CHANGES)
    newest = next(e for e in timeline.view.entries if isinstance(e, TimelineRow))
    body = ["".join(span.text for span in line.spans) for line in newest.body]
    assert "Telephone: +49 40 7344 120 → +49 40 1" in body
    assert "Credit limit: €25,000 → €1,000" in body


def test_finding_keeps_the_rows_with_all_words(timeline):
    timeline.findChild(LineEdit).setText("syrup muller")
    assert len(lines(timeline)) == 1
    timeline.findChild(LineEdit).setText("nobody said this")
    assert "match" in timeline.empty_words[0]


def test_scrolling_to_the_end_reads_older_entries(store, mueller, open_page):
    for number in range(130):
        make_activity(
            store, mueller.id, f"Note {number}", ActivityKind.NOTE,
            happened_at=NOW - timedelta(days=5, minutes=number),
        )  # fmt: skip
    timeline = open_page(mueller.id).middle.timeline
    assert len(lines(timeline)) == 50
    for _ in range(3):
        timeline.view.more_wanted.emit()
    assert len(lines(timeline)) == 135
    assert len(set(lines(timeline))) == 135


def test_a_day_with_more_than_a_page_of_orders_is_read_through(store, open_page):
    customer_id = make_customer(store, "Busy Ltd")
    for _ in range(70):
        make_order(store, customer_id, ordered_on=TODAY)
    timeline = open_page(customer_id).middle.timeline
    timeline.view.more_wanted.emit()
    assert len(lines(timeline)) == 70


def test_an_empty_timeline_explains_itself(store, open_page):
    timeline = open_page(make_customer(store, "Nobody yet Ltd")).middle.timeline
    timeline.show_filter(TimelineFilter.DOCUMENTS)
    assert timeline.empty_words == (
        "Nothing here yet",
        "What happens with this customer is listed here by day.",
    )


def test_activating_an_entry_goes_to_its_record(timeline, mueller, heard):
    timeline.view.row_activated.emit(("invoice", mueller.overdue_invoice))
    timeline.view.row_activated.emit(("order", mueller.late_order))
    assert heard.wished == [("invoice", mueller.overdue_invoice), ("order", mueller.late_order)]


def call_of(timeline) -> TimelineRow:
    return next(e for e in timeline.view.entries if "syrup" in e.spoken)


def menu_of(page) -> dict[str, QAction]:
    menu = page.findChildren(QMenu)[-1]
    return {action.text(): action for action in menu.actions()}


def test_a_note_is_edited_and_its_earlier_words_are_kept(page, timeline, store, qtbot):
    timeline.view.row_context.emit(call_of(timeline).key, QPoint(10, 10))
    menu_of(page)["Edit note…"].trigger()
    dialog = page.findChild(NoteDialog)
    dialog.text.setPlainText("Asked for the lemonade")
    dialog.accept()
    qtbot.waitUntil(lambda: any("lemonade" in line for line in lines(timeline)))
    with store.reader() as reader:
        old = reader.value("SELECT fields FROM change ORDER BY id DESC LIMIT 1")
    assert "syrup" in old


def test_a_note_is_deleted_with_undo(page, timeline, store, heard, qtbot):
    timeline.view.row_context.emit(call_of(timeline).key, QPoint(10, 10))
    menu_of(page)["Delete note"].trigger()
    qtbot.waitUntil(lambda: not any("syrup" in line for line in lines(timeline)))
    assert heard.said == [("Note deleted", True)]
    store.undo()
    qtbot.waitUntil(lambda: any("syrup" in line for line in lines(timeline)))
