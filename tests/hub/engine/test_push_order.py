"""Is every edit answered once and for good, however often and in whatever order it arrives?"""

import pytest

from loyaldesk.hub.access import Role
from loyaldesk.hub.engine.push import MOST_MUTATIONS
from loyaldesk.protocol.messages import Change, KnownAsked, Problem, Push
from tests.support.hub_desks import HubDesk, customer_row, principal, uid, wire_row
from tests.support.hub_reading import everything, row_of


@pytest.fixture
def ann(hub):
    desk = HubDesk(hub)
    desk.create("customer", "c", customer_row(phone="1"))
    desk.create("document", "d", wire_row("document", customer_id=uid("c")))
    return desk


def letter():
    return wire_row("letter", customer_id=uid("c"), document_id=uid("d"), order_id=None, copies=0)


def test_a_push_sent_again_hears_the_same_and_changes_nothing(hub, ann):
    edit = ann.mutation("edit", "customer", "c", ch={})
    first = ann.push(edit, ann.edit_of("customer", "c", phone=("1", "2")))
    before = everything(hub)
    ann.number -= 1
    again = ann.push(edit, ann.edit_of("customer", "c", phone=("1", "2")))

    assert (again, everything(hub)) == (first, before)


def test_a_repeated_edit_hears_of_the_row_as_it_is_by_now(hub, ann):
    edit = ann.edit_of("customer", "c", phone=("1", "2"))
    ann.push(edit)
    HubDesk(hub, principal("Ben")).edit("customer", "c", phone=("2", "3"))

    assert ann.push(edit)[0].row["phone"] == "3"


def test_another_edit_under_a_known_number_is_a_fork(hub, ann):
    edit = ann.edit_of("customer", "c", phone=("1", "2"))
    edit.no = 2
    problem = ann.refused_push(edit)

    assert (problem.err, row_of(hub, "customer", "c")["phone"]) == ("forked", "1")


def test_what_was_answered_before_a_fork_is_told(ann):
    known = ann.edit_of("customer", "c", phone=("1", "2"))
    ann.push(known)
    other = ann.edit_of("customer", "c", phone=("2", "3"))
    other.no = 2
    problem = ann.refused_push(known, other)

    assert (problem.err, [each.uuid for each in problem.res]) == ("forked", [known.uuid])


def test_after_a_fork_the_edits_of_the_twin_are_copied_not_made_again(hub, ann):
    ann.create("letter", "l", letter())
    edit = ann.mutation("edit", "letter", "l", ch={"copies": Change(inc=1)})
    first = ann.push(edit)[0]
    twin = HubDesk(hub, ann.who, client="twin")
    edit.no = 1
    copied = twin.push(edit)[0]

    assert (copied.st, copied.no, copied.row) == (first.st, 1, first.row)
    assert row_of(hub, "letter", "l")["copies"] == 1
    assert twin.push(edit) == [copied]


def test_an_edit_twice_in_one_push_is_malformed(hub, ann):
    edit, again = (ann.edit_of("customer", "c", phone=("1", "2")) for _ in range(2))
    again.uuid = edit.uuid

    assert ann.refused_push(edit, again).err == "malformed"


def test_the_hub_knows_the_edits_it_answered(ann):
    edit = ann.edit_of("customer", "c", phone=("1", "2"))
    ann.push(edit)

    assert ann.ask("sync/known", KnownAsked([uid("no edit"), edit.uuid])).known == [edit.uuid]


def test_a_client_of_another_device_is_a_fork(hub, ann):
    thief = HubDesk(hub, principal("Ben"), client=ann.client, number=ann.number)

    assert thief.refused_push(thief.edit_of("customer", "c", phone=("1", "2"))).err == "forked"


def test_a_missing_number_is_asked_for(hub, ann):
    ann.number += 1
    problem = ann.refused_push(ann.edit_of("customer", "c", phone=("1", "2")))

    assert (problem.err, problem.expect, row_of(hub, "customer", "c")["phone"]) == ("gap", 3, "1")


def test_a_gap_inside_a_group_leaves_the_whole_group(hub, ann):
    first = ann.edit_of("customer", "c", phone=("1", "2"))
    ann.number += 1
    second = ann.edit_of("customer", "c", phone=("2", "3"))
    second.grp = first.grp
    problem = ann.refused_push(first, second)

    assert (problem.err, problem.expect, problem.res) == ("gap", 3, [])
    assert row_of(hub, "customer", "c")["phone"] == "1"


def test_an_edit_of_a_restored_hub_is_sent_back_with_the_new_epoch(hub, ann):
    known = ann.epoch
    ann.epoch = uid("another")
    problem = ann.refused_push(ann.edit_of("customer", "c", phone=("1", "2")))

    assert (problem.err, problem.epoch) == ("epoch", known)


def test_a_newer_desk_waits_until_the_hub_is_newer(ann, monkeypatch):
    monkeypatch.setattr("tests.support.hub_desks.SCHEMA", 99)
    problem = ann.refused_push(ann.edit_of("customer", "c", phone=("1", "2")))

    assert problem.err == "busy"
    assert problem.retry_after_s > 0


@pytest.mark.parametrize("forged", [{"uuid": "x"}, {"id": "../etc"}, {"no": 0}])
def test_an_edit_without_an_identity_is_malformed(hub, ann, forged):
    edit = ann.edit_of("customer", "c", phone=("1", "2"))
    for name, value in forged.items():
        setattr(edit, name, value)
    before = everything(hub)

    assert ann.refused_push(edit).err == "malformed"
    assert everything(hub) == before


def test_a_client_without_a_proper_name_is_malformed(ann):
    ann.client = "name; with words"

    assert ann.refused_push(ann.edit_of("customer", "c", phone=("1", "2"))).err == "malformed"


def test_too_many_edits_at_once_are_sent_in_halves(ann):
    edits = [ann.edit_of("customer", "c", phone=("1", "2")) for _ in range(MOST_MUTATIONS + 1)]

    assert ann.refused_push(*edits).err == "too-large"


def test_a_single_large_group_is_taken_as_it_is(hub):
    office = HubDesk(hub, principal("Zoe", Role.OFFICE, None))
    edits = [
        office.mutation(
            "create", "product", f"p{number}", row=wire_row("product", number=f"{number}")
        )
        for number in range(MOST_MUTATIONS + 1)
    ]
    for edit in edits:
        edit.grp = 1

    assert {each.st for each in office.push(*edits)} == {"applied"}


def test_an_empty_push_says_where_the_desk_stands(ann):
    reply = ann.ask("sync/push", Push([]))

    assert not isinstance(reply, Problem)
    assert (reply.last, reply.res) == (2, [])
