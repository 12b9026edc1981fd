"""Do the long lists come in order, under every filter, without sorting or reading twice?"""

from datetime import date, timedelta

import pytest

from loyaldesk.domain.money import Money
from loyaldesk.models import DocumentKind
from loyaldesk.operations.customers import edit_customer
from loyaldesk.operations.documents import pin_document
from loyaldesk.operations.fulfilment import ship_line
from loyaldesk.operations.orders import cancel_order, hold_order
from loyaldesk.queries.book import composed
from loyaldesk.queries.lists import (
    ListQuery,
    list_customer_ids,
    list_document_ids,
    list_order_ids,
    list_orders_of_customer,
    read_customer_rows,
    read_document_rows,
    read_order_rows,
)
from loyaldesk.queries.statements.lists import (
    CUSTOMER_FILTERS,
    CUSTOMER_SORTS,
    DOCUMENT_FILTERS,
    DOCUMENT_SORTS,
    ORDER_FILTERS,
    ORDER_SORTS,
)
from tests.support.company import first_line
from tests.support.factories import (
    do,
    make_activity,
    make_address,
    make_contact,
    make_customer,
    make_document,
    make_invoice,
    make_order,
)

TODAY = date(2024, 11, 12)
SORTS = [
    *(("customer_ids", sort) for sort in CUSTOMER_SORTS),
    *(("order_ids", sort) for sort in ORDER_SORTS),
    *(("document_ids", sort) for sort in DOCUMENT_SORTS),
]
FILTERED = [
    *(("customer_ids", sort, name) for sort in CUSTOMER_SORTS for name in CUSTOMER_FILTERS),
    *(("order_ids", sort, name) for sort in ORDER_SORTS for name in ORDER_FILTERS),
    *(("document_ids", sort, name) for sort in DOCUMENT_SORTS for name in DOCUMENT_FILTERS),
]
VALUES = {
    "today": "2024-11-12", "quiet_before": "2024-09-13", "overdue_before": "2024-10-13", "most": 50,
    "mine": "Ana", "segment": "retail", "customer_id": 1, "kind": "other", "order_id": 1,
    "found": "[1, 2]", "found_customers": "[1]",
}  # fmt: skip


def customers(reader, sort="name", *filters, descending=False, **values):
    query = ListQuery(sort, descending, filters, tuple(values.items()))
    ids = list_customer_ids(reader, query=query, today=TODAY)
    rows = read_customer_rows(reader, ids=ids, today=TODAY)
    return [rows[key].name for key in ids]


def orders(reader, sort="ordered_on", *filters, descending=False, **values):
    query = ListQuery(sort, descending, filters, tuple(values.items()))
    ids = list_order_ids(reader, query=query, today=TODAY)
    rows = read_order_rows(reader, ids=ids)
    return [rows[key].number for key in ids]


def documents(reader, *filters, **values):
    query = ListQuery("filed_on", True, filters, tuple(values.items()))
    ids = list_document_ids(reader, query=query, today=TODAY)
    rows = read_document_rows(reader, ids=ids)
    return [rows[key].name for key in ids]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize(("builder", "sort"), SORTS)
def test_a_sorted_list_is_read_from_its_index_in_order(reader, builder, sort, descending):
    sql = composed("lists", builder, sort, descending)
    (step,) = [text for *_, text in reader.rows(f"EXPLAIN QUERY PLAN {sql}", {"most": 50})]
    assert "USING COVERING INDEX" in step
    assert "TEMP B-TREE" not in step


@pytest.mark.parametrize(("builder", "sort", "filter_"), FILTERED)
def test_every_filter_goes_with_every_sort(reader, builder, sort, filter_):
    sql = composed("lists", builder, sort, False, filter_)
    assert reader.rows(sql, VALUES) == []


@pytest.mark.parametrize("name", ["mine", "key_account", "credit_hold"])
def test_a_narrow_filter_is_read_from_its_own_index(reader, name):
    sql = composed("lists", "customer_ids", "name", False, name)
    (step,) = [text for *_, text in reader.rows(f"EXPLAIN QUERY PLAN {sql}", VALUES)]
    index = {
        "mine": "ix_customer_manager",
        "key_account": "ix_customer_key_account",
        "credit_hold": "ix_customer_on_watch",
    }
    assert index[name] in step


