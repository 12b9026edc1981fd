"""What becomes of edits that reach the hub one after the other, and of those that met others?"""

import json
import re

import pytest

from loyaldesk.hub.access import Role
from loyaldesk.protocol.digest import EMPTY, chain
from loyaldesk.protocol.messages import Push
from tests.support.hub_desks import HubDesk, customer_row, order_line, principal, uid, wire_row
from tests.support.hub_reading import audit_of, conflicts_of, row_of


@pytest.fixture
def ann(hub):
    desk = HubDesk(hub)
    desk.create("customer", "c", customer_row(name="Mill", phone="1", notes="a\nb"))
    return desk


@pytest.fixture
def ben(hub, ann):
    return HubDesk(hub, principal("Ben"))


def test_a_created_row_is_kept_as_it_came(hub, ann):
    assert row_of(hub, "customer", "c") == customer_row(name="Mill", phone="1", notes="a\nb")


def test_the_outcome_carries_the_row_and_its_version(ann):
    outcome = ann.edit("customer", "c", phone=("1", "2"))

    assert (outcome.st, outcome.rv, outcome.row["phone"]) == ("applied", 2, "2")


def test_an_edit_that_changes_nothing_keeps_the_version(ann):
    assert ann.edit("customer", "c", phone=("9", "1")).rv == 1


def test_two_edits_of_one_push_are_one_version(ann):
    first = ann.edit_of("customer", "c", phone=("1", "2"))
    outcomes = ann.push(first, ann.edit_of("customer", "c", phone=("2", "3")))

    assert [(each.rv, each.row["phone"]) for each in outcomes] == [(2, "3"), (2, "3")]


def test_a_field_with_a_master_waits_for_a_decision(hub, ann, ben):
    ann.edit("customer", "c", name=("Mill", "Miller"))
    outcome = ben.edit("customer", "c", name=("Mill", "Mills"))

    assert (outcome.st, outcome.row["name"]) == ("conflict", "Miller")
    (conflict,) = conflicts_of(hub)
    assert outcome.conflicts == [conflict["id"]]
    assert (conflict["status"], conflict["rule"], conflict["field"]) == ("open", "manual", "name")
    values = [json.loads(conflict[each]) for each in ("base", "mine", "theirs", "winner")]
    assert values == ["Mill", "Mills", "Miller", "Miller"]
    assert (conflict["my_user"], conflict["their_user"]) == ("Ben", "Ann")
    # As every desk keeps instants: they are compared as text and read with their zone.
    instants = [conflict[each] for each in ("my_edited_at", "their_edited_at", "found_at")]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z", each) for each in instants)
    assert conflict["customer_id"] == uid("c")


def test_the_later_of_two_phone_numbers_stands_whichever_comes_first(hub, ann, ben):
    ben.at = ann.at.replace(hour=12)
    late = ben.edit_of("customer", "c", phone=("1", "late"))
    ben.push(late)
    outcome = ann.edit("customer", "c", phone=("1", "early"))

    assert (outcome.st, outcome.row["phone"]) == ("merged", "late")
    (conflict,) = conflicts_of(hub)
    assert (conflict["status"], json.loads(conflict["mine"])) == ("auto", "early")


def test_an_edit_time_is_corrected_by_what_the_desk_was_ahead(ann, ben):
    ann.edit("customer", "c", phone=("1", "true"))
    ben.at = ann.at.replace(hour=12)
    edit = ben.edit_of("customer", "c", phone=("1", "ahead"))
    edit.offset_ms = 4 * 3_600_000

    assert ben.push(edit)[0].row["phone"] == "true"


def test_notes_of_both_are_kept(hub, ann, ben):
    ann.edit("customer", "c", notes=("a\nb", "a\nb\nc"))
    outcome = ben.edit("customer", "c", notes=("a\nb", "z\na\nb"))

    assert outcome.row["notes"] == "z\na\nb\nc"
    assert conflicts_of(hub)[0]["status"] == "auto"


def test_an_order_merged_of_two_edits_has_totals_that_add_up(ann, ben):
    lines = [order_line(1), order_line(2)]
    order = wire_row("sales_order", customer_id=uid("c"), number="A-1", lines=lines)
    ann.create("sales_order", "o", order | {"net_minor": 2000, "total_minor": 2000})
    for desk, place in ((ann, 0), (ben, 1)):
        new = [dict(line) for line in lines]
        new[place] |= {"quantity_milli": 3000, "net_minor": 3000}
        desk.edit(
            "sales_order", "o", lines=(lines, new), net_minor=(2000, 4000),
            total_minor=(2000, 4000),
        )  # fmt: skip
    outcome = ben.edit("sales_order", "o", freight_minor=(0, 500), total_minor=(4000, 4500))

    assert [each["net_minor"] for each in outcome.row["lines"]] == [3000, 3000]
    assert (outcome.row["net_minor"], outcome.row["total_minor"]) == (6000, 6500)


def test_a_setting_made_on_two_desks_is_one_setting(hub):
    admin = HubDesk(hub, principal("Cleo", role=Role.OFFICE, territories=None))
    other = HubDesk(hub, principal("Dora", role=Role.OFFICE, territories=None))
    admin.create("setting", "s", wire_row("setting", key="company", value='"one"'))
    outcome = other.create("setting", "s", wire_row("setting", key="company", value='"two"'))

    assert (outcome.st, len(conflicts_of(hub))) == ("merged", 1)
    assert conflicts_of(hub)[0]["customer_id"] is None


def test_the_audit_says_who_changed_which_field_from_what_to_what(hub, ann, ben):
    ben.edit("customer", "c", phone=("1", "2"), website=("", "mill.example"))

    assert audit_of(hub, "customer", "c") == [
        ("Ann", "create", "", None, row_of(hub, "customer", "c") | {"phone": "1", "website": ""}),
        ("Ben", "edit", "phone", "1", "2"),
        ("Ben", "edit", "website", "", "mill.example"),
    ]


def test_a_resolution_is_an_edit_signed_by_who_made_it(hub, ann, ben):
    ann.edit("customer", "c", name=("Mill", "Miller"))
    conflict = ben.edit("customer", "c", name=("Mill", "Mills")).conflicts[0]
    edit = ben.edit_of("edit_conflict", "any", status=("open", "resolved"), resolved_by=("", "Zoe"))
    edit.id = conflict

    assert ben.push(edit)[0].row["resolved_by"] == "Ben"


def test_nobody_else_writes_conflicts(ann):
    outcome = ann.create("edit_conflict", "x", wire_row("edit_conflict", customer_id=uid("c")))

    assert (outcome.st, outcome.row) == ("rejected", None)


def test_the_chain_runs_over_every_answered_edit(ann):
    edits = [ann.edit_of("customer", "c", phone=("1", "2")) for _ in range(2)]
    reply = ann.ask("sync/push", Push(edits))
    expected = EMPTY
    for each in [uid("client-Ann 1 customer c create"), *(edit.uuid for edit in edits)]:
        expected = chain(expected, each)

    assert (reply.last, reply.chain) == (3, expected)
