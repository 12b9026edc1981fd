"""Whether segments copied into an empty desk make it the desk they were cut from."""

from contextlib import closing
from datetime import date

import msgspec
import pytest

from loyaldesk.errors import Unavailable
from loyaldesk.models import Customer
from loyaldesk.operations.activities import write_note
from loyaldesk.operations.demo import create_demo
from loyaldesk.operations.mail import NewMail, record_mail
from loyaldesk.protocol.kinds import KINDS
from loyaldesk.protocol.segments import Segment
from loyaldesk.queries.search import search
from loyaldesk.store.connection import IntegrityError, connect_plain
from loyaldesk.store.search_check import check_index
from loyaldesk.store.sync_state import StateKey, write_state
from loyaldesk.sync.first import cutting, newest
from loyaldesk.sync.first.cutting import cut_segments
from loyaldesk.sync.first.fetching import unpacked
from loyaldesk.sync.first.loading import (
    finish_segments,
    leave_to_pages,
    load_segment,
    segments_loaded,
)
from tests.support.factories import do, make_customer
from tests.support.stores import MORNING, content, fresh_store

TODAY = date(2024, 11, 12)
LOCAL = {
    "change", "change_group", "draft", "import_run", "number_series", "print_batch",
    "statement_run", "statement_run_item", "sync_state", "paper_use",
}  # fmt: skip


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """Return a store with a demo company whose rows all lie in one bucket."""
    store = fresh_store(tmp_path_factory.mktemp("full"))
    create_demo(store, today=TODAY)
    mail_every(store, 40)
    with store.remote_transaction("Fill") as tx:
        for kind in KINDS.values():
            if not kind.is_upward:
                tx.execute(
                    f"INSERT INTO membership SELECT ?, lower(hex(uid)), ?, 1 FROM {kind.table}",
                    [kind.name, "all" if kind.is_shared else "acct:North"],
                )
        tx.execute(
            "INSERT INTO bucket (name, seq, boot_floor, live, digest)"
            " VALUES ('acct:North', 9000, 0, 8000, '00000000000000aa')"
        )
    yield store
    store.close()


def mail_every(store, nth):
    """Mail a letter to every nth customer; what was mailed is a file that no document holds."""
    with store.reader() as reader:
        customers = [row[0] for row in reader.rows("SELECT id FROM customer ORDER BY id")]
    for customer_id in customers[::nth]:
        new = NewMail(
            customer_id=customer_id, letter_id=None, document_id=None, size=1,
            sha256=customer_id.to_bytes(32), recipient="roth@kraft.example", subject="Prices",
            message_id=f"<{customer_id}@x>", send_after=MORNING,
        )  # fmt: skip
        do(store, record_mail, mail=new)


@pytest.fixture
def small(monkeypatch):
    """Make segments small, so that a small company has several."""
    monkeypatch.setattr(newest, "FIRST_ROWS", 1500)
    monkeypatch.setattr(cutting, "USUAL_ROWS", 900)


@pytest.fixture
def cut(full, tmp_path, small):
    folder = tmp_path / "segments"
    return cut_segments(full, folder, epoch="e1"), folder


@pytest.fixture
def empty(tmp_path):
    store = fresh_store(tmp_path / "empty")
    yield store
    store.close()


def load(store, cut, numbers):
    wanted, folder = cut
    for number in numbers:
        packed = bytearray((folder / wanted.segments[number].sha256).read_bytes())
        with unpacked(packed, folder / "plain") as plain:
            load_segment(store, plain, wanted, number)


def load_all(store, cut, *, after=0):
    load(store, cut, range(after, len(cut[0].segments)))
    finish_segments(store, cut[0])


def kept(store):
    return {name: rows for name, rows in content(store).items() if name not in LOCAL}


def value(store, sql, *parameters):
    with store.reader() as reader:
        return reader.value(sql, list(parameters))


def rows(store, sql):
    with store.reader() as reader:
        return reader.rows(sql)


def problems_of_search(store):
    with store.reader() as reader:
        return check_index(reader)


def found(store, text):
    with store.reader() as reader:
        return [hit.title for hit in search(reader, text).hits]


