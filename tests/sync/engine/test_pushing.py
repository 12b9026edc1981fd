"""What goes out: in whole groups, once, and never in the way of what comes after it."""

from __future__ import annotations

import re

import pytest

from loyaldesk.hub.accounts.devices import CODE_SIGNS
from loyaldesk.protocol.messages import Problem, Pushed
from loyaldesk.store.outbox import Edit
from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.engine.desk import Limits
from loyaldesk.sync.engine.rounds import Answer
from tests.support.hub_desks import customer_row, principal, wire_row
from tests.support.memory_desk import copy_database
from tests.support.sync_desks import Laptop, Office


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def ann(office):
    return Laptop(office, principal("Ann"), limits=Limits(push_edits=3))


def pushes(laptop):
    """Return the sizes of the pushes."""
    return [len(call.body.muts) for call in laptop.wire.calls if call.path == "sync/push"]


def creates(office, *numbers):
    """Return the edits of an action that makes customers."""
    rows = [customer_row(number) for number in numbers]
    return [Edit("customer", office.new_uid(), "create", None, row) for row in rows]


def test_groups_go_out_whole(office, ann):
    ann.sync()
    ann.wire.calls.clear()
    ann.keep(*creates(office, "K-1", "K-2"))
    ann.keep(*creates(office, "K-3", "K-4"))
    ann.keep(*creates(office, "K-5", "K-6", "K-7", "K-8"))
    assert ann.sync().accepted == 8
    assert pushes(ann) == [2, 2, 4]


def test_batch_is_halved_until_the_hub_takes_it(office, ann):
    ann.limits = Limits(push_edits=8)
    ann.boot()
    ann.sync()
    ann.wire.calls.clear()
    for number in range(8):
        ann.keep(*creates(office, f"K-{number}"))

    def narrow(call):
        is_large = call.path == "sync/push" and len(call.body.muts) > 2
        return Answer(Problem(err="too-large")) if is_large else None

    ann.wire.before = narrow
    assert ann.sync().accepted == 8
    assert pushes(ann) == [8, 4, 2, 2, 2, 2]


def test_action_too_large_for_the_hub_is_set_aside_and_the_rest_goes_out(office, ann):
    ann.sync()
    (large,) = creates(office, "K-1")
    ann.keep(large)
    uid = ann.create("customer", customer_row("K-2"))

    def narrow(call):
        if call.path == "sync/push" and large.uid in {each.id for each in call.body.muts}:
            return Answer(Problem(err="too-large", sentence="This is more than the hub takes."))
        return None

    ann.wire.before = narrow
    round_ = ann.sync()
    assert (round_.accepted, round_.refused) == (1, 1)
    assert list(ann.rows("customer")) == [uid]
    (reason,) = ann.database.execute("SELECT reason FROM attention").fetchone()
    assert reason == "This is more than the hub takes."


def test_refused_edit_is_taken_back_and_kept_for_its_author(office, ann):
    uid = ann.create("customer", customer_row("K-1", territory="South"))
    round_ = ann.sync()
    assert round_.refused == 1
    assert ann.rows("customer") == {}
    kept = ann.database.execute("SELECT uid, op, label FROM attention").fetchall()
    assert kept == [(uid, "create", "Edit")]


def test_edit_made_while_others_are_on_their_way_is_not_lost(office, ann):
    uid = ann.create("customer", customer_row("K-1"))

    def meanwhile(call, answer):
        if call.path == "sync/push" and ann.count("outbox") == 1:
            ann.edit("customer", uid, phone="040 1")
        return answer

    ann.wire.after = meanwhile
    ann.sync()
    assert ann.rows("customer")[uid]["phone"] == "040 1"
    assert (ann.count("outbox"), ann.desk.state(StateKey.NEXT_AT)) == (
        1,
        "2026-03-02T09:00:00.000Z",
    )
    ann.sync()
    other = Laptop(office, principal("Bob"))
    other.sync()
    assert other.rows("customer")[uid]["phone"] == "040 1"


def test_answer_about_other_edits_acknowledges_none(ann):
    ann.create("customer", customer_row())

    def mixed_up(_call, answer):
        if isinstance(answer.reply, Pushed):
            answer.reply.res[0].uuid = "f" * 32
        return answer

    ann.wire.after = mixed_up
    assert ann.sync().problem.err == "unknown"
    assert ann.count("outbox") == 1


def test_desk_put_back_from_a_backup_goes_on_as_another_client(office, ann):
    backup = copy_database(ann.database)
    ann.create("customer", customer_row("K-1"))
    ann.sync()
    restored = Laptop(office, principal("Ann"), database=backup)
    before = restored.desk.state(StateKey.CLIENT)
    restored.create("customer", customer_row("K-2"))
    assert restored.sync().accepted == 1
    assert restored.desk.state(StateKey.CLIENT) != before
    numbers = sorted(row["number"] for row in restored.rows("customer").values())
    assert numbers == ["K-1", "K-2"]


