"""Does the page show what waits and what met, and do its buttons what they say?"""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from loyaldesk.models import ConflictStatus
from loyaldesk.operations.customers import edit_customer
from loyaldesk.operations.teamwork_choices import Choice
from loyaldesk.queries.sync_conflicts import count_conflicts
from loyaldesk.sync.state import Phase
from loyaldesk.ui.sync.courier import Courier
from loyaldesk.ui.sync.page import SyncPage
from loyaldesk.ui.widgets.theme import Look, SchemeChoice
from tests.support.factories import do
from tests.support.qt import nameless, too_small
from tests.support.teamwork import make_conflict, make_refused, make_waiting, uid_of

NOTE = {"subject": "Called", "body": "Called\nabout tea"}


@pytest.fixture
def value(store):
    def reading(sql):
        with store.reader() as reader:
            return reader.value(sql)

    return reading


@pytest.fixture
def terms(store, customer):
    return make_conflict(
        store, customer, "terms_days", (30, 10, 45), my_user="ana", their_user="Claire"
    )


def reread(page):
    page.read()
    for _ in range(5):
        QApplication.processEvents()


def test_a_desk_without_a_hub_says_what_one_is_and_offers_to_connect(desk, keep):
    page = keep(SyncPage(desk), (1200, 700))
    wished = []
    desk.ways.connect_wanted.connect(lambda: wished.append("connect"))
    assert page.no_hub.isVisible()
    assert not page.strip.isVisible()
    page.no_hub.connect_button.click()
    page.refresh()
    assert wished == ["connect"]


def test_a_desk_in_step_shows_its_copy_and_that_nothing_needs_anybody(customer, open_page):
    page = open_page()
    assert page.strip.title.text.startswith("In step with hub.example")
    assert page.strip.figures["customers"] == "1"
    assert page.panes.pane is None
    assert page.panes.empty.words[0] == "Nothing needs you"


def test_a_conflict_is_shown_with_both_values_and_who_typed_them(terms, open_page):
    page = open_page()
    row = page.panes.pane.rows[0]
    assert row.name.text() == "Payment terms, days"
    assert row.was.text() == "was: 30"
    assert [card.value for card in row.cards] == ["10", "45"]
    assert row.cards[0].caption.startswith("Yours, Wed\u00a018\u00a0Nov")
    assert row.cards[0].caption.endswith("this desk")
    assert row.cards[1].caption.startswith("Claire, Thu\u00a019\u00a0Nov")
    assert page.head.hub.accessibleName() == "hub.example, signed in as ana"


def test_yours_is_the_value_of_whom_the_hub_names_so(store, customer, tell, desk, keep):
    make_conflict(
        store, customer, "terms_days", (30, 10, 45), my_user="Bob", my_desk="K2",
        their_user="Ana Lee",
    )  # fmt: skip
    tell(name="Ana Lee")
    row = keep(SyncPage(desk), (1300, 760)).panes.pane.rows[0]
    assert [card.value for card in row.cards] == ["10", "45"]
    assert row.cards[0].caption.startswith("Bob, ")
    assert row.cards[1].caption.startswith("Yours, ")


def test_the_choice_that_is_kept_stands_and_can_be_undone(terms, open_page, heard, value):
    page = open_page()
    pane = page.panes.pane
    assert not pane.keep.isEnabled()
    pane.rows[0].cards[0].click()
    assert pane.keep.text() == "Keep 1 choice"
    pane.keep.click()
    assert value("SELECT terms_days FROM customer") == 10
    assert heard.said == [("Choice kept", True)]
    reread(page)
    assert page.panes.pane is None


def test_a_third_value_is_typed_checked_and_kept(terms, open_page, value):
    page = open_page()
    pane = page.panes.pane
    row = pane.rows[0]
    row.cards[0].click()
    QTest.keyClicks(row.third.editor, "soon")
    assert not row.cards[0].isChecked()
    pane.keep.click()
    assert value("SELECT terms_days FROM customer") == 45
    assert "not a number" in row.check()
    row.third.editor.clear()
    QTest.keyClicks(row.third.editor, "21")
    pane.keep.click()
    assert value("SELECT terms_days FROM customer") == 21


def test_picking_a_card_forgets_what_was_typed(terms, open_page):
    row = open_page().panes.pane.rows[0]
    QTest.keyClicks(row.third.editor, "21")
    row.cards[1].click()
    assert row.third.is_empty()
    assert row.pick.choice == "theirs"


def test_digits_pick_a_card_or_lead_to_the_third(terms, open_page):
    row = open_page().panes.pane.rows[0]
    row.cards[0].setFocus()
    QTest.keyClick(row.cards[0], Qt.Key.Key_2)
    assert row.cards[1].isChecked()
    QTest.keyClick(row.cards[1], Qt.Key.Key_1)
    assert row.cards[0].isChecked()