@pytest.mark.parametrize(
    ("builder", "name", "index"),
    [
        ("order_ids", "open", "COVERING INDEX ix_sales_order_unfinished"),
        ("order_ids", "late", "COVERING INDEX ix_sales_order_unfinished"),
        ("order_ids", "on_hold", "INDEX ix_sales_order_unfinished"),
        ("customer_ids", "quiet", "COVERING INDEX ix_customer_last_contact_on"),
    ],
)
def test_a_filter_reads_an_index_of_its_own_never_every_row(reader, builder, name, index):
    sort = "ordered_on" if builder == "order_ids" else "name"
    sql = composed("lists", builder, sort, True, name)
    plan = [text for *_, text in reader.rows(f"EXPLAIN QUERY PLAN {sql}", VALUES)]
    assert any(index in step for step in plan)
    assert not [step for step in plan if step.startswith("SCAN") and "INDEX" not in step]


@pytest.mark.parametrize(
    ("builder", "name", "value"),
    [("order_ids", "to_acknowledge", {}), ("document_ids", "customer", {"customer_id": 1})],
)
def test_the_first_page_of_a_work_list_needs_no_sorting(reader, builder, name, value):
    sort = "ordered_on" if builder == "order_ids" else "filed_on"
    sql = composed("lists", builder, sort, True, name)
    plan = [text for *_, text in reader.rows(f"EXPLAIN QUERY PLAN {sql}", {**VALUES, **value})]
    assert not any("TEMP B-TREE" in step for step in plan)


class TestCustomers:
    def test_names_are_sorted_as_they_are_read_not_as_they_are_coded(self, store, reader):
        for name in ("Zebra", "Ärmel", "apfel", "Łódź", "Birne"):
            make_customer(store, name)
        assert customers(reader) == ["apfel", "Ärmel", "Birne", "Łódź", "Zebra"]

    def test_descending_is_ascending_read_backwards(self, store, reader):
        for name in ("Kraft", "Kraft", "Albrecht"):
            make_customer(store, name)
        ascending = list_customer_ids(reader, query=ListQuery("name"), today=TODAY)
        backwards = list_customer_ids(reader, query=ListQuery("name", True), today=TODAY)
        assert list(backwards) == list(ascending)[::-1]

    def test_the_first_paint_takes_as_many_as_it_shows(self, store, reader):
        for name in "ABCDE":
            make_customer(store, name)
        found = list_customer_ids(reader, query=ListQuery("name"), today=TODAY, most=2)
        assert len(found) == 2

    def test_my_customers_are_those_i_look_after(self, store, reader):
        make_customer(store, "Mine", account_manager="Ana")
        make_customer(store, "Bo's", account_manager="Bo")
        assert customers(reader, "name", "mine", mine="Ana") == ["Mine"]

    def test_overdue_means_more_than_thirty_days_past_due(self, store, reader):
        for name, days in (("Just now", 30), ("Too long", 31)):
            late = make_customer(store, name)
            due = TODAY - timedelta(days=days)
            make_invoice(store, late, invoiced_on=due, due_on=due)
        assert customers(reader, "name", "overdue") == ["Too long"]

    def test_quiet_are_those_not_heard_of_for_sixty_days(self, store, reader):
        make_activity(store, make_customer(store, "Talkative"))
        make_customer(store, "Never")
        assert customers(reader, "name", "quiet") == ["Never"]

    def test_filters_hold_together(self, store, reader):
        make_customer(store, "Both", is_key_account=True, segment="retail")
        make_customer(store, "One", is_key_account=True)
        assert customers(reader, "name", "key_account", "segment", segment="retail") == ["Both"]

    def test_open_orders_and_credit_and_state_filter(self, store, reader):
        buyer = make_customer(store, "Buyer")
        make_order(store, buyer)
        do(store, edit_customer, customer_id=buyer, credit_status="watch")
        make_customer(store, "Lost one", status="lost")
        assert customers(reader, "name", "open_orders") == ["Buyer"]
        assert customers(reader, "name", "credit_hold") == ["Buyer"]
        assert customers(reader, "name", "active") == ["Buyer"]

    def test_a_row_shows_what_the_list_has_columns_for(self, store, reader):
        customer_id = make_customer(store, "Kraft AG", number="K-1", currency="JPY", phone="040 1")
        make_contact(store, customer_id, "Zweite")
        make_contact(store, customer_id, "Erste", given_name="Anna", is_primary=True)
        make_address(store, customer_id, town="Kiel")
        make_invoice(store, customer_id, "700", currency="JPY", due_on=date(2024, 11, 1))
        make_invoice(store, customer_id, "5.00", currency="EUR", due_on=date(2024, 11, 1))
        make_invoice(store, customer_id, "900", currency="JPY", due_on=TODAY)
        make_order(store, customer_id)
        row = read_customer_rows(reader, ids=[customer_id], today=TODAY)[customer_id]
        assert (row.number, row.contact, row.town, row.country) == (
            "K-1",
            "Anna Erste",
            "Kiel",
            "DE",
        )
        assert (row.overdue, row.open_orders, row.phone) == (Money(700, "JPY"), 1, "040 1")


