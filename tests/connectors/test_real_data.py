"""Do real companies' records come in complete, and right to the cent?"""

from __future__ import annotations

from decimal import Decimal

import pytest

from loyaldesk.connectors import guess_map, run_import, shipped_maps
from loyaldesk.domain.money import round_half_up
from tests.support.importing import unpacked


def exact_sum(reader, table):
    """Return price × quantity × (1 − discount) of all lines, unrounded, from stored integers."""
    rows = reader.rows(f"SELECT unit_price_micro, quantity_milli, discount_ppm FROM {table}")
    return Decimal(sum(p * q * (1_000_000 - d) for p, q, d in rows)).scaleb(-15)


@pytest.fixture
def northwind(tmp_path):
    return unpacked("northwind/northwind_small.db.gz", tmp_path)


@pytest.fixture
def chinook(tmp_path):
    return unpacked("chinook/Chinook_Sqlite.sqlite.gz", tmp_path)


def test_northwind_comes_in_complete(store, reader, northwind):
    result = run_import(store, northwind, "northwind")
    new = {table: counts.new for table, counts in result.counts.items()}
    assert new["customer"] == 93
    assert new["sales_order"] == 830
    assert new["order_line"] == 2155
    assert new["product"] == 77
    # 21 orders never shipped, so no invoice is made of them.
    assert new["invoice"] == 809
    assert result.refused_rows == 0
    assert reader.value("SELECT count(*) FROM customer WHERE source_system = 'northwind'") == 93


def test_northwind_sums_are_exact(store, reader, northwind):
    run_import(store, northwind, "northwind")
    assert exact_sum(reader, "order_line") == Decimal("1265793.0395")
    assert reader.value("SELECT sum(quantity_milli) FROM order_line") == 51_317_000


def test_northwind_names_its_best_customers(store, reader, northwind):
    run_import(store, northwind, "northwind")
    # Millionths × thousandths × (1 − millionths): integers all the way, rounded once to the cent.
    sales = reader.rows(
        "SELECT c.number, sum(unit_price_micro * quantity_milli / 1000 * (1000000 - discount_ppm))"
        " FROM order_line l JOIN sales_order o ON o.id = l.order_id"
        " JOIN customer c ON c.id = o.customer_id GROUP BY 1 ORDER BY 2 DESC LIMIT 3"
    )
    cents = [(number, round_half_up(Decimal(micro).scaleb(-10))) for number, micro in sales]
    assert cents == [("QUICK", 11_027_731), ("ERNSH", 10_487_498), ("SAVEA", 10_436_195)]


def test_northwind_orders_keep_their_numbers_days_and_places(store, reader, northwind):
    run_import(store, northwind, "northwind")
    assert reader.row(
        "SELECT c.number, o.number, o.ordered_on, o.requested_on, o.shipped_on, o.freight_minor,"
        " o.ship_via, o.salesperson, o.ship_town, o.ship_country, o.currency, o.status, o.net_minor"
        " FROM sales_order o JOIN customer c ON c.id = o.customer_id WHERE o.number = '10248'"
    ) == (
        "VINET", "10248", "1996-07-04", "1996-08-01", "1996-07-16", 3238,
        "Federal Shipping", "Steven Buchanan", "Reims", "FR", "USD", "invoiced", 44000,
    )  # fmt: skip
    years = reader.rows(
        "SELECT substr(ordered_on, 1, 4), count(*) FROM sales_order GROUP BY 1 ORDER BY 1"
    )
    assert years == [("1996", 152), ("1997", 408), ("1998", 270)]


def test_northwind_invoices_are_made_on_shipping_and_due_after_thirty_days(
    store, reader, northwind
):
    run_import(store, northwind, "northwind")
    assert reader.row(
        "SELECT number, invoiced_on, due_on, total_minor, open_minor FROM invoice"
        " WHERE number = 'INV-10248'"
    ) == ("INV-10248", "1996-07-16", "1996-08-15", 47238, 47238)
    assert reader.value("SELECT count(*) FROM payment") == 0
    differing = reader.value(
        "SELECT count(*) FROM invoice i JOIN sales_order o ON o.id = i.order_id"
        " WHERE i.total_minor <> o.total_minor OR i.customer_id <> o.customer_id"
    )
    assert differing == 0


def test_northwind_junk_customers_come_in_without_blanks(store, reader, northwind):
    run_import(store, northwind, "northwind")
    junk = reader.rows("SELECT number, source_key FROM customer WHERE name = 'IT' ORDER BY number")
    assert junk == [("VALON", "VALON"), ("Val2", "Val2")]
    assert reader.value("SELECT phone FROM customer WHERE number = 'ANATR'") == "(5) 555-4729"


def test_chinook_comes_in_complete_and_to_the_cent(store, reader, chinook):
    result = run_import(store, chinook, "chinook")
    new = {table: counts.new for table, counts in result.counts.items()}
    assert (new["customer"], new["invoice"], new["invoice_line"]) == (59, 412, 2240)
    assert new["product"] == 3503
    assert reader.value("SELECT sum(total_minor) FROM invoice") == 232_860
    assert exact_sum(reader, "invoice_line") == Decimal("2328.60")
    assert result.refused_rows == 0


def test_chinook_people_without_a_company_are_customers_by_their_own_name(store, reader, chinook):
    run_import(store, chinook, "chinook")
    assert reader.value("SELECT name FROM customer WHERE number = '2'") == "Leonie Köhler"
    assert reader.value("SELECT count(*) FROM customer WHERE country = 'CZ'") == 2


@pytest.mark.parametrize("name", ["northwind", "chinook"])
def test_second_import_writes_nothing(store, reader, request, name):
    path = request.getfixturevalue(name)
    run_import(store, path, name)
    groups = reader.value("SELECT count(*) FROM change_group")
    changes = reader.value("SELECT count(*) FROM change")
    again = run_import(store, path, name)
    assert not again.has_changes
    assert again.label == ""
    assert reader.value("SELECT count(*) FROM change_group") == groups
    assert reader.value("SELECT count(*) FROM change") == changes
    assert reader.value("SELECT count(*) FROM import_run") == 1


def test_undo_takes_a_whole_company_back(store, reader, northwind):
    label = run_import(store, northwind, "northwind").label
    assert label == "Import northwind: 93 customers, 830 orders"
    assert store.undo() == label
    for table in ("customer", "sales_order", "order_line", "invoice", "invoice_line", "product"):
        assert reader.value(f"SELECT count(*) FROM {table}") == 0


def test_shipped_maps_are_recognised_by_their_tables(northwind, chinook):
    assert guess_map(northwind) is shipped_maps()["northwind"]
    assert guess_map(chinook) is shipped_maps()["chinook"]


def test_both_companies_live_in_one_store(store, northwind, chinook):
    run_import(store, northwind, "northwind")
    result = run_import(store, chinook, "chinook")
    assert result.refused_rows == 0
    assert store.check() == []
