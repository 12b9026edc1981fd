"""Do customers and the other single records come in once, and change only where they differ?"""

from __future__ import annotations

import pytest

from loyaldesk.connectors import run_import
from loyaldesk.connectors.map_file import map_from_text
from loyaldesk.errors import Cancelled
from loyaldesk.models import Customer, Payment
from loyaldesk.operations.merging import merge_customers
from tests.support.importing import customer_map

PAYMENTS = """
source_system = "bank"
[defaults]
currency = "EUR"
[payment]
table = "*"
key = "Ref"
[payment.fields]
number = "Ref"
customer = "Customer"
received_on = "Day"
amount = "Amount"
"""


def test_every_record_knows_its_source(store, reader, csv_file):
    run_import(store, csv_file("No,Name\n7,Kraft\n"), customer_map())
    assert reader.row("SELECT number, name, source_system, source_key, name_key FROM customer") == (
        "7", "Kraft", "shop", "7", "kraft",
    )  # fmt: skip


def test_changed_name_is_one_update_of_one_field(store, reader, csv_file):
    run_import(store, csv_file("No,Name\n7,Kraft\n8,Bär\n"), customer_map())
    result = run_import(store, csv_file("No,Name\n7,Kraft AG\n8,Bär\n"), customer_map())
    assert (result.counts["customer"].changed, result.counts["customer"].same) == (1, 1)
    assert result.differences[0].fields == {"name": ("Kraft", "Kraft AG")}
    assert result.label == "Import shop: 1 customer"
    assert reader.rows("SELECT kind, fields FROM change WHERE table_name = 'customer'")[-1] == (
        "U",
        '{"name":["Kraft","Kraft AG"],"name_key":["kraft","kraft ag"]}',
    )


def test_fields_that_the_map_does_not_name_stay_as_they_were_typed(store, reader, csv_file):
    run_import(store, csv_file("No,Name\n7,Kraft\n"), customer_map())
    with store.transaction("Edit customer") as tx:
        tx.update(Customer, 1, phone="040 1234")
    run_import(store, csv_file("No,Name\n7,Kraft AG\n"), customer_map())
    assert reader.row("SELECT name, phone FROM customer") == ("Kraft AG", "040 1234")


def test_repeated_key_is_refused_with_the_row_it_was_used_in(store, csv_file):
    result = run_import(store, csv_file("No,Name\n7,Kraft\n7,Bär\n"), customer_map())
    (bad,) = result.refusals
    assert (bad.row, bad.key, bad.reason) == (3, "7", "was used before, in row 2")


def test_number_of_a_customer_from_elsewhere_is_not_taken_over(store, reader, csv_file):
    with store.transaction("Create customer") as tx:
        tx.insert(Customer, number="7", name="By hand")
    result = run_import(store, csv_file("No,Name\n7,Kraft\n8,Bär\n"), customer_map())
    assert result.refusals[0].reason == "is the number of another customer already"
    assert reader.rows("SELECT name FROM customer ORDER BY number") == [("By hand",), ("Bär",)]


def test_empty_key_and_empty_name_are_refused_and_the_rest_goes_on(store, reader, csv_file):
    result = run_import(store, csv_file("No,Name\n,Kraft\n8,\n9,Bär\n"), customer_map())
    assert [(bad.row, bad.field) for bad in result.refusals] == [(2, "key"), (3, "name")]
    assert reader.rows("SELECT number FROM customer") == [("9",)]


def test_member_is_joined_to_a_parent_that_stands_further_down(store, reader, csv_file):
    path = csv_file("No,Name,Parent\n7,Branch,8\n8,Group,\n9,Lost,77\n")
    result = run_import(store, path, customer_map('parent = "Parent"\n'))
    assert reader.rows(
        "SELECT m.number, p.number FROM customer m JOIN customer p ON p.id = m.parent_id"
    ) == [("7", "8")]
    assert [(bad.row, bad.value) for bad in result.refusals] == [(4, "77")]
    assert not run_import(store, path, customer_map('parent = "Parent"\n')).has_changes


def test_payment_comes_in_unallocated(store, reader, csv_file):
    run_import(store, csv_file("No,Name\n7,Kraft\n"), customer_map())
    rows = "Ref,Customer,Day,Amount\nP1,7,2026-01-05,12.50\nP2,7,2026-01-05,0\n"
    result = run_import(store, csv_file(rows), map_from_text(PAYMENTS))
    assert reader.rows("SELECT number, amount_minor, unallocated_minor FROM payment") == [
        ("P1", 1250, 1250)
    ]
    assert result.refusals[0].reason == "must be above zero"


@pytest.mark.parametrize(("amount", "left"), [("20.00", 1500), ("4.00", 750)])
def test_changed_payment_keeps_what_was_allocated_of_it(store, reader, csv_file, amount, left):
    run_import(store, csv_file("No,Name\n7,Kraft\n"), customer_map())
    head = "Ref,Customer,Day,Amount\n"
    run_import(store, csv_file(f"{head}P1,7,2026-01-05,12.50\n"), map_from_text(PAYMENTS))
    with store.transaction("Allocate") as tx:
        tx.update(Payment, 1, unallocated_minor=750)
    run_import(store, csv_file(f"{head}P1,7,2026-01-05,{amount}\n"), map_from_text(PAYMENTS))
    assert reader.value("SELECT unallocated_minor FROM payment") == left


def test_cancelled_import_leaves_nothing(store, reader, csv_file, tmp_path):
    rows = "".join(f"{number},Customer {number}\n" for number in range(1, 9001))
    seen = []
    with pytest.raises(Cancelled):
        run_import(
            store,
            csv_file("No,Name\n,bad\n" + rows),
            customer_map(),
            progress=lambda done, total: seen.append((done, total)),
            cancelled=lambda: bool(seen and seen[-1][0] >= 4000),
            errors=tmp_path / "errors.csv",
        )
    assert reader.value("SELECT count(*) FROM customer") == 0
    assert reader.value("SELECT count(*) FROM change_group") == 0
    assert not (tmp_path / "errors.csv").exists()


def test_progress_ends_at_the_total(store, csv_file):
    seen = []
    run_import(
        store,
        csv_file("No,Name\n7,Kraft\n8,Bär\n"),
        customer_map(),
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen[-1] == (2, 2)


def test_import_is_found_by_the_search_index(store, reader, csv_file):
    run_import(store, csv_file("No,Name\n7,Käsehaus Grün\n"), customer_map())
    assert "kasehaus" in reader.value("SELECT words FROM search_entry")


def test_customer_that_was_merged_away_stays_away_and_its_branches_join_the_kept_one(
    store, reader, csv_file
):
    path = csv_file("No,Name,Parent\n7,Kraft,\n8,Kraft GmbH,\n9,Branch,\n")
    run_import(store, path, customer_map('parent = "Parent"\n'))
    with store.transaction("Merge customers") as tx:
        merge_customers(tx, kept_id=1, gone_id=2)

    path = csv_file("No,Name,Parent\n7,Kraft,\n8,Kraft & Co,\n9,Branch,8\n")
    result = run_import(store, path, customer_map('parent = "Parent"\n'))

    counts = result.counts["customer"]
    assert (counts.new, counts.skipped, counts.same) == (0, 1, 2)
    assert reader.rows("SELECT number, name, parent_id FROM customer ORDER BY number") == [
        ("7", "Kraft", None), ("9", "Branch", 1),
    ]  # fmt: skip
