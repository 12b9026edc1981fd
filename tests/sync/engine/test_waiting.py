"""What a person can do about edits that wait, or that were refused."""

from __future__ import annotations

import json

import pytest

from loyaldesk.errors import Refused
from loyaldesk.store.outbox import Edit, waiting_edits
from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.engine.exchange import Answer
from loyaldesk.sync.engine.invariants import check_invariants
from loyaldesk.sync.engine.waiting import discard, export, retry, retry_all
from tests.support.hub_desks import customer_row, principal, wire_row
from tests.support.sync_desks import OFFLINE, Laptop, Office


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def ann(office):
    return Laptop(office, principal("Ann"))


def groups(laptop):
    """Return the numbers of the waiting actions, oldest first."""
    return list(dict.fromkeys(edit.grp for edit in waiting_edits(laptop.database)))


def lose_replies(laptop):
    """Let the hub have what is sent, and its answers be lost."""
    laptop.wire.after = lambda _call, _answer: OFFLINE
    laptop.sync()
    laptop.wire.after = lambda _call, answer: answer


def test_edit_that_was_never_sent_simply_goes(ann):
    uid = ann.create("customer", customer_row())
    ann.sync()
    ann.edit("customer", uid, phone="040 1")
    ann.edit("customer", uid, email="x@example.com")
    _, newest = groups(ann)
    assert discard(ann.desk, newest) is False
    assert ann.rows("customer")[uid]["email"] == ""
    check_invariants(ann.desk)
    assert ann.sync().accepted == 1


def test_numbers_close_up_so_that_the_hub_misses_none(office, ann):
    for number in ("K-1", "K-2", "K-3"):
        ann.create("customer", customer_row(number))
    discard(ann.desk, groups(ann)[1])
    assert [edit.no for edit in waiting_edits(ann.database)] == [1, 2]
    ann.create("customer", customer_row("K-4"))
    assert ann.sync().accepted == 3
    assert "sync/push" in ann.wire.paths()
    assert ann.wire.paths().count("sync/push") == 2


def test_edit_that_never_got_out_is_not_taken_for_sent(ann):
    ann.create("customer", customer_row(phone="old"))
    ann.wire.before = lambda _call: Answer(OFFLINE.reply, has_left=False)
    for _ in range(2):
        ann.sync()
    assert [edit.tries for edit in waiting_edits(ann.database)] == [0]
    assert discard(ann.desk, groups(ann)[0]) is False


def test_edit_that_may_have_been_sent_is_taken_back_by_the_opposite(office, ann):
    uid = ann.create("customer", customer_row(phone="old"))
    ann.sync()
    ann.edit("customer", uid, phone="new")
    lose_replies(ann)
    assert discard(ann.desk, groups(ann)[0]) is True
    assert ann.rows("customer")[uid]["phone"] == "old"
    check_invariants(ann.desk)
    ann.sync()
    bob = Laptop(office, principal("Bob"))
    bob.sync()
    assert bob.rows("customer") == ann.rows("customer")
    assert bob.rows("customer")[uid]["phone"] == "old"


def test_row_whose_making_may_have_been_sent_is_deleted_everywhere(office, ann):
    ann.create("customer", customer_row())
    ann.sync()
    uid = ann.create("customer", customer_row("K-2"))
    lose_replies(ann)
    discard(ann.desk, groups(ann)[0])
    assert uid not in ann.rows("customer")
    ann.sync()
    bob = Laptop(office, principal("Bob"))
    bob.sync()
    assert len(bob.rows("customer")) == 1


def test_count_that_may_have_been_sent_is_counted_back(office, ann):
    customer = ann.create("customer", customer_row())
    paper = ann.create("document", wire_row("document", customer_id=customer, replaces_id=None))
    row = wire_row("letter", customer_id=customer, document_id=paper, order_id=None, copies=1)
    letter = ann.create("letter", row)
    ann.sync()
    ann.edit("letter", letter, copies=3)
    lose_replies(ann)
    discard(ann.desk, groups(ann)[0])
    ann.sync()
    assert ann.rows("letter")[letter]["copies"] == 1


def test_edit_that_later_ones_build_on_is_kept(ann):
    uid = ann.create("customer", customer_row())
    ann.create("contact", wire_row("contact", customer_id=uid))
    with pytest.raises(Refused, match="build on this one"):
        discard(ann.desk, groups(ann)[0])
    assert len(groups(ann)) == 2


def test_edit_that_went_out_meanwhile_cannot_be_discarded(ann):
    ann.create("customer", customer_row())
    (group,) = groups(ann)
    ann.sync()
    with pytest.raises(Refused, match="gone out"):
        discard(ann.desk, group)


def test_refused_action_is_sent_again_with_what_was_put_right(office, ann):
    uid = ann.create("customer", customer_row(territory="South"))
    ann.sync()
    (group,) = ann.database.execute("SELECT grp FROM attention").fetchone()
    retry(ann.desk, group, {uid: {"territory": "North"}})
    assert ann.rows("customer")[uid]["territory"] == "North"
    check_invariants(ann.desk)
    assert ann.sync().accepted == 1
    assert ann.count("attention") == 0


def test_refused_edit_is_sent_again_over_what_is_there_now(office, ann):
    ann.wire.who = principal("Ann", territories="North South")
    uid = ann.create("customer", customer_row(territory="South", phone="old"))
    ann.sync()
    ann.edit("customer", uid, phone="new")
    ann.wire.who = principal("Ann")
    ann.sync(checked=False)
    assert ann.count("attention") == 1
    ann.wire.who = principal("Ann", territories="North South")
    ann.sync()
    (group,) = ann.database.execute("SELECT grp FROM attention").fetchone()
    retry(ann.desk, group, {uid: {"phone": "newer"}})
    ann.sync()
    assert ann.rows("customer")[uid]["phone"] == "newer"


def test_action_that_is_in_no_list_cannot_be_sent_again(ann):
    with pytest.raises(Refused, match="not in the list"):
        retry(ann.desk, 7)


def test_what_waits_can_go_out_before_its_time(ann):
    ann.wire.before = lambda _call: OFFLINE
    ann.create("customer", customer_row())
    for _ in range(5):
        ann.sync()
    retry_all(ann.desk)
    assert ann.desk.state(StateKey.NEXT_AT) == "2026-03-02T09:00:00.000Z"
    assert ann.desk.state(StateKey.FAILURES) == ""


def test_everything_that_is_not_at_the_hub_can_be_taken_away_as_json(office, ann):
    ann.create("customer", customer_row("K-1", territory="South"))
    ann.sync()
    uid = ann.create("customer", customer_row("K-2", name="Müller"))
    ann.keep(Edit("customer", uid, "delete", ann.rows("customer")[uid], None), label="Delete")
    told = json.loads(export(ann.desk))
    assert [each["label"] for each in told["waiting"]] == ["Edit", "Delete"]
    assert told["waiting"][0]["edit"]["row"]["name"] == "Müller"
    assert [each["edit"]["row"]["number"] for each in told["refused"]] == ["K-1"]
