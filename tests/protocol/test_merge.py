"""Is a merge the same for everybody, and is no value lost, whatever two people typed?"""

import copy

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from loyaldesk.protocol.kinds import KINDS, Merge
from loyaldesk.protocol.merge import changes_of_create, merge_edit
from loyaldesk.protocol.messages import Change
from loyaldesk.protocol.replay import difference
from loyaldesk.protocol.stamps import Stamp
from tests.protocol.strategies import disjoint_edits, edited, kinds, rows, stamps
from tests.support.hub_desks import customer_row, wire_row

EARLY, LATE = (Stamp(at, at, "u", "d") for at in ("2026-03-01", "2026-03-02"))
CUSTOMER, ORDER = KINDS["customer"], KINDS["sales_order"]


@st.composite
def meetings(draw):
    """Return a kind, a base, the hub's row and the edit that meets it, and both stamps."""
    kind = draw(kinds)
    base = draw(rows(kind))
    # Few fields, so that the two meet in most of them.
    names = draw(st.sets(st.sampled_from(sorted(kind.fields)), min_size=1, max_size=3))
    theirs, mine = draw(edited(kind, base, names)), draw(edited(kind, base, names))
    return kind, base, theirs, mine, draw(stamps), draw(stamps)


@given(meetings())
def test_a_merge_is_the_same_every_time_and_changes_no_argument(met):
    kind, base, theirs, mine, my_stamp, their_stamp = met
    changes = difference(kind, base, mine)
    before = copy.deepcopy((theirs, changes))
    first, again = (
        merge_edit(kind, theirs, changes, mine=my_stamp, theirs={"": their_stamp}) for _ in "12"
    )

    assert first == again
    assert (theirs, changes) == before


def is_said(kind, name, value, merged):
    """Say whether the value stands, or is kept in a clash."""
    if merged.row[name] == value:
        return True
    return any(
        value in (clash.mine, clash.theirs) for clash in merged.clashes if clash.field == name
    )


@given(meetings())
def test_no_value_that_anybody_typed_is_lost(met):
    kind, base, theirs, mine, my_stamp, their_stamp = met
    changes = difference(kind, base, mine)
    merged = merge_edit(kind, theirs, changes, mine=my_stamp, theirs={"": their_stamp})

    for name, field in kind.fields.items():
        if field.merge in {Merge.DERIVED, Merge.GREATEST, Merge.COUNTER, Merge.LINES, Merge.TEXT}:
            continue
        for side in (mine, theirs):
            assert side[name] == base[name] or is_said(kind, name, side[name], merged), name


@given(meetings())
def test_no_line_of_text_that_anybody_typed_is_lost(met):
    kind, base, theirs, mine, my_stamp, their_stamp = met
    changes = difference(kind, base, mine)
    merged = merge_edit(kind, theirs, changes, mine=my_stamp, theirs={"": their_stamp})

    for name in (name for name, field in kind.fields.items() if field.merge is Merge.TEXT):
        lines = set(merged.row[name].split("\n"))
        for side in (mine, theirs):
            typed = set(side[name].split("\n")) - set(base[name].split("\n"))
            assert typed - {""} <= lines


@given(meetings())
def test_making_an_edit_twice_is_making_it_once(met):
    kind, base, theirs, mine, my_stamp, their_stamp = met
    changes = {
        name: change for name, change in difference(kind, base, mine).items() if not change.inc
    }
    assume(not {kind.fields[name].merge for name in changes} & {Merge.TEXT, Merge.LINES})
    once = merge_edit(kind, theirs, changes, mine=my_stamp, theirs={"": their_stamp})
    stamped = {"": their_stamp, **dict.fromkeys(once.stamped, my_stamp)}
    twice = merge_edit(kind, once.row, changes, mine=my_stamp, theirs=stamped)

    assert twice.row == once.row


@given(meetings())
def test_an_edit_of_what_its_author_saw_is_simply_made(met):
    kind, base, _, mine, my_stamp, their_stamp = met
    changes = difference(kind, base, mine)
    merged = merge_edit(kind, base, changes, mine=my_stamp, theirs={"": their_stamp})

    assert (merged.row, merged.clashes, merged.is_concurrent) == (mine, [], False)


@given(kinds.flatmap(lambda kind: rows(kind).flatmap(
    lambda row: st.tuples(st.just(kind), st.just(row), disjoint_edits(kind, row))
)), stamps, stamps)  # fmt: skip
def test_edits_of_different_fields_come_to_the_same_in_either_order(given_, one, other):
    kind, base, (first, second) = given_

    def both(*order):
        row = base
        for after, stamp in order:
            changes = difference(kind, base, after)
            row = merge_edit(kind, row, changes, mine=stamp, theirs={}).row
        return row

    assert both((first, one), (second, other)) == both((second, other), (first, one))


