"""Does the viewer show a document with its facts, and carry out what is asked of it?"""

from __future__ import annotations

from functools import partial
from io import BytesIO

import pytest
from PySide6.QtGui import QAction
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QLabel

from loyaldesk.models import Document, DocumentKind, LetterKind
from loyaldesk.operations.letters import IssuedLetter, record_letter
from loyaldesk.store.changes import Changes
from loyaldesk.ui.documents import actions
from loyaldesk.ui.documents.viewer import DocumentViewer
from loyaldesk.ui.papers.printing import PrintWish
from loyaldesk.ui.widgets.banner import Banner
from tests.support.factories import do, make_customer, make_order
from tests.support.paper import delivery_note, file_paper, picture, two_pages
from tests.support.qt import deliver_deletions, nameless, too_small


@pytest.fixture
def customer_id(store):
    return make_customer(store, number="10042")


@pytest.fixture
def paper(store, desk, customer_id):
    """Return what files a paper with the customer and returns its id."""
    return partial(file_paper, store, desk, customer_id)


@pytest.fixture
def view(desk, qtbot):
    def view(document_id):
        viewer = DocumentViewer(desk, document_id)
        qtbot.addWidget(viewer)
        viewer.resize(1200, 800)
        viewer.show()
        return viewer

    return view


@pytest.fixture
def printer(monkeypatch, tmp_path):
    """Answer the print dialog with a file; tells for which kinds it was asked."""
    asked = []

    def ask(state, *, kind, count, parent):
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        asked.append((kind, count))
        return PrintWish(printer, tuple(range(count)))

    monkeypatch.setattr(actions, "ask_printer", ask)
    return asked


def column(store, document_id, name):
    return store.reader().value(f"SELECT {name} FROM document WHERE id = ?", [document_id])


def outside(desk):
    """Return the list that fills with what the desk opens in other programs."""
    opened = []
    object.__setattr__(desk, "open_outside", lambda target: opened.append(target.url))
    return opened