def test_all_fields_of_a_record_are_decided_at_once(store, customer, terms, open_page, value):
    make_conflict(store, customer, "phone", ("", "+33 1", "+33 2"))
    page = open_page()
    pane = page.panes.pane
    pane.all_mine.click()
    assert pane.keep.text() == "Keep 2 choices"
    pane.keep.click()
    assert value("SELECT phone FROM customer") == "+33 1"
    assert value("SELECT count(*) FROM edit_conflict WHERE status = 'open'") == 0


def test_what_is_left_as_it_stands_asks_no_more(terms, open_page, value):
    page = open_page()
    page.panes.pane.leave.click()
    assert value("SELECT status FROM edit_conflict") == "dismissed"
    assert value("SELECT terms_days FROM customer") == 45


def test_a_choice_half_made_stays_while_records_come_in(store, customer, terms, open_page):
    page = open_page()
    pane = page.panes.pane
    pane.rows[0].cards[0].click()
    make_waiting(store, customer, changes={"phone": ["1", "2"]})
    reread(page)
    assert page.panes.pane is pane
    assert pane.rows[0].cards[0].isChecked()


def test_the_record_is_one_step_away(terms, open_page, heard):
    open_page().panes.pane.head.open.click()
    assert heard.wished == [("customer", 1)]


def test_a_page_opened_for_a_record_shows_its_conflict(store, customer, terms, open_page):
    make_conflict(store, ("contact", "05" * 16), "phone", ("", "1", "2"))
    page = open_page()
    page.show_record(*customer)
    assert page.panes.pane.found.record.uid == customer[1]


def test_a_merge_is_undone_from_the_list(store, customer, open_page, heard, value):
    make_conflict(
        store, customer, "phone", ("", "+33 2", "+33 3"), rule="latest", winner="+33 2",
        status=ConflictStatus.AUTO,
    )  # fmt: skip
    page = open_page()
    key, action = ("merge", 1), "undo"
    page.side.lists["merge"].item_action.emit(key, action)
    assert value("SELECT phone FROM customer") == "+33 3"
    assert heard.said == [("Merge undone", True)]


def test_notes_are_shown_as_both_and_one_may_stand_alone(store, customer, open_page, value):
    do(store, edit_customer, customer_id=1, notes="a\nb\nc")
    make_conflict(
        store, customer, "notes", ("a", "a\nb", "a\nc"), rule="text", winner="a\nb\nc",
        status=ConflictStatus.AUTO,
    )  # fmt: skip
    page = open_page()
    assert page.side.lists["merge"].entries[0].second == "Notes: both were kept"
    assert not page.panes.pane.undo.isVisible()
    page.panes.pane.only[Choice.MINE].click()
    assert value("SELECT notes FROM customer") == "a\nb"


def test_a_waiting_change_tells_its_fields_and_is_tried_at_once(store, customer, open_page, desk):
    make_waiting(store, customer, changes={"phone": ["+33 2", "+33 9"]}, tries=2, answer="Busy.")
    wished = []
    desk.ways.sync_wanted.connect(lambda: wished.append("sync"))
    page = open_page()
    pane = page.panes.pane
    assert "Telephone: +33 2 → +33 9" in pane.text
    assert "Busy." in pane.reason.text()
    pane.buttons["retry"].click()
    assert wished == ["sync"]


def test_a_waiting_change_is_written_to_a_file(store, customer, open_page, tmp_path, heard):
    make_waiting(store, customer, changes={"phone": ["+33 2", "=1+1"]})
    page = open_page()
    page.panes.pane.buttons["export"].click()
    path = tmp_path / "change.csv"
    dialog = page.findChild(QFileDialog)
    dialog.fileSelected.emit(str(path))
    text = path.read_text("utf-8-sig")
    assert "Blondel et Fils" in text
    # No spreadsheet takes it for a formula.
    assert "'=1+1" in text
    assert heard.said[-1] == (f"Written to {Path(path).name}", False)
    dialog.reject()


def test_a_refused_change_is_copied_and_put_aside(store, customer, open_page, value):
    make_refused(store, customer, changes={"phone": ["1", "2"]}, reason="Two digits too few.")
    page = open_page()
    pane = page.panes.pane
    assert "Two digits too few." in pane.reason.text()
    assert "note" not in pane.buttons
    pane.buttons["copy"].click()
    assert "Telephone: 1 → 2" in QGuiApplication.clipboard().text()
    pane.buttons["aside"].click()
    assert value("SELECT seen FROM attention") == 1
    assert not page.side.lists["refused"].entries


def test_a_refused_note_is_written_again(store, customer, open_page, value):
    make_refused(
        store, ("activity", "03" * 16), row={**NOTE, "customer_id": customer[1]}, label="Write note"
    )
    page = open_page()
    page.panes.pane.buttons["note"].click()
    assert value("SELECT body FROM activity") == "Called\nabout tea"
    assert value("SELECT seen FROM attention") == 1


