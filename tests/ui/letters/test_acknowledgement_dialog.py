"""Is what is shown what is issued, once, and a copy when nothing has changed?"""

from __future__ import annotations

import hashlib

import pytest
from PySide6.QtWidgets import QFileDialog

from loyaldesk.models import OrderLine, SalesOrder
from loyaldesk.operations.fulfilment import ship_line
from loyaldesk.operations.settings import change_setting
from loyaldesk.pdf.compose_acknowledgement import compose_acknowledgement
from loyaldesk.pdf.issuing import draw, issue_letter
from loyaldesk.queries.verification import POLICY_KEY
from loyaldesk.ui.letters.acknowledgement_dialog import AcknowledgementDialog
from loyaldesk.ui.widgets.banner import Banner
from tests.pdf.reading import text_of
from tests.support.factories import do, make_order
from tests.support.qt import nameless, too_small


@pytest.fixture
def open_dialog(desk, case, qtbot):
    """Return what opens the dialog of the order."""
    opened: list[AcknowledgementDialog] = []

    def open_one() -> AcknowledgementDialog:
        opened.append(AcknowledgementDialog(desk, case.order_id))
        qtbot.addWidget(opened[-1])
        opened[-1].show()
        return opened[-1]

    return open_one


def shown(dialog) -> bytes:
    assert isinstance(dialog.reader.source, bytes)
    return dialog.reader.source


def change(store, model, row_id, **values) -> None:
    with store.transaction("Change") as tx:
        tx.update(model, row_id, **values)


def test_looking_at_a_letter_leaves_no_trace(open_dialog, letters):
    dialog = open_dialog()
    assert "4711" in text_of(shown(dialog))
    dialog.reject()
    assert letters() == []


def test_the_saved_file_and_the_register_hold_exactly_what_was_shown(
    open_dialog, letters, save_to, heard
):
    dialog = open_dialog()
    preview = shown(dialog)
    dialog.save_button.click()
    assert save_to.read_bytes() == preview
    assert letters() == [("A-2026-00001", 1, 0, hashlib.sha256(preview).digest())]
    assert heard.said == [("A-2026-00001 issued and kept as sent", False)]


def test_a_letter_is_issued_once_however_often_the_button_is_pressed(open_dialog, letters, save_to):
    dialog = open_dialog()
    dialog.save_button.click()
    dialog.save_button.click()
    dialog.accept()
    assert len(letters()) == 1


def test_an_unchanged_order_is_shown_and_saved_as_a_copy(open_dialog, letters, save_to):
    open_dialog().save_button.click()
    again = open_dialog()
    assert "COPY" in text_of(shown(again))
    assert "copy of that one" in again.facts.text()
    preview = shown(again)
    again.save_button.click()
    assert save_to.read_bytes() == preview
    assert [entry[1:3] for entry in letters()] == [(1, 1)]


def test_a_changed_order_becomes_the_next_revision(open_dialog, letters, save_to, store, today):
    open_dialog().save_button.click()
    with store.reader() as reader:
        line_id = reader.value("SELECT id FROM order_line")
    change(store, OrderLine, line_id, promised_on=today)
    again = open_dialog()
    assert "Replaces revision 1" in again.facts.text()
    assert "COPY" not in text_of(shown(again))
    again.save_button.click()
    assert [entry[:2] for entry in letters()] == [("A-2026-00001", 1), ("A-2026-00001", 2)]


@pytest.fixture
def issue_another(store, desk, case):
    """Return what issues another order's letter behind the dialog's back."""

    def issue() -> None:
        other = make_order(store, case.customer_id, number="4712")
        with store.reader() as reader:
            composed = compose_acknowledgement(reader, order_id=other, now=desk.now())
        issue_letter(store, files=desk.files(), drawn=draw(composed))

    return issue


@pytest.mark.usefixtures("save_to")
def test_a_number_taken_meanwhile_gives_the_letter_the_next_one(
    open_dialog, letters, issue_another, heard
):
    dialog = open_dialog()
    issue_another()
    dialog.save_button.click()
    assert "Another letter took this number" in heard.said[0][0]
    assert dialog.isVisible()
    assert "A-2026-00002" in text_of(shown(dialog))
    dialog.save_button.click()
    assert [entry[0] for entry in letters()] == ["A-2026-00001", "A-2026-00002"]


