"""Are the pages of a document scrolled, zoomed, turned and searched as in a viewer?"""

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from loyaldesk.ui.widgets.page_box import PageBox
from loyaldesk.ui.widgets.paper_layout import PaperLayout
from loyaldesk.ui.widgets.paper_view import Hit, PaperView
from loyaldesk.ui.widgets.tokens import Scheme, tokens_for
from tests.support.qt import colours_in, nameless

A4 = (595.0, 842.0)


@pytest.fixture
def paper(theme, qtbot) -> PaperView:
    view = PaperView(theme, name="Delivery note")
    qtbot.addWidget(view)
    view.resize(600, 500)
    view.show()
    view.show_pages([A4, A4, A4])
    return view


def page_in(colour: str, scale: float) -> QImage:
    image = QImage(round(A4[0] * scale), round(A4[1] * scale), QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


def test_only_pages_in_sight_are_asked_for_and_once(paper):
    asked = []
    paper.image_wanted.connect(lambda page, scale: asked.append(page))
    paper.show_pages([A4, A4, A4])
    paper.viewport().repaint()
    paper.viewport().repaint()
    assert asked == [0]


def test_a_page_is_white_until_its_picture_has_come(paper):
    assert QColor("white").name() in colours_in(paper.viewport().grab().toImage())
    paper.set_image(0, 1.0, page_in("green", 1.0))
    assert QColor("green").name() in colours_in(paper.viewport().grab().toImage())


def test_the_widest_page_fits_the_view(paper):
    assert PaperLayout([A4]).size_of(0).width() == 793
    assert abs(paper.zoom * 793 - (paper.viewport().width() - 32)) < 2


def test_fitting_follows_the_window_until_somebody_zooms(paper):
    before = paper.zoom
    paper.resize(800, 500)
    assert paper.zoom > before
    paper.set_zoom(1.5)
    paper.resize(600, 500)
    assert paper.zoom == 1.5


def test_ctrl_and_the_wheel_zoom(paper, qtbot):
    paper.set_zoom(1.0)
    at = QPointF(100, 100)
    wheel = QWheelEvent(
        at, at, QPoint(0, 0), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    with qtbot.waitSignal(paper.zoom_changed):
        QApplication.sendEvent(paper.viewport(), wheel)
    assert paper.zoom == pytest.approx(1.1)


def test_zoom_has_its_limits(paper):
    paper.set_zoom(100)
    assert paper.zoom == 6.0
    paper.set_zoom(0.0001)
    assert paper.zoom == 0.25


def test_the_page_in_sight_is_told(paper, qtbot):
    with qtbot.waitSignal(paper.page_changed) as changed:
        paper.go_to(2)
    assert changed.args == [2]
    assert paper.page == 2


def test_keys_turn_pages(paper):
    QTest.keyClick(paper, Qt.Key.Key_End)
    assert paper.page == 2
    QTest.keyClick(paper, Qt.Key.Key_Home)
    assert paper.page == 0
    QTest.keyClick(paper, Qt.Key.Key_PageDown)
    assert paper.verticalScrollBar().value() == paper.verticalScrollBar().pageStep()


def test_a_hit_on_another_page_comes_into_sight_and_is_boxed(paper):
    paper.set_hits([Hit(0, QRectF(10, 10, 40, 12)), Hit(2, QRectF(60, 70, 70, 12))], current=1)
    assert paper.page == 2
    ink = tokens_for(Scheme.LIGHT).warn.name()
    assert ink in colours_in(paper.viewport().grab().toImage())


def test_turning_swaps_width_and_height():
    layout = PaperLayout([A4])
    upright = layout.size_of(0)
    layout.quarters = 1
    assert layout.size_of(0) == upright.transposed()


@pytest.mark.parametrize("quarters", range(4))
def test_a_box_on_a_turned_page_lies_inside_the_page(quarters):
    layout = PaperLayout([A4])
    layout.quarters = quarters
    place = layout.place(0, 900)
    box = layout.box_in(0, QRectF(0, 0, 60, 20), 900)
    assert place.adjusted(-2, -2, 2, 2).contains(box)
    corners = {
        0: place.topLeft(),
        1: place.topRight(),
        2: place.bottomRight(),
        3: place.bottomLeft(),
    }
    assert box.adjusted(-3, -3, 3, 3).contains(corners[quarters])


def test_the_page_box_goes_where_it_is_told(theme, qtbot):
    box = PageBox(theme)
    qtbot.addWidget(box)
    box.show()
    box.show_page(0, 12)
    assert nameless(box) == []
    field = box.findChildren(QLineEdit)[0]
    field.selectAll()
    with qtbot.waitSignal(box.page_chosen) as chosen:
        QTest.keyClicks(field, "7")
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert chosen.args == [6]


def test_thousands_of_pages_are_measured_once_however_often_they_are_painted(paper, monkeypatch):
    measured = []
    size_of = PaperLayout.size_of
    monkeypatch.setattr(
        PaperLayout, "size_of", lambda layout, page: measured.append(page) or size_of(layout, page)
    )
    paper.show_pages([A4] * 5_000)
    paper.set_zoom(1.0)
    measured.clear()
    for page in (0, 2_500, 4_999):
        paper.go_to(page)
        paper.viewport().repaint()
    assert paper.page == 4_999
    assert len(measured) < 50


def test_only_the_pictures_of_near_pages_are_kept(paper):
    asked = []

    def answer(page, scale):
        asked.append(page)
        paper.set_image(page, scale, page_in("green", 0.1))

    paper.image_wanted.connect(answer)
    paper.show_pages([A4] * 40)
    for page in (*range(40), 38, 0):
        paper.go_to(page)
        paper.viewport().repaint()
    assert (asked.count(0), asked.count(38)) == (2, 1)


def test_a_wish_that_was_forgotten_is_made_again_when_the_page_comes_back(paper):
    paper.show_pages([A4] * 9)
    asked = []
    paper.image_wanted.connect(lambda page, scale: asked.append(page))
    for page in (8, 0, 8):
        paper.go_to(page)
        paper.viewport().repaint()
    assert asked.count(8) == 2
