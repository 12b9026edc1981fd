"""Numbers are found however a caller says them, whole ones before parts."""

import pytest

from loyaldesk.queries.search import Matched, search
from loyaldesk.store.reader import open_reader
from loyaldesk.store.schema import FILE_NAME
from tests.support.records import make_customer, make_invoice, make_order
from tests.support.stores import KEY, fresh_store


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    folder = tmp_path_factory.mktemp("numbers")
    store = fresh_store(folder)
    with store.transaction("Fill") as tx:
        alpha = make_customer(tx, "Alpha Kontor", number="10001")
        make_order(tx, alpha, "9001", "55-20417")
        make_order(tx, alpha, "9003", "PO 8812")
        make_order(tx, alpha, "9004", "55-204179")
        make_order(tx, alpha, "9005", "PO 77/A-5")
        make_invoice(tx, alpha, "20417")
        make_invoice(tx, alpha, "204170")
    store.close()
    with open_reader(folder / FILE_NAME, KEY) as opened:
        yield opened


@pytest.mark.parametrize(
    "typed",
    ["PO 55-20417", "P.O. 55-20417", "p.o.: 55/20417", "PO#55-20417", "po55-20417",
     "order no. 55-20417", "Bestell-Nr. 55 20417", "55-20417"],
)  # fmt: skip
def test_words_before_a_customers_order_number_are_no_part_of_it(reader, typed):
    titles = [hit.title for hit in search(reader, typed).hits]
    assert titles[:2] == ["9001", "9004"]


def test_a_part_of_the_number_comes_after_whole_ones_and_exact_before_longer(reader):
    titles = [hit.title for hit in search(reader, "PO 55-20417").hits]
    assert titles == ["9001", "9004", "20417", "204170"]


@pytest.mark.parametrize("typed", ["PO 88-12", "order 88/12", "88-12", "alpha po 8812"])
def test_a_number_written_with_its_label_is_found_however_it_is_said(reader, typed):
    hit = search(reader, typed).hits[0]
    assert (hit.title, hit.why) == ("9003", Matched.CUSTOMER_PO)


@pytest.mark.parametrize(
    "typed", ["PO 77/A-5", "77/A-5", "#77/A-5", "77a5", "PO77A5", "order 77-a/5", "alpha 77/A-5"]
)
def test_a_letter_inside_a_number_is_no_word_beside_it(reader, typed):
    hit = search(reader, typed).hits[0]
    assert (hit.title, hit.why) == ("9005", Matched.CUSTOMER_PO)


def test_a_name_that_begins_like_a_label_is_none(reader):
    assert search(reader, "Nordhaus 9001").hits == ()
    assert search(reader, "Kunden-Nr. 10001").hits[0].why is Matched.NUMBER
