"""Is what a person sees the hub's row with the waiting edits over it?"""

import itertools
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.protocol.kinds import KINDS
from loyaldesk.protocol.merge import merge_edit
from loyaldesk.protocol.messages import Change
from loyaldesk.protocol.replay import Pending, difference
from loyaldesk.protocol.replay import replay as replayed
from loyaldesk.protocol.stamps import Stamp
from tests.protocol.strategies import edited, kinds, rows
from tests.support.hub_desks import customer_row, wire_row

CUSTOMER = KINDS["customer"]
STAMP = Stamp("2026-03-02", "00", "u", "d")


def replay(*given_) -> Any:
    """Return what is seen: a row, or None."""
    return replayed(*given_)


@st.composite
def histories(draw):
    """Return a kind and rows, each made of the one before."""
    kind = draw(kinds)
    found = [draw(rows(kind))]
    for _ in range(draw(st.integers(0, 4))):
        found.append(draw(edited(kind, found[-1])))
    return kind, found


@given(histories())
def test_replaying_the_differences_gives_the_last_row(given_):
    kind, history = given_
    pending = [
        Pending("edit", changes=difference(kind, old, new))
        for old, new in itertools.pairwise(history)
    ]

    assert replay(kind, history[0], pending) == history[-1]


@given(histories())
def test_what_is_seen_is_what_the_hub_makes_of_it_when_nobody_else_wrote(given_):
    kind, history = given_
    changes = difference(kind, history[0], history[-1])
    seen = replay(kind, history[0], [Pending("edit", changes=changes)])
    made = merge_edit(kind, history[0], changes, mine=STAMP, theirs={})

    assert seen == made.row


@given(histories())
def test_an_edit_of_nothing_is_empty(given_):
    kind, history = given_

    assert difference(kind, history[0], dict(history[0])) == {}


def test_a_count_travels_as_what_was_added():
    old, new = (wire_row("invoice", open_minor=value) for value in (9, 4))

    assert difference(KINDS["invoice"], old, new) == {"open_minor": Change(inc=-5)}


def test_increments_stand_on_what_the_hub_has_by_now():
    pending = [Pending("edit", changes={"open_minor": Change(inc=-5)})]

    assert replay(KINDS["invoice"], wire_row("invoice", open_minor=7), pending)["open_minor"] == 2


def test_a_record_that_waits_to_be_made_is_seen():
    row = customer_row(phone="1")
    pending = [Pending("create", row), Pending("edit", changes={"phone": Change("1", "2")})]

    assert replay(CUSTOMER, None, pending) == row | {"phone": "2"}


def test_a_record_that_waits_to_be_deleted_is_not_seen():
    assert replay(CUSTOMER, customer_row(), [Pending("delete")]) is None


def test_an_edit_of_a_record_that_is_gone_shows_nothing():
    assert replay(CUSTOMER, None, [Pending("edit", changes={"phone": Change("1", "2")})]) is None


def test_a_day_that_was_taken_away_is_gone_at_once():
    change = Change("2026-01-01", None)
    row = customer_row(last_contact_on="2026-01-01")

    assert replay(CUSTOMER, row, [Pending("edit", changes={"last_contact_on": change})]) == (
        row | {"last_contact_on": None}
    )


def test_a_greater_day_of_the_hub_is_not_covered_by_a_waiting_edit():
    change = Change("2026-01-01", "2026-01-02")
    pending = [Pending("edit", changes={"last_contact_on": change})]
    row = customer_row(last_contact_on="2026-02-01")

    assert replay(CUSTOMER, row, pending)["last_contact_on"] == "2026-02-01"
