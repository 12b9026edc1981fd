"""Do orders come in whole or not at all, and do only changed fields change?"""

from __future__ import annotations

import pytest

from loyaldesk.connectors import plan_import, run_import
from tests.support.importing import order_database, order_map

ORDER = ("A1", "C1", "2026-01-05", None, 10)
LINES = [("A1", 1, "Bolt", 2, 9.8), ("A1", 2, "Nut", 10, 0.05)]
MADE = 'invoices = { rule = "on_shipping", terms_days = 14, number_prefix = "R" }'


@pytest.fixture
def shop(tmp_path):
    def make(*, orders=(ORDER,), lines=LINES):
        return order_database(tmp_path / "shop.db", orders=list(orders), lines=list(lines))

    return make


def test_order_totals_are_those_of_its_lines_with_tax_on_their_sum(store, reader, shop):
    run_import(store, shop(), order_map())
    # 19.60 + 0.50 = 20.10; 19 % of it is 3.819; freight 10.00 is not taxed.
    assert reader.row(
        "SELECT net_minor, freight_minor, tax_minor, total_minor, status FROM sales_order"
    ) == (2010, 1000, 382, 3392, "submitted")
    assert reader.rows("SELECT position, net_minor, shipped_milli FROM order_line") == [
        (1, 1960, 0),
        (2, 50, 0),
    ]


def test_one_bad_line_refuses_its_order_whole_and_no_other(store, reader, shop, tmp_path):
    errors = tmp_path / "errors.csv"
    path = shop(
        orders=[ORDER, ("A2", "C1", "2026-01-06", None, 0)],
        lines=[*LINES, ("A2", 1, "Washer", "many", 1), ("A2", 2, "Bolt", 1, 1)],
    )
    result = run_import(store, path, order_map(), errors=errors)
    assert reader.rows("SELECT number FROM sales_order") == [("A1",)]
    assert result.counts["sales_order"].refused == 1
    assert result.counts["order_line"].refused == 2
    assert [(bad.table, bad.field, bad.value) for bad in result.refusals] == [
        ("lines", "quantity", "many"),
        ("orders", "", ""),
    ]
    assert "its line in row 3: quantity “many” is not a number" in errors.read_text("utf-8-sig")


def test_lines_without_an_order_are_refused(store, reader, shop):
    result = run_import(store, shop(lines=[*LINES, ("ZZ", 1, "Bolt", 1, 1)]), order_map())
    (bad,) = result.refusals
    assert (bad.key, bad.reason) == ("ZZ", "is no order that was imported")
    assert reader.value("SELECT count(*) FROM order_line") == 2


def test_every_line_of_a_missing_order_is_in_the_error_file(store, shop, tmp_path):
    orphans = [("ZZ", n, "Bolt", 1, 1) for n in (1, 2, 3)]
    errors = tmp_path / "errors.csv"
    result = run_import(store, shop(lines=[*LINES, *orphans]), order_map(), errors=errors)
    assert [bad.row for bad in result.refusals] == [3, 4, 5]
    assert result.refused_rows == result.counts["order_line"].refused == 3
    assert errors.read_text("utf-8-sig").count("ZZ,order,ZZ,is no order") == 3


def test_order_of_an_unknown_customer_is_refused_without_noise_from_its_lines(store, shop):
    path = shop(orders=[("A1", "C9", "2026-01-05", None, 0)])
    result = run_import(store, path, order_map())
    assert [(bad.field, bad.value, bad.reason) for bad in result.refusals] == [
        ("customer", "C9", "is no customer that was imported")
    ]


def test_order_finds_a_customer_that_was_typed_in_by_hand(store, reader, shop):
    with store.transaction("Create customer") as tx:
        from loyaldesk.models import Customer

        tx.insert(Customer, number="C9", name="By hand", currency="EUR")
    run_import(store, shop(orders=[("A1", "C9", "2026-01-05", None, 0)]), order_map())
    sql = "SELECT c.name FROM sales_order o JOIN customer c ON c.id = o.customer_id"
    assert reader.value(sql) == "By hand"


