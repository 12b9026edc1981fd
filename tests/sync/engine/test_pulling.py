"""What comes in: staged, applied little by little, taken away only when that is sure."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from loyaldesk.protocol.digest import digest_of
from loyaldesk.protocol.messages import Problem, Pulled
from loyaldesk.sync.engine.applying import STEP_ROWS
from loyaldesk.sync.engine.desk import Limits
from loyaldesk.sync.engine.rounds import Answer, sync_round
from loyaldesk.sync.engine.staging import reread
from tests.support.hub_desks import customer_row, wire_row
from tests.support.sync_desks import OFFLINE, Crashed, Laptop, Office, crash_at

NORTH, SOUTH = "acct:North", "acct:South"


def fill(hub, count, bucket=NORTH):
    """List so many customers in the bucket and return their uids."""
    uids = [f"{number:032x}" for number in range(count)]
    for uid in uids:
        hub.put(bucket, "customer", uid, customer_row(f"K-{uid}"))
    return uids


def read_anew(desk):
    """Have every bucket read from its beginning."""
    with desk.desk.transaction("edit") as tx:
        reread(tx)
        desk.desk.wake(tx)


def test_rows_come_in_pages_and_are_shown_when_all_are_here(hub, desk):
    uids = fill(hub, 7)
    pages = []
    desk.wire.after = lambda call, answer: pages.append(len(desk.rows("customer"))) or answer
    desk.wire.before = lambda call: pages.append(len(desk.rows("customer"))) or hub.answer(call)
    desk.sync()
    assert pages == [0, 0, 0]
    assert sorted(desk.rows("customer")) == uids
    assert desk.count("inbox") == 0


def test_pull_goes_on_where_it_stopped(hub, desk):
    fill(hub, 7)
    desk.wire.before = lambda call: OFFLINE if len(desk.wire.calls) == 2 else hub.answer(call)
    desk.sync()
    desk.wire.calls.clear()
    desk.wire.answer_by(hub)
    desk.sync()
    assert desk.wire.calls[0].body.cur == {NORTH: (3, 7)}
    assert len(desk.rows("customer")) == 7


def test_others_may_write_between_the_chunks(hub, desk):
    fill(hub, 7)
    desk.sync()
    assert desk.pauses >= 3


def test_row_comes_before_those_that_need_it_whatever_the_order(hub, desk):
    hub.put(NORTH, "contact", "c" * 32, wire_row("contact", customer_id="a" * 32))
    hub.put(NORTH, "customer", "a" * 32, customer_row())
    desk.sync()
    assert len(desk.rows("contact")) == 1
    assert desk.count("sync_base") == 0


def test_row_that_cannot_be_shown_waits_for_the_one_it_needs(hub, desk):
    hub.put(NORTH, "contact", "c" * 32, wire_row("contact", customer_id="a" * 32))
    desk.sync()
    assert desk.rows("contact") == {}
    hub.put(SOUTH, "customer", "a" * 32, customer_row())
    desk.sync()
    assert len(desk.rows("contact")) == 1
    assert desk.count("sync_base") == 0


def test_rows_that_exchange_their_numbers_are_both_shown(hub, desk):
    one, two = fill(hub, 2)
    desk.sync()
    hub.put(NORTH, "customer", one, customer_row(f"K-{two}"), rv=2)
    hub.put(NORTH, "customer", two, customer_row(f"K-{one}"), rv=2)
    desk.sync()
    numbers = {uid: row["number"] for uid, row in desk.rows("customer").items()}
    assert numbers == {one: f"K-{two}", two: f"K-{one}"}
    assert desk.count("sync_base") == 0


def test_row_in_two_buckets_stays_until_it_left_both(hub, desk):
    (uid,) = fill(hub, 1)
    hub.put("own:Ann", "customer", uid, customer_row(f"K-{uid}"))
    desk.sync()
    hub.take(NORTH, "customer", uid, rv=1)
    desk.sync()
    assert uid in desk.rows("customer")
    hub.take("own:Ann", "customer", uid, rv=1)
    desk.sync()
    assert desk.rows("customer") == {}


def test_row_that_others_need_goes_with_them(hub, desk):
    (uid,) = fill(hub, 1)
    hub.put(SOUTH, "contact", "c" * 32, wire_row("contact", customer_id=uid))
    desk.sync()
    hub.take(NORTH, "customer", uid, rv=1)
    desk.sync()
    assert uid in desk.rows("customer")
    hub.take(SOUTH, "contact", "c" * 32, rv=2, op="D")
    desk.sync()
    assert (desk.rows("customer"), desk.rows("contact")) == ({}, {})


def test_revoked_bucket_goes_with_its_rows(hub, desk):
    fill(hub, 3)
    hub.put(SOUTH, "customer", "f" * 32, customer_row("K-S"))
    desk.sync()
    del hub.buckets[NORTH]
    desk.sync()
    assert list(desk.rows("customer")) == ["f" * 32]
    assert desk.count("bucket") == 1


def test_old_page_of_a_revoked_bucket_is_thrown_out(hub, desk):
    fill(hub, 7)
    hub.put(SOUTH, "customer", "f" * 32, customer_row("K-S"))

    def revoke(call):
        if len(desk.wire.calls) == 3:
            del hub.buckets[NORTH]
        return hub.answer(call)

    desk.wire.before = revoke
    desk.sync()
    assert list(desk.rows("customer")) == ["f" * 32]
    assert desk.count("membership") == 1


def test_entries_of_a_bucket_that_the_page_does_not_name_are_not_taken(hub, desk):
    fill(hub, 2)

    page = hub.answer(next(sync_round(desk.desk))).reply
    page.cur = {}
    page.done = False
    desk.wire.before = lambda _call: Answer(page, "e1") if len(desk.wire.calls) == 1 else OFFLINE
    desk.sync()
    assert desk.count("inbox") == 0


def test_page_that_comes_twice_is_staged_once(hub, desk):
    fill(hub, 5)
    pages: list[Pulled] = []

    def again(call):
        if len(desk.wire.calls) == 2:
            return Answer(Pulled(rows=pages[0].rows, cur=pages[0].cur, done=False), "e1")
        answer = hub.answer(call)
        pages.append(answer.reply)
        return answer

    desk.wire.before = again
    assert desk.sync().received == 5
    assert len(desk.rows("customer")) == 5


def test_older_version_never_replaces_a_newer_one(hub, desk):
    (uid,) = fill(hub, 1)
    hub.put("own:Ann", "customer", uid, customer_row(f"K-{uid}", name="new"), rv=5)
    desk.sync()
    hub.put(NORTH, "customer", uid, customer_row(f"K-{uid}", name="old"), rv=4)
    desk.sync()
    assert desk.rows("customer")[uid]["name"] == "new"


def test_kind_that_this_version_does_not_know_does_no_harm(hub, desk):
    fill(hub, 1)
    hub.put(NORTH, "hologram", "e" * 32, {"depth": 3})
    round_ = desk.sync()
    assert round_.is_in_step
    assert round_.troubles == []
    assert desk.sync().received == 0


def test_bucket_that_disagrees_is_compared_and_read_anew_once(hub, desk):
    uids = fill(hub, 4)
    desk.sync()
    # Lost here by an accident of the disk.
    desk.database.execute("DELETE FROM membership WHERE uid = ?", [uids[0]])
    desk.database.execute("UPDATE bucket SET live = 3, digest = '1234567812345678'")
    desk.wire.calls.clear()
    round_ = desk.sync(checked=False)
    assert desk.wire.paths().count("sync/verify") == 1
    assert (round_.is_in_step, round_.troubles) == (True, [])
    assert desk.count("membership") == 4


def test_bucket_that_disagrees_twice_in_a_day_is_told_and_left(hub, desk):
    fill(hub, 4)
    desk.sync()
    desk.create("customer", customer_row("K-mine"))
    uids = desk.rows("customer").keys()
    damage = "UPDATE membership SET rv = 9 WHERE uid = '{:032x}'"
    reads = []
    for number in range(2):
        desk.database.execute(damage.format(number))
        spoil(desk)
        desk.wire.calls.clear()
        round_ = desk.sync(checked=False)
        reads.append((round_.received, round_.troubles))
    assert reads == [(4, []), (0, [NORTH])]
    assert desk.rows("customer").keys() == uids
    assert desk.count("outbox") == 1


def spoil(desk):
    """Make count and digest those of the damaged memberships."""
    rows = desk.database.execute("SELECT kind, uid, rv FROM membership").fetchall()
    desk.database.execute("UPDATE bucket SET digest = ?", [digest_of(rows)])


def test_hub_that_counts_wrong_costs_no_second_download(hub, desk):
    fill(hub, 4)
    hub.lies[NORTH] = (4, 5, "0" * 16)
    assert desk.sync().troubles == [NORTH]
    assert desk.wire.paths() == ["sync/pull", "sync/pull", "sync/verify"]
    assert len(desk.rows("customer")) == 4


def test_trouble_is_looked_into_again_a_day_later(hub, desk):
    fill(hub, 4)
    hub.lies[NORTH] = (4, 5, "0" * 16)
    desk.sync()
    desk.office.now += timedelta(hours=25)
    desk.sync()
    assert desk.wire.paths().count("sync/verify") == 2


def test_many_rows_that_are_missing_go_only_after_a_second_reading(hub, desk):
    desk.limits = Limits()
    desk.boot()
    uids = fill(hub, 300)
    desk.sync()
    for uid in uids[:200]:
        hub.forget(NORTH, "customer", uid)
    read_anew(desk)
    desk.wire.calls.clear()
    seen = []
    desk.wire.before = lambda call: seen.append(len(desk.rows("customer"))) or hub.answer(call)
    desk.sync()
    assert seen == [300, 300]
    assert len(desk.rows("customer")) == 100


def test_listing_that_was_short_for_a_moment_deletes_nothing(hub, desk):
    desk.limits = Limits()
    desk.boot()
    uids = fill(hub, 300)
    desk.sync()
    lost = {uid: hub.buckets[NORTH].pop(("customer", uid)) for uid in uids[:200]}
    read_anew(desk)
    desk.wire.calls.clear()

    def blip(call):
        if len(desk.wire.calls) == 2:
            hub.buckets[NORTH] |= {("customer", uid): entry for uid, entry in lost.items()}
        return hub.answer(call)

    desk.wire.before = blip
    desk.sync()
    assert len(desk.rows("customer")) == 300


def test_cursor_ahead_of_the_hub_reads_everything_anew_once_a_day(hub, desk):
    fill(hub, 2)
    desk.sync()
    ahead = Answer(Problem(err="ahead"), "e1")
    desk.wire.before = lambda call: ahead if call.body.cur else hub.answer(call)
    assert desk.sync().is_in_step
    assert desk.sync().problem.err == "ahead"
    assert len(desk.rows("customer")) == 2


@pytest.mark.parametrize(("is_awaited", "fewest", "most"), [(False, 1, 1), (True, 4, 99)])
def test_a_chunk_ends_early_when_somebody_waits(hub, is_awaited, fewest, most):
    desk = Laptop(Office(), limits=Limits(page_rows=3, chunk_rows=1_000))
    desk.wire.answer_by(hub)
    fill(hub, 3 * STEP_ROWS)
    kept = []
    desk.boot(is_awaited=lambda: is_awaited, crash=lambda *where: kept.append(where))

    desk.sync(checked=False)

    assert fewest <= kept.count(("apply", "after")) <= most
    assert len(desk.rows("customer")) == 3 * STEP_ROWS


@pytest.mark.parametrize("moment", ["before", "inside", "after"])
@pytest.mark.parametrize("ordinal", [1, 2, 3])
@pytest.mark.parametrize("memory_pages", [0, 2, 3])
def test_apply_that_was_broken_off_goes_on(hub, desk, moment, ordinal, memory_pages):
    """What was in the table is there still; what was in memory only comes once more."""
    fill(hub, 7)
    desk.limits = replace(desk.limits, memory_pages=memory_pages)
    desk.boot(crash=crash_at("apply", moment, ordinal))
    with pytest.raises(Crashed):
        desk.sync()
    desk.boot()
    desk.wire.calls.clear()
    desk.sync()
    assert len(desk.wire.calls) == (3 if memory_pages == 3 else 1)
    assert len(desk.rows("customer")) == 7
