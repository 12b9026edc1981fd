"""What becomes of the hub's rows when something about them is not as it should be?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loyaldesk.protocol.kinds import KINDS
from loyaldesk.queries.search import search
from tests.support.factories import make_customer, make_order
from tests.support.stores import fresh_store
from tests.support.twins import drop_all, put_all, read_row, wire_rows
from tests.support.wire_rows import WORLD, plain_row, uid_of

if TYPE_CHECKING:
    from loyaldesk.store.changes import Changes


CUSTOMER, ORDER, INVOICE = (
    uid_of(f"{name} world") for name in ("customer", "sales_order", "invoice")
)
PRODUCT = uid_of("product world")


@pytest.fixture
def store(tmp_path):
    opened = fresh_store(tmp_path)
    yield opened
    assert opened.check() == []
    opened.close()


def world(*names, **changes):
    """Return the rows of these kinds; `changes` are those of the last one."""
    rows = {
        (name, uid_of(f"{name} world")): dict(WORLD[name, uid_of(f"{name} world")])
        for name in names
    }
    rows[names[-1], uid_of(f"{names[-1]} world")] |= changes
    return rows


def line(kind, position, **values):
    empty = {
        name: None if field.is_nullable else "" if field.type == "text" else 0
        for name, field in KINDS[kind].lines.items()
    }
    return empty | {"position": position, "description": f"Line {position}"} | values


def order_line(position, **values):
    return line("sales_order", position, **values)


def invoice_line(position, **values):
    return line("invoice", position, **values)


class TestWaiting:
    def test_a_row_waits_for_the_row_it_must_name(self, store):
        assert put_all(store, world("contact")) == [uid_of("contact world")]
        assert wire_rows(store) == {}

    def test_the_others_of_its_page_come_in(self, store):
        rows = world("customer", "contact")
        rows["contact", uid_of("stranger")] = plain_row(KINDS["contact"], "stranger")
        assert put_all(store, rows) == [uid_of("stranger")]
        assert wire_rows(store) == world("customer", "contact")

    def test_a_row_that_is_shown_stays_as_it_was_when_it_moves_to_what_is_not_here(self, store):
        put_all(store, world("customer", "contact"))
        moved = world("contact", customer_id=uid_of("nobody"), email="new@example.com")
        assert put_all(store, moved) == [uid_of("contact world")]
        assert wire_rows(store) == world("customer", "contact")

    def test_a_row_that_its_table_refuses_waits_and_is_named_in_the_log(self, store, caplog):
        caplog.set_level("INFO", "loyaldesk.sync.view.put")
        rows = world("customer", "invoice", open_minor=10**6)
        rows["customer", uid_of("other")] = plain_row(KINDS["customer"], "other")
        assert put_all(store, rows) == [INVOICE]
        assert set(wire_rows(store)) == {("customer", CUSTOMER), ("customer", uid_of("other"))}
        assert f"invoice {INVOICE}" in caplog.text

    def test_one_refused_row_among_many_takes_none_with_it(self, store):
        rows = {
            ("customer", uid_of(str(i))): plain_row(KINDS["customer"], str(i)) for i in range(50)
        }
        rows["customer", uid_of("17")]["terms_days"] = -1
        assert put_all(store, rows) == [uid_of("17")]
        assert len(wire_rows(store)) == 49

    def test_what_is_refused_as_a_change_stays_as_it_was(self, store):
        put_all(store, world("customer"))
        assert put_all(store, world("customer", name="New", terms_days=-1)) == [CUSTOMER]
        assert wire_rows(store) == world("customer")


class TestLooseReferences:
    def test_a_row_is_shown_without_what_it_may_name_and_is_not_here(self, store):
        parent = uid_of("customer parent")
        assert put_all(store, world("customer", parent_id=parent)) == []
        with store.reader() as reader:
            assert reader.value("SELECT parent_id FROM customer") is None
        assert read_row(store, "customer", CUSTOMER)["parent_id"] == parent

    def test_it_is_made_good_when_that_comes(self, store):
        parent = uid_of("customer parent")
        put_all(store, world("customer", parent_id=parent))
        put_all(store, {("customer", parent): plain_row(KINDS["customer"], "parent")})
        with store.reader() as reader:
            named = "SELECT p.number FROM customer c JOIN customer p ON p.id = c.parent_id"
            assert reader.rows(named) == [("customer parent x",)]
            assert reader.rows("SELECT * FROM loose_reference") == []

    def test_it_is_forgotten_when_the_hub_names_another(self, store):
        put_all(store, world("customer", parent_id=uid_of("customer parent")))
        put_all(store, world("customer"))
        assert read_row(store, "customer", CUSTOMER)["parent_id"] is None

    def test_members_may_come_before_their_parent_in_one_page(self, store):
        rows = {
            ("customer", uid_of(name)): plain_row(KINDS["customer"], name)
            | {"parent_id": uid_of("c") if name < "c" else None}
            for name in "abc"
        }
        assert put_all(store, rows) == []
        assert wire_rows(store) == rows
        with store.reader() as reader:
            assert reader.value("SELECT count(parent_id) FROM customer") == 2

    def test_the_product_of_a_line_may_come_later(self, store):
        order = world(
            "customer", "sales_order", lines=[order_line(1, product_id=PRODUCT), order_line(2)]
        )
        assert put_all(store, order) == []
        assert wire_rows(store) == order
        put_all(store, world("product"))
        assert wire_rows(store) == order | world("product")
        with store.reader() as reader:
            assert reader.rows("SELECT position FROM order_line WHERE product_id NOTNULL") == [(1,)]

    def test_a_line_of_an_invoice_finds_its_line_of_the_order_when_that_comes(self, store):
        rows = world("customer", "invoice", lines=[invoice_line(1, order_line=7)])
        assert put_all(store, rows) == []
        assert wire_rows(store) == rows
        order = world("sales_order", lines=[order_line(7)])
        put_all(store, order)
        assert wire_rows(store) == rows | order
        with store.reader() as reader:
            assert reader.value("SELECT count(order_line_id) FROM invoice_line") == 1


class TestLines:
    def test_a_line_keeps_its_row_while_its_position_has_one(self, store):
        order = world(
            "customer", "sales_order", lines=[order_line(1), order_line(2), order_line(3)]
        )
        invoice = world("invoice", lines=[invoice_line(1, order_line=2)])
        put_all(store, order | invoice)
        with store.reader() as reader:
            before = reader.rows("SELECT position, id FROM order_line ORDER BY position")
        put_all(
            store,
            world("sales_order", lines=[order_line(2, unit="kg"), order_line(3), order_line(4)]),
        )
        with store.reader() as reader:
            after = reader.rows("SELECT position, id FROM order_line ORDER BY position")
        assert after[:2] == before[1:]
        assert [position for position, _ in after] == [2, 3, 4]
        assert read_row(store, "invoice", INVOICE) == invoice["invoice", INVOICE]

    def test_an_invoiced_line_may_go_and_come_back(self, store):
        order = world("customer", "sales_order", lines=[order_line(1), order_line(2)])
        invoice = world("invoice", lines=[invoice_line(1, order_line=2)])
        put_all(store, order | invoice)
        put_all(store, world("sales_order", lines=[order_line(1)]))
        assert read_row(store, "invoice", INVOICE) == invoice["invoice", INVOICE]
        put_all(store, order)
        assert wire_rows(store) == order | invoice
        with store.reader() as reader:
            assert reader.rows("SELECT * FROM loose_reference") == []

    def test_lines_that_agree_are_not_written_again(self, store):
        order = world("customer", "sales_order", lines=[order_line(1), order_line(2)])
        put_all(store, order)
        heard: list[Changes] = []
        store.on_commit(heard.append)
        put_all(store, order)
        assert heard == []


class TestWhatFollows:
    def test_a_customer_of_the_hub_is_found_by_its_name(self, store):
        put_all(store, world("customer", name="Nordlicht Handel"))
        with store.reader() as reader:
            assert [hit.title for hit in search(reader, "nordlicht").hits] == ["Nordlicht Handel"]
        put_all(store, world("customer", name="Südlicht Handel"))
        with store.reader() as reader:
            assert search(reader, "nordlicht").hits == ()
            assert [hit.title for hit in search(reader, "sudlicht").hits] == ["Südlicht Handel"]

    def test_pages_hear_which_rows_changed_and_only_those(self, store):
        put_all(store, world("customer", "contact"))
        heard: list[Changes] = []
        store.on_commit(heard.append)
        put_all(store, world("customer", "contact", email="new@example.com"))
        (changes,) = heard
        assert (dict(changes.tables), changes.label) == (
            {"contact": [range(1, 2)]},
            "Receive changes",
        )

    def test_what_the_hub_changed_is_not_recorded_nor_sent_back_nor_undone(self, store):
        put_all(store, world("customer"))
        with store.reader() as reader:
            counts = [
                reader.value(f"SELECT count(*) FROM {t}")
                for t in ("change", "change_group", "outbox")
            ]
        assert (counts, store.undo_label) == ([0, 0, 0], None)

    def test_a_document_comes_before_its_content(self, store):
        put_all(store, world("customer", "document"))
        with store.reader() as reader:
            kept = reader.rows("SELECT hex(sha256), size, mime FROM stored_file")
        document = WORLD["document", uid_of("document world")]
        assert kept == [
            (document["file_sha256"].upper(), document["file_size"], document["file_mime"])
        ]

    def test_a_row_of_an_older_version_has_the_usual_values_for_what_it_does_not_say(self, store):
        rows = world("customer")
        for name in ("letters_by", "wants_statements", "terms_days", "notes"):
            del rows["customer", CUSTOMER][name]
        assert put_all(store, rows) == []
        row = read_row(store, "customer", CUSTOMER)
        assert (row["letters_by"], row["wants_statements"], row["terms_days"], row["notes"]) == (
            "print",
            1,
            30,
            "",
        )

    def test_rows_made_here_and_rows_of_the_hub_live_together(self, store):
        put_all(store, world("customer"))
        customer_id = make_customer(store)
        order_id = make_order(store, customer_id)
        put_all(store, world("customer", phone="1"))
        with store.reader() as reader:
            assert (
                reader.value("SELECT customer_id FROM sales_order WHERE id = ?", [order_id])
                == customer_id
            )


def test_nothing_is_dropped_that_another_row_must_name(store):
    put_all(store, world("customer", "contact"))
    assert drop_all(store, "customer", [CUSTOMER]) == [CUSTOMER]
    assert wire_rows(store) == world("customer", "contact")
