"""Whether two customers become one with everything they had, and two again."""

import json
from datetime import timedelta

import pytest

from loyaldesk.models import AddressUse, Base
from loyaldesk.operations.merging import UNDO_DAYS, merge_customers, part_customers
from loyaldesk.queries.customer_page import find_customer
from loyaldesk.queries.duplicates import list_merged
from tests.support.factories import (
    do,
    make_activity,
    make_address,
    make_contact,
    make_customer,
    make_document,
    make_invoice,
    make_order,
    make_payment,
)
from tests.support.refusals import refused
from tests.support.stores import Clock, fresh_store

NAMING = [
    (table.name, column.name)
    for table in Base.metadata.sorted_tables
    for column in table.columns
    for key in column.foreign_keys
    if key.column.table.name == "customer"
]


@pytest.fixture
def kept(store):
    customer_id = make_customer(store, "Müller & Söhne GmbH", phone="", notes="Calls at eight")
    make_contact(store, customer_id, "Müller", is_primary=True)
    make_address(store, customer_id, AddressUse.BILLING)
    return customer_id


@pytest.fixture
def gone(store, kept):
    """Return a customer with one record in every table that can name one."""
    customer_id = make_customer(
        store, "Mueller und Soehne", number="M-77", phone="040 123456", notes="Pays late",
        source_system="erp", source_key="77",
    )  # fmt: skip
    make_contact(store, customer_id, "Meier", is_primary=True)
    make_address(store, customer_id, AddressUse.BILLING)
    make_customer(store, "Filiale", parent_id=customer_id)
    order_id = make_order(store, customer_id)
    make_invoice(store, customer_id, "100.00", order_id=order_id)
    make_payment(store, customer_id, "40.00")
    make_activity(store, customer_id)
    make_document(store, customer_id)
    return customer_id


def naming(reader, customer_id):
    found = {
        f"{table}.{column}": reader.value(
            f"SELECT count(*) FROM {table} WHERE {column} = ?", [customer_id]
        )
        for table, column in NAMING
    }
    return {place: count for place, count in found.items() if count}


def everything(reader):
    """Return all rows of all tables that name customers, but for the record of merges."""
    tables = {table for table, _ in NAMING} - {"customer_merge"}
    return {
        table: sorted(reader.rows(f"SELECT * FROM {table}"), key=repr)
        for table in sorted(tables | {"customer"})
    }


def test_everything_moves_to_the_customer_that_is_kept(store, reader, kept, gone):
    mine, theirs = naming(reader, kept), naming(reader, gone)
    assert len(theirs) >= 8

    do(store, merge_customers, kept_id=kept, gone_id=gone)

    assert naming(reader, gone) == {}
    together = {p: mine.get(p, 0) + theirs.get(p, 0) for p in mine.keys() | theirs.keys()}
    assert naming(reader, kept) == together | {"customer_merge.customer_id": 1}
    assert reader.value("SELECT count(*) FROM customer WHERE id = ?", [gone]) == 0


def test_what_the_kept_one_lacked_is_taken_over_and_both_notes_stay(store, reader, kept, gone):
    do(store, merge_customers, kept_id=kept, gone_id=gone)

    assert reader.row(
        "SELECT name, phone, notes, source_key FROM customer WHERE id = ?", [kept]
    ) == ("Müller & Söhne GmbH", "040 123456", "Calls at eight\n\nPays late", None)


def test_there_is_one_main_contact_and_one_main_place(store, reader, kept, gone):
    do(store, merge_customers, kept_id=kept, gone_id=gone)

    primary = "SELECT family_name FROM contact WHERE customer_id = ? AND is_primary = 1"
    assert reader.rows(primary, [kept]) == [("Müller",)]
    default = "SELECT count(*) FROM address WHERE customer_id = ? AND is_default = 1"
    assert reader.value(default, [kept]) == 1