def test_negative_quantity_is_no_order(store, shop):
    result = run_import(store, shop(lines=[("A1", 1, "Bolt", -2, 9.8)]), order_map())
    assert result.refusals[0].reason == "has a negative quantity; mark credit notes in the map"


def test_order_marked_as_credit_note_becomes_one(store, reader, shop):
    path = shop(lines=[("A1", 1, "Bolt", -2, 9.8)], orders=[("A1", "C1", "2026-01-05", None, 0)])
    run_import(store, path, order_map("credit_notes = { negative = true }"))
    assert reader.value("SELECT count(*) FROM sales_order") == 0
    assert reader.row("SELECT kind, number, net_minor, total_minor FROM invoice") == (
        "credit_note",
        "A1",
        1960,
        2332,
    )
    assert reader.row("SELECT quantity_milli, net_minor FROM invoice_line") == (2000, 1960)


def test_shipped_order_gets_an_invoice_that_names_its_lines(store, reader, shop):
    path = shop(orders=[("A1", "C1", "2026-01-05", "2026-01-20 00:00:00", 10)])
    run_import(store, path, order_map(MADE))
    assert reader.row(
        "SELECT number, invoiced_on, due_on, total_minor, open_minor, recorded_at FROM invoice"
    ) == ("RA1", "2026-01-20", "2026-02-03", 3392, 3392, "2026-03-24T09:00:00.000Z")
    assert reader.rows(
        "SELECT i.position, o.position, i.net_minor FROM invoice_line i"
        " JOIN order_line o ON o.id = i.order_line_id ORDER BY 1"
    ) == [(1, 1, 1960), (2, 2, 50)]
    assert reader.row("SELECT status, invoiced_on FROM sales_order") == ("invoiced", "2026-01-20")
    assert reader.row("SELECT shipped_milli, shipped_on FROM order_line") == (2000, "2026-01-20")


def test_changed_line_changes_only_what_differs(store, reader, shop):
    run_import(store, shop(), order_map())
    path = shop(lines=[("A1", 1, "Bolt", 3, 9.8), LINES[1]])
    result = run_import(store, path, order_map())
    assert result.counts["order_line"].changed == 1
    assert result.counts["order_line"].same == 1
    line = next(each for each in result.differences if each.table == "order_line")
    assert line.fields == {"quantity_milli": (2000, 3000), "net_minor": (1960, 2940)}
    order = next(each for each in result.differences if each.table == "sales_order")
    assert set(order.fields) == {"net_minor", "tax_minor", "total_minor"}
    assert reader.value("SELECT sum(net_minor) FROM order_line") == 2990


def test_dry_run_tells_the_difference_and_writes_nothing(store, reader, shop):
    run_import(store, shop(), order_map())
    groups = reader.value("SELECT count(*) FROM change_group")
    plan = plan_import(store, shop(lines=[*LINES, ("A1", 3, "Nail", 1, 2)]), order_map())
    assert plan.counts["order_line"].new == 1
    assert plan.changed_fields["sales_order"]["total_minor"] == 1
    assert reader.value("SELECT count(*) FROM order_line") == 2
    assert reader.value("SELECT count(*) FROM change_group") == groups


def test_line_that_left_the_order_leaves_here_with_its_invoice_line(store, reader, shop):
    shipped = ("A1", "C1", "2026-01-05", "2026-01-20", 10)
    run_import(store, shop(orders=[shipped]), order_map(MADE))
    result = run_import(store, shop(orders=[shipped], lines=LINES[:1]), order_map(MADE))
    assert result.counts["order_line"].removed == 1
    assert reader.rows("SELECT position FROM invoice_line") == [(1,)]
    assert reader.row("SELECT total_minor, open_minor FROM invoice") == (3332, 3332)
    store.undo()
    assert reader.value("SELECT count(*) FROM invoice_line") == 2
    assert store.check() == []


