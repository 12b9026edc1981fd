"""What do the tests of letters stand on? A company, a customer with an address, an order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from loyaldesk.domain.letter import Sender
from loyaldesk.operations.order_lines import NewOrderLine
from loyaldesk.operations.settings import change_company
from loyaldesk.ui.letters import letter_dialog
from loyaldesk.ui.papers.printing import PrintWish
from tests.support.factories import do, make_address, make_customer, make_invoice, make_order

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loyaldesk.store.store import Store

KAI = Sender(
    name="Nordlicht GmbH", address=("Kai 12", "20457 Hamburg"), country="DE",
    email="kontakt@nordlicht.example", return_line="Nordlicht · Kai 12 · 20457 Hamburg",
)  # fmt: skip


@dataclass
class Case:
    """The ids that the letters are about."""

    customer_id: int
    order_id: int


@pytest.fixture
def case(store: Store, today) -> Case:
    """Return a customer with an order of today and an invoice."""
    do(store, change_company, sender=KAI)
    customer_id = make_customer(store, number="10042", terms_days=30, language="en")
    make_address(store, customer_id)
    lines = [NewOrderLine("Tea", 10_000, 5_000_000)]
    order_id = make_order(store, customer_id, lines=lines, number="4711", ordered_on=today)
    make_invoice(store, customer_id, "2100.00", number="20877", invoiced_on=today)
    return Case(customer_id, order_id)


@pytest.fixture
def letters(store: Store) -> Callable[[], list[tuple]]:
    """Return what reads the register: number, revision, copies, hash."""

    def read() -> list[tuple]:
        with store.reader() as reader:
            return reader.rows(
                "SELECT l.number, l.revision, l.copies, f.sha256 FROM letter l"
                " JOIN document d ON d.id = l.document_id JOIN stored_file f ON f.id = d.file_id"
                " ORDER BY l.id"
            )

    return read


@pytest.fixture
def save_to(monkeypatch, tmp_path) -> Path:
    """Let the file dialog answer with a path, and return it."""
    path = tmp_path / "saved" / "letter.pdf"
    path.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(path), "PDF")))
    return path


@pytest.fixture
def printed_to(monkeypatch, tmp_path) -> Path:
    """Let the print dialog answer with a printer that writes a file, and return the file."""
    path = tmp_path / "printed.pdf"

    def ask(_state, *, kind, count, parent, **_):
        del kind, parent
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        return PrintWish(printer, tuple(range(count)))

    monkeypatch.setattr(letter_dialog, "ask_printer", ask)
    return path
