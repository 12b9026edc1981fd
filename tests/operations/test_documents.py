"""Are papers filed once per customer and name, linked, renamed, and never lost with a letter?"""

import pytest

from loyaldesk.models import DocumentKind, LinkedKind
from loyaldesk.operations.documents import (
    classify_document,
    file_document,
    link_document,
    rename_document,
    unfile_document,
)
from tests.support.factories import do, make_customer, make_document, make_invoice, make_order
from tests.support.refusals import refused

CONTENT = {"sha256": b"1" * 32, "size": 10, "mime": "text/plain"}


def count(reader, table):
    return reader.value(f"SELECT count(*) FROM {table}")


def test_the_same_content_under_the_same_name_is_the_same_document(store, reader, customer_id):
    first = make_document(store, customer_id)
    assert make_document(store, customer_id) == first
    assert (count(reader, "document"), count(reader, "stored_file")) == (1, 1)


def test_the_same_content_with_another_customer_is_stored_once(store, reader, customer_id):
    make_document(store, customer_id)
    make_document(store, make_customer(store, "Other"))
    assert (count(reader, "document"), count(reader, "stored_file")) == (2, 1)


def test_filing_again_with_an_order_links_what_is_there(store, reader, customer_id):
    order_id = make_order(store, customer_id)
    invoice_id = make_invoice(store, customer_id)
    first = make_document(store, customer_id)
    make_document(store, customer_id, order_id=order_id, invoice_id=invoice_id)
    make_document(store, customer_id, order_id=order_id)
    links = reader.rows("SELECT document_id, linked_kind, linked_id FROM document_link ORDER BY id")
    assert links == [(first, "order", order_id), (first, "invoice", invoice_id)]


@pytest.mark.parametrize(("made", "link"), [(make_order, "order_id"), (make_invoice, "invoice_id")])
def test_no_paper_is_filed_with_the_order_or_invoice_of_another(store, customer_id, made, link):
    known = {"customer_id": customer_id, "name": "a.txt", **CONTENT}
    foreign = made(store, make_customer(store, "Other"))
    assert "belongs to customer" in str(refused(store, file_document, **known, **{link: foreign}))


@pytest.mark.parametrize("name", ["", " \n ", "x" * 201])
def test_a_document_needs_a_name_of_some_length(store, customer_id, name):
    known = {"customer_id": customer_id, **CONTENT}
    assert refused(store, file_document, name=name, **known).field == "name"
    document_id = make_document(store, customer_id)
    assert refused(store, rename_document, document_id=document_id, name=name).field == "name"


def test_breaks_in_a_name_become_spaces(store, reader, customer_id):
    make_document(store, customer_id, " a\n b\t.pdf ")
    assert reader.value("SELECT name FROM document") == "a b .pdf"


def test_a_document_is_classified(store, reader, customer_id):
    document_id = make_document(store, customer_id)
    do(store, classify_document, document_id=document_id, kind=DocumentKind.CONTRACT)
    assert reader.value("SELECT kind FROM document") == "contract"


def test_taking_a_document_off_file_takes_its_links_and_keeps_its_content(
    store, reader, customer_id
):
    order_id = make_order(store, customer_id)
    document_id = make_document(store, customer_id, order_id=order_id)
    do(store, unfile_document, document_id=document_id)
    assert (count(reader, "document"), count(reader, "document_link")) == (0, 0)
    assert count(reader, "stored_file") == 1


def test_linking_twice_is_linking_once(store, reader, customer_id):
    known = {
        "document_id": make_document(store, customer_id),
        "kind": LinkedKind.ORDER,
        "linked_id": make_order(store, customer_id),
    }
    for _ in range(2):
        do(store, link_document, **known)
    assert count(reader, "document_link") == 1