@given(st.lists(st.integers(-5, 5), max_size=6), st.randoms(use_true_random=False))
def test_increments_come_to_the_same_in_any_order(increments, chance):
    def count(order):
        row = wire_row("invoice", open_minor=100)
        for inc in order:
            change = {"open_minor": Change(inc=inc)}
            row = merge_edit(KINDS["invoice"], row, change, mine=EARLY, theirs={}).row
        return row["open_minor"]

    shuffled = chance.sample(increments, len(increments))
    assert count(increments) == count(shuffled) == 100 + sum(increments)


def merged_customer(field, base, mine, theirs, *, is_later=True):
    """Return what a field of a customer comes to, and the clashes."""
    stamp, other = (LATE, EARLY) if is_later else (EARLY, LATE)
    row = customer_row(**{field: theirs})
    change = {field: Change(old=base, new=mine)}
    merged = merge_edit(CUSTOMER, row, change, mine=stamp, theirs={field: other})
    return merged.row[field], [(clash.rule, clash.status) for clash in merged.clashes]


@pytest.mark.parametrize(
    ("field", "values", "is_later", "expected"),
    [
        ("name", ("a", "b", "c"), True, ("c", [("manual", "open")])),
        ("phone", ("a", "b", "c"), True, ("b", [("latest", "auto")])),
        ("phone", ("a", "b", "c"), False, ("c", [("latest", "auto")])),
        ("town", ("a", "b", "c"), True, ("b", [])),
        ("town", ("a", "b", "c"), False, ("c", [])),
        ("last_contact_on", ("2026-01-01", "2026-01-02", "2026-01-03"), True, ("2026-01-03", [])),
        ("last_contact_on", (None, "2026-01-05", "2026-01-03"), False, ("2026-01-05", [])),
        ("last_contact_on", ("2026-01-01", None, "2026-01-03"), True, ("2026-01-03", [])),
        ("notes", ("a", "a\nb", "a\nc"), True, ("a\nc\nb", [("text", "auto")])),
    ],
)  # fmt: skip
def test_the_class_of_the_field_decides(field, values, is_later, expected):
    assert merged_customer(field, *values, is_later=is_later) == expected


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("delivered", "acknowledged", ("delivered", "auto")),
        ("acknowledged", "delivered", ("delivered", "auto")),
        ("cancelled", "delivered", ("delivered", "open")),
        ("delivered", "cancelled", ("cancelled", "open")),
    ],
)
def test_the_further_step_stands_unless_one_cancelled(mine, theirs, expected):
    row = wire_row("sales_order", status=theirs)
    change = {"status": Change(old="submitted", new=mine)}
    merged = merge_edit(ORDER, row, change, mine=LATE, theirs={})

    assert (merged.row["status"], merged.clashes[0].status) == expected


def test_a_create_of_a_row_that_is_there_meets_every_field_without_a_base():
    row = customer_row(name="a", phone="1", notes="same\nmine")
    theirs = customer_row(name="b", phone="2", notes="same\ntheirs")
    merged = merge_edit(CUSTOMER, theirs, changes_of_create(row), mine=LATE, theirs={"": EARLY})

    assert (merged.row["name"], merged.row["phone"]) == ("b", "1")
    assert merged.row["notes"] == "same\ntheirs\nmine"
    assert {(clash.field, clash.status) for clash in merged.clashes} == {
        ("name", "open"), ("phone", "auto"), ("notes", "auto"),
    }  # fmt: skip


def test_a_count_without_a_base_is_the_hubs():
    changes = changes_of_create({"open_minor": 5})
    merged = merge_edit(
        KINDS["invoice"], wire_row("invoice", open_minor=9), changes, mine=LATE, theirs={}
    )

    assert (merged.row["open_minor"], merged.clashes) == (9, [])


def test_the_stamp_of_the_later_of_two_equal_values_stays():
    row = customer_row(phone="b")
    change = {"phone": Change(old="a", new="b")}

    later = merge_edit(CUSTOMER, row, change, mine=LATE, theirs={"phone": EARLY})
    earlier = merge_edit(CUSTOMER, row, change, mine=EARLY, theirs={"phone": LATE})
    assert (later.stamped, earlier.stamped) == (["phone"], [])