def test_all_segments_make_the_same_desk(full, cut, empty):
    assert len(cut[0].segments) > 5

    load_all(empty, cut)

    assert kept(empty) == kept(full)
    assert empty.check() == []
    name = value(full, "SELECT name FROM customer ORDER BY id DESC LIMIT 1")
    assert found(empty, name) == found(full, name) != []


def test_a_company_that_is_small_is_one_segment(full, tmp_path, empty, monkeypatch):
    monkeypatch.setattr(newest, "FIRST_ROWS", 1_000_000)
    made = cut_segments(full, tmp_path / "one", epoch="e1")
    assert len(made.segments) == 1

    load_all(empty, (made, tmp_path / "one"))

    assert kept(empty) == kept(full)


def test_a_member_is_copied_though_its_parent_comes_later(full, tmp_path, small, empty):
    with full.reader() as reader:
        first, last = reader.rows("SELECT min(id), max(id) FROM customer")[0]
    sql = "UPDATE customer SET parent_id = ? WHERE id = ?"
    with full.remote_transaction("Join") as tx:
        tx.execute(sql, [last, first])
    try:
        made = cut_segments(full, tmp_path / "family", epoch="e1")
        load(empty, (made, tmp_path / "family"), [0])
    finally:
        with full.remote_transaction("Part") as tx:
            tx.execute(sql, [None, first])

    assert value(empty, "SELECT parent_id FROM customer WHERE id = ?", first) == last


def test_every_whole_table_is_copied_as_it_lies_with_its_indexes(full, cut, tmp_path):
    """SQLite takes entries as they lie in `RowCell` and `RowData` only, for where it finds room."""
    wanted, folder = cut
    tables = [table for each in wanted.segments for table in each.tables]
    assert len(tables) > 30

    with closing(full.bulk_writer()) as connection:
        for each in wanted.segments[1:]:
            packed = bytearray((folder / each.sha256).read_bytes())
            with unpacked(packed, tmp_path / "plain") as plain:
                connection.execute("ATTACH DATABASE ? AS segment KEY ''", [str(plain)])
                for table in each.tables:
                    plan = connection.execute(
                        f"EXPLAIN INSERT INTO main.{table} SELECT * FROM segment.{table}"
                    )
                    assert {"RowCell", "RowData"} & {row[1] for row in plan}, table
                connection.execute("DETACH DATABASE segment")


def test_search_finds_after_the_first_segment_what_came_with_it(cut, empty):
    load(empty, cut, [0])

    name = value(empty, "SELECT name FROM customer ORDER BY id LIMIT 1")
    assert name in found(empty, name)
    assert empty.check() == []


def test_the_newest_customers_come_first(full, cut, empty):
    load(empty, cut, [0])

    first = "SELECT record_id FROM search_entry WHERE kind = 1 ORDER BY place LIMIT 5"
    with empty.reader() as reader, full.reader() as whole:
        assert reader.rows(first) == whole.rows(first)
    assert value(empty, "SELECT count(*) FROM customer") < 340


@pytest.mark.parametrize("loaded", range(1, 9))
def test_what_is_written_meanwhile_stays_and_is_found(full, cut, empty, loaded):
    load(empty, cut, range(loaded))
    customer_id = value(empty, "SELECT min(id) FROM customer")
    do(empty, write_note, customer_id=customer_id, text="Called while it arrived")
    with empty.transaction("Edit") as tx:
        tx.update(Customer, customer_id, name="Quagga Traders", name_key="quagga traders")
    make_customer(empty, "Zebra Meanwhile")
    load_all(empty, cut, after=loaded)

    for table in ("activity", "customer"):
        sql = f"SELECT count(*) FROM {table}"
        assert value(empty, sql) == value(full, sql) + 1
    assert value(empty, "SELECT name FROM customer WHERE id = ?", customer_id) == "Quagga Traders"
    assert found(empty, "quagga") == ["Quagga Traders"]
    assert found(empty, "zebra") == ["Zebra Meanwhile"]
    was = value(full, "SELECT name FROM customer WHERE id = ?", customer_id)
    assert was not in found(empty, was)
    assert empty.check() == []
    assert problems_of_search(empty) == []


