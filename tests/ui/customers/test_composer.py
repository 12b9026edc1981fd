"""Is nothing that was typed ever lost, and does a note end up in the timeline?"""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from loyaldesk.models import ActivityKind, Customer
from loyaldesk.queries.drafts import read_draft
from loyaldesk.ui.customers.composer import Composer
from loyaldesk.ui.widgets.choices import Segment
from loyaldesk.ui.widgets.fields import ComboBox


@pytest.fixture
def composer(page, qtbot) -> Composer:
    page.activateWindow()
    page.focus_first()
    qtbot.waitUntil(page.middle.composer.text.hasFocus)
    return page.middle.composer


def boxes(composer) -> dict[str, ComboBox]:
    return {box.accessibleName(): box for box in composer.findChildren(ComboBox)}


def draft_of(desk, customer_id: int) -> str | None:
    found: list = []
    desk.jobs.read(read_draft, then=found.append, key=f"note/{customer_id}", owner=desk.ways)
    return found[0]


def notes(store, customer_id: int) -> list[tuple]:
    with store.reader() as reader:
        return reader.rows(
            "SELECT kind, subject, contact_id, order_id FROM activity"
            " WHERE customer_id = ? ORDER BY id DESC",
            [customer_id],
        )


def test_a_draft_is_kept_shortly_after_an_input(desk, composer, mueller, qtbot):
    qtbot.keyClicks(composer.text, "The syrup")
    assert draft_of(desk, mueller.id) is None
    qtbot.waitUntil(lambda: draft_of(desk, mueller.id) is not None, timeout=1500)
    assert json.loads(draft_of(desk, mueller.id) or "")["text"] == "The syrup"


def test_long_typing_is_kept_while_it_goes_on(desk, composer, mueller, qtbot):
    for _ in range(8):
        qtbot.keyClicks(composer.text, "on and on ")
        qtbot.wait(80)
    assert draft_of(desk, mueller.id) is not None


def test_a_draft_is_back_when_the_page_is_opened_again(page, composer, mueller, open_page, qtbot):
    composer.findChild(Segment).choose("visit")
    qtbot.keyClicks(composer.text, "They tasted six teas")
    boxes(composer)["Person"].setCurrentIndex(1)
    page.hide()
    again = open_page(mueller.id).middle.composer
    assert again.text.toPlainText() == "They tasted six teas"
    assert boxes(again)["Person"].currentData() == mueller.heike
    assert again.findChild(Segment).chosen == "visit"


def test_typing_marks_the_tab_until_it_is_saved(page, composer, qtbot):
    with qtbot.waitSignal(page.unsaved_changed) as typed:
        qtbot.keyClicks(composer.text, "x")
    assert typed.args == [True]
    with qtbot.waitSignal(page.unsaved_changed) as saved:
        composer.save()
    assert saved.args == [False]


def test_ctrl_enter_writes_the_note_and_offers_undo(composer, mueller, store, heard):
    QTest.keyClicks(composer.text, "Told her Friday is firm")
    boxes(composer)["Person"].setCurrentIndex(1)
    boxes(composer)["Order"].setCurrentIndex(boxes(composer)["Order"].findData(mueller.late_order))
    QTest.keyClick(composer.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    written = ("call", "Told her Friday is firm", mueller.heike, mueller.late_order)
    assert notes(store, mueller.id)[0] == written
    assert heard.said == [("Call note saved", True)]
    assert composer.text.toPlainText() == ""


def test_a_saved_note_leaves_no_draft(desk, composer, mueller, qtbot):
    qtbot.keyClicks(composer.text, "Told her")
    qtbot.waitUntil(lambda: draft_of(desk, mueller.id) is not None, timeout=1500)
    composer.save()
    assert draft_of(desk, mueller.id) is None


def test_undo_takes_the_note_back_by_name(composer, mueller, store, qtbot):
    before = len(notes(store, mueller.id))
    qtbot.keyClicks(composer.text, "Wrong customer")
    composer.save()
    assert store.undo_label == "Log call: Müller & Söhne GmbH"
    store.undo()
    assert len(notes(store, mueller.id)) == before


def test_an_empty_note_is_refused_where_it_stands(composer, mueller, store):
    before = len(notes(store, mueller.id))
    composer.save()
    assert len(notes(store, mueller.id)) == before
    assert "nothing written" in composer.text.accessibleDescription()


def test_a_refused_note_stays_in_the_field(composer, mueller, store, qtbot, page):
    qtbot.keyClicks(composer.text, "Kept")
    with store.transaction("Away with it") as tx:
        for table in ("activity", "document_link", "document", "invoice_line", "invoice",
                      "order_line", "sales_order", "contact", "address"):  # fmt: skip
            for (row_id,) in tx.rows(f"SELECT id FROM {table}"):
                tx.delete(_model(table), row_id)
        tx.delete(Customer, mueller.id)
    composer.save()
    assert composer.text.toPlainText() == "Kept"
    assert "no longer exists" in composer.text.accessibleDescription()


def _model(table: str):
    from loyaldesk.models import Base

    return next(m.class_ for m in Base.registry.mappers if m.class_.__tablename__ == table)


def test_log_call_starts_the_note_at_its_time(page, composer):
    page.write_note()
    assert composer.text.hasFocus()
    composer.text.setPlainText("Hello")
    composer.save()
    assert page.rows.last_contacts[0].kind == ActivityKind.CALL