class TestOrders:
    @pytest.fixture
    def four(self, store):
        """Return a customer with an open, a late, a held and a cancelled order."""
        customer_id = make_customer(store)
        make_order(store, customer_id, number="1-open", ordered_on=date(2024, 11, 1))
        make_order(
            store,
            customer_id,
            number="2-late",
            ordered_on=date(2024, 11, 2),
            changes={"promised_on": date(2024, 11, 11)},
        )
        held = make_order(store, customer_id, number="3-held", ordered_on=date(2024, 11, 3))
        do(store, hold_order, order_id=held, reason="credit")
        gone = make_order(store, customer_id, number="4-gone", ordered_on=date(2024, 11, 4))
        do(store, cancel_order, order_id=gone)
        return customer_id

    def test_the_newest_order_stands_first(self, reader, four):
        assert orders(reader, descending=True) == ["4-gone", "3-held", "2-late", "1-open"]

    @pytest.mark.parametrize(
        ("filter_", "numbers"),
        [
            ("open", ["1-open", "2-late", "3-held"]),
            ("to_acknowledge", ["1-open", "2-late", "3-held"]),
            ("late", ["2-late"]),
            ("on_hold", ["3-held"]),
        ],
    )
    def test_each_filter_leaves_what_it_says(self, reader, four, filter_, numbers):
        assert orders(reader, "number", filter_) == numbers

    def test_an_order_that_shipped_in_full_is_not_late_any_more(self, store, reader, four):
        order_id = reader.value("SELECT id FROM sales_order WHERE number = '2-late'")
        do(store, ship_line, line_id=first_line(store, order_id), quantity_milli=10_000)
        assert orders(reader, "number", "late") == []

    def test_one_customers_orders_are_only_its_own(self, store, reader, four):
        other = make_customer(store, "Other")
        make_order(store, other, number="9")
        assert orders(reader, "number", "customer", customer_id=other) == ["9"]

    def test_a_customers_orders_stand_with_the_newest_on_top(self, reader, four):
        found = list_orders_of_customer(reader, customer_id=four, most=3)
        assert [order.number for order in found] == ["4-gone", "3-held", "2-late"]


class TestDocuments:
    def test_documents_are_listed_by_customer_kind_and_order(self, store, reader):
        mine, other = make_customer(store, "Mine"), make_customer(store, "Other")
        order_id = make_order(store, mine)
        make_document(store, mine, "a.pdf", filed_on=date(2024, 1, 1))
        make_document(store, mine, "b.pdf", DocumentKind.CONTRACT, filed_on=date(2024, 2, 1))
        make_document(store, other, "c.pdf", filed_on=date(2024, 3, 1))
        make_document(store, mine, "d.pdf", order_id=order_id, filed_on=date(2023, 1, 1))
        assert documents(reader) == ["c.pdf", "b.pdf", "a.pdf", "d.pdf"]
        assert documents(reader, "customer", customer_id=mine) == ["b.pdf", "a.pdf", "d.pdf"]
        assert documents(reader, "kind", kind="contract") == ["b.pdf"]
        assert documents(reader, "order", order_id=order_id) == ["d.pdf"]

    def test_a_row_names_customer_order_size_and_content(self, store, reader):
        customer_id = make_customer(store, "Kraft AG", number="K-1")
        order_id = make_order(store, customer_id, number="O-7")
        document_id = make_document(store, customer_id, order_id=order_id)
        do(store, pin_document, document_id=document_id, pinned=True)
        row = read_document_rows(reader, ids=[document_id])[document_id]
        assert (row.customer_name, row.customer_number, row.order_number) == (
            "Kraft AG",
            "K-1",
            "O-7",
        )
        assert (row.size, row.mime, len(row.sha256), row.is_pinned) == (
            10,
            "application/pdf",
            32,
            True,
        )
        assert row.filed_by == "Ana"


def test_rows_of_ids_that_are_gone_are_left_out(store, reader):
    customer_id = make_customer(store)
    assert set(read_customer_rows(reader, ids=[customer_id, 999], today=TODAY)) == {customer_id}