def test_what_was_deleted_meanwhile_does_not_come_back(cut, empty):
    load(empty, cut, [0])
    new = make_customer(empty, "Made by mistake")
    with empty.transaction("Delete") as tx:
        tx.delete(Customer, new)
    before = kept(empty)

    with pytest.raises(Unavailable, match="deleted"):
        load(empty, cut, [1])
    assert kept(empty) == before


def test_a_number_that_was_given_meanwhile_replaces_no_record(full, cut, empty):
    load(empty, cut, [0])
    newest_numbers = {number for (number,) in rows(empty, "SELECT number FROM customer")}
    numbers = rows(full, "SELECT number FROM customer ORDER BY id")
    taken = next(number for (number,) in numbers if number not in newest_numbers)
    new = make_customer(empty, "Numbered by hand")
    with empty.transaction("Number") as tx:
        tx.update(Customer, new, number=taken)

    with pytest.raises(IntegrityError):
        load_all(empty, cut, after=1)
    assert value(empty, "SELECT name FROM customer WHERE number = ?", taken) == "Numbered by hand"


def test_a_segment_that_was_cut_short_is_loaded_again(full, cut, empty, monkeypatch):
    load(empty, cut, [0, 1])
    with monkeypatch.context() as context:
        context.setattr("loyaldesk.sync.first.loading.write_loaded", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            load(empty, cut, [2])
    assert segments_loaded(empty, cut[0]) == 2
    unlisted = (
        "SELECT count(*) FROM customer WHERE lower(hex(uid)) NOT IN"
        " (SELECT uid FROM membership WHERE kind = 'customer')"
    )
    assert value(empty, unlisted) == 0

    load_all(empty, cut, after=2)
    assert kept(empty) == kept(full)


@pytest.mark.parametrize("loaded", [1, 4])
def test_pages_go_through_what_was_loaded_and_search_finds_it(cut, empty, loaded):
    load(empty, cut, range(loaded))
    leave_to_pages(empty)
    leave_to_pages(empty)

    with empty.reader() as reader:
        assert reader.rows("SELECT name, seq, is_reset FROM bucket ORDER BY name") == [
            ("acct:North", 0, 1), ("all", 0, 1),
        ]  # fmt: skip
    name = value(empty, "SELECT name FROM customer ORDER BY id LIMIT 1")
    assert name in found(empty, name)
    assert problems_of_search(empty) == []
    assert empty.check() == []
    assert segments_loaded(empty, cut[0]) is None


def test_a_desk_with_rows_of_its_own_takes_no_segment(cut, empty):
    make_customer(empty, "Mine")

    assert segments_loaded(empty, cut[0]) is None


def test_a_first_copy_that_an_older_version_began_is_left_to_pages(cut, empty):
    load(empty, cut, [0])
    with empty.remote_transaction("Before") as tx:
        write_state(tx.connection, StateKey.SEGMENTS, '["another", 2, 3]')

    assert segments_loaded(empty, cut[0]) is None
    leave_to_pages(empty)

    assert problems_of_search(empty) == []
    assert value(empty, "SELECT count(*) FROM bucket WHERE is_reset = 1") == 2


def test_a_desk_that_began_another_set_takes_none_of_this(cut, empty):
    load(empty, cut, [0])
    assert segments_loaded(empty, cut[0]) == 1
    other = cut[0].__class__("another", "e1", "0004", {}, ())

    assert segments_loaded(empty, other) is None


@pytest.mark.parametrize("table", ["customer", "sync_state"])
def test_a_segment_that_does_not_fit_changes_nothing(cut, empty, tmp_path, table):
    load(empty, cut, [0])
    before = kept(empty)
    plain = tmp_path / "odd.db"
    with closing(connect_plain(plain)) as connection:
        connection.execute(f"CREATE TABLE {table} (id INTEGER, value TEXT)")
    segments = (cut[0].segments[0], Segment("", 1, 1, (table,)))
    odd = msgspec.structs.replace(cut[0], segments=segments)

    with pytest.raises(Unavailable, match="does not fit"):
        load_segment(empty, plain, odd, 1)
    assert kept(empty) == before
