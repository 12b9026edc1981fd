"""Where a table goes on to the next page, and what is carried forward when it does."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from loyaldesk.pdf import style as look
from loyaldesk.pdf.pages import FIRST_HEADS, LetterPages
from loyaldesk.pdf.style import Type, Weight

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from loyaldesk.pdf.table import Table

__all__ = ["CARRY_HEIGHT", "Carry", "break_rows", "flow_table"]

CARRY_HEIGHT = 5.292
_CARRY_DROP = 3.54
_LEAST_ROWS = 3
_LABEL_GAP = 5.0


@dataclass(frozen=True, slots=True)
class Carry:
    """Sums that close one page and open the next, as text for columns after n rows.

    The label stands at the left edge, or right-aligned before a column when one is named.
    `quiet` columns are set lighter than the sum that matters.
    """

    amounts: Callable[[int], Mapping[int, str]]
    label_before: int | None = None
    quiet: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Rooms:
    first: float
    later: float


def flow_table(
    pages: LetterPages, table: Table, heads: float, *, tail: float, carry: Carry | None
) -> float:
    """Draw a table from its head baseline over as many pages as it needs; return where it ends.

    `tail` is the height in mm of what must stay on the page of the last rows.
    """
    end = pages.paper.body_end
    later_heads = FIRST_HEADS - table.head_lines_above
    rooms = _Rooms(end - heads - table.head_height, end - later_heads - table.head_height)
    spare = CARRY_HEIGHT if carry else 0.0
    counts = break_rows(table.heights, rooms.first, rooms.later, tail=tail, carry=spare)
    with pages.canvas.tag("Table") as table.tag:
        return _draw_parts(pages, table, heads, counts, carry)


def _draw_parts(
    pages: LetterPages, table: Table, y: float, counts: Sequence[int], carry: Carry | None
) -> float:
    canvas = pages.canvas
    head, body = canvas.tag("THead"), canvas.tag("TBody")
    drawn = 0
    for i, count in enumerate(counts):
        if i:
            y = pages.next_page() - table.head_lines_above
        if i + 1 < len(counts) and not count:
            continue
        # Repeated heads and carried sums help the eye only: read aloud they would interrupt.
        with canvas.artifact() if drawn else head:
            y = table.draw_head(canvas, y)
        if carry and drawn:
            with canvas.artifact():
                y = _draw_brought(pages, table, y, carry.amounts(drawn), carry)
        with body:
            y = table.draw_rows(canvas, y, drawn, drawn + count)
        drawn += count
        if carry and i + 1 < len(counts):
            with canvas.artifact():
                _draw_carried(pages, table, y, carry.amounts(drawn), carry)
    return y


def break_rows(
    heights: Sequence[float], first: float, later: float, *, tail: float, carry: float
) -> list[int]:
    """Return how many rows stand on each page, 0 first if the table must begin on the next.

    At least three rows stand before and after a break, and with what follows the table.
    """
    counts: list[int] = []
    done, room = 0, first
    while True:
        rest = heights[done:]
        brought = carry if done else 0.0
        if not rest or sum(rest) + brought + tail <= room:
            return [*counts, len(rest)]
        count = min(_fitting(rest, room - brought - carry), len(rest) - _LEAST_ROWS)
        if count < _LEAST_ROWS:
            # A table that barely starts moves on whole; on a fresh page something must be drawn.
            count = max(1, _fitting(rest, room - brought - carry)) if counts else 0
        counts.append(count)
        done += count
        room = later


def _fitting(heights: Sequence[float], room: float) -> int:
    return sum(1 for total in accumulate(heights) if total <= room)


def _draw_carried(
    pages: LetterPages, table: Table, top: float, amounts: Mapping[int, str], carry: Carry
) -> None:
    label = pages.texts.fill("carried", page=pages.page + 1)
    _draw_sums(pages, table, top + _CARRY_DROP, (label, amounts), carry)


def _draw_brought(
    pages: LetterPages, table: Table, top: float, amounts: Mapping[int, str], carry: Carry
) -> float:
    label = pages.texts.fill("brought", page=pages.page - 1)
    _draw_sums(pages, table, top + _CARRY_DROP, (label, amounts), carry)
    bottom = top + CARRY_HEIGHT
    pages.canvas.rule(table.left, table.right, bottom, Weight.HAIRLINE, look.HAIRLINE)
    return bottom


def _draw_sums(
    pages: LetterPages,
    table: Table,
    y: float,
    sums: tuple[str, Mapping[int, str]],
    carry: Carry,
) -> None:
    label, amounts = sums
    if carry.label_before is None:
        pages.canvas.text(table.left, y, label, Type.CELL_BOLD)
    else:
        edge = table.column_edge(carry.label_before) - table.columns[carry.label_before].width
        pages.canvas.text_right(edge - _LABEL_GAP, y, label, Type.CARRIED)
    for index, amount in amounts.items():
        style = Type.CELL_QUIET if index in carry.quiet else Type.CELL_BOLD
        pages.canvas.text_right(table.column_edge(index), y, amount, style)
