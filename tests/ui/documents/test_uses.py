"""Is it on record who viewed, saved, opened or printed a document from the window?"""

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from loyaldesk.queries.paper_uses import list_paper_uses
from loyaldesk.ui.documents import actions
from loyaldesk.ui.documents.viewer import DocumentViewer
from loyaldesk.ui.papers.printing import PrintWish
from tests.support.factories import make_customer
from tests.support.paper import file_paper, two_pages


@pytest.fixture
def paper(store, desk):
    return file_paper(store, desk, make_customer(store), two_pages(), name="Order.pdf")


@pytest.fixture
def viewer(desk, keep, paper):
    return keep(DocumentViewer(desk, paper))


def uses(store, paper):
    with store.reader() as reader:
        return [(use.used_by, use.verb) for use in list_paper_uses(reader, document_id=paper)]


def test_a_document_that_is_shown_was_viewed(viewer, store, paper):
    assert uses(store, paper) == [("Ana", "viewed")]
    assert store.undo_label != "Use paper"


def test_saving_a_copy_and_opening_elsewhere_are_noted(viewer, store, paper, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "copy.pdf"), ""))
    viewer.save_copy()
    assert uses(store, paper)[0] == ("Ana", "exported")

    viewer.actions_of_document.open_outside(viewer._page.document)  # noqa: SLF001 - as the menu does
    assert uses(store, paper)[0] == ("Ana", "opened")


def test_a_copy_that_nobody_chose_a_place_for_was_not_saved(viewer, store, paper, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    viewer.save_copy()

    assert uses(store, paper) == [("Ana", "viewed")]


def test_printing_is_noted(viewer, store, paper, tmp_path, monkeypatch):
    def ask(_state, *, kind, count, parent):
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        return PrintWish(printer, tuple(range(count)))

    monkeypatch.setattr(actions, "ask_printer", ask)
    viewer.print()

    assert uses(store, paper)[0] == ("Ana", "printed")
