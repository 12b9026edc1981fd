"""Does the right content leave the disk when it takes too much room, and the right one come?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from loyaldesk.protocol.messages import Problem
from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.contents.book import note_present
from loyaldesk.sync.contents.kept import plan_kept
from loyaldesk.sync.contents.room import make_room
from loyaldesk.sync.contents.steps import BlobPiece
from tests.support.blob_desk import MemoryFiles, blob_desk, file_paper
from tests.support.blob_line import BlobLine, HandClock, drive, known_blobs
from tests.support.blobs import NOON, make_bytes

SIZE = 1000


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def desk(clock):
    return blob_desk(clock)


@pytest.fixture
def files(clock):
    return MemoryFiles(now=clock)


def there(_call):
    return BlobPiece(0, SIZE, b"?")


def other(_call):
    return BlobPiece(0, SIZE + 1, b"?")


def paper(desk, files, seed, *, known=True, **options):
    """File a content of 1,000 bytes that the hub has, unless told otherwise."""
    sha256 = file_paper(desk, files, make_bytes(SIZE, seed), **options)
    if known:
        note_present(desk, sha256, SIZE)
    return sha256


def make_old(clock, days=30):
    clock.now = NOON + timedelta(days=days)


def limit(desk, quota):
    with desk.transaction("test") as tx:
        tx.remember(StateKey.BLOB_QUOTA, quota)


def evict(desk, files, answer=there, *, quota=1):
    limit(desk, quota)
    line = BlobLine(answer)
    return drive(make_room(desk, files), line), len(line.calls)


def run_sql(desk, sql, *values):
    with desk.transaction("test") as tx:
        tx.connection.execute(sql, values)


class TestLeaving:
    def test_the_longest_unused_leave_until_the_rest_fits(self, desk, files, clock):
        first, second, third = (paper(desk, files, seed) for seed in (1, 2, 3))
        files.used |= {first: files.used[first] - 5, third: files.used[third] - 9}
        make_old(clock)
        assert evict(desk, files, quota=SIZE)[0] == 2 * SIZE
        assert list(files.contents) == [second]

    def test_nothing_leaves_while_all_of_it_fits(self, desk, files, clock):
        paper(desk, files, 1)
        make_old(clock)
        assert evict(desk, files, quota=SIZE) == (0, 0)

    def test_what_only_this_disk_has_never_leaves(self, desk, files, clock):
        paper(desk, files, 1, known=False)
        make_old(clock)
        assert evict(desk, files) == (0, 0)

    def test_what_the_hub_had_and_lost_does_not_leave(self, desk, files, clock):
        sha256 = paper(desk, files, 1)
        make_old(clock)
        assert evict(desk, files, other) == (0, 1)
        assert evict(desk, files, lambda _call: Problem(err="unknown")) == (0, 1)
        assert files.has(sha256)

    def test_what_was_used_lately_does_not_leave(self, desk, files, clock):
        paper(desk, files, 1)
        make_old(clock, days=13)
        assert evict(desk, files) == (0, 0)

    @pytest.mark.parametrize("state", ["queued", "sending", "failed"])
    def test_what_a_mail_has_yet_to_send_does_not_leave(self, desk, files, clock, state):
        paper(desk, files, 1, kind=state)
        make_old(clock)
        assert evict(desk, files) == (0, 0)

    def test_what_was_sent_may_leave(self, desk, files, clock):
        paper(desk, files, 1, kind="accepted")
        make_old(clock)
        assert evict(desk, files) == (SIZE, 1)

    def test_a_pinned_document_does_not_leave(self, desk, files, clock):
        paper(desk, files, 1, pinned=True)
        make_old(clock)
        assert evict(desk, files) == (0, 0)

    def test_a_document_kept_here_by_hand_does_not_leave(self, desk, files, clock):
        sha256 = paper(desk, files, 1)
        keep = "INSERT INTO blob (sha256, direction, size) VALUES (?, 'keep', 0)"
        run_sql(desk, keep, sha256.hex())
        make_old(clock)
        assert evict(desk, files) == (0, 0)

    def test_papers_of_a_customer_kept_here_leave_after_ninety_days(self, desk, files, clock):
        paper(desk, files, 1)
        add_customer(desk, is_key=1)
        make_old(clock, days=89)
        assert evict(desk, files) == (0, 0)
        make_old(clock, days=91)
        assert evict(desk, files) == (SIZE, 1)


def add_customer(desk, *, is_key=0, kept=False):
    run_sql(
        desk,
        "INSERT INTO customer (id, uid, number, number_key, name, name_key, is_key_account)"
        " VALUES (1, ?, 'K-1', 'k-1', 'Ada', 'ada', ?)",
        bytes(16), is_key,
    )  # fmt: skip
    if kept:
        run_sql(desk, "INSERT INTO sync_state VALUES (?, '1')", f"keep:{bytes(16).hex()}")


def add_order(desk, status):
    run_sql(
        desk,
        "INSERT INTO sales_order (id, uid, number, number_key, customer_id, currency, status,"
        " ordered_on) VALUES (5, ?, 'A-1', 'a-1', 1, 'EUR', ?, '2026-11-01')",
        bytes(16), status,
    )  # fmt: skip
    run_sql(
        desk,
        "INSERT INTO document_link (uid, document_id, linked_kind, linked_id)"
        " SELECT randomblob(16), id, 'order', 5 FROM document",
    )


def planned(desk, files, quota=1_000_000):
    assert plan_kept(desk, files, quota=quota)
    return set(known_blobs(desk, "down"))


class TestComing:
    def test_a_pinned_document_comes_however_old(self, desk, files):
        sha256 = paper(desk, None, 1, known=False, pinned=True, days_ago=900)
        assert planned(desk, files) == {sha256}

    @pytest.mark.parametrize("kept", [{"is_key": 1}, {"kept": True}])
    def test_papers_of_a_kept_customer_come_if_they_are_recent(self, desk, files, kept):
        recent = paper(desk, None, 1, known=False, days_ago=80)
        paper(desk, None, 2, known=False, days_ago=100)
        paper(desk, None, 3, known=False, customer=2)
        add_customer(desk, **kept)
        assert planned(desk, files) == {recent}

    @pytest.mark.parametrize(
        ("status", "comes"), [("submitted", True), ("delivered", True), ("closed", False)]
    )
    def test_papers_of_an_open_order_come(self, desk, files, status, comes):
        sha256 = paper(desk, None, 1, known=False)
        add_order(desk, status)
        assert planned(desk, files) == ({sha256} if comes else set())

    def test_what_is_here_does_not_come(self, desk, files):
        paper(desk, files, 1, known=False, pinned=True)
        assert planned(desk, files) == set()

    def test_the_newest_come_until_the_share_of_the_quota_is_full(self, desk, files):
        papers = [paper(desk, None, seed, known=False, pinned=True) for seed in range(5)]
        assert planned(desk, files, quota=3 * SIZE) == set(papers[-2:])

    def test_it_is_worked_out_every_quarter_of_an_hour_only(self, desk, files, clock):
        planned(desk, files)
        clock.now += timedelta(minutes=14)
        assert not plan_kept(desk, files, quota=1)
        clock.now += timedelta(minutes=2)
        assert plan_kept(desk, files, quota=1)
        clock.now -= timedelta(days=2)
        assert plan_kept(desk, files, quota=1)