def test_the_old_number_leads_to_the_one_that_is_kept(store, reader, kept, gone):
    do(store, merge_customers, kept_id=kept, gone_id=gone)

    assert find_customer(reader, number="M-77") == kept
    (merged,) = list_merged(reader, customer_id=kept)
    assert (merged.gone_number, merged.gone_name) == ("M-77", "Mueller und Soehne")


def test_undo_brings_both_back_exactly(store, reader, kept, gone):
    before = everything(reader)
    do(store, merge_customers, kept_id=kept, gone_id=gone)

    store.undo()

    assert everything(reader) == before


def test_parting_gives_each_what_it_had(store, reader, kept, gone):
    mine, theirs = naming(reader, kept), naming(reader, gone)
    uid = reader.value("SELECT uid FROM customer WHERE id = ?", [gone])
    merge_id = do(store, merge_customers, kept_id=kept, gone_id=gone)

    again = do(store, part_customers, merge_id=merge_id)

    assert naming(reader, again) == theirs
    assert naming(reader, kept) == mine | {"customer_merge.customer_id": 1}
    told = "SELECT uid, number, phone, source_key FROM customer WHERE id = ?"
    assert reader.row(told, [again]) == (
        uid, "M-77", "040 123456", "77",
    )  # fmt: skip
    assert reader.value("SELECT phone FROM customer WHERE id = ?", [kept]) == ""
    assert find_customer(reader, number="M-77") == again


def test_what_came_since_the_merge_stays_with_the_kept_one(store, reader, kept, gone):
    merge_id = do(store, merge_customers, kept_id=kept, gone_id=gone)
    new = make_order(store, kept)

    do(store, part_customers, merge_id=merge_id)

    assert reader.value("SELECT customer_id FROM sales_order WHERE id = ?", [new]) == kept


def test_parting_twice_is_refused(store, kept, gone):
    merge_id = do(store, merge_customers, kept_id=kept, gone_id=gone)
    do(store, part_customers, merge_id=merge_id)

    assert "parted already" in refused(store, part_customers, merge_id=merge_id).message


def test_parting_onto_a_number_that_is_taken_by_now_is_refused(store, kept, gone):
    merge_id = do(store, merge_customers, kept_id=kept, gone_id=gone)
    make_customer(store, "Another", number="M-77")

    assert "belongs to another" in refused(store, part_customers, merge_id=merge_id).message


def test_parting_after_thirty_days_is_refused(tmp_path):
    clock = Clock()
    store = fresh_store(tmp_path / "later", clock=clock)
    kept, gone = make_customer(store, "One"), make_customer(store, "Other")
    merge_id = do(store, merge_customers, kept_id=kept, gone_id=gone)
    clock.now += timedelta(days=UNDO_DAYS)

    assert "older than 30 days" in refused(store, part_customers, merge_id=merge_id).message
    store.close()


def test_a_customer_is_not_merged_with_itself_or_with_nobody(store, kept):
    itself = refused(store, merge_customers, kept_id=kept, gone_id=kept)
    nobody = refused(store, merge_customers, kept_id=kept, gone_id=999)

    assert "with itself" in itself.message
    assert "no longer exists" in nobody.message


def test_a_member_may_swallow_its_parent(store, reader, kept):
    parent = make_customer(store, "Holding")
    child = make_customer(store, "Tochter", parent_id=parent)

    do(store, merge_customers, kept_id=child, gone_id=parent)

    assert reader.value("SELECT parent_id FROM customer WHERE id = ?", [child]) is None


def test_the_record_of_a_merge_names_rows_as_every_desk_does(store, reader, kept, gone):
    do(store, merge_customers, kept_id=kept, gone_id=gone)

    moved = json.loads(reader.value("SELECT moved FROM customer_merge"))

    (contact,) = moved["contact.customer_id"]
    sql = "SELECT family_name FROM contact WHERE lower(hex(uid)) = ?"
    assert reader.value(sql, [contact]) == "Meier"
