"""Does an invoice's page tell its reminders, and can its reminders be paused and resumed?"""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QInputDialog

from loyaldesk.models import Invoice
from loyaldesk.operations.dunning import pause_customer
from loyaldesk.pdf.compose_reminder import compose_reminder
from loyaldesk.pdf.issuing import draw, issue_letter
from loyaldesk.queries.dunning import read_invoice_reminders
from loyaldesk.ui.forms.pause_dialog import PauseDialog
from loyaldesk.ui.receivables.invoice_page import InvoicePage
from tests.support.desks import NOW
from tests.support.factories import do, make_address, make_customer, make_invoice


@pytest.fixture
def customer_id(store):
    customer_id = make_customer(store, "Late Ltd", language="en")
    make_address(store, customer_id)
    return customer_id


@pytest.fixture
def invoice_id(store, customer_id, today):
    due = today - timedelta(days=10)
    return make_invoice(store, customer_id, number="INV-7", invoiced_on=due, due_on=due)


@pytest.fixture
def page(desk, keep, invoice_id):
    return keep(InvoicePage(desk, invoice_id), (900, 700))


@pytest.fixture
def reminded(store, desk, customer_id, invoice_id):
    """Issue the first reminder of the invoice."""
    with store.reader() as reader:
        composed = compose_reminder(reader, customer_id=customer_id, currency="EUR", now=NOW)
    return issue_letter(store, files=desk.files(), drawn=draw(composed))


def state(page):
    return page.reminders.state.text().replace("\u00a0", " ")


def kept(store, invoice_id):
    with store.reader() as reader:
        return read_invoice_reminders(reader, invoice_id=invoice_id)


def test_invoice_without_reminders_shows_no_section_but_can_be_paused(page):
    assert page.reminders.section[0].isHidden()
    assert page.reminders.button.text() == "Pause reminders…"


def test_page_tells_level_and_every_reminder(reminded, page):
    assert state(page) == "Level 1 of 3 reached."
    (item,) = page.reminders.section[1].entries
    assert "M-2026-00001 Level 1" in item.spoken


def test_reminder_opens_its_letter(reminded, page, heard, store):
    page.reminders.section[1].row_activated.emit(page.reminders.section[1].entries[0].key)
    ((what, document_id),) = heard.wished
    with store.reader() as reader:
        assert document_id == reader.value("SELECT document_id FROM letter")
    assert what == "document"


def test_pause_is_kept_shown_and_taken_back(page, store, invoice_id, heard, qtbot):
    page.reminders.button.click()
    dialog = page.findChild(PauseDialog)
    dialog.reason.setText("Promised for Friday")
    dialog.accept()
    assert kept(store, invoice_id).pause.reason == "Promised for Friday"
    assert heard.said[-1] == ("Reminders paused", True)
    assert "paused through 20 Dec 2026: Promised for Friday." in state(page)
    assert page.reminders.button.text() == "Resume reminders"
    page.reminders.button.click()
    assert kept(store, invoice_id).pause is None
    store.undo()
    assert kept(store, invoice_id).pause.reason == "Promised for Friday"


def test_pause_without_a_reason_is_told_at_its_field(page, store, invoice_id):
    page.reminders.button.click()
    dialog = page.findChild(PauseDialog)
    dialog.accept()
    assert "Say why" in dialog.fields["reason"].error
    assert kept(store, invoice_id).pause is None


def test_pause_of_the_customer_is_told_as_well(store, customer_id, today, page):
    until = today + timedelta(days=5)
    do(store, pause_customer, customer_id=customer_id, until=until, reason="Merger")
    assert "to the customer are paused through 25 Nov 2026: Merger." in state(page)


def test_pause_that_is_over_is_not_told(store, invoice_id, today, desk, keep):
    with store.transaction("Earlier") as tx:
        over = today - timedelta(days=1)
        tx.update(Invoice, invoice_id, dunning_paused_until=over, dunning_pause_reason="x")
    page = keep(InvoicePage(desk, invoice_id))
    assert state(page) == ""
    assert page.reminders.button.text() == "Pause reminders…"


def test_reminder_sent_in_error_is_marked_with_its_reason(
    reminded, page, store, invoice_id, monkeypatch
):
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("Wrong customer", True))
    section = page.reminders.section[1]
    section.item_action.emit(section.entries[0].key, "in-error")
    assert kept(store, invoice_id).level == 0
    assert "sent in error: Wrong customer" in section.entries[0].second
    assert list(section.entries[0].actions) == []
