"""What do an order's lines come to that two people changed?"""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.protocol.line_merge import merge_lines
from tests.support.hub_desks import order_line

ONE, TWO = order_line(1), order_line(2)


def merged(base, mine, theirs, *, is_later=True, currency="EUR") -> Any:
    return merge_lines(base, mine, theirs, mine_is_later=is_later, currency=currency)


def changed(line, **values):
    return line | values


def test_changes_of_different_lines_both_stand():
    mine, theirs = [changed(ONE, description="m"), TWO], [ONE, changed(TWO, description="t")]
    found = merged([ONE, TWO], mine, theirs)

    assert ([line["description"] for line in found.lines], found.clashes) == (["m", "t"], ())


def test_changes_of_different_fields_of_a_line_both_stand_and_are_priced_anew():
    mine = [changed(ONE, quantity_milli=2000, net_minor=2000)]
    theirs = [changed(ONE, unit_price_micro=30_000_000, net_minor=3000)]
    found = merged([ONE], mine, theirs)

    assert (found.lines[0]["net_minor"], found.clashes) == (6000, ())


def test_a_net_that_another_system_rounded_is_kept():
    odd = changed(ONE, quantity_milli=2000, net_minor=1999)
    found = merged([ONE], [odd], [changed(ONE, description="t")])

    assert (found.lines[0]["net_minor"], found.lines[0]["description"]) == (1999, "t")


def test_of_one_field_the_later_stands_and_the_other_is_kept():
    mine, theirs = [changed(ONE, description="m")], [changed(ONE, description="t")]
    later, earlier = (merged([ONE], mine, theirs, is_later=is_later) for is_later in (True, False))

    assert [each.lines[0]["description"] for each in (later, earlier)] == ["m", "t"]
    (clash,) = later.clashes
    assert (clash.position, clash.field, clash.mine, clash.theirs) == (1, "description", "m", "t")
    assert (clash.base, clash.winner) == ("", "m")


def test_lines_added_at_different_places_are_all_there():
    found = merged([ONE], [ONE, TWO], [ONE, order_line(3)])

    assert [line["position"] for line in found.lines] == [1, 2, 3]


def test_a_line_taken_out_is_gone_if_the_other_left_it_alone():
    assert merged([ONE, TWO], [ONE], [ONE, changed(TWO)]).lines == [ONE]


def test_a_line_taken_out_and_changed_waits_for_a_decision():
    assert merged([ONE, TWO], [ONE], [ONE, changed(TWO, description="t")]) is None
    assert merged([ONE, TWO], [ONE, changed(TWO, description="m")], [ONE]) is None


def test_different_lines_at_one_place_wait_for_a_decision():
    assert merged([ONE], [ONE, TWO], [ONE, changed(TWO, description="t")]) is None


def test_the_same_line_added_by_both_is_added_once():
    assert merged([ONE], [ONE, TWO], [ONE, TWO]).lines == [ONE, TWO]


def test_two_lines_of_one_position_wait_for_a_decision():
    assert merged([ONE, ONE], [ONE], [TWO]) is None


def test_a_yen_has_no_hundredths():
    mine = [changed(ONE, quantity_milli=2000, net_minor=20)]
    theirs = [changed(ONE, unit_price_micro=30_000_000, net_minor=30)]
    found = merged([ONE], mine, theirs, currency="JPY")

    assert found.lines[0]["net_minor"] == 60


LINES = st.lists(
    st.builds(order_line, st.integers(1, 3), description=st.sampled_from("pq")),
    max_size=3, unique_by=lambda line: line["position"],
).map(lambda lines: sorted(lines, key=lambda line: line["position"]))  # fmt: skip


@given(LINES, LINES)
def test_what_one_left_alone_is_the_others(base, other):
    assert merged(base, base, other).lines == other
    assert merged(base, other, base).lines == other


@given(LINES, LINES, LINES, st.booleans())
def test_every_value_is_in_a_line_or_in_a_clash(base, mine, theirs, is_later):
    found = merged(base, mine, theirs, is_later=is_later)
    if found is None:
        return
    said = [(line["position"], line["description"]) for line in found.lines]
    said += [
        (clash.position, value) for clash in found.clashes for value in (clash.mine, clash.theirs)
    ]
    for line in (line for side in (mine, theirs) for line in side if line not in base):
        assert (line["position"], line["description"]) in said
