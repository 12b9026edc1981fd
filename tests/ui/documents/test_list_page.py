"""Does the list of documents filter, preview, open and take dropped files?"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from loyaldesk.models import DocumentKind
from loyaldesk.ui.documents.file_dialog import FileDialog
from loyaldesk.ui.documents.list_page import DocumentsPage
from loyaldesk.ui.documents.wording import hash_words, size_words
from tests.support.factories import make_customer, make_order
from tests.support.paper import delivery_note, file_paper, picture, two_pages
from tests.support.qt import nameless, too_small

ROOMY = (1200, 700)


@pytest.fixture
def customer_id(store):
    return make_customer(store, number="10042")


@pytest.fixture
def filed(store, desk, customer_id):
    """File three papers of two customers."""
    other = make_customer(store, "Harbour & Vine Ltd", number="10388")
    note = {"kind": DocumentKind.DELIVERY_NOTE}
    return [
        file_paper(store, desk, customer_id, delivery_note(), name="Note.pdf", **note),
        file_paper(store, desk, customer_id, two_pages(), name="Order.pdf",
                   kind=DocumentKind.PURCHASE_ORDER),
        file_paper(store, desk, other, picture(), name="Photo.png"),
    ]  # fmt: skip


@pytest.fixture
def page(desk, filed, qtbot):
    page = DocumentsPage(desk)
    qtbot.addWidget(page)
    page.resize(*ROOMY)
    with qtbot.waitSignal(page.rows_shown):
        page.show()
    qtbot.waitUntil(lambda: page.preview is not None)
    return page


def names(page):
    """Return the names of the rows that are there already."""
    rows = (page.list.model.row_at(row) for row in range(page.list.model.rowCount()))
    return [row.name for row in rows if row is not None]


class TestFilter:
    def test_the_newest_stands_first(self, page, filed):
        assert names(page) == ["Photo.png", "Order.pdf", "Note.pdf"]

    def test_one_kind_leaves_its_papers(self, page, qtbot):
        page.filters.chips["kind_delivery_note"].click()
        qtbot.waitUntil(lambda: names(page) == ["Note.pdf"])

    def test_two_kinds_leave_the_papers_of_either(self, page, qtbot):
        for kind in ("delivery_note", "purchase_order"):
            page.filters.chips[f"kind_{kind}"].click()
        qtbot.waitUntil(lambda: names(page) == ["Order.pdf", "Note.pdf"])

    def test_words_find_the_customer_s_papers(self, page, qtbot):
        page.filters.box.setText("harbour")
        qtbot.waitUntil(lambda: names(page) == ["Photo.png"])

    def test_the_foot_counts_what_the_filter_leaves(self, page, qtbot):
        page.filters.chips["kind_delivery_note"].click()
        qtbot.waitUntil(lambda: page.list.model.rowCount() == 1)
        assert page.foot.text == "1 document · 1 selected · filter: Delivery note"

    def test_a_filter_that_leaves_nothing_names_itself_and_the_way_out(self, page, qtbot):
        page.filters.box.setText("zzzz")
        qtbot.waitUntil(lambda: page.list.model.rowCount() == 0)
        title, sentence = page.counts.empty.words
        assert title == "None of 3 match"
        assert "zzzz" in sentence

    def test_an_empty_list_says_how_papers_come_here(self, desk, qtbot):
        page = DocumentsPage(desk)
        qtbot.addWidget(page)
        page.show()
        qtbot.waitUntil(lambda: page.counts.empty.isVisible())
        assert page.counts.empty.words[0] == "Nothing is on file yet"


class TestPreview:
    def test_the_document_under_the_cursor_is_shown_beside_the_list(self, page, qtbot):
        qtbot.waitUntil(lambda: page.preview.reader.source is not None)
        assert page.preview.name.text() == "Photo.png"

    def test_running_down_the_list_opens_only_where_it_stops(self, page, desk, qtbot):
        qtbot.waitUntil(lambda: page.preview.reader.source is not None)
        desk.jobs.ran.clear()
        for row in (1, 2, 1):
            page.list.view.setCurrentIndex(page.list.model.index(row, 0))
        qtbot.waitUntil(lambda: page.preview.reader.paper.page_count == 2)
        assert desk.jobs.ran.count("loyaldesk.documents.pages:describe") == 1

    def test_enter_opens_the_document(self, page, heard, filed):
        page.focus_first()
        QTest.keyClick(page.list.view, Qt.Key.Key_Return)
        assert heard.wished == [("document", filed[2])]


class TestRow:
    def test_the_menu_offers_what_can_be_done(self, page, filed, desk):
        offered = dict(page.choices(filed[0]))
        assert list(offered) == [
            "E-mail this document…", "Save a copy…", "Open in another program", "Keep on top",
            "Take off file", "Go to the customer", "Only those of Müller && Söhne GmbH",
        ]  # fmt: skip

    def test_taking_off_file_leaves_the_list_and_undo_brings_it_back(
        self, page, filed, store, qtbot
    ):
        dict(page.choices(filed[0]))["Take off file"]()
        qtbot.waitUntil(lambda: "Note.pdf" not in names(page))
        store.undo()
        qtbot.waitUntil(lambda: "Note.pdf" in names(page))

    def test_only_those_of_this_customer(self, page, filed, qtbot):
        dict(page.choices(filed[2]))["Only those of Harbour && Vine Ltd"]()
        qtbot.waitUntil(lambda: names(page) == ["Photo.png"])


class TestFileDialog:
    @pytest.fixture
    def dialog(self, page, desk, tmp_path, qtbot):
        path = tmp_path / "Rechnung 7.pdf"
        path.write_bytes(b"%PDF-1.4 seven")
        page.ask_owner([path])
        dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, FileDialog))
        yield dialog
        if isValid(dialog):
            dialog.close()

    def look_for(self, dialog, words, qtbot):
        dialog.box.setText(words)
        qtbot.waitUntil(lambda: bool(dialog.found.entries))

    def test_nothing_is_filed_before_somebody_is_chosen(self, dialog):
        assert not dialog.verb_button.isEnabled()

    def test_a_customer_found_by_a_scrap_gets_the_file(self, dialog, store, customer_id, qtbot):
        self.look_for(dialog, "mull", qtbot)
        dialog.accept()
        assert store.reader().rows(
            "SELECT customer_id, kind FROM document WHERE name = 'Rechnung 7.pdf'"
        ) == [(customer_id, "invoice")]

    def test_an_order_gets_the_file_for_itself_and_its_customer(
        self, dialog, store, customer_id, qtbot
    ):
        order_id = make_order(store, customer_id, number="47110")
        self.look_for(dialog, "47110", qtbot)
        QTest.keyClick(dialog.box, Qt.Key.Key_Return)
        assert store.reader().rows("SELECT linked_kind, linked_id FROM document_link") == [
            ("order", order_id)
        ]

    def test_down_moves_through_what_was_found(self, dialog, store, qtbot):
        make_customer(store, "Müller Nord")
        self.look_for(dialog, "müller", qtbot)
        first = dialog.found.chosen_key
        QTest.keyClick(dialog.box, Qt.Key.Key_Down)
        assert dialog.found.chosen_key != first

    def test_nobody_found_says_so(self, dialog, qtbot):
        dialog.box.setText("zzzz")
        qtbot.waitUntil(lambda: "Nobody" in dialog.told)
        assert not dialog.verb_button.isEnabled()


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 bytes"), (999, "999 bytes"), (1_000, "1 kB"), (212_400, "212 kB"),
     (1_440_000, "1.4 MB"), (200_000_000, "200.0 MB")],
)  # fmt: skip
def test_sizes_are_said_as_people_read_them(desk, size, words):
    assert size_words(size, desk.formats) == words


def test_the_fingerprint_is_short(desk):
    assert hash_words(bytes(range(32))) == "sha-256 0001 0203…"


def test_everything_is_named_and_big_enough_to_hit(page, qtbot):
    qtbot.waitUntil(lambda: page.preview.reader.source is not None)
    assert nameless(page) == []
    assert too_small(page) == []
