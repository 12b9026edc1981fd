"""Does the demo company get its papers?"""

from __future__ import annotations

from datetime import date

import pytest

from loyaldesk.documents.demo_files import fill_demo, fill_sized_demo
from loyaldesk.documents.file_store import FileStore
from loyaldesk.store.store import Store

KEY = bytes(32)
TODAY = date(2026, 11, 19)


@pytest.fixture
def profile(tmp_path):
    store = Store.open(tmp_path, KEY, actor="Ana")
    yield store, FileStore(tmp_path / "files", KEY)
    store.close()


def test_every_paper_lies_in_the_file_store(profile):
    store, files = profile
    fill_demo(store, files=lambda: files, today=TODAY)
    contents = store.reader().rows("SELECT sha256 FROM stored_file")
    assert len(contents) == 12
    assert [files.check(sha256) for (sha256,) in contents] == [None] * 12


def test_the_purchase_order_is_linked_to_its_order(profile):
    store, files = profile
    fill_demo(store, files=lambda: files, today=TODAY)
    found = store.reader().rows(
        "SELECT d.name, d.filed_on, d.filed_by FROM document AS d"
        " JOIN document_link AS l ON l.document_id = d.id AND l.linked_kind = 'order'"
        " JOIN sales_order AS o ON o.id = l.linked_id WHERE o.number = '4790'"
    )
    assert found == [("Purchase order 8841.pdf", "2026-11-19", "Ben Thorne")]


def test_all_documents_of_a_sized_demo_show_one_content(profile):
    store, files = profile
    fill_sized_demo(store, files=files, customers=40, today=TODAY)
    reader = store.reader()
    ((sha256,),) = reader.rows("SELECT sha256 FROM stored_file")
    assert files.check(sha256) is None
    assert reader.value("SELECT count(*) FROM document") == 10
