"""Do words typed into a list leave what they match, in the list's own order?"""

from datetime import date

import pytest

from loyaldesk.operations.order_lines import NewOrderLine
from loyaldesk.queries.list_search import (
    count_customers,
    count_orders,
    search_customer_ids,
    search_order_ids,
)
from loyaldesk.queries.lists import ListQuery
from tests.support.factories import make_contact, make_customer, make_order

TODAY = date(2024, 11, 12)


@pytest.fixture
def people(store):
    """Return three customers, two of them with orders, by name."""
    found = {name: make_customer(store, name) for name in ("Zum Müller", "Müllers Hof", "Acme")}
    make_contact(store, found["Acme"], "Kovač")
    make_order(store, found["Acme"], number="4711", customer_po="PO 8812")
    make_order(store, found["Zum Müller"], number="4712", ordered_on=date(2024, 1, 1))
    return found


def customers(reader, text, **query):
    wanted = ListQuery("name", **query)
    ids = search_customer_ids(reader, wanted=wanted, text=text, today=TODAY)
    return ids.tolist()


def orders(reader, text):
    wanted = ListQuery("ordered_on")
    ids = search_order_ids(reader, wanted=wanted, text=text, today=TODAY).tolist()
    return [reader.value("SELECT number FROM sales_order WHERE id = ?", [found]) for found in ids]


def test_matches_stand_in_the_order_of_the_list(reader, people):
    expected = [people["Müllers Hof"], people["Zum Müller"]]
    assert customers(reader, "muller") == expected
    assert customers(reader, "muller", descending=True) == expected[::-1]


def test_a_customer_is_found_by_its_people(reader, people):
    assert customers(reader, "kovac") == [people["Acme"]]


def test_filters_hold_besides_the_words(reader, people):
    assert customers(reader, "muller", filters=("open_orders",)) == [people["Zum Müller"]]


@pytest.mark.parametrize("text", ["", "  "])
def test_no_words_leave_everybody(reader, people, text):
    assert len(customers(reader, text)) == len(people) == count_customers(reader)


def test_words_that_nobody_has_leave_nobody(reader, people):
    assert customers(reader, "xylophone") == []


@pytest.mark.parametrize("text", ["4711", "8812", "acme"])
def test_an_order_is_found_by_its_numbers_and_by_its_customer(reader, people, text):
    assert orders(reader, text) == ["4711"]


def test_orders_without_words_are_all_there(reader, people, store):
    make_order(store, people["Acme"], number="9", lines=[NewOrderLine("Tea", 1_000, 1)])
    assert len(orders(reader, "")) == count_orders(reader) == 3
