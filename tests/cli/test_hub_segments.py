"""Whether a new desk that loads segments has what one has that read every page."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from loyaldesk.cli import hub_segments
from loyaldesk.cli.main import run_command
from loyaldesk.hub.access import Principal, Role
from loyaldesk.hub.contents.segment_shelf import SegmentShelf
from loyaldesk.hub.contents.store import open_contents
from loyaldesk.hub.engine.answering import answer
from loyaldesk.hub.opening import hub_place, start_store
from loyaldesk.hub.state import epoch_of
from loyaldesk.models import Customer
from loyaldesk.operations.demo import create_demo
from loyaldesk.store.capture import queue_everything
from loyaldesk.store.store import Store
from loyaldesk.store.sync_state import StateKey, write_state
from loyaldesk.sync.engine.exchange import Answer
from loyaldesk.sync.first import cutting, newest
from loyaldesk.sync.first.fetching import unpacked
from loyaldesk.sync.first.loading import finish_segments, leave_to_pages, load_segment
from loyaldesk.sync.first.mirror import bring_in_step
from loyaldesk.sync.first.slices import REVISION
from tests.support.stores import fresh_store
from tests.sync.first.test_segments import mail_every

TODAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """Return a hub that has the demo company."""
    return Office(tmp_path_factory.mktemp("hub"), tmp_path_factory.mktemp("first"))


@pytest.fixture(autouse=True)
def nothing_offered(office, monkeypatch):
    """Let no test find the segments of another, and make them small."""
    with office.store.transaction("forget") as tx:
        tx.run("DELETE FROM segment_set")
    monkeypatch.setattr(newest, "FIRST_ROWS", 500)
    monkeypatch.setattr(cutting, "USUAL_ROWS", 2_000)


class Office:
    """A hub in a folder, and desks that speak with its engine."""

    def __init__(self, folder, first):
        self.folder = folder
        self.store = start_store(hub_place(str(folder)), "Acme").store
        self.shelf = SegmentShelf(self.store, open_contents(folder))
        store = fresh_store(first)
        create_demo(store, today=TODAY)
        mail_every(store, 40)
        self.connect(store, "first")
        with store.remote_transaction("Share") as tx:
            queue_everything(tx, actor="Ana", label="Share")
        self.sync(store, who())
        store.close()

    def connect(self, store, client):
        with store.remote_transaction("Connect") as tx:
            write_state(tx.connection, StateKey.CLIENT, client)

    def sync(self, store, asker):
        """Bring a desk in step and return the rows that it read in pages."""
        rows: list[object] = []

        def answered(call):
            with self.store.snapshot("epoch") as tx:
                epoch = epoch_of(tx)
            now = datetime.now(UTC)
            reply = answer(self.store, asker, call, now=now)
            rows.extend(getattr(reply, "rows", ()))
            return Answer(reply, epoch, now.isoformat())

        bring_in_step(store, answered)
        return rows


def who(*territories, role=Role.OFFICE):
    return Principal(
        "ana", "Ana", "d1", "B7", role, frozenset(territories) if territories else None
    )


def rows_of(store):
    """Return what a desk shows, row by row as the hub names them."""
    sql = "SELECT kind, uid, bucket, rv FROM membership ORDER BY kind, uid, bucket"
    with store.reader() as reader:
        found = [("membership", *row) for row in reader.rows(sql)]
        for table, what in (
            ("customer", "lower(hex(uid)), number, name, phone"),
            ("sales_order", "lower(hex(uid)), number, total_minor"),
            ("order_line", "description, quantity_milli, net_minor"),
            ("invoice", "lower(hex(uid)), number, open_minor"),
            (
                "mail",
                "lower(hex(uid)), recipient, (SELECT sha256 FROM stored_file WHERE id = file_id)",
            ),
            ("search_word", "word, uses, 0"),
        ):
            found += [
                (table, *row) for row in reader.rows(f"SELECT {what} FROM {table} ORDER BY 1, 2, 3")
            ]
        return found


def from_segments(offered, office, folder):
    store = fresh_store(folder)
    office.connect(store, folder.name)
    load(store, office, offered, len(offered.segments))
    finish_segments(store, offered)
    return store


def load(store, office, offered, count):
    for number, segment in enumerate(offered.segments[:count]):
        packed = bytearray(b"".join(office.shelf.read(segment.sha256, 0, segment.size)))
        with unpacked(packed, store.path.parent / "plain") as plain:
            load_segment(store, plain, offered, number)


@pytest.mark.parametrize("territory", [None, "North"])
def test_segments_and_pages_make_the_same_desk(office, tmp_path, territory):
    hub_segments.make_segments(office.store, office.shelf, office.folder, territory)
    asker = who(territory) if territory else who()
    with office.store.snapshot("epoch") as tx:
        offered = office.shelf.offer(asker, epoch=epoch_of(tx), revision=REVISION)
    assert len(offered.segments) > 1

    by_segments = from_segments(offered, office, tmp_path / "segments")
    read = office.sync(by_segments, asker)
    by_pages = fresh_store(tmp_path / "pages")
    office.connect(by_pages, "pages")
    office.sync(by_pages, asker)

    assert rows_of(by_segments) == rows_of(by_pages)
    assert by_segments.check() == []
    assert read == []
    for store in (by_segments, by_pages):
        store.close()


@pytest.mark.parametrize("loaded", [1, 4])
@pytest.mark.parametrize("territories", [(), ("North",)])
def test_what_pages_bring_after_a_load_that_died_is_all_the_same(
    office, tmp_path, territories, loaded
):
    hub_segments.make_segments(office.store, office.shelf, office.folder, None)
    with office.store.snapshot("epoch") as tx:
        offered = office.shelf.offer(who(), epoch=epoch_of(tx), revision=REVISION)
    store = fresh_store(tmp_path / "died")
    office.connect(store, "died")
    load(store, office, offered, loaded)

    # Their territories may have changed meanwhile: what is not theirs any more goes.
    leave_to_pages(store)
    asker = who(*territories, role=Role.REP) if territories else who()
    office.sync(store, asker)
    by_pages = fresh_store(tmp_path / "pages")
    office.connect(by_pages, "pages")
    office.sync(by_pages, asker)

    assert rows_of(store) == rows_of(by_pages)
    assert store.check() == []
    for each in (store, by_pages):
        each.close()


def test_what_came_after_the_cut_comes_in_a_page(office, tmp_path):
    hub_segments.make_segments(office.store, office.shelf, office.folder, None)
    editor = fresh_store(tmp_path / "editor")
    office.connect(editor, "editor")
    office.sync(editor, who())
    with editor.transaction("Edit") as tx:
        tx.update(Customer, 1, phone="0800 NEW")
    office.sync(editor, who())
    editor.close()

    with office.store.snapshot("epoch") as tx:
        offered = office.shelf.offer(who(), epoch=epoch_of(tx), revision=REVISION)
    store = from_segments(offered, office, tmp_path / "segments")
    office.sync(store, who())

    with store.reader() as reader:
        assert reader.value("SELECT count(*) FROM customer WHERE phone = '0800 NEW'") == 1
    store.close()


def test_nobody_is_offered_what_they_may_not_read_whole(office):
    hub_segments.make_segments(office.store, office.shelf, office.folder, None)
    made = hub_segments.make_segments(office.store, office.shelf, office.folder, "North")
    sha256 = made.segments[0].sha256
    with office.store.snapshot("epoch") as tx:
        epoch = epoch_of(tx)

    assert office.shelf.offer(who("South", role=Role.REP), epoch=epoch, revision=REVISION) is None
    assert office.shelf.size_of(who("South", role=Role.REP), made.name, sha256) is None
    assert office.shelf.offer(who("North", role=Role.REP), epoch=epoch, revision=REVISION) == made
    assert office.shelf.size_of(who("North", role=Role.REP), made.name, sha256) is not None
    assert office.shelf.offer(who(), epoch=epoch, revision="0001") is None
    assert office.shelf.offer(who(), epoch="another", revision=REVISION) is None


def test_made_again_they_read_only_what_is_new_and_old_files_go_after_a_day(office):
    first = hub_segments.make_segments(office.store, office.shelf, office.folder, "South")
    again = hub_segments.make_segments(office.store, office.shelf, office.folder, "South")
    assert again.buckets == first.buckets
    old = "UPDATE segment_set SET made_at = '2020-01-01T00:00:00+00:00'"
    with office.store.transaction("age") as tx:
        tx.run(old)

    kept = hub_segments.make_segments(office.store, office.shelf, office.folder, "South")

    with office.store.snapshot("sets") as tx:
        bodies = [body for (body,) in tx.rows("SELECT body FROM segment_set")]
    named = {one["sha256"] for body in bodies for one in json.loads(body)["segments"]}
    stored = {
        name.rpartition("/")[2] for name, _ in open_contents(office.folder).names("segments/")
    }
    assert stored == named
    assert {one.sha256 for one in kept.segments} <= named


def test_the_command_says_what_it_made(office, capsys, monkeypatch):
    monkeypatch.setattr(hub_segments, "FEWEST_ROWS", 10)

    assert run_command(["hub", "segments", "--data", str(office.folder)]) == 0

    said = capsys.readouterr().out
    assert said.startswith("the whole company: ")
    assert "\nNorth: " in said


def test_a_serving_hub_makes_them_once_a_day_in_another_process(office, monkeypatch):
    monkeypatch.setattr(hub_segments, "FEWEST_ROWS", 10)
    place = hub_place(str(office.folder))
    monkeypatch.setenv("LOYALDESK_HUB_DATA", str(office.folder))
    assert office.shelf.are_due(now=datetime.now(UTC), rows=10)
    assert not office.shelf.are_due(now=datetime.now(UTC), rows=10_000_000)

    hub_segments.keep_segments(place, office.shelf)

    assert not office.shelf.are_due(now=datetime.now(UTC), rows=10)
    assert office.shelf.are_due(now=datetime.now(UTC) + timedelta(days=2), rows=10)
    with office.store.snapshot("sets") as tx:
        (made,) = tx.row("SELECT max(made_at) FROM segment_set")
    hub_segments.keep_segments(place, office.shelf)
    with office.store.snapshot("sets") as tx:
        assert tx.row("SELECT max(made_at) FROM segment_set") == (made,)


def test_the_mirror_is_no_desk_of_anybody(office):
    hub_segments.make_segments(office.store, office.shelf, office.folder, "North")
    (place,) = [p for p in (office.folder / "segments").iterdir() if (p / "key").exists()][:1]
    store = Store.open(place, (place / "key").read_bytes())

    with store.reader() as reader:
        assert reader.value("SELECT count(*) FROM outbox") == 0
    store.close()
    assert not (place / "cut").exists()


def test_a_territory_that_no_customer_has_is_refused(office, capsys):
    words = ["hub", "segments", "--data", str(office.folder), "--territory"]
    assert run_command([*words, "NoSuch"]) == 1
    assert "No customer has the territory “NoSuch”. Nothing was made." in capsys.readouterr().err


def test_one_segment_is_one_segment():
    counted = hub_segments._counted  # noqa: SLF001 - what the command prints of few rows
    assert [counted(1), counted(2)] == ["1 segment", "2 segments"]
