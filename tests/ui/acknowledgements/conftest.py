"""What do the tests of the queue stand on? A company, verified orders, a printer that is a file."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtPrintSupport import QPrinter

from loyaldesk.models import Customer
from loyaldesk.operations.mail import change_mail_settings
from loyaldesk.operations.order_lines import NewOrderLine
from loyaldesk.operations.settings import change_company
from loyaldesk.ui.acknowledgements import deeds
from loyaldesk.ui.acknowledgements.page import AcknowledgementsPage
from loyaldesk.ui.acknowledgements.register_page import RegisterPage
from tests.support.desks import NOW, TODAY
from tests.support.factories import do, make_address, make_contact, make_customer, make_order
from tests.support.mail import SMTP
from tests.ui.letters.conftest import KAI

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loyaldesk.store.store import Store

SIZE = (1256, 793)


@pytest.fixture
def enter(store: Store) -> Callable[..., int]:
    """Return what enters a verified order of a customer of its own that came some hours ago."""
    do(store, change_company, sender=KAI)
    do(store, change_mail_settings, settings=SMTP)

    def make(number: str, *, hours_ago: int = 1, by: str = "print", **changes) -> int:
        customer = make_customer(store, f"Customer {number}", number=f"1{number}", language="de")
        make_address(store, customer)
        make_contact(store, customer, email=f"buyer@c{number}.example")
        with store.transaction("Choose how") as tx:
            tx.update(Customer, customer, letters_by=by)
        came = NOW - timedelta(hours=hours_ago)
        set_on = {"verified_on": TODAY, "received_at": came, **changes}
        line = NewOrderLine("Assam tea", 10_000, 5_000_000, promised_on=TODAY + timedelta(days=7))
        return make_order(
            store, customer, lines=[line], number=number, customer_po=f"PO {number}",
            ordered_on=came.date(), changes=set_on,
        )  # fmt: skip

    return make


@pytest.fixture
def printed_to(monkeypatch, tmp_path) -> Path:
    """Let the remembered printer be one that writes files, and return their folder."""
    folder = tmp_path / "printed"
    folder.mkdir()

    def kept(_state, _kind):
        printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(folder / "letters.pdf"))
        return printer

    monkeypatch.setattr(deeds, "kept_printer", kept)
    return folder


@pytest.fixture
def open_queue(desk, keep) -> Callable[[], AcknowledgementsPage]:
    """Return what opens the queue."""
    return lambda: keep(AcknowledgementsPage(desk), SIZE)


@pytest.fixture
def open_register(desk, keep) -> Callable[[], RegisterPage]:
    """Return what opens the register."""
    return lambda: keep(RegisterPage(desk), SIZE)


@pytest.fixture
def on_record(store) -> Callable[[], list[tuple]]:
    """Return what reads the letters with how they left: number, copies, channel, state, copy."""

    def read() -> list[tuple]:
        with store.reader() as reader:
            return reader.rows(
                "SELECT l.number, l.copies, d.channel, d.state, d.is_copy FROM dispatch d"
                " JOIN letter l ON l.id = d.letter_id ORDER BY d.id"
            )

    return read


@pytest.fixture
def queue(enter, open_queue, printed_to):
    """Return the page with two letters to print and one to mail, the oldest over the target."""
    enter("4768", hours_ago=26)
    enter("4779", hours_ago=7)
    enter("4790", hours_ago=2, by="email")
    return open_queue()
