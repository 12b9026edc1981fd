"""Does the account tell reminder level and pause, and can reminders be paused from there?"""

from datetime import timedelta

import pytest

from loyaldesk.pdf.compose_reminder import compose_reminder
from loyaldesk.pdf.issuing import draw, issue_letter
from loyaldesk.queries.customer_page import read_customer_page
from loyaldesk.queries.dunning import read_customer_reminders
from loyaldesk.queries.timeline import read_timeline
from loyaldesk.ui.customers.right_column import RightColumn
from loyaldesk.ui.customers.timeline_rows import RowMaker
from loyaldesk.ui.customers.wording import Wording
from loyaldesk.ui.forms.pause_dialog import PauseDialog
from tests.support.desks import NOW
from tests.support.factories import make_address, make_customer, make_invoice


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
def shown(desk, store, keep, customer_id, today):
    """Return what shows the column of the customer as it stands now."""

    def show():
        column = keep(RightColumn(desk, customer_id), (420, 800))
        with store.reader() as reader:
            page = read_customer_page(reader, customer_id=customer_id, today=today)
        column.show_customer(page, Wording(desk.formats, today))
        return column.reminders

    return show


def test_customer_who_is_not_late_has_no_line(shown):
    assert shown().state.isHidden()


def test_customer_who_is_late_was_not_reminded_yet(shown, invoice_id):
    line = shown()
    assert not line.state.isHidden()
    assert line.state.text == "not reminded yet"


def test_level_is_told_as_soon_as_the_letter_is_on_record(
    shown, invoice_id, store, desk, customer_id
):
    line = shown()
    with store.reader() as reader:
        composed = compose_reminder(reader, customer_id=customer_id, currency="EUR", now=NOW)
    issue_letter(store, files=desk.files(), drawn=draw(composed))
    assert line.state.text.startswith("Reminder level 1 · ")


def test_timeline_tells_the_reminder_in_words(store, desk, customer_id, invoice_id, today):
    with store.reader() as reader:
        composed = compose_reminder(reader, customer_id=customer_id, currency="EUR", now=NOW)
    issue_letter(store, files=desk.files(), drawn=draw(composed))
    with store.reader() as reader:
        entries = read_timeline(reader, customer_id=customer_id)
    (entry,) = [each for each in entries if each.what == "reminder"]
    row = RowMaker(Wording(desk.formats, today), currency="EUR").row(entry)
    assert "Reminder M-2026-00001" in row.spoken


def test_pause_is_told_with_its_reason_and_resumed_with_one_click(
    shown, invoice_id, store, customer_id, heard
):
    line = shown()
    line.link.click()
    dialog = line.findChild(PauseDialog)
    dialog.reason.setText("Merger")
    dialog.accept()
    assert "Reminders paused through" in line.state.text
    assert line.state.text.endswith("Merger")
    line.link.click()
    with store.reader() as reader:
        assert read_customer_reminders(reader, customer_id=customer_id).pause is None
    assert heard.said[-1] == ("Reminders resumed", True)
