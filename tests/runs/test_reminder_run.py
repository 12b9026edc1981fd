"""Does a reminder leave with its record, and leave no file where it is not issued?"""

from datetime import timedelta

import pytest

from loyaldesk.domain.letter import Sender
from loyaldesk.errors import Conflict
from loyaldesk.models import DispatchChannel
from loyaldesk.operations.settings import change_company
from loyaldesk.pdf.compose_reminder import compose_reminder
from loyaldesk.pdf.issuing import draw_pages
from loyaldesk.runs.acknowledgement_run import HandingWay
from loyaldesk.runs.reminder_run import hand_over_reminder, write_reminder
from tests.support.factories import do, make_address, make_customer, make_invoice, make_payment
from tests.support.stores import MORNING


@pytest.fixture
def composed(store):
    do(store, change_company, sender=Sender(name="Nordlicht GmbH", country="DE"))
    customer_id = make_customer(store, "Late Ltd")
    make_address(store, customer_id)
    due = MORNING.date() - timedelta(days=9)
    make_invoice(store, customer_id, invoiced_on=due, due_on=due)
    with store.reader() as reader:
        return compose_reminder(reader, customer_id=customer_id, currency="EUR", now=MORNING)


def dispatches(store):
    with store.reader() as reader:
        return reader.rows("SELECT letter_id, channel, recipient FROM dispatch")


def test_printed_reminder_is_on_record_with_its_printer(store, files, composed):
    way = HandingWay(DispatchChannel.PRINT, "Office")
    pages = draw_pages(composed=composed)
    handed = hand_over_reminder(store, files=lambda: files, composed=composed, pages=pages, way=way)
    assert dispatches(store) == [(handed.letter_id, "print", "Office")]
    assert handed.pdf == pages.pdf


def test_saved_reminder_is_the_file_on_record(store, files, composed, tmp_path):
    pages = draw_pages(composed=composed)
    path = write_reminder(
        store, files=lambda: files, composed=composed, pages=pages, folder=tmp_path
    )
    assert path.read_bytes() == pages.pdf
    assert [row[1:] for row in dispatches(store)] == [("file", path.name)]


def test_reminder_that_is_refused_leaves_neither_record_nor_file(store, files, composed, tmp_path):
    make_payment(store, composed.customer_id, "40.00")
    folder = tmp_path / "out"
    folder.mkdir()
    pages = draw_pages(composed=composed)
    with pytest.raises(Conflict, match="account changed"):
        write_reminder(store, files=lambda: files, composed=composed, pages=pages, folder=folder)
    assert list(folder.iterdir()) == []
    assert dispatches(store) == []