def test_a_receipt_says_that_it_is_no_acceptance(open_dialog):
    dialog = open_dialog()
    accepted = text_of(shown(dialog))
    dialog.stance.choose("receipt")
    assert text_of(shown(dialog)) != accepted


def test_a_held_order_is_not_accepted_and_the_dialog_says_so(open_dialog, store, case):
    change(store, SalesOrder, case.order_id, hold_reason="credit check")
    dialog = open_dialog()
    assert "on hold" in dialog.facts.text()
    assert "not yet accepted" in text_of(shown(dialog)).casefold()


def test_a_cancelled_order_is_refused_with_the_reason_and_cannot_be_printed(
    open_dialog, store, case
):
    change(store, SalesOrder, case.order_id, status="cancelled")
    dialog = open_dialog()
    (banner,) = dialog.findChildren(Banner)
    assert banner.text == "Order 4711 is cancelled. No letter was made."
    assert not dialog.verb_button.isEnabled()
    assert not dialog.save_button.isEnabled()
    dialog.accept()
    assert dialog.isVisible()


def test_a_disk_that_is_full_keeps_the_letter_unissued_and_says_so(open_dialog, letters, save_to):
    save_to.parent.rmdir()
    dialog = open_dialog()
    dialog.save_button.click()
    assert letters() == []
    assert "Nothing was stored" in dialog.findChildren(Banner)[-1].text
    assert dialog.save_button.isEnabled()


def test_cancelling_the_file_dialog_issues_nothing(open_dialog, letters, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: ("", "")))
    open_dialog().save_button.click()
    assert letters() == []


def test_everything_in_it_has_a_name_and_room(open_dialog):
    dialog = open_dialog()
    assert nameless(dialog) == []
    assert too_small(dialog) == []


@pytest.fixture
def unchecked(store, case):
    """Let nobody have looked at the order."""
    change(store, SalesOrder, case.order_id, verified_on=None)


@pytest.mark.usefixtures("unchecked")
def test_what_nobody_looked_at_cannot_be_accepted_before_it_is_ticked_off(
    open_dialog, letters, save_to, store
):
    dialog = open_dialog()
    assert "Confirm name and address with them." in dialog.checks.text
    buttons = (dialog.verb_button, dialog.save_button, dialog.mail_button)
    assert [button.isEnabled() for button in buttons] == [False] * 3
    dialog.checks.note.setText("asked Ms Roth")
    dialog.checks.tick.click()
    assert dialog.save_button.isEnabled()
    assert "asked Ms Roth" in dialog.checks.text
    assert not dialog.checks.tick.isVisible()
    dialog.save_button.click()
    assert (len(letters()), save_to.exists()) == (1, True)
    with store.reader() as reader:
        assert reader.value("SELECT verification_note FROM sales_order") == "asked Ms Roth"


@pytest.mark.usefixtures("unchecked", "save_to")
def test_a_receipt_may_go_though_nobody_looked(open_dialog, letters):
    dialog = open_dialog()
    dialog.stance.choose("receipt")
    assert dialog.save_button.isEnabled()
    dialog.save_button.click()
    assert len(letters()) == 1


def test_the_policy_chooses_what_the_letter_says_until_somebody_chooses(open_dialog, store):
    do(store, change_setting, key=POLICY_KEY, value="receipt")
    dialog = open_dialog()
    assert dialog.stance.chosen == "receipt"
    dialog.stance.choose("acceptance")
    assert dialog.stance.chosen == "acceptance"


def test_an_order_that_was_delivered_says_so(open_dialog, store):
    with store.reader() as reader:
        line_id, quantity = reader.row("SELECT id, quantity_milli FROM order_line")
    do(store, ship_line, line_id=line_id, quantity_milli=quantity)
    assert "already delivered in full" in open_dialog().facts.text()


@pytest.mark.usefixtures("save_to")
def test_a_shipment_that_was_promised_is_no_reason_for_a_revision(open_dialog, store, today):
    with store.reader() as reader:
        line_id = reader.value("SELECT id FROM order_line")
    change(store, OrderLine, line_id, promised_on=today)
    open_dialog().save_button.click()
    do(store, ship_line, line_id=line_id, quantity_milli=1_000)
    assert "this is a copy of that one" in open_dialog().facts.text()
