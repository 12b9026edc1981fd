"""Does a file become a document with its content stored first and its row naming it?"""

import hashlib

import pytest

from loyaldesk.documents.filing import file_bytes, file_path
from loyaldesk.errors import LoyalDeskError, Refused
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
def paper(tmp_path):
    path = tmp_path / "Order 7.txt"
    path.write_bytes(b"Ten boxes of tea")
    return path


def test_a_file_is_stored_linked_and_named(store, files, customer_id, paper):
    order_id = make_order(store, customer_id)
    file_path(
        store, files=files, path=paper, customer_id=customer_id, order_id=order_id,
        kind=DocumentKind.PURCHASE_ORDER,
    )  # fmt: skip
    with store.reader() as reader:
        found = reader.row(
            "SELECT d.name, d.kind, d.filed_by, f.sha256, f.size, l.linked_id FROM document d"
            " JOIN stored_file f ON f.id = d.file_id JOIN document_link l ON l.document_id = d.id"
        )
    sha256 = hashlib.sha256(b"Ten boxes of tea").digest()
    assert found == ("Order 7.txt", "purchase_order", "Ana", sha256, 16, order_id)
    assert files.read(sha256) == b"Ten boxes of tea"
    assert paper.read_bytes() == b"Ten boxes of tea"


def test_filing_is_undone_and_the_content_stays_for_redo(store, files, customer_id, paper):
    file_path(store, files=files, path=paper, customer_id=customer_id)
    assert store.undo() == "File Order 7.txt"
    with store.reader() as reader:
        assert reader.value("SELECT count(*) FROM document") == 0
    store.redo()
    with store.reader() as reader:
        sha256 = reader.value("SELECT sha256 FROM stored_file")
    assert files.check(sha256) is None


def test_the_same_content_from_two_files_is_stored_once(store, files, customer_id, paper, tmp_path):
    again = tmp_path / "Again.txt"
    again.write_bytes(paper.read_bytes())
    for path in (paper, again):
        file_path(store, files=files, path=path, customer_id=customer_id)
    with store.reader() as reader:
        assert reader.value("SELECT count(*) FROM document") == 2
        assert reader.value("SELECT count(*) FROM stored_file") == 1


@pytest.mark.parametrize("what", ["missing", "folder", "link"])
def test_what_is_no_file_is_refused_and_leaves_no_row(store, files, customer_id, tmp_path, what):
    path = tmp_path / "thing"
    if what == "folder":
        path.mkdir()
    elif what == "link":
        path.symlink_to(tmp_path)
    before = content(store, with_changes=True)
    with pytest.raises(LoyalDeskError):
        file_path(store, files=files, path=path, customer_id=customer_id)
    assert content(store, with_changes=True) == before


def test_a_name_that_cannot_be_kept_files_nothing(store, files, customer_id):
    before = content(store, with_changes=True)
    with pytest.raises(Refused):
        file_bytes(store, files=files, content=b"x", name=" ", customer_id=customer_id)
    assert content(store, with_changes=True) == before


def test_what_we_made_ourselves_is_filed_the_same_way(store, files, customer_id):
    document_id = file_bytes(
        store, files=files, content=b"%PDF-1.7\n", name="Letter.pdf", customer_id=customer_id
    )
    with store.reader() as reader:
        assert reader.row(
            "SELECT d.id, f.mime FROM document d JOIN stored_file f ON f.id = d.file_id"
        ) == (document_id, "application/pdf")
