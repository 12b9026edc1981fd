"""Rows and edits of any kind, for properties of the rules that desk and hub share."""

from __future__ import annotations

from hypothesis import strategies as st

from loyaldesk.protocol.kinds import KINDS, Kind, Merge
from loyaldesk.protocol.stamps import Stamp
from loyaldesk.protocol.steps import CANCELLED, STEPS
from tests.support.hub_desks import order_line, wire_row

__all__ = ["disjoint_edits", "edited", "kinds", "rows", "stamps", "text_lines"]

text_lines = st.lists(st.sampled_from("abcdef"), max_size=5).map("\n".join)
_DAYS = st.dates().map(str)
_VALUES = {
    "text": st.text("xyz", max_size=3), "int": st.integers(0, 5), "bool": st.integers(0, 1),
    "day": _DAYS, "instant": st.datetimes().map(str), "bytes": st.binary(max_size=2).map(bytes.hex),
    "json": st.sampled_from(["null", "1", '"a"']),
}  # fmt: skip


def _values(kind, field):
    if field.merge is Merge.STATE:
        return st.sampled_from([*STEPS, CANCELLED])
    if field.merge is Merge.TEXT:
        return text_lines
    if field.type == "lines":
        return _lines(kind)
    return _VALUES["text" if field.refers else field.type]


def _lines(kind):
    line = st.builds(
        order_line, st.integers(1, 3), quantity_milli=st.integers(1, 3).map(lambda n: n * 1000),
        description=st.sampled_from("pq"),
    ).map(lambda full: {name: full.get(name) for name in kind.lines})  # fmt: skip
    return st.lists(line, max_size=3, unique_by=lambda each: each["position"])


kinds = st.sampled_from([
    KINDS[name] for name in ("customer", "sales_order", "invoice", "activity", "letter")
])  # fmt: skip


@st.composite
def rows(draw, kind: Kind):
    """Return a whole row of the kind."""
    found = wire_row(kind.name)
    for name in draw(st.lists(st.sampled_from(sorted(kind.fields)), max_size=4)):
        found[name] = draw(_values(kind, kind.fields[name]))
    return found


@st.composite
def edited(draw, kind: Kind, row, names=None):
    """Return the row after somebody changed some of these fields."""
    choice = sorted(names if names is not None else kind.fields)
    picked = draw(st.lists(st.sampled_from(choice), max_size=4)) if choice else []
    return row | {name: draw(_values(kind, kind.fields[name])) for name in picked}


@st.composite
def disjoint_edits(draw, kind: Kind, row):
    """Return the row after one, and after another, changed fields that the other left alone."""
    ours = draw(st.sets(st.sampled_from(sorted(kind.fields))))
    mine = draw(edited(kind, row, ours))
    return mine, draw(edited(kind, row, set(kind.fields) - ours))


stamps = st.builds(
    Stamp, at=st.integers(0, 9).map(str), uuid=st.text("0123456789abcdef", min_size=4, max_size=4),
    user=st.just("u"), desk=st.just("d"),
)  # fmt: skip