def test_twins_of_a_copied_disk_make_each_edit_once(office, ann):
    uid = ann.create("customer", customer_row("K-1"))
    twin = Laptop(office, principal("Ann"), database=copy_database(ann.database))
    for number, laptop in enumerate((ann, twin)):
        laptop.edit("customer", uid, **{("phone", "email")[number]: "mine"})
    for laptop in (ann, twin, ann, twin):
        laptop.sync()
    assert ann.rows("customer") == twin.rows("customer")
    seen = twin.rows("customer")[uid]
    assert (seen["phone"], seen["email"], len(twin.rows("customer"))) == ("mine", "mine", 1)


def fork(office, ann, code="B7"):
    """Return a copy of Ann's desk that the hub has noticed to be one."""
    with ann.desk.transaction("connect") as tx:
        tx.remember(StateKey.DESK_CODE, code)
    twin = Laptop(office, principal("Ann"), database=copy_database(ann.database))
    for laptop in (ann, twin):
        laptop.create("customer", customer_row(office.new_uid()))
        laptop.sync()
    return twin


def test_twin_takes_a_desk_code_that_no_hub_gives_and_the_other_keeps_its_own(office, ann):
    code = fork(office, ann).desk.state(StateKey.DESK_CODE)
    assert ann.desk.state(StateKey.DESK_CODE) == "B7"
    assert re.fullmatch(f"B7S[{CODE_SIGNS}]{{5}}", code)
    assert "S" not in CODE_SIGNS


def test_copy_of_a_copy_takes_another_code_as_long_as_the_first(office, ann):
    twin = fork(office, ann)
    code = twin.desk.state(StateKey.DESK_CODE)
    again = fork(office, twin, code).desk.state(StateKey.DESK_CODE)
    assert again != code
    assert re.fullmatch(f"B7S[{CODE_SIGNS}]{{5}}", again)


def test_desk_without_a_code_takes_none_when_it_forks(office, ann):
    assert fork(office, ann, "").desk.state(StateKey.DESK_CODE) == ""


def test_mail_that_no_other_copy_has_stays_the_twins_to_send(office, ann):
    with ann.desk.transaction("connect") as tx:
        tx.remember(StateKey.DESK_CODE, "B7")
    customer = ann.create("customer", customer_row())
    shared = ann.create("mail", mail_row(customer))
    ann.sync()
    twin = Laptop(office, principal("Ann"), database=copy_database(ann.database))
    ann.edit("customer", customer, phone="1")
    own = twin.create("mail", mail_row(customer))
    for laptop in (ann, twin, ann):
        laptop.sync()
    mails = {uid: row["desk"] for uid, row in ann.rows("mail").items()}
    assert mails == {shared: "B7", own: twin.desk.state(StateKey.DESK_CODE)}
    assert twin.rows("mail") == ann.rows("mail")


def mail_row(customer):
    return wire_row("mail", customer_id=customer, desk="B7")


def test_paper_that_was_used_is_told_and_stays_here(ann):
    customer = ann.create("customer", customer_row())
    paper = ann.create("document", wire_row("document", customer_id=customer, replaces_id=None))
    ann.create("paper_use", wire_row("paper_use", document_id=paper))
    assert ann.sync().accepted == 3
    assert ann.sync().is_in_step
    assert len(ann.rows("paper_use")) == 1


def test_number_of_another_desk_makes_the_own_row_step_aside(office, ann):
    bob = Laptop(office, principal("Bob"))
    bob.create("customer", customer_row("K-1", name="Bob's"))
    mine = ann.create("customer", customer_row("K-1", name="Ann's"))
    bob.sync()
    ann.wire.before = lambda call: (
        Answer(Problem(err="malformed")) if call.path == "sync/push" else None
    )
    ann.sync()
    seen = {row["name"]: row["number"] for row in ann.rows("customer").values()}
    assert seen == {"Bob's": "K-1", "Ann's": "K-1~2"}
    ann.wire.before = lambda _call: None
    ann.sync()
    bob.sync()
    assert ann.rows("customer") == bob.rows("customer")
    assert ann.rows("customer")[mine]["number"] == "K-1~2"


def test_number_freed_and_taken_in_one_pull_is_shown_at_once(office, ann):
    bob = Laptop(office, principal("Bob"))
    first = bob.create("customer", customer_row("K-1"))
    bob.sync()
    ann.sync()
    bob.edit("customer", first, number="K-9")
    second = bob.create("customer", customer_row("K-1"))
    bob.sync()
    bob.edit("customer", first, phone="1")
    bob.sync()
    ann.sync()
    seen = {uid: row["number"] for uid, row in ann.rows("customer").items()}
    assert seen == {first: "K-9", second: "K-1"}
