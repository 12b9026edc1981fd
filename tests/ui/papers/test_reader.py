"""Are papers shown, found in and copied from, and does what cannot be shown say why?"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest

from loyaldesk.ui.papers.reader import PaperReader
from tests.support.paper import delivery_note, picture, two_pages
from tests.support.qt import colours_in, nameless, too_small

ENTER = Qt.Key.Key_Return


@pytest.fixture
def reader(desk, qtbot) -> PaperReader:
    reader = PaperReader(desk, name="Pages")
    qtbot.addWidget(reader)
    reader.resize(700, 600)
    reader.show()
    return reader


def look_for(reader, words):
    reader.go_to_find()
    reader.find_bar.box.setText(words)
    QTest.keyClick(reader.find_bar.box, ENTER)


class TestPages:
    def test_a_page_is_drawn_where_it_lies(self, reader, qtbot):
        reader.show_source(picture())
        red = QColor("red").name()
        qtbot.waitUntil(lambda: red in colours_in(reader.paper.viewport().grab().toImage()))

    def test_the_shape_tells_how_many_pages_there_are(self, reader, qtbot):
        with qtbot.waitSignal(reader.shape_known) as known:
            reader.show_source(two_pages())
        assert len(known.args[0].sizes) == 2
        assert reader.paper.page_count == 2

    def test_the_page_box_goes_to_a_page(self, reader, qtbot):
        reader.show_source(two_pages())
        reader.bar.page_box.page_chosen.emit(1)
        assert reader.paper.page == 1

    def test_the_zoom_is_told_in_per_cent(self, reader):
        reader.show_source(two_pages())
        reader.paper.set_zoom(1.5)
        assert reader.bar.percent == "150 %"

    def test_zooming_fast_draws_the_last_size_only(self, reader, desk, qtbot):
        reader.show_source(delivery_note())
        qtbot.waitUntil(lambda: "loyaldesk.documents.pages:render_page" in desk.jobs.ran)
        desk.jobs.ran.clear()
        for zoom in (1.1, 1.2, 1.3, 1.4):
            reader.paper.set_zoom(zoom)
            reader.paper.viewport().repaint()
        qtbot.waitUntil(lambda: "loyaldesk.documents.pages:render_page" in desk.jobs.ran)
        qtbot.wait(100)
        assert desk.jobs.ran == ["loyaldesk.documents.pages:render_page"]

    def test_zoom_keys_mean_the_paper_and_not_the_text_size(self, reader, theme):
        reader.show_source(delivery_note())
        reader.focus_paper()
        before = reader.paper.zoom
        QTest.keySequence(reader.paper, QKeySequence("Ctrl++"))
        assert reader.paper.zoom > before
        assert theme.look.text_percent == 100

    def test_a_damaged_paper_says_why_and_offers_no_buttons(self, reader):
        reader.show_source(b"%PDF-1.4 nothing more")
        assert "damaged" in reader.why_not
        assert not reader.bar.isVisible()

    def test_the_next_paper_takes_the_place_of_a_refusal(self, reader):
        reader.show_source(b"MZ program")
        reader.show_source(delivery_note())
        assert reader.why_not == ""
        assert reader.bar.isVisible()


class TestFind:
    def test_hits_are_counted_and_the_first_is_in_sight(self, reader):
        reader.show_source(two_pages())
        look_for(reader, "tea")
        assert reader.find_bar.told == "1 of 2"
        assert reader.paper.page == 0

    def test_enter_goes_on_to_the_next_page_and_round(self, reader):
        reader.show_source(two_pages())
        look_for(reader, "tea")
        QTest.keyClick(reader.find_bar.box, ENTER)
        assert (reader.find_bar.told, reader.paper.page) == ("2 of 2", 1)
        QTest.keyClick(reader.find_bar.box, ENTER)
        assert (reader.find_bar.told, reader.paper.page) == ("1 of 2", 0)

    def test_shift_enter_goes_back(self, reader):
        reader.show_source(two_pages())
        look_for(reader, "tea")
        QTest.keyClick(reader.find_bar.box, ENTER, Qt.KeyboardModifier.ShiftModifier)
        assert reader.find_bar.told == "2 of 2"

    def test_what_is_not_there_is_said(self, reader):
        reader.show_source(two_pages())
        look_for(reader, "coffee")
        assert reader.find_bar.told == "Not found"

    def test_ctrl_f_opens_and_escape_closes(self, reader):
        reader.show_source(two_pages())
        reader.focus_paper()
        QTest.keySequence(reader.paper, QKeySequence("Ctrl+F"))
        assert reader.find_bar.isVisible()
        QTest.keyClick(reader.find_bar.box, Qt.Key.Key_Escape)
        assert not reader.find_bar.isVisible()
        assert reader.paper.hasFocus()

    def test_an_open_find_bar_looks_in_the_next_paper_too(self, reader):
        reader.show_source(two_pages())
        look_for(reader, "4711")
        assert reader.find_bar.told == "Not found"
        reader.show_source(delivery_note())
        assert reader.find_bar.told == "1 of 2"


class TestText:
    def test_a_text_is_shown_as_it_is(self, reader):
        reader.show_source(b"<b>R&D</b> says: Tea")
        assert reader.text.toPlainText() == "<b>R&D</b> says: Tea"
        assert not reader.bar.page_box.isVisible()

    def test_every_hit_of_a_text_is_marked(self, reader):
        reader.show_source(b"Tee oder Tea? Tea.")
        look_for(reader, "tea")
        assert reader.find_bar.told == "1 of 2"
        assert len(reader.text.extraSelections()) == 2

    def test_going_on_moves_the_cursor(self, reader):
        reader.show_source(b"tea and tea")
        look_for(reader, "tea")
        QTest.keyClick(reader.find_bar.box, ENTER)
        assert reader.text.textCursor().selectionStart() == 8

    def test_closing_takes_the_marks_away(self, reader):
        reader.show_source(b"tea and tea")
        look_for(reader, "tea")
        reader.find_bar.close_bar()
        assert reader.text.extraSelections() == []


class TestCopy:
    def test_the_text_of_the_page_in_sight_is_copied(self, reader, heard):
        reader.show_source(two_pages())
        reader.paper.go_to(1)
        reader.copy_page_text()
        assert QGuiApplication.clipboard().text().strip() == "Tea on page 2"
        assert heard.said == [("The text of this page is copied", False)]

    def test_a_picture_says_that_it_has_no_text(self, reader, heard):
        QGuiApplication.clipboard().setText("before")
        reader.show_source(picture())
        reader.copy_page_text()
        assert "picture" in heard.said[0][0]
        assert QGuiApplication.clipboard().text() == "before"


def test_everything_is_named_and_big_enough_to_hit(reader):
    reader.show_source(two_pages())
    reader.go_to_find()
    assert nameless(reader) == []
    assert too_small(reader) == []
