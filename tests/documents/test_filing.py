"""Do files become documents as one action, each once, and is a bad one only left out?"""

from __future__ import annotations

import hashlib

import pytest

from loyaldesk.documents.filing import MOST_FILES, file_paths
from loyaldesk.errors import Cancelled, Refused
from loyaldesk.models import DocumentKind
from tests.support.factories import make_customer, make_order
from tests.support.stores import content, fresh_store


@pytest.fixture
def store(tmp_path):
    opened = fresh_store(tmp_path / "profile")
    yield opened
    opened.close()


@pytest.fixture
def customer_id(store):
    return make_customer(store)


@pytest.fixture
def file(store, files):
    def run(paths, **arguments):
        return file_paths(store, files=lambda: files, paths=paths, **arguments)

    return run


def write(folder, name, content=b"%PDF-1.4 x"):
    path = folder / name
    path.write_bytes(content)
    return path


def count(store, table="document"):
    return store.reader().value(f"SELECT count(*) FROM {table}")


def test_a_file_is_stored_linked_and_named(store, file, files, customer_id, tmp_path):
    path = write(tmp_path, "Order 7.txt", b"Ten boxes of tea")
    order_id = make_order(store, customer_id)
    file([path], customer_id=customer_id, order_id=order_id)
    found = store.reader().row(
        "SELECT d.name, d.kind, d.filed_by, f.sha256, f.size, l.linked_id FROM document d"
        " JOIN stored_file f ON f.id = d.file_id JOIN document_link l ON l.document_id = d.id"
    )
    sha256 = hashlib.sha256(b"Ten boxes of tea").digest()
    assert found == ("Order 7.txt", "purchase_order", "Ana", sha256, 16, order_id)
    assert files.read(sha256) == path.read_bytes() == b"Ten boxes of tea"


def test_a_kind_that_is_given_counts_for_a_paper_on_file_too(store, file, customer_id, tmp_path):
    path = write(tmp_path, "Order 7.txt")
    kinds = []
    for kind in (DocumentKind.CONTRACT, None, DocumentKind.INVOICE):
        (paper,) = file([path], customer_id=customer_id, kind=kind).filed
        kinds.append((paper.kind, store.reader().value("SELECT kind FROM document")))
    assert kinds == [("contract", "contract"), ("contract", "contract"), ("invoice", "invoice")]


def test_filing_is_undone_and_the_content_stays_for_redo(store, file, files, customer_id, tmp_path):
    file([write(tmp_path, "Order 7.txt")], customer_id=customer_id)
    assert store.undo() == "File Order 7.txt"
    assert count(store) == 0
    store.redo()
    assert files.check(store.reader().value("SELECT sha256 FROM stored_file")) is None


@pytest.mark.parametrize("what", ["missing", "folder", "link"])
def test_what_is_no_file_is_left_out_and_leaves_no_row(store, file, customer_id, tmp_path, what):
    path = tmp_path / "thing"
    if what == "folder":
        path.mkdir()
    elif what == "link":
        path.symlink_to(tmp_path)
    before = content(store, with_changes=True)
    report = file([path], customer_id=customer_id)
    assert [left.name for left in report.left_out] == ["thing"]
    assert content(store, with_changes=True) == before


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
