"""Does a customer's page mark papers that are elsewhere, and keep them on wish?"""

from __future__ import annotations

import hashlib

import pytest

from loyaldesk.sync.state import Phase, SyncState
from loyaldesk.ui.customers.paper_marks import PaperMarks
from loyaldesk.ui.widgets.item_list import Item
from loyaldesk.ui.widgets.spans import Span
from tests.support.factories import make_customer
from tests.support.paper import delivery_note, file_paper

CONTENT = delivery_note()


@pytest.fixture
def customer_id(store):
    return make_customer(store, number="10042")


@pytest.fixture
def paper(store, desk, customer_id):
    return file_paper(store, desk, customer_id, CONTENT)


@pytest.fixture
def marks(desk, keep, customer_id):
    made = PaperMarks(desk, customer_id, desk.ways)
    keep(made.keep)
    made.keep.hide()
    yield made
    made.deleteLater()


@pytest.fixture
def marked(marks, paper):
    seen: list[list[Item]] = []
    marks.marked.connect(seen.append)
    marks.show_items([Item(paper, [Span("Note")], tip="Note")])
    return seen


def connect(desk):
    desk.news.tell_sync(SyncState(Phase.IN_STEP))


def test_without_a_hub_nothing_is_marked_or_offered(marks, marked):
    assert marked == []
    assert marks.keep.isHidden()


def test_a_paper_that_only_this_computer_has_is_marked(desk, marked):
    connect(desk)
    (item,) = marked[-1]
    assert (item.title_icon, item.tip) == ("cloud-off", "Note\nOnly on this computer")


def test_a_paper_that_left_this_computer_is_marked_at_once(store, desk, marked):
    connect(desk)
    desk.files().remove(hashlib.sha256(CONTENT).digest())
    with store.remote_transaction("Carry a document") as tx:
        tx.touch("stored_file", [1])
    assert marked[-1][0].title_icon == "cloud-download"


def test_a_customer_is_kept_for_offline_and_let_go(store, desk, marks, marked):
    connect(desk)
    assert not marks.keep.isChecked()
    assert marks.keep.accessibleName() == "Keep for offline"
    marks.keep.click()
    assert marks.keep.toolTip().find("Kept for offline") >= 0
    assert marks.keep.isChecked()
    assert store.reader().value("SELECT count(*) FROM sync_state WHERE key LIKE 'keep:%'") == 1
    marks.keep.click()
    assert not marks.keep.isChecked()
