"""Are dropped and chosen files filed together, told by name, and are bad ones listed?"""

from __future__ import annotations

import os

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from loyaldesk.ui.papers.attach import attach_files
from loyaldesk.ui.papers.drop import DropTarget
from tests.support.factories import make_customer, make_order
from tests.support.paper import delivery_note, picture

ACTION = Qt.DropAction.CopyAction
BUTTON, MODIFIER = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(qtbot) -> QWidget:
    page = QWidget()
    page.resize(400, 300)
    qtbot.addWidget(page)
    page.show()
    return page


@pytest.fixture
def note(tmp_path):
    path = tmp_path / "Lieferschein 4711.pdf"
    path.write_bytes(delivery_note())
    return path


def dialogs(page):
    return [w for w in QApplication.topLevelWidgets() if w.parent() is page and w.isVisible()]


class TestFiling:
    def test_a_file_is_filed_with_its_order_and_its_kind(self, desk, store, page, note, heard):
        customer_id = make_customer(store)
        order_id = make_order(store, customer_id)
        attach_files(desk, page, [note], customer_id=customer_id, order_id=order_id)
        found = store.reader().rows(
            "SELECT d.name, d.kind, l.linked_id FROM document d"
            " JOIN document_link l ON l.document_id = d.id"
        )
        assert found == [("Lieferschein 4711.pdf", "delivery_note", order_id)]
        assert heard.said == [("Lieferschein 4711.pdf filed", True)]

    def test_several_files_are_one_action_that_undo_takes_back(
        self, desk, store, page, note, heard
    ):
        photo = note.parent / "Photo.png"
        photo.write_bytes(picture())
        attach_files(desk, page, [note, photo], customer_id=make_customer(store))
        assert heard.said == [("2 documents filed", True)]
        assert store.undo_label == "File 2 documents"
        store.undo()
        assert store.reader().value("SELECT count(*) FROM document") == 0

    def test_what_is_on_file_already_is_told_and_not_filed_twice(
        self, desk, store, page, note, heard
    ):
        customer_id = make_customer(store)
        attach_files(desk, page, [note], customer_id=customer_id)
        again = note.with_name("Again.pdf")
        again.write_bytes(note.read_bytes())
        attach_files(desk, page, [again], customer_id=customer_id)
        assert heard.said[1:] == [("Lieferschein 4711.pdf was on file already", False)]
        assert store.reader().value("SELECT count(*) FROM document") == 1

    def test_a_bad_file_is_listed_with_its_reason_and_stops_no_other(
        self, desk, store, page, note, heard
    ):
        empty = note.parent / "empty.pdf"
        empty.write_bytes(b"")
        attach_files(desk, page, [empty, note], customer_id=make_customer(store))
        assert heard.said == [("Lieferschein 4711.pdf filed", True)]
        (dialog,) = dialogs(page)
        words = [label.text() for label in dialog.findChildren(QLabel)]
        assert "empty.pdf" in words
        assert any("is empty" in text for text in words)

    @pytest.mark.skipif(os.name == "nt", reason="links need a right on Windows")
    def test_a_link_is_never_followed(self, desk, store, page, note, tmp_path):
        link = tmp_path / "link.pdf"
        link.symlink_to(note)
        attach_files(desk, page, [link], customer_id=make_customer(store))
        assert store.reader().value("SELECT count(*) FROM document") == 0

    def test_too_many_files_are_refused_before_any_is_read(self, desk, store, page, note, heard):
        attach_files(desk, page, [note] * 201, customer_id=make_customer(store))
        assert "at most 200" in heard.said[0][0]
        assert store.reader().value("SELECT count(*) FROM stored_file") == 0

    def test_the_status_bar_shows_the_work_and_its_end(self, desk, store, page, note):
        told = []
        desk.news.work_began.connect(lambda words, cancel: told.append(words))
        desk.news.work_went.connect(lambda done, total: told.append((done, total)))
        desk.news.work_ended.connect(lambda: told.append("end"))
        attach_files(desk, page, [note], customer_id=make_customer(store))
        assert told == ["Attaching Lieferschein 4711.pdf", (0, 1), (1, 1), "end"]


class TestDrop:
    @pytest.fixture
    def taken(self, theme, page):
        taken: list[object] = []
        page.target = DropTarget(theme, page, words="Drop to file", on_files=taken.extend)
        return taken

    def mime(self, *urls):
        mime = QMimeData()
        mime.setUrls([QUrl(url) for url in urls])
        return mime

    def enter(self, page, mime):
        event = QDragEnterEvent(QPoint(9, 9), ACTION, mime, BUTTON, MODIFIER)
        QApplication.sendEvent(page, event)
        return event

    def test_files_that_hover_are_welcomed_with_words(self, page, taken, note):
        mime = self.mime(note.as_uri())
        assert self.enter(page, mime).isAccepted()
        assert page.target.veil.isVisible()

    def test_dropped_files_are_taken_and_left_where_they_are(self, page, taken, note):
        mime = self.mime(note.as_uri())
        self.enter(page, mime)
        event = QDropEvent(QPointF(9, 9), ACTION, mime, BUTTON, MODIFIER)
        QApplication.sendEvent(page, event)
        assert taken == [note]
        assert event.dropAction() == ACTION
        assert not page.target.veil.isVisible()
        assert note.exists()

    def test_files_that_go_away_again_leave_no_words(self, page, taken, note):
        mime = self.mime(note.as_uri())
        self.enter(page, mime)
        QApplication.sendEvent(page, QDragLeaveEvent())
        assert not page.target.veil.isVisible()

    def test_links_of_the_web_are_not_taken(self, page, taken):
        assert not self.enter(page, self.mime("https://example.com/a.pdf")).isAccepted()
        assert taken == []
