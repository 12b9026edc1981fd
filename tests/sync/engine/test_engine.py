"""Two desks and a hub: what a round moves, and what ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loyaldesk.protocol.kinds import SCHEMA
from loyaldesk.protocol.messages import Call, Problem, Push, Pushed
from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.engine.desk import Limits
from loyaldesk.sync.engine.exchange import Sleep
from loyaldesk.sync.engine.rounds import Answer, sync_round
from tests.support.hub_desks import customer_row, principal, wire_row
from tests.support.sync_desks import OFFLINE, Laptop, Office


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def ann(office):
    return Laptop(office, principal("Ann"))


@pytest.fixture
def bob(office):
    return Laptop(office, principal("Bob"))


def test_what_one_desk_made_is_seen_on_the_other(ann, bob):
    uid = ann.create("customer", customer_row("K-1", name="Möbel Ost"))
    ann.create("contact", wire_row("contact", customer_id=uid, given_name="Eva"))
    ann.sync()
    bob.sync()
    assert bob.rows("customer") == ann.rows("customer")
    assert [row["given_name"] for row in bob.rows("contact").values()] == ["Eva"]


def test_edits_of_different_fields_meet(ann, bob):
    uid = ann.create("customer", customer_row())
    ann.sync()
    bob.sync()
    ann.edit("customer", uid, phone="040 1")
    bob.edit("customer", uid, email="x@example.com")
    for desk in (ann, bob, ann):
        desk.sync()
    seen = ann.rows("customer")[uid]
    assert (seen["phone"], seen["email"]) == ("040 1", "x@example.com")
    assert bob.rows("customer") == ann.rows("customer")


def test_edit_is_seen_here_before_the_hub_knows_it(ann):
    uid = ann.create("customer", customer_row())
    ann.sync()
    ann.wire.before = lambda _call: OFFLINE
    ann.edit("customer", uid, phone="040 1")
    assert ann.sync().problem.err == "offline"
    assert ann.rows("customer")[uid]["phone"] == "040 1"


def test_second_idle_round_moves_and_writes_nothing(ann, bob):
    ann.create("customer", customer_row())
    for desk in (ann, bob, ann, bob):
        desk.sync()
    written = bob.database.total_changes
    round_ = bob.sync(checked=False)
    assert not round_.has_moved
    assert bob.database.total_changes == written


def test_round_whose_reply_is_lost_is_made_once(ann, bob):
    ann.wire.after = lambda call, answer: OFFLINE if call.path == "sync/push" else answer
    ann.create("customer", customer_row())
    assert ann.sync().accepted == 0
    ann.wire.after = lambda _call, answer: answer
    assert ann.sync().accepted == 1
    bob.sync()
    assert len(bob.rows("customer")) == 1
    assert ann.count("outbox") == 0


def test_desk_that_works_offline_asks_nothing(ann):
    ann.create("customer", customer_row())
    with ann.desk.transaction("edit") as tx:
        tx.remember(StateKey.WORK_OFFLINE, 1)
    round_ = ann.sync()
    assert (ann.wire.calls, round_.again_in_s) == ([], None)
    assert ann.count("outbox") == 1


def test_short_wait_is_waited_out_within_the_round(ann):
    ann.create("customer", customer_row())
    steps = sync_round(ann.desk)
    busy = Answer(Problem(err="busy", retry_after_s=3))
    asked = [next(steps), steps.send(busy), steps.send(None)]
    assert [each.path if isinstance(each, Call) else each for each in asked] == [
        "sync/push", Sleep(3), "sync/push",
    ]  # fmt: skip


def test_long_wait_ends_the_round_and_sets_the_time_of_the_next(ann):
    ann.wire.before = lambda _call: Answer(Problem(err="busy", retry_after_s=90))
    ann.create("customer", customer_row())
    assert ann.sync().again_in_s == 90
    assert ann.desk.state(StateKey.NEXT_AT) == "2026-03-02T09:01:30.000Z"


def test_desk_comes_back_later_and_later_while_the_hub_is_away(ann):
    ann.wire.before = lambda _call: OFFLINE
    ann.create("customer", customer_row())
    waits = [ann.sync().again_in_s for _ in range(9)]
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 300]
    ann.wire.before = lambda _call: None
    assert ann.sync().again_in_s == 60


def test_batches_shrink_while_the_network_fails(ann):
    uid = ann.create("customer", customer_row())
    for number in range(40):
        ann.edit("customer", uid, phone=f"{number}")
    ann.wire.before = lambda _call: OFFLINE
    for _ in range(3):
        ann.sync()
    ann.limits = Limits(push_edits=16)
    ann.boot()
    ann.wire.calls.clear()
    ann.sync()
    assert len(ann.wire.calls[0].body.muts) == 2


def test_full_disk_stops_the_pull_and_not_the_edits(office, ann):
    desk = Laptop(office, principal("Eve"), free_bytes=lambda: 1_000_000)
    ann.create("customer", customer_row("K-1"))
    ann.sync()
    desk.create("customer", customer_row("K-2"))
    round_ = desk.sync()
    assert round_.problem is not None
    assert (round_.problem.err, round_.accepted) == ("disk-full", 1)
    assert [row["number"] for row in desk.rows("customer").values()] == ["K-2"]


def test_offset_of_the_last_exchange_goes_with_each_edit(office):
    desk = Laptop(office, ahead=timedelta(hours=3))
    desk.create("customer", customer_row("K-1"))
    desk.sync()
    desk.create("customer", customer_row("K-2"))
    desk.sync()
    pushes = [call.body.muts[0] for call in desk.wire.calls if isinstance(call.body, Push)]
    assert pushes[0].offset_ms is None
    assert pushes[-1].offset_ms == 3 * 3_600_000


def test_slow_exchange_says_nothing_of_the_clock(office, ann):
    ann.sync()

    def slow(_call, answer):
        office.now += timedelta(minutes=2)
        return answer

    ann.wire.after = slow
    ann.sync()
    assert ann.desk.state(StateKey.OFFSET) == "0"


def test_receipts_that_disagree_are_told_and_do_no_harm(ann):
    def forged(_call, answer):
        if isinstance(answer.reply, Pushed):
            answer.reply.chain = "f" * 64
        return answer

    ann.wire.after = forged
    ann.create("customer", customer_row())
    round_ = ann.sync()
    assert (round_.troubles, round_.accepted) == (["receipts"], 1)


def test_new_version_of_the_program_reads_everything_anew(ann, bob):
    uid = bob.create("customer", customer_row())
    bob.sync()
    ann.sync()
    with ann.desk.transaction("edit") as tx:
        # As an older version left it, which did not know the field.
        row = {name: value for name, value in ann.rows("customer")[uid].items() if name != "notes"}
        tx.view.put("customer", [(uid, row)])
        tx.remember(StateKey.SCHEMA, SCHEMA - 1)
    ann.sync()
    assert "notes" in ann.rows("customer")[uid]
    assert ann.sync().received == 0


def test_edit_kept_by_an_older_version_goes_out_as_it_was_made(ann, bob):
    ann.create("customer", customer_row())
    ann.database.execute("UPDATE outbox SET schema = schema - 1")
    assert ann.sync().accepted == 1
    assert ann.wire.calls[1].body.muts[0].schema == SCHEMA - 1
    bob.sync()
    assert bob.rows("customer") == ann.rows("customer")


def test_journal_keeps_answered_edits_for_thirty_days(office, ann):
    ann.create("customer", customer_row("K-1"))
    ann.sync()
    office.now += timedelta(days=29)
    ann.sync()
    assert ann.count("journal") == 1
    office.now += timedelta(days=2)
    ann.sync()
    assert ann.count("journal") == 0


def test_hub_that_says_nothing_new_for_ever_is_left_alone(ann):
    def stuck(call, answer):
        if call.path == "sync/pull":
            answer.reply.done, answer.reply.rows = False, []
        return answer

    ann.sync()
    ann.wire.after = stuck
    ann.wire.calls.clear()
    assert ann.sync().problem.err == "unknown"
    assert len(ann.wire.calls) == 1
