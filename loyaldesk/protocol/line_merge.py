"""What do the lines of an order come to that two people changed at once?

Lines are told apart by their position. Each field of a line is merged by itself; but where one
side took out a line that the other changed, or both put different lines at one place, somebody has
to decide about the whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.money import CURRENCY_EXPONENTS
from loyaldesk.domain.order_totals import line_net

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.protocol.kinds import Row

__all__ = ["LineClash", "MergedLines", "merge_lines"]

_PRICED = ("unit_price_micro", "quantity_milli", "discount_ppm")


@dataclass(frozen=True, slots=True)
class LineClash:
    """A field of one line that both changed."""

    position: int
    field: str
    base: Any
    mine: Any
    theirs: Any
    winner: Any


@dataclass(frozen=True, slots=True)
class MergedLines:
    """The lines in the order of their positions, and what was decided for whom."""

    lines: list[Row]
    clashes: tuple[LineClash, ...]


def merge_lines(
    base: Sequence[Row], mine: Sequence[Row], theirs: Sequence[Row], *,
    mine_is_later: bool, currency: str,
) -> MergedLines | None:  # fmt: skip
    """Return the merged lines, or None where somebody has to decide about the whole."""
    sides = [_by_position(lines) for lines in (base, mine, theirs)]
    if any(side is None for side in sides):
        return None
    before, ours, others = (side or {} for side in sides)
    lines: list[Row] = []
    clashes: list[LineClash] = []
    for position in sorted({*before, *ours, *others}):
        was, my, their = (side.get(position) for side in (before, ours, others))
        if my is None or their is None or was is None:
            if not _is_settled(was, my, their):
                return None
            kept = _one_sided(was, my, their)
            lines += [] if kept is None else [kept]
        else:
            merged, found = _merge_line(was, my, their, mine_is_later)
            lines.append(_priced(merged, my, their, currency))
            clashes += found
    return MergedLines(lines, tuple(clashes))


def _by_position(lines: Sequence[Row]) -> dict[int, Row] | None:
    found = {line["position"]: line for line in lines}
    return found if len(found) == len(lines) else None


def _is_settled(was: Row | None, my: Row | None, their: Row | None) -> bool:
    """Say whether only one side did something here, or both did the same."""
    return my in (was, their) or their == was


def _one_sided(was: Row | None, my: Row | None, their: Row | None) -> Row | None:
    return their if my == was else my


def _merge_line(
    was: Row, my: Row, their: Row, mine_is_later: bool
) -> tuple[Row, list[LineClash]]:  # fmt: skip
    merged = dict(their)
    clashes = []
    for name in sorted({*was, *my, *their}):
        base, mine, theirs = (line.get(name) for line in (was, my, their))
        if mine in (base, theirs):
            continue
        merged[name] = mine if theirs == base or mine_is_later else theirs
        if theirs != base and name != "net_minor":
            winner = merged[name]
            clashes.append(LineClash(was["position"], name, base, mine, theirs, winner))
    return merged, clashes


def _priced(merged: Row, my: Row, their: Row, currency: str) -> Row:
    """Return the line with its net worked out anew where it is neither side's line any more.

    A line that came from another system keeps its net: it may be rounded as that system rounds.
    """
    sides = [side for side in (my, their) if _has_price_of(merged, side)]
    if sides:
        return merged if len(sides) > 1 else merged | {"net_minor": sides[0]["net_minor"]}
    price, quantity, discount = (merged[name] for name in _PRICED)
    exponent = CURRENCY_EXPONENTS.get(currency, 2)
    return merged | {"net_minor": line_net(price, quantity, discount, exponent=exponent)}


def _has_price_of(line: Row, other: Row) -> bool:
    return all(line.get(name) == other.get(name) for name in _PRICED)
