"""Are several files filed as one action, each once, and is a bad one only left out?"""

from __future__ import annotations

import pytest

from loyaldesk.documents.batch import MOST_FILES, file_paths
from loyaldesk.documents.file_store import FileStore
from loyaldesk.errors import Cancelled, Refused
from tests.support.factories import make_customer, make_order
from tests.support.stores import KEY, fresh_store


@pytest.fixture
def store(tmp_path):
    opened = fresh_store(tmp_path / "profile")
    yield opened
    opened.close()


@pytest.fixture
def customer_id(store):
    return make_customer(store)


@pytest.fixture
def file(store, tmp_path):
    files = FileStore(tmp_path / "files", KEY)

    def run(paths, **arguments):
        return file_paths(store, files=lambda: files, paths=paths, **arguments)

    return run


def write(folder, name, content=b"%PDF-1.4 x"):
    path = folder / name
    path.write_bytes(content)
    return path


def count(store, table="document"):
    return store.reader().value(f"SELECT count(*) FROM {table}")


def test_the_same_content_twice_in_one_go_is_one_document(store, file, customer_id, tmp_path):
    paths = [write(tmp_path, "a.pdf"), write(tmp_path, "b.pdf")]
    report = file(paths, customer_id=customer_id)
    assert [(paper.name, paper.was_there) for paper in report.filed] == [
        ("a.pdf", False),
        ("a.pdf", True),
    ]
    assert count(store) == 1


def test_another_customer_has_the_same_content_as_a_document_of_its_own(
    store, file, customer_id, tmp_path
):
    path = write(tmp_path, "prices.pdf")
    file([path], customer_id=customer_id)
    report = file([path], customer_id=make_customer(store, "Other Ltd"))
    assert [paper.was_there for paper in report.filed] == [False]
    assert (count(store), count(store, "stored_file")) == (2, 1)


def test_a_paper_that_is_there_is_linked_to_the_order_it_is_dropped_on(
    store, file, customer_id, tmp_path
):
    path = write(tmp_path, "PO 1.pdf")
    file([path], customer_id=customer_id)
    order_id = make_order(store, customer_id)
    file([path], customer_id=customer_id, order_id=order_id)
    assert store.reader().rows("SELECT linked_id FROM document_link") == [(order_id,)]


def test_nothing_but_bad_files_changes_nothing(store, file, customer_id, tmp_path):
    before = store.undo_label
    report = file([tmp_path / "missing.pdf", tmp_path], customer_id=customer_id)
    assert [left.name for left in report.left_out] == ["missing.pdf", tmp_path.name]
    assert report.filed == ()
    assert store.undo_label == before


def test_undo_is_named_after_the_one_file_or_the_number(store, file, customer_id, tmp_path):
    file([write(tmp_path, "one.pdf")], customer_id=customer_id)
    assert store.undo_label == "File one.pdf"
    file(
        [write(tmp_path, "two.pdf", b"2"), write(tmp_path, "three.pdf", b"3")],
        customer_id=customer_id,
    )
    assert store.undo_label == "File 2 documents"


def test_stopping_in_the_middle_files_nothing(store, file, customer_id, tmp_path):
    def stop_at_second(done, total):
        if done == 1:
            raise Cancelled

    paths = [write(tmp_path, "a.pdf"), write(tmp_path, "b.pdf", b"b")]
    with pytest.raises(Cancelled):
        file(paths, customer_id=customer_id, progress=stop_at_second)
    assert count(store) == 0


def test_more_than_the_limit_is_refused(file, customer_id, tmp_path):
    path = write(tmp_path, "a.pdf")
    with pytest.raises(Refused, match="at most 200"):
        file([path] * (MOST_FILES + 1), customer_id=customer_id)