def test_the_context_menu_offers_what_the_pane_does(store, customer, terms, open_page, value):
    make_waiting(store, customer, changes={"phone": ["1", "2"]})
    uuid = make_refused(store, customer, changes={"phone": ["1", "2"]})
    make_conflict(
        store, customer, "phone", ("", "+33 2", "+33 3"), winner="+33 2",
        status=ConflictStatus.AUTO,
    )  # fmt: skip
    page = open_page()
    waiting, refused = (dict(page.menu.choices(key)) for key in (("waiting", 1), ("refused", uuid)))
    assert list(waiting) == ["Try now", "Export to a file…", "Discard…", "Open the record"]
    refused["Put aside"]()
    assert value("SELECT seen FROM attention") == 1
    dict(page.menu.choices(("merge", 2)))["Undo this merge"]()
    assert value("SELECT phone FROM customer") == "+33 3"
    dict(page.menu.choices(("conflict", *customer)))["Leave it as it stands"]()
    assert value("SELECT status FROM edit_conflict WHERE id = 1") == "dismissed"
    assert page.menu.choices(("waiting", 99)) == []


def test_nothing_is_said_to_be_empty_before_it_was_read(desk, tell, keep, monkeypatch):
    tell()
    monkeypatch.setattr(SyncPage, "read", lambda _: None)
    page = keep(SyncPage(desk), (1300, 760))
    assert not page.panes.empty.isVisible()
    assert not any(words.isVisible() for words in page.side._nothing.values())  # noqa: SLF001


def test_two_decisions_of_one_conflict_are_no_conflict_to_decide(store, customer, open_page):
    inner = make_conflict(store, customer, "phone", ("", "1", "2"), status=ConflictStatus.RESOLVED)
    uid = uid_of(store, "edit_conflict", inner)
    make_conflict(store, ("edit_conflict", uid), "winner", ("", "1", "2"))
    page = open_page()
    assert not page.side.lists["conflict"].entries
    with store.reader() as reader:
        assert count_conflicts(reader) == 0


def test_the_buttons_say_whose_values_they_pick_and_what_stands(store, customer, terms, open_page):
    make_conflict(store, customer, "phone", ("", "+33 1", "+33 2"), my_user="ana")
    pane = open_page().panes.pane
    assert (pane.all_mine.text(), pane.all_theirs.text()) == ("Pick all: Yours", "Pick all: Claire")
    assert "Payment terms, days: 45" in pane.leave.toolTip()
    said = [row.stands.text() for row in pane.rows]
    assert said == ["stands now: +33 2", "stands now: 45"]


def test_values_of_several_people_are_picked_by_their_place(store, customer, terms, open_page):
    make_conflict(store, customer, "phone", ("", "+33 1", "+33 2"), their_user="Dora")
    assert open_page().panes.pane.all_mine.text() == "Pick all first values"


def test_f5_and_the_button_exchange_now(open_page, desk):
    page, wished = open_page(), []
    desk.ways.sync_wanted.connect(lambda: wished.append("sync"))
    page.refresh()
    page.head.sync_now.click()
    assert wished == ["sync", "sync"]


def test_working_offline_is_a_switch(open_page, desk, tell):
    wished: list[bool] = []
    page = open_page()
    desk.ways.work_offline_wanted.connect(wished.append)
    page.foot.offline.click()
    assert wished == [True]
    tell(phase=Phase.BY_CHOICE)
    assert page.foot.offline.isChecked()
    tell()
    assert not page.foot.offline.isChecked()


def test_what_cannot_be_done_offline_says_why(open_page, tell):
    head = open_page().head
    tell(phase=Phase.OFFLINE)
    assert (head.sync_now.text(), head.sync_now.isEnabled()) == ("Try now", True)
    tell(phase=Phase.BY_CHOICE)
    assert not head.sync_now.isEnabled()
    assert "Untick" in head.sync_now.toolTip()
    tell()
    assert (head.sync_now.text(), head.sync_now.toolTip()) == ("Sync now", "")


def test_the_key_to_sync_says_why_nothing_goes_out(desk, tell, heard, tmp_path, monkeypatch):
    begun = []
    monkeypatch.setattr(Courier, "_begin", lambda _: begun.append("line"))
    courier = Courier(desk, tmp_path)
    tell(phase=Phase.BY_CHOICE)
    desk.ways.sync_wanted.emit()
    assert heard.said[-1][0].startswith("Working offline: untick")
    assert begun == ["line"]
    courier.deleteLater()


def test_signed_out_offers_to_sign_in(open_page, tell):
    page = open_page()
    assert not page.head.sign_in.isVisible()
    tell(phase=Phase.SIGNED_OUT, waiting=2)
    assert page.head.sign_in.isVisible()
    assert not page.head.sync_now.isVisible()
    assert not page.foot.offline.isEnabled()


@pytest.mark.usefixtures("terms")
@pytest.mark.parametrize("percent", [100, 200])
def test_everything_is_named_and_big_enough(open_page, theme, percent):
    theme.wear(Look(scheme=SchemeChoice.LIGHT, text_percent=percent))
    page = open_page()
    assert nameless(page) == []
    assert too_small(page) == []
