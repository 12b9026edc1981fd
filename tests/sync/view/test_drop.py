"""When a record leaves the desk, is anything of it left that could be read?"""

import json

import pytest

from loyaldesk.models import ChangeGroup, Customer, RunOutcome, StatementRun, StatementRunItem
from loyaldesk.operations.activities import keep_draft
from loyaldesk.operations.customers import edit_customer
from loyaldesk.protocol.kinds import KINDS
from loyaldesk.queries.search import search
from loyaldesk.store.search_check import check_index
from loyaldesk.store.search_entries import KINDS as SEARCHED
from loyaldesk.store.search_residue import purge_residue
from tests.support.factories import do, make_activity, make_contact, make_customer, make_order
from tests.support.stores import fresh_store
from tests.support.twins import drop_all, put_all, read_row, wire_rows
from tests.support.wire_rows import WORLD, uid_of


@pytest.fixture
def store(tmp_path):
    opened = fresh_store(tmp_path)
    yield opened
    assert opened.check() == []
    opened.close()


def uids_of(store, kind):
    return [uid for (name, uid) in wire_rows(store) if name == kind]


def drop_every(store):
    """Drop all rows as the engine does: what nothing needs any more goes first."""
    for kind in reversed(list(KINDS)):
        assert drop_all(store, kind, uids_of(store, kind)) == []


