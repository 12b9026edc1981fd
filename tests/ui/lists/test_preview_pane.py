"""Does the pane beside a list follow the cursor, and stand there when the person wants it?"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from loyaldesk.ui.customers.list_page import CustomersPage
from loyaldesk.ui.documents.list_page import DocumentsPage
from tests.support.factories import make_customer, make_document

ROOMY, NARROW = (1256, 700), (800, 700)


@pytest.fixture(params=[CustomersPage, DocumentsPage])
def open_page(request, desk, keep, store):
    """Return what opens, at a size, one of the pages that have such a pane."""
    for name in ("Acme Ltd", "Zum Anker"):
        make_document(store, make_customer(store, name), f"Order of {name}.pdf")
    return lambda size=ROOMY: keep(request.param(desk), size)


@pytest.fixture
def press_space(qtbot):
    return lambda page: qtbot.keyClick(page.list.view, Qt.Key.Key_Space)


def shown(page):
    """Return the id of the record in the pane."""
    preview = page.preview
    return preview.customer_id if isinstance(page, CustomersPage) else preview.document.id


def test_it_shows_the_first_row_without_being_asked(open_page):
    page = open_page()
    assert page.preview.isVisible()
    assert shown(page) == page.list.ids[0]


def test_it_follows_the_cursor(open_page, qtbot):
    page = open_page()
    qtbot.keyClick(page.list.view, Qt.Key.Key_J)
    assert shown(page) == page.list.ids[1]


def test_hidden_it_follows_nothing_until_it_is_seen(open_page, press_space, qtbot):
    page = open_page()
    press_space(page)
    qtbot.keyClick(page.list.view, Qt.Key.Key_J)
    assert shown(page) == page.list.ids[0]
    press_space(page)
    assert shown(page) == page.list.ids[1]


def test_space_hides_it_and_that_is_remembered(open_page, press_space):
    page = open_page()
    press_space(page)
    assert not page.preview.isVisible()
    again = open_page()
    assert not again.preview.isVisible()
    press_space(again)
    assert again.preview.isVisible()
    assert open_page().preview.isVisible()


def test_space_with_another_key_is_left_to_the_list(open_page, qtbot):
    page = open_page()
    qtbot.keyClick(page.list.view, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert page.preview.isVisible()


def test_a_narrow_page_shows_it_only_when_space_asks(open_page, press_space):
    page = open_page(NARROW)
    assert not page.preview.isVisible()
    press_space(page)
    assert page.preview.isVisible()
    press_space(page)
    assert not page.preview.isVisible()


def test_what_a_narrow_page_is_asked_for_is_not_remembered(open_page, press_space):
    page = open_page(NARROW)
    press_space(page)
    press_space(page)
    assert open_page().preview.isVisible()


def test_it_comes_and_goes_with_the_room_there_is(open_page):
    page = open_page()
    page.resize(*NARROW)
    assert not page.preview.isVisible()
    page.resize(*ROOMY)
    assert page.preview.isVisible()


def test_it_never_takes_more_than_half_of_the_page(open_page, press_space):
    page = open_page((500, 700))
    press_space(page)
    assert page.pane.width() <= page.width() // 2


def test_nothing_is_made_before_the_first_rows_are_there(open_page, desk, monkeypatch):
    monkeypatch.setattr(desk.jobs, "read", lambda *_, **__: None)
    page = open_page()
    assert page.preview is None
    assert page.pane.findChildren(QWidget) == []
    QApplication.processEvents()
    assert page.list.view.current_id() < 0
