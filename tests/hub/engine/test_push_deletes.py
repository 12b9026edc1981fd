"""What if one deletes what another edits? Nothing comes back unasked, and nothing is lost."""

import json

import pytest

from tests.support.hub_desks import HubDesk, customer_row, principal, uid, wire_row
from tests.support.hub_reading import audit_of, conflicts_of, row_of


@pytest.fixture
def ann(hub):
    desk = HubDesk(hub)
    desk.create("customer", "c", customer_row())
    desk.create(
        "contact", "p", wire_row("contact", customer_id=uid("c"), phone="1", family_name="Rae")
    )
    return desk


@pytest.fixture
def ben(hub, ann):
    return HubDesk(hub, principal("Ben"))


def test_a_row_is_deleted_that_looks_as_its_deleter_saw_it(hub, ann):
    outcome = ann.delete("contact", "p", phone="1")

    assert (outcome.st, outcome.row, row_of(hub, "contact", "p")) == ("applied", None, None)
    assert [entry[1] for entry in audit_of(hub, "contact", "p")] == ["create", "delete"]


def test_a_row_that_was_edited_meanwhile_is_not_deleted(hub, ann, ben):
    ben.edit("contact", "p", phone=("1", "2"))
    outcome = ann.delete("contact", "p", phone="1", family_name="Rae")

    assert (outcome.st, outcome.row["phone"]) == ("conflict", "2")
    (conflict,) = conflicts_of(hub)
    assert (conflict["rule"], conflict["status"], conflict["field"]) == ("delete", "open", "")
    assert json.loads(conflict["base"]) == {"phone": "1"}
    assert json.loads(conflict["theirs"]) == {"phone": "2"}


def test_an_edit_of_a_deleted_row_is_kept_as_a_conflict(hub, ann, ben):
    ann.delete("contact", "p", phone="1")
    outcome = ben.edit("contact", "p", phone=("1", "2"))

    assert (outcome.st, outcome.row, row_of(hub, "contact", "p")) == ("conflict", None, None)
    (conflict,) = conflicts_of(hub)
    assert json.loads(conflict["mine"]) == {"phone": "2"}
    assert json.loads(conflict["base"])["family_name"] == "Rae"
    assert conflict["their_user"] == "Ann"


def test_deleting_twice_is_deleting_once(ann, ben):
    ann.delete("contact", "p", phone="1")

    assert ben.delete("contact", "p", phone="1").st == "applied"


def test_a_deleted_row_comes_back_when_it_is_made_again(hub, ann):
    ann.delete("contact", "p", phone="1")
    outcome = ann.create("contact", "p", wire_row("contact", customer_id=uid("c"), phone="3"))

    assert (outcome.st, outcome.rv, row_of(hub, "contact", "p")["phone"]) == ("applied", 3, "3")


def test_a_row_that_others_need_is_not_deleted(hub, ann, ben):
    ben.create("contact", "q", wire_row("contact", customer_id=uid("c")))
    outcomes = [ann.delete("contact", "p"), ann.delete("customer", "c")]

    assert [each.st for each in outcomes] == ["applied", "conflict"]
    assert row_of(hub, "customer", "c") is not None


def test_a_customer_goes_with_all_that_belongs_to_it(hub, ann):
    contact = ann.mutation("delete", "contact", "p")
    customer = ann.mutation("delete", "customer", "c")
    customer.grp = contact.grp

    assert {each.st for each in ann.push(contact, customer)} == {"applied"}
    assert row_of(hub, "customer", "c") is None


def test_nothing_is_hung_on_a_row_that_is_gone(ann, ben):
    ann.delete("contact", "p")
    ann.delete("customer", "c")

    assert ben.create("contact", "q", wire_row("contact", customer_id=uid("c"))).st == "rejected"


def test_a_row_made_and_deleted_in_one_push_was_never_there(hub, ann, ben):
    ben.pull()
    row = wire_row("contact", customer_id=uid("c"))
    ann.push(
        ann.mutation("create", "contact", "q", row=row), ann.mutation("delete", "contact", "q")
    )

    assert row_of(hub, "contact", "q") is None
    assert ben.pull() == []