def texts(store):
    """Return everything that is written in any table, as one text."""
    with store.reader() as reader:
        tables = [
            name for (name,) in reader.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        plain = [
            name
            for name in tables
            if not name.startswith("search_customer")
            and not name.startswith("search_contact")
            and not name.startswith("search_document")
        ]
        return "\n".join(
            repr(row) for name in plain for row in reader.rows(f"SELECT * FROM {name}")
        )


def test_every_kind_of_row_can_leave(store):
    put_all(store, WORLD)
    drop_every(store)
    assert wire_rows(store) == {}
    with store.reader() as reader:
        assert reader.rows("SELECT * FROM loose_reference") == []


def test_what_is_not_here_needs_no_dropping(store):
    assert drop_all(store, "customer", [uid_of("nobody")]) == []


@pytest.mark.parametrize(
    ("kind", "needed_by"),
    [("customer", "contact"), ("document", "letter"), ("sales_order", "document_link"),
     ("letter", "reminder_item"), ("invoice", "allocation")],
)  # fmt: skip
def test_a_row_stays_as_long_as_another_must_name_it(store, kind, needed_by):
    rows = dict(WORLD)
    link = ("document_link", uid_of("document_link world"))
    rows[link] = rows[link] | {"linked_kind": "order", "linked_uid": uid_of("sales_order world")}
    put_all(store, rows)
    uid = uid_of(f"{kind} world")
    assert drop_all(store, kind, [uid]) == [uid]
    assert read_row(store, kind, uid) == rows[kind, uid]
    assert read_row(store, needed_by, uid_of(f"{needed_by} world")) is not None


def test_what_may_be_missing_is_let_go_and_still_named_on_the_wire(store):
    contact, order = uid_of("contact world"), uid_of("sales_order world")
    rows = {
        key: row for key, row in WORLD.items() if key[0] in {"customer", "contact", "sales_order"}
    }
    rows["sales_order", order] = rows["sales_order", order] | {"contact_id": contact}
    put_all(store, rows)
    assert drop_all(store, "contact", [contact]) == []
    assert read_row(store, "sales_order", order) == rows["sales_order", order]
    with store.reader() as reader:
        assert reader.value("SELECT contact_id FROM sales_order") is None
    put_all(store, rows)
    with store.reader() as reader:
        assert reader.value("SELECT contact_id FROM sales_order") == reader.value(
            "SELECT id FROM contact"
        )


class TestLeftovers:
    @pytest.fixture
    def secret(self, store):
        """Return a customer with a past on this desk, all of it about "Geheim"."""
        customer_id = make_customer(store, "Geheim GmbH")
        make_contact(store, customer_id, "Geheimrat")
        make_activity(store, customer_id, text="Geheim call")
        make_order(store, customer_id, customer_po="GEHEIM-1")
        do(store, edit_customer, customer_id=customer_id, notes="Geheim")
        do(store, keep_draft, key=f"note/{customer_id}", content="Geheim draft")
        with store.transaction("Run for Geheim") as tx:
            run = tx.insert(
                StatementRun, as_of=tx.today, selection="{}", prepared_at=tx.now, prepared_by="Ana"
            )
            tx.insert(StatementRunItem, run_id=run, customer_id=customer_id, position=1,
                      outcome=RunOutcome.FAILED, reason="Geheim has no address")  # fmt: skip
        return customer_id

    def test_nothing_can_be_read_of_a_customer_that_left(self, store, secret):
        assert "geheim" in texts(store).lower()
        drop_every(store)
        assert "geheim" not in texts(store).lower()
        with store.reader() as reader:
            assert search(reader, "Geheim").hits == ()

    def test_the_past_of_others_stays(self, store, secret):
        other = make_customer(store, "Offen AG")
        drop_every_but(store, "Offen AG")
        with store.reader() as reader:
            past = reader.rows("SELECT row_id FROM change WHERE table_name = 'customer'")
            assert past == [(other,)]
            assert reader.rows("SELECT name FROM customer") == [("Offen AG",)]

    def test_numbers_go_on_after_those_of_a_customer_that_left(self, store, secret):
        drop_every(store)
        make_customer(store, "Next AG")
        with store.reader() as reader:
            assert reader.value("SELECT number FROM customer") == "C-2024-00002"

    def test_what_left_is_nothing_to_undo(self, store, secret):
        drop_every(store)
        assert store.undo_label is None

    def test_an_action_on_two_customers_can_still_be_undone_by_nobody(self, store, secret):
        with store.transaction("Change Geheim and other") as tx:
            tx.update(Customer, secret, notes="x")
            other = tx.insert(Customer, name="Offen AG", number="O")
        drop_every_but(store, "Offen AG")
        with store.reader() as reader:
            labels = reader.rows(
                f"SELECT label FROM {ChangeGroup.__tablename__} g JOIN change ON group_id = g.id"
                " WHERE table_name = 'customer' AND row_id = ?", [other],
            )  # fmt: skip
        assert labels == [("Change",)]


class TestResidue:
    @pytest.fixture
    def crowd(self, store):
        """Return the uids of customers with the word "Geheim", one of many in the index."""
        for number in range(60):
            name = f"Zzgeheim{number}" if number % 30 == 7 else f"Offen {number} AG"
            make_contact(store, make_customer(store, name), name.replace(" ", ""))
        with store.reader() as reader:
            found = reader.rows("SELECT lower(hex(uid)) FROM customer WHERE name LIKE 'Zz%'")
        return [uid for (uid,) in found]

    def test_words_of_rows_that_left_leave_the_pages_of_the_index(self, store, crowd):
        assert pages_with(store, b"zzgeheim") > 0
        drop_all(store, "contact", contacts_of(store, crowd))
        assert drop_all(store, "customer", crowd) == []
        assert pages_with(store, b"zzgeheim") > 0
        steps = 0
        while purge(store):
            steps += 1
        assert 2 < steps < 100
        assert pages_with(store, b"zzgeheim") == 0
        with store.reader() as reader:
            assert list(check_index(reader)) == []
            assert search(reader, "Zzgeheim7").hits == ()
            assert len(search(reader, "Offen 5 AG").hits) > 0

    def test_the_index_is_written_anew_once_a_day_at_most(self, store, crowd):
        drop_all(store, "contact", contacts_of(store, crowd))
        drop_all(store, "customer", crowd[:1])
        while purge(store):
            pass
        drop_all(store, "customer", crowd[1:])
        assert not purge(store)
        assert pages_with(store, b"zzgeheim") > 0
        while purge(store, "2026-03-03"):
            pass
        assert pages_with(store, b"zzgeheim") == 0

    def test_rows_without_words_leave_no_residue(self, store):
        put_all(store, WORLD)
        drop_all(store, "allocation", uids_of(store, "allocation"))
        assert not purge(store)

    @pytest.mark.parametrize("kind", ["document", "mail"])
    def test_what_left_marks_its_content(self, store, kind):
        put_all(store, WORLD)
        for name in reversed(list(KINDS)):
            if name not in {"document", "mail"}:
                drop_all(store, name, uids_of(store, name))
        going = uids_of(store, kind)
        with store.reader() as reader:
            named = reader.rows(
                f"SELECT DISTINCT lower(hex(f.sha256)) FROM stored_file f"
                f" JOIN {KINDS[kind].table} r ON r.file_id = f.id ORDER BY 1"
            )
        assert named
        assert drop_all(store, kind, going) == []
        with store.reader() as reader:
            marked = reader.rows("SELECT sha256 FROM blob WHERE direction = 'dropped' ORDER BY 1")
        assert marked == named


def contacts_of(store, customers):
    asked = json.dumps(customers)
    with store.reader() as reader:
        found = reader.rows(
            "SELECT lower(hex(p.uid)) FROM contact p JOIN customer c ON c.id = p.customer_id"
            " WHERE lower(hex(c.uid)) IN (SELECT value FROM json_each(?))", [asked],
        )  # fmt: skip
    return [uid for (uid,) in found]


def purge(store, today="2026-03-02"):
    with store.remote_transaction("Settle") as tx:
        return purge_residue(tx.connection, today)


def pages_with(store, word):
    """Return how many pages of the indexes hold the word."""
    with store.reader() as reader:
        pages = [
            page
            for kind in SEARCHED
            for (page,) in reader.rows(f"SELECT block FROM {kind.index}_data")
        ]
    return sum(word in bytes(page) for page in pages)


def drop_every_but(store, name):
    with store.reader() as reader:
        kept = reader.value("SELECT lower(hex(uid)) FROM customer WHERE name = ?", [name])
    for kind in reversed(list(KINDS)):
        assert drop_all(store, kind, [uid for uid in uids_of(store, kind) if uid != kept]) == []
