"""Every change passes the gate: recorded with who, when, old and new, or not made at all."""

import json
from datetime import date

import pytest

from loyaldesk.errors import Conflict
from loyaldesk.models import Customer, CustomerStatus, Draft, Setting
from tests.support.records import make_contact, make_customer
from tests.support.stores import MORNING, content, fresh_store

CHANGES = "SELECT table_name, row_id, last_row_id, kind, fields FROM change ORDER BY id"
GROUPS = "SELECT label, actor, at, is_undoable FROM change_group ORDER BY id"


@pytest.fixture
def customer_id(store):
    with store.transaction("Create customer") as tx:
        return make_customer(tx, number="10042", town="Hamburg")


def break_off(store, customer_id):
    """Change something, then fail."""

    def change_and_fail():
        with store.transaction("Break") as tx:
            make_customer(tx, "Other")
            tx.update(Customer, customer_id, town="Bremen")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change_and_fail()


def last_change(reader):
    *row, fields = reader.rows(CHANGES)[-1]
    return (*row, fields if fields is None else json.loads(fields))


class TestRecording:
    def test_an_insert_records_every_value_it_sets(self, reader, customer_id):
        table, row_id, last_row_id, kind, fields = last_change(reader)
        assert (table, row_id, last_row_id, kind) == ("customer", customer_id, customer_id, "I")
        assert fields["town"] == [None, "Hamburg"]
        assert fields["name_key"] == [None, "muller & sohne gmbh"]

    def test_an_update_records_old_and_new_of_what_differs_only(self, store, reader, customer_id):
        with store.transaction("Move customer") as tx:
            tx.update(Customer, customer_id, town="Bremen", number="10042")
        assert last_change(reader)[3:] == ("U", {"town": ["Hamburg", "Bremen"]})

    def test_a_derived_column_follows_its_source(self, store, reader, customer_id):
        with store.transaction("Rename customer") as tx:
            tx.update(Customer, customer_id, name="Łódź Handel")
        assert reader.value("SELECT name_key FROM customer") == "lodz handel"

    def test_a_deletion_records_all_that_was_there(self, store, reader, customer_id):
        with store.transaction("Delete customer") as tx:
            tx.delete(Customer, customer_id)
        _, _, _, kind, fields = last_change(reader)
        assert kind == "D"
        assert fields["town"] == ["Hamburg", None]

    def test_a_bulk_insert_records_its_range_in_one_row(self, store, reader):
        with store.transaction("Import") as tx:
            ids = tx.insert_many(Customer, ["number", "name"], ((str(i), "x") for i in range(7000)))
        assert ids == range(1, 7001)
        assert reader.rows(CHANGES) == [("customer", 1, 7000, "I", None)]
        assert reader.value("SELECT count(DISTINCT uid) FROM customer") == 7000

    def test_one_action_is_one_group_with_who_and_when(self, store, reader, customer_id):
        with store.transaction("Add people") as tx:
            make_contact(tx, customer_id)
            make_contact(tx, customer_id, "Ben Kahn")
            tx.describe("Add people to Müller & Söhne")
        label, actor, at, is_undoable = reader.rows(GROUPS)[-1]
        assert (label, actor, is_undoable) == ("Add people to Müller & Söhne", "Ana", 1)
        assert at.startswith(MORNING.date().isoformat())
        assert reader.value("SELECT count(*) FROM change_group") == 2

    def test_an_update_of_nothing_is_none_and_still_finds_out_that_a_row_is_gone(
        self, store, customer_id
    ):
        with store.transaction("Nothing") as tx:
            assert not tx.update(Customer, customer_id)
            with pytest.raises(Conflict, match="deleted meanwhile"):
                tx.update(Customer, customer_id + 1)

    def test_an_update_that_changes_nothing_records_nothing(self, store, reader, customer_id):
        before = reader.rows(CHANGES), reader.rows(GROUPS)
        with store.transaction("Edit customer") as tx:
            assert tx.update(Customer, customer_id, town="Hamburg") is False
        assert (reader.rows(CHANGES), reader.rows(GROUPS)) == before

    def test_what_is_being_typed_is_kept_but_not_recorded(self, store, reader):
        with store.transaction("Keep draft") as tx:
            tx.insert(Draft, key="note", content="We promi", kept_at=tx.now)
        assert reader.value("SELECT content FROM draft") == "We promi"
        assert reader.rows(GROUPS) == []

    def test_days_and_enums_are_kept_as_text(self, store, reader, customer_id):
        with store.transaction("Win customer") as tx:
            tx.update(
                Customer, customer_id,
                status=CustomerStatus.ACTIVE, customer_since=date(2024, 11, 1), is_key_account=True,
            )  # fmt: skip
        kept = reader.row("SELECT status, customer_since, is_key_account FROM customer")
        assert kept == ("active", "2024-11-01", 1)

    def test_an_instant_without_a_zone_is_a_bug(self, store):
        with pytest.raises(ValueError, match="aware"), store.transaction("Keep draft") as tx:
            tx.insert(Draft, key="x", content="", kept_at=MORNING.replace(tzinfo=None))


class TestAllOrNothing:
    def test_an_error_takes_everything_back(self, store, reader, customer_id):
        before = content(store, with_changes=True)
        break_off(store, customer_id)
        assert content(store, with_changes=True) == before
        assert store.undo_label == "Create customer"

    def test_a_record_deleted_meanwhile_is_a_conflict(self, store, customer_id):
        with store.transaction("Delete customer") as tx:
            tx.delete(Customer, customer_id)
        for change in ("update", "delete"):
            values = {"town": "Bremen"} if change == "update" else {}
            with pytest.raises(Conflict), store.transaction("Late") as tx:
                getattr(tx, change)(Customer, customer_id, **values)

    def test_a_customer_with_people_cannot_be_deleted(self, store, customer_id):
        with store.transaction("Add person") as tx:
            make_contact(tx, customer_id)
        with (
            pytest.raises(Exception, match="FOREIGN KEY"),
            store.transaction("Delete customer") as tx,
        ):
            tx.delete(Customer, customer_id)

    def test_two_customers_never_share_a_number(self, store, customer_id):
        with pytest.raises(Exception, match="UNIQUE"), store.transaction("Copy") as tx:
            make_customer(tx, number="10042")


class TestTelling:
    def test_listeners_hear_which_rows_changed_after_the_commit(self, store, customer_id):
        heard: list = []
        store.on_commit(lambda changes: heard.append((changes, store.undo_label)))
        with store.transaction("Add person") as tx:
            contact_id = make_contact(tx, customer_id)
            assert heard == []
        ((changes, undo_label),) = heard
        assert undo_label == changes.label == "Add person"
        assert changes.touches_row("contact", contact_id)
        assert not changes.touches("customer")

    def test_nobody_hears_of_what_was_taken_back_or_changed_nothing(self, store, customer_id):
        heard: list = []
        store.on_commit(heard.append)
        break_off(store, customer_id)
        with store.transaction("Look"):
            pass
        assert heard == []

    def test_a_row_of_a_range_is_known_to_have_changed(self, store):
        heard: list = []
        store.on_commit(heard.append)
        with store.transaction("Import") as tx:
            tx.insert_many(Setting, ["key", "value"], [(str(i), "1") for i in range(100)])
        assert heard[0].touches_row("setting", 50)
        assert heard[0].row_count == 100


def test_the_day_of_an_action_is_the_users_day(tmp_path):
    store = fresh_store(tmp_path)
    with store.transaction("Look") as tx:
        assert tx.today == tx.now.astimezone().date()
    store.close()
