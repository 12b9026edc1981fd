"""Do open customers come back with their notes, and only if they still exist?"""

import pytest

from loyaldesk.operations.activities import drop_draft, keep_draft
from loyaldesk.queries.open_tabs import OpenTab, read_noted, read_tabs
from tests.support.factories import do, make_customer
from tests.support.stores import fresh_store


@pytest.fixture
def store(tmp_path):
    opened = fresh_store(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def customers(store):
    return [make_customer(store, name) for name in ("Kraft AG", "Ærø Marine")]


def keep(store, key):
    do(store, keep_draft, key=key, content="{}")


def test_tabs_keep_their_order_and_lose_who_is_gone(store, customers):
    first, second = customers
    with store.reader() as reader:
        tabs = read_tabs(reader, ids=[second, 999, first])
    assert tabs == [OpenTab(second, "Ærø Marine", False), OpenTab(first, "Kraft AG", False)]


def test_a_tab_knows_of_its_unsaved_note(store, customers):
    keep(store, f"note/{customers[0]}")
    with store.reader() as reader:
        assert [tab.has_note for tab in read_tabs(reader, ids=customers)] == [True, False]


def test_the_newest_note_comes_first(store, customers):
    for customer_id in customers:
        keep(store, f"note/{customer_id}")
    with store.reader() as reader:
        assert [tab.name for tab in read_noted(reader)] == ["Ærø Marine", "Kraft AG"]


def test_other_drafts_and_dropped_ones_are_no_notes(store, customers):
    keep(store, "order/new")
    keep(store, f"note/{customers[0]}")
    do(store, drop_draft, key=f"note/{customers[0]}")
    with store.reader() as reader:
        assert read_noted(reader) == []
