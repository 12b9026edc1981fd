"""When two edits met, does the conflict name who typed which value, whichever of them stands?"""

import json

import pytest

from loyaldesk.protocol.messages import Change
from tests.support.hub_desks import HubDesk, customer_row, principal, uid, wire_row
from tests.support.hub_reading import conflicts_of


@pytest.fixture
def ann(hub):
    desk = HubDesk(hub)
    desk.create("customer", "c", customer_row(name="Mill", phone="1", notes="a\nb"))
    return desk


@pytest.fixture
def ben(hub, ann):
    return HubDesk(hub, principal("Ben"))


@pytest.fixture
def met(hub):
    """Return the only conflict: its users, whether one instant was taken for both, its winner."""

    def reading():
        (found,) = conflicts_of(hub)
        is_one_instant = found["my_edited_at"] == found["their_edited_at"]
        return found["my_user"], found["their_user"], is_one_instant, json.loads(found["winner"])

    return reading


def test_the_later_of_two_numbers_is_told_from_the_earlier(ann, ben, met):
    ann.edit("customer", "c", phone=("1", "2"))
    ben.at = ann.at.replace(hour=12)
    ben.edit("customer", "c", phone=("1", "3"))

    assert met() == ("Ben", "Ann", False, "3")


def test_the_earlier_of_two_that_comes_late_is_told_from_the_one_that_stands(ann, ben, met):
    ben.at = ann.at.replace(hour=12)
    ben.edit("customer", "c", phone=("1", "3"))
    ann.edit("customer", "c", phone=("1", "2"))

    assert met() == ("Ann", "Ben", False, "3")


def test_notes_that_were_woven_name_both_authors(ann, ben, met):
    ann.edit("customer", "c", notes=("a\nb", "a\nb\nc"))
    ben.at = ann.at.replace(hour=12)
    ben.edit("customer", "c", notes=("a\nb", "z\na\nb"))

    assert met() == ("Ben", "Ann", False, "z\na\nb\nc")


def test_what_waits_for_a_decision_names_both_authors(ann, ben, met):
    ann.edit("customer", "c", name=("Mill", "Miller"))
    ben.at = ann.at.replace(hour=12)
    ben.edit("customer", "c", name=("Mill", "Mills"))

    assert met() == ("Ben", "Ann", False, "Miller")


def test_a_field_that_nobody_edited_was_written_by_who_made_the_record(ann, ben, met):
    ben.at = ann.at.replace(hour=12)
    ben.edit("customer", "c", phone=("9", "3"))

    assert met() == ("Ben", "Ann", False, "3")


def test_counters_add_up_and_nobody_is_asked(hub, ann, ben):
    row = wire_row("invoice", customer_id=uid("c"), number="I-1", total_minor=900, open_minor=900)
    ann.create("invoice", "i", row)
    for desk, inc in ((ann, -300), (ben, -200)):
        edit = desk.mutation("edit", "invoice", "i", ch={"open_minor": Change(inc=inc)})
        (outcome,) = desk.push(edit)

    assert (outcome.row["open_minor"], conflicts_of(hub)) == (400, [])


def test_a_number_taken_twice_names_who_has_it(ann, ben, met):
    ben.at = ann.at.replace(hour=12)
    ben.create("customer", "d", customer_row("K-2"))
    ann.at = ben.at.replace(hour=13)
    ann.edit("customer", "c", number=(customer_row()["number"], "K-2"))

    assert met() == ("Ann", "Ben", False, "K-2~2")
