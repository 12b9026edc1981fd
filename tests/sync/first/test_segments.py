"""Whether segments copied into an empty desk make it the desk they were cut from."""

from datetime import date

import pytest

from loyaldesk.errors import Unavailable
from loyaldesk.operations.activities import write_note
from loyaldesk.operations.demo import create_demo
from loyaldesk.operations.mail import NewMail, record_mail
from loyaldesk.protocol.kinds import KINDS
from loyaldesk.queries.search import search
from loyaldesk.sync.first import cutting as segment_cutting
from loyaldesk.sync.first import loading as segment_loading
from loyaldesk.sync.first.cutting import cut_segments
from loyaldesk.sync.first.loading import (
    finish_segments,
    leave_to_pages,
    load_segment,
    segments_loaded,
    unpack_segment,
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
    """Make segments small, so that a small company has several, and the steps of loading them."""
    monkeypatch.setattr("loyaldesk.sync.first.loading.STEP_ROWS", 40)
    monkeypatch.setattr(segment_cutting, "FIRST_ROWS", 1500)
    monkeypatch.setattr(segment_cutting, "USUAL_ROWS", 900)


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
        segment = wanted.segments[number]
        load_segment(store, unpack_segment(folder / segment.sha256, segment), wanted, number)


def kept(store):
    return {name: rows for name, rows in content(store).items() if name not in LOCAL}


def test_all_segments_make_the_same_desk(full, cut, empty):
    wanted, _ = cut
    assert len(wanted.segments) > 3
    load(empty, cut, range(len(wanted.segments)))
    finish_segments(empty, wanted)

    assert kept(empty) == kept(full)
    assert empty.check() == []
    assert sum(each.customers for each in wanted.segments) == 340


def test_a_member_is_copied_though_its_parent_comes_later(full, tmp_path, small, empty):
    with full.reader() as reader:
        first, last = reader.rows("SELECT min(id), max(id) FROM customer")[0]
    sql = "UPDATE customer SET parent_id = ? WHERE id = ?"
    with full.remote_transaction("Join") as tx:
        tx.execute(sql, [last, first])
    try:
        made = cut_segments(full, tmp_path / "family", epoch="e1")
        load(empty, (made, tmp_path / "family"), range(len(made.segments)))
    finally:
        with full.remote_transaction("Part") as tx:
            tx.execute(sql, [None, first])

    with empty.reader() as reader:
        assert reader.value("SELECT parent_id FROM customer WHERE id = ?", [first]) == last


def test_somebody_who_saves_waits_for_a_few_rows_only(cut, empty, monkeypatch):
    steps = []

    def noted(tx, table, after, last):
        steps.append((table, last - after))
        copy_rows(tx, table, after, last)

    copy_rows = vars(segment_loading)["_copy_rows"]
    monkeypatch.setattr(segment_loading, "_copy_rows", noted)
    load(empty, cut, [0])

    assert steps.count(("order_line", 40)) > 3
    assert {table for table, rows in steps if rows > 40} <= {"customer", "document"}


def test_search_finds_after_the_first_segment_what_came_with_it(cut, empty):
    load(empty, cut, [0])

    with empty.reader() as reader:
        name = reader.value("SELECT name FROM customer ORDER BY id LIMIT 1")
        assert name in [hit.title for hit in search(reader, name).hits]


def test_the_newest_customers_come_first(full, cut, empty):
    load(empty, cut, [0])

    first = "SELECT record_id FROM search_entry WHERE kind = 1 ORDER BY place LIMIT 5"
    with empty.reader() as reader, full.reader() as whole:
        assert reader.rows(first) == whole.rows(first)


def test_what_is_written_meanwhile_clashes_with_nothing_to_come(full, cut, empty):
    wanted, _ = cut
    load(empty, cut, [0])
    with empty.reader() as reader:
        customer_id = reader.value("SELECT min(id) FROM customer")
    do(empty, write_note, customer_id=customer_id, text="Called while it arrived")
    make_customer(empty, "New meanwhile")
    load(empty, cut, range(1, len(wanted.segments)))

    for table in ("activity", "customer"):
        sql = f"SELECT count(*) FROM {table}"
        with empty.reader() as reader, full.reader() as whole:
            assert reader.value(sql) == whole.value(sql) + 1


def test_a_segment_that_was_cut_short_is_loaded_again(full, cut, empty, monkeypatch):
    wanted, folder = cut
    load(empty, cut, [0])
    segment = wanted.segments[1]
    plain = unpack_segment(folder / segment.sha256, segment)
    with monkeypatch.context() as context:
        context.setattr("loyaldesk.sync.first.loading._copy_search", lambda tx: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            load_segment(empty, plain, wanted, 1)
    assert segments_loaded(empty, wanted) == 1
    with empty.reader() as reader:
        unlisted = "SELECT count(*) FROM customer WHERE lower(hex(uid)) NOT IN (%s)"
        assert reader.value(unlisted % "SELECT uid FROM membership WHERE kind = 'customer'") == 0

    load(empty, cut, range(1, len(wanted.segments)))
    finish_segments(empty, wanted)
    assert kept(empty) == kept(full)


def test_pages_go_through_what_was_loaded_and_search_finds_it(cut, empty, monkeypatch):
    wanted, folder = cut
    plain = unpack_segment(folder / wanted.segments[0].sha256, wanted.segments[0])
    with monkeypatch.context() as context:
        context.setattr("loyaldesk.sync.first.loading._copy_search", lambda tx: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            load_segment(empty, plain, wanted, 0)
    leave_to_pages(empty)
    leave_to_pages(empty)

    with empty.reader() as reader:
        assert reader.rows("SELECT name, seq, is_reset FROM bucket ORDER BY name") == [
            ("acct:North", 0, 1), ("all", 0, 1),
        ]  # fmt: skip
        name = reader.value("SELECT name FROM customer ORDER BY id LIMIT 1")
        assert name in [hit.title for hit in search(reader, name).hits]
    assert empty.check() == []
    assert segments_loaded(empty, wanted) is None


def test_a_desk_with_rows_of_its_own_takes_no_segment(cut, empty):
    make_customer(empty, "Mine")

    assert segments_loaded(empty, cut[0]) is None


def test_a_desk_that_began_another_set_takes_none_of_this(cut, empty, full, tmp_path):
    load(empty, cut, [0])
    assert segments_loaded(empty, cut[0]) == 1
    other = cut[0].__class__("another", "e1", "0004", {}, ())

    assert segments_loaded(empty, other) is None


def test_a_damaged_segment_is_not_used(cut, empty):
    wanted, folder = cut
    segment = wanted.segments[0]
    path = folder / segment.sha256
    path.write_bytes(path.read_bytes()[:-1] + b"x")

    with pytest.raises(Unavailable, match="damaged"):
        unpack_segment(path, segment)
    assert segments_loaded(empty, wanted) == 0