def words_of(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def letter_of(store, desk, customer_id):
    """Put a letter on record and return the id of its document."""
    kept = desk.files().add(BytesIO(two_pages()))
    letter = IssuedLetter(
        LetterKind.STATEMENT, "S-2026-00001", 1, customer_id, "S-2026-00001.pdf", kept.sha256,
        kept.size, 2, bytes(32), "en-GB",
    )  # fmt: skip
    letter_id = do(store, record_letter, letter=letter)
    return store.reader().value("SELECT document_id FROM letter WHERE id = ?", [letter_id])


class TestFacts:
    def test_name_customer_order_and_source_are_told(self, paper, store, customer_id, view):
        order_id = make_order(store, customer_id, number="4711")
        viewer = view(paper(order_id=order_id, kind=DocumentKind.DELIVERY_NOTE))
        assert viewer.page_title() == "Delivery note.pdf"
        assert [item.spoken for item in viewer.facts.belongs.entries] == [
            "Müller & Söhne GmbH, Customer 10042",
            "Order 4711",
        ]
        assert viewer.facts.kind.currentText() == "Delivery note"
        assert "sha-256" in words_of(viewer.facts)

    def test_what_comes_from_another_system_says_so(self, paper, store, view):
        document_id = paper()
        with store.transaction("Mark") as tx:
            tx.update(Document, document_id, source_system="northwind", source_key="d1")
        viewer = view(document_id)
        assert viewer.facts.lines[1].text == "From northwind"

    def test_the_order_and_the_customer_open_from_it(self, paper, store, heard, customer_id, view):
        order_id = make_order(store, customer_id)
        viewer = view(paper(order_id=order_id))
        for item in viewer.facts.belongs.entries:
            viewer.facts.belongs.row_activated.emit(item.key)
        assert heard.wished == [("customer", customer_id), ("order", order_id)]

    def test_pages_are_counted_once_they_are_known(self, paper, store, view):
        document_id = paper(two_pages())
        assert column(store, document_id, "pages") is None
        view(document_id)
        assert column(store, document_id, "pages") == 2
        assert store.undo_label != "Count pages"

    def test_opening_it_again_counts_nothing(self, paper, desk, view):
        document_id = paper()
        view(document_id)
        desk.jobs.ran.clear()
        view(document_id)
        assert "Count pages" not in desk.jobs.ran

    def test_a_narrow_window_shows_the_pages_only(self, paper, view):
        viewer = view(paper())
        assert viewer.facts.isVisible()
        viewer.resize(700, 600)
        assert not viewer.facts.isVisible()
        viewer.resize(1200, 600)
        assert viewer.facts.isVisible()


class TestChanges:
    def test_a_new_name_is_kept_and_can_be_undone(self, paper, store, heard, view):
        document_id = paper()
        viewer = view(document_id)
        viewer.facts.name.setText("Signed note.pdf")
        viewer.facts.name.editingFinished.emit()
        assert column(store, document_id, "name") == "Signed note.pdf"
        assert heard.said == [("Renamed to Signed note.pdf", True)]
        assert viewer.head.name.text() == "Signed note.pdf"
        store.undo()
        assert viewer.page_title() == "Delivery note.pdf"

    def test_a_name_that_is_refused_says_why_below_it(self, paper, store, view):
        document_id = paper()
        viewer = view(document_id)
        viewer.facts.name.setText("")
        viewer.facts.name.editingFinished.emit()
        assert "needs a name" in viewer.facts.name_field.error
        assert column(store, document_id, "name") == "Delivery note.pdf"

    def test_another_kind_is_kept(self, paper, store, view):
        document_id = paper()
        viewer = view(document_id)
        kinds = viewer.facts.kind
        kinds.activated.emit(kinds.findData("contract"))
        assert column(store, document_id, "kind") == "contract"

    def test_pinning_and_letting_go(self, paper, store, view):
        document_id = paper()
        viewer = view(document_id)
        choose(viewer, "Keep on top")
        assert column(store, document_id, "is_pinned") == 1
        choose(viewer, "Let go from the top")
        assert column(store, document_id, "is_pinned") == 0

    def test_taken_off_file_it_says_so_and_undo_brings_it_back(self, paper, store, heard, view):
        document_id = paper()
        viewer = view(document_id)
        choose(viewer, "Take off file")
        assert heard.said == [("Delivery note.pdf taken off file", True)]
        assert "no longer on file" in words_of(viewer)
        store.undo()
        assert viewer.head.isVisible()

    def test_news_of_other_documents_reads_nothing(self, paper, desk, view):
        document_id = paper()
        view(document_id)
        desk.jobs.ran.clear()
        desk.news.changed.emit(Changes("x", {"document": [range(999, 1000)]}))
        assert desk.jobs.ran == []


def choose(viewer, words):
    """Choose a line of the menu under More."""
    action = next(a for a in viewer.head.menu().actions() if a.text() == words)
    assert isinstance(action, QAction)
    action.trigger()


class TestLeaving:
    def test_a_copy_is_the_very_same_bytes(self, paper, view, tmp_path, monkeypatch):
        target = tmp_path / "copy.pdf"
        asked = []

        def ask(_parent, _title, proposed):
            asked.append(proposed)
            return str(target), ""

        monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
        view(paper()).save_copy()
        assert target.read_bytes() == delivery_note()
        assert asked[0].endswith("Delivery note.pdf")

    def test_a_safe_kind_is_opened_as_a_copy_of_its_name(self, paper, desk, view):
        opened = outside(desk)
        view(paper()).head.wanted.emit("open")
        assert len(opened) == 1
        assert opened[0].startswith("file://")
        assert opened[0].endswith("Delivery%20note.pdf")

    def test_a_program_is_never_opened_and_the_reason_is_told(self, paper, desk, view):
        opened = outside(desk)
        viewer = view(paper(b"MZ\x90", name="invoice.pdf"))
        viewer.head.wanted.emit("open")
        assert opened == []
        assert "is not opened" in viewer.findChild(Banner).text

    def test_printing_remembers_the_printer_by_kind(self, paper, view, printer, tmp_path):
        viewer = view(paper(two_pages(), kind=DocumentKind.CONTRACT))
        viewer.print()
        assert printer == [("contract", 2)]
        assert (tmp_path / "printed.pdf").stat().st_size > 1_000

    def test_a_text_is_printed_too(self, paper, view, printer, tmp_path):
        viewer = view(paper(b"Tea, please", name="note.txt"))
        viewer.print()
        assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")

    def test_what_cannot_be_shown_cannot_be_printed(self, paper, view, printer):
        viewer = view(paper(b"MZ\x90", name="tool.exe"))
        assert not viewer.head.print_button.isEnabled()
        viewer.print()
        assert printer == []


class TestLetters:
    def test_a_letter_shows_its_number_and_reprints_as_copy(
        self, store, desk, customer_id, view, printer
    ):
        viewer = view(letter_of(store, desk, customer_id))
        assert viewer.head.letter.isVisible()
        assert "S-2026-00001" in viewer.facts.lines[3].text
        viewer.head.reprint_button.click()
        assert printer == [("statement", 2)]
        assert store.reader().value("SELECT copies FROM letter") == 1
        assert "reprinted once" in viewer.facts.lines[3].text

    def test_a_letter_cannot_be_taken_off_file_nor_become_another_kind(
        self, store, desk, customer_id, view
    ):
        viewer = view(letter_of(store, desk, customer_id))
        offered = [action.text() for action in viewer.head.menu().actions()]
        assert "Take off file" not in offered
        assert not viewer.facts.kind.isEnabled()

    def test_other_papers_offer_no_reprint(self, paper, view):
        viewer = view(paper())
        assert not viewer.head.reprint_button.isVisible()
        assert viewer.head.print_button.isVisible()


def test_a_name_full_of_markup_is_shown_as_it_is(paper, view):
    name = "<img src=x>&<b>bold</b>.pdf"
    viewer = view(paper(name=name))
    assert viewer.head.name.text() == name


def test_everything_is_named_and_big_enough_to_hit(paper, view):
    viewer = view(paper(picture(), name="Photo.png"))
    viewer.find()
    deliver_deletions()
    assert nameless(viewer) == []
    assert too_small(viewer) == []
