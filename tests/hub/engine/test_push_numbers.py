"""What if two desks gave one number to two records, or merged customers while others wrote?"""

import json

import pytest

from tests.support.hub_desks import HubDesk, customer_row, principal, uid, wire_row
from tests.support.hub_reading import conflicts_of


@pytest.fixture
def ann(hub):
    desk = HubDesk(hub)
    desk.create("customer", "c", customer_row("K-1"))
    return desk


@pytest.fixture
def ben(hub, ann):
    return HubDesk(hub, principal("Ben"))


def test_the_later_of_two_equal_numbers_is_told_apart(hub, ben):
    outcome = ben.create("customer", "d", customer_row("K-1"))

    assert (outcome.st, outcome.row["number"]) == ("conflict", "K-1~2")
    (conflict,) = conflicts_of(hub)
    assert (conflict["rule"], conflict["field"], conflict["status"]) == ("number", "number", "open")
    assert [json.loads(conflict[each]) for each in ("mine", "winner")] == ["K-1", "K-1~2"]


def test_the_next_free_one_is_taken(ben):
    ben.create("customer", "d", customer_row("K-1"))

    assert ben.create("customer", "e", customer_row("K-1")).row["number"] == "K-1~3"


def test_two_equal_numbers_of_one_push_are_told_apart(ben):
    edits = [ben.mutation("create", "customer", word, row=customer_row("K-2")) for word in "de"]

    assert [each.row["number"] for each in ben.push(*edits)] == ["K-2", "K-2~2"]


def test_a_number_given_up_is_free(ann, ben):
    ann.edit("customer", "c", number=("K-1", "K-9"))

    assert ben.create("customer", "d", customer_row("K-1")).row["number"] == "K-1"


def test_the_number_of_a_deleted_record_is_free(ann, ben):
    ann.delete("customer", "c")

    assert ben.create("customer", "d", customer_row("K-1")).row["number"] == "K-1"


def test_a_number_of_a_refused_group_is_free(ann, ben):
    good = ann.mutation("create", "customer", "d", row=customer_row("K-2"))
    bad = ann.mutation("create", "contact", "p", row=wire_row("contact", customer_id=uid("?")))
    bad.grp = good.grp
    ann.push(good, bad)

    assert ben.create("customer", "e", customer_row("K-2")).row["number"] == "K-2"


def test_an_edit_cannot_take_the_number_of_another(ann, ben):
    ben.create("customer", "d", customer_row("K-2"))

    assert ann.edit("customer", "c", number=("K-1", "K-2")).row["number"] == "K-2~2"


def test_numbers_of_letters_are_unique_by_kind_and_revision(ann):
    ann.create("document", "f", wire_row("document", customer_id=uid("c")))
    letter = wire_row(
        "letter", customer_id=uid("c"), document_id=uid("f"), order_id=None, number="L-1"
    )
    ann.create("letter", "l", letter | {"kind": "reminder"})

    assert ann.create("letter", "m", letter | {"kind": "statement"}).row["number"] == "L-1"
    assert ann.create("letter", "n", letter | {"kind": "statement"}).row["number"] == "L-1~2"


def test_rows_from_no_other_system_share_no_key(ann):
    ann.create("contact", "p", wire_row("contact", customer_id=uid("c")))

    assert ann.create("contact", "q", wire_row("contact", customer_id=uid("c"))).st == "applied"


def merge(desk, gone, into):
    row = wire_row(
        "customer_merge", customer_id=uid(into), gone_uid=uid(gone), gone="{}", moved="{}",
        merged_by="Zoe",
    )  # fmt: skip
    return desk.create("customer_merge", f"{gone} into {into}", row)


def test_a_row_for_a_merged_customer_goes_to_the_survivor(hub, ann, ben):
    for word in "de":
        ann.create("customer", word, customer_row(word))
    merge(ann, "c", "d")
    merge(ann, "d", "e")
    outcome = ben.create("contact", "p", wire_row("contact", customer_id=uid("c")))

    assert (outcome.st, outcome.row["customer_id"]) == ("applied", uid("e"))


def test_a_merge_is_signed_by_who_made_it(ann):
    ann.create("customer", "d", customer_row("K-2"))

    assert merge(ann, "c", "d").row["merged_by"] == "Ann"


def test_customers_that_were_parted_again_keep_their_rows(ann, ben):
    ann.create("customer", "d", customer_row("K-2"))
    merge(ann, "c", "d")
    ann.edit("customer_merge", "c into d", undone_at=(None, "2026-03-02 09:00:00.000000"))

    outcome = ben.create("contact", "p", wire_row("contact", customer_id=uid("c")))
    assert outcome.row["customer_id"] == uid("c")