def test_line_added_to_a_shipped_order_reaches_its_invoice(store, reader, shop):
    shipped = ("A1", "C1", "2026-01-05", "2026-01-20", 10)
    run_import(store, shop(orders=[shipped]), order_map(MADE))
    more = [*LINES, ("A1", 3, "Nail", 1, 2)]
    run_import(store, shop(orders=[shipped], lines=more), order_map(MADE))
    assert reader.rows(
        "SELECT o.position FROM invoice_line i JOIN order_line o ON o.id = i.order_line_id"
    ) == [(1,), (2,), (3,)]
    assert not run_import(store, shop(orders=[shipped], lines=more), order_map(MADE)).has_changes


def test_status_never_goes_back_to_what_an_older_source_says(store, reader, shop):
    run_import(store, shop(), order_map())
    with store.transaction("Acknowledge order") as tx:
        from loyaldesk.models import SalesOrder

        tx.update(SalesOrder, 1, status="acknowledged")
    assert not run_import(store, shop(), order_map()).has_changes
    run_import(store, shop(orders=[("A1", "C1", "2026-01-05", "2026-01-09", 10)]), order_map())
    assert reader.value("SELECT status FROM sales_order") == "delivered"


@pytest.fixture
def settled(store, shop):
    """Import a shipped order whose invoice was then settled here."""
    from loyaldesk.models import Invoice

    shipped = ("A1", "C1", "2026-01-05", "2026-01-20", 10)
    run_import(store, shop(orders=[shipped]), order_map(MADE))
    with store.transaction("Allocate") as tx:
        tx.update(Invoice, 1, open_minor=0)
    return shipped


def test_settled_invoice_is_not_made_cheaper_than_what_was_paid(store, reader, shop, settled):
    cheaper = [("A1", 1, "Bolt", 2, 8.8), LINES[1]]
    result = run_import(store, shop(orders=[settled], lines=cheaper), order_map(MADE))
    assert [bad.reason for bad in result.refusals] == [
        "comes to less now than was allocated to it already"
    ]
    assert reader.row("SELECT total_minor, open_minor FROM invoice") == (3392, 0)
    assert reader.value("SELECT sum(net_minor) FROM invoice_line") == 2010


def test_order_keeps_the_lines_that_a_settled_invoice_needs(store, reader, shop, settled):
    result = run_import(store, shop(orders=[settled], lines=LINES[:1]), order_map(MADE))
    assert [bad.reason for bad in result.refusals] == [
        "has fewer lines now, but one of them was invoiced here or settled already"
    ]
    assert reader.value("SELECT total_minor FROM sales_order") == 3392
    assert reader.value("SELECT count(*) FROM invoice_line") == 2


def test_order_larger_than_a_chunk_stays_one_order(store, reader, shop):
    lines = [("A1", number, "Bolt", 1, 1) for number in range(1, 9001)]
    path = shop(orders=[ORDER, ("A2", "C1", "2026-01-06", None, 0)],
                lines=[*lines, ("A2", 1, "Nut", 1, 1)])  # fmt: skip
    run_import(store, path, order_map())
    assert reader.rows("SELECT number, net_minor FROM sales_order ORDER BY number") == [
        ("A1", 900_000),
        ("A2", 100),
    ]


def test_order_without_lines_comes_in_with_its_freight(store, reader, shop):
    run_import(store, shop(lines=[]), order_map())
    assert reader.row("SELECT net_minor, total_minor FROM sales_order") == (0, 1000)


def test_amounts_too_large_to_be_true_are_refused(store, shop):
    result = run_import(store, shop(lines=[("A1", 1, "Bolt", 1e8, 1e9)]), order_map())
    assert result.refusals[0].reason == "has an amount too large to be true"
