"""The panel that names every difference from what the customer ordered."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from loyaldesk.domain.differences import Difference, DifferenceKind
from loyaldesk.formats import NBSP
from loyaldesk.pdf.style import Type
from loyaldesk.pdf.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.domain.acknowledgement import AcknowledgementLetter
    from loyaldesk.pdf.pages import LetterPages
    from loyaldesk.pdf.tags import Aside, Tag

__all__ = ["draw_differences"]

_LEFT, _RIGHT = 4.0, 3.0
# Where line, what, your order, we confirm and reason begin, on the widest of both papers.
_COLUMNS = (0.0, 11.0, 30.0, 72.0, 114.0)
_GAP = 2.2
_PITCH, _FURTHER = 4.233, 3.7
_HEADING, _HEADS, _FOOT = 4.2, 4.2, 1.9
_LEAST_RUN, _MOST_LINES = 3, 3


class _Entry(NamedTuple):
    height: float
    cells: tuple[Sequence[str], ...]


def draw_differences(
    letter: AcknowledgementLetter, found: Sequence[Difference], pages: LetterPages, top: float
) -> float:
    """Draw the panel from its top edge, on further pages if it must, and return its end."""
    width = pages.paper.text_width - _LEFT - _RIGHT
    entries = [_entry(_cells(item, letter, pages), width) for item in found]
    with pages.canvas.tag("Sect"):
        box = _Box(letter, pages, len(found))
        while entries:
            room = pages.paper.body_end - top - _HEADING - _HEADS - _FOOT
            count = _fitting(entries, room)
            if count:
                top = box.draw(entries[:count], top)
                entries = entries[count:]
            if entries:
                top = pages.next_page() - _HEADING
    return top


def _fitting(entries: Sequence[_Entry], room: float) -> int:
    count = 0
    while count < len(entries) and entries[count].height <= room:
        room -= entries[count].height
        count += 1
    return count


class _Box:
    """The panel, perhaps in parts on several pages: one heading and one table to a reader."""

    def __init__(self, letter: AcknowledgementLetter, pages: LetterPages, count: int) -> None:
        self._letter = letter
        self._pages = pages
        self._count = count
        self._table: Tag | Aside | None = None

    def draw(self, entries: Sequence[_Entry], top: float) -> float:
        """Draw some entries under heading and column heads; return where the panel ends."""
        canvas, paper = self._pages.canvas, self._pages.paper
        height = _HEADING + _HEADS + sum(entry.height for entry in entries) + _FOOT
        canvas.panel(paper.left, top, paper.text_width, height)
        y = top + _HEADING
        is_repeated = self._table is not None
        with canvas.artifact() if is_repeated else nullcontext():
            self._draw_heading(y)
        self._table = self._table or canvas.tag("Table")
        y += _HEADS
        with self._table:
            with canvas.artifact() if is_repeated else nullcontext():
                self._draw_column_heads(y)
            for entry in entries:
                y += _PITCH
                _draw_entry(self._pages, entry, y)
                y += entry.height - _PITCH
        return top + height

    def _draw_heading(self, y: float) -> None:
        canvas, texts, paper = self._pages.canvas, self._pages.texts, self._pages.paper
        number = "one" if self._count == 1 else "many"
        with canvas.tag("H2"):
            canvas.text(paper.left + _LEFT, y, texts[f"ack.box_{number}"], Type.BLOCK_HEADING)
        if self._letter.query_by:
            day = self._pages.formats.date_weekday(self._letter.query_by)
            asked = texts.fill(f"ack.query_{number}", day=day)
            with canvas.tag("P"):
                canvas.text_right(paper.right - _RIGHT, y, asked, Type.INFO_LABEL)

    def _draw_column_heads(self, y: float) -> None:
        canvas, left = self._pages.canvas, self._pages.paper.left + _LEFT
        with canvas.tag("TR"):
            for x, key in zip(_COLUMNS, ("line", "what", "yours", "ours", "reason"), strict=True):
                with canvas.tag("TH", scope="Column"):
                    canvas.text(left + x, y, self._pages.texts[f"ack.{key}"], Type.COLUMN_HEAD)


def _draw_entry(pages: LetterPages, entry: _Entry, y: float) -> None:
    canvas, confirmed = pages.canvas, 3
    with canvas.tag("TR"):
        for i, lines in enumerate(entry.cells):
            style = Type.CELL_BOLD if i == confirmed else Type.CELL
            x = pages.paper.left + _LEFT + _COLUMNS[i]
            with canvas.tag("TD"):
                for j, line in enumerate(lines):
                    canvas.text(x, y + j * _FURTHER, line, style)


def _entry(cells: tuple[str, ...], width: float) -> _Entry:
    ends = (*(x - _GAP for x in _COLUMNS[1:]), width)
    wrapped = tuple(
        wrap(text, Type.CELL_BOLD if i == 3 else Type.CELL, end - start)
        for i, (text, start, end) in enumerate(zip(cells, _COLUMNS, ends, strict=True))
    )
    return _Entry(_PITCH + (max(map(len, wrapped)) - 1) * _FURTHER, wrapped)


def _cells(found: Difference, letter: AcknowledgementLetter, pages: LetterPages) -> tuple[str, ...]:
    return (
        _positions(found.positions, pages),
        pages.texts[f"ack.{found.kind.value}"],
        _value(found, found.asked, letter, pages),
        _value(found, found.confirmed, letter, pages),
        found.reason,
    )


def _positions(positions: Sequence[int], pages: LetterPages) -> str:
    """Name the lines, runs of them as 4–9, or how many they are when that takes too much room."""
    runs: list[list[int]] = []
    for position in positions:
        if runs and runs[-1][-1] == position - 1:
            runs[-1].append(position)
        else:
            runs.append([position])
    named = ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) >= _LEAST_RUN else ", ".join(map(str, run))
        for run in runs
    )
    if len(wrap(named, Type.CELL, _COLUMNS[1] - _GAP)) <= _MOST_LINES:
        return named
    return pages.texts.fill("ack.line_count", count=len(positions))


def _value(
    found: Difference,
    value: date | int | str | None,
    letter: AcknowledgementLetter,
    pages: LetterPages,
) -> str:
    formats = pages.formats
    if value is None:
        day = formats.date_day(letter.answer_by) if letter.answer_by else ""
        return pages.texts.fill("ack.to_be_advised", day=day)
    if isinstance(value, date):
        return formats.date(value)
    if isinstance(value, str):
        return value
    if found.kind is DifferenceKind.QUANTITY:
        return f"{formats.quantity(value)}{NBSP}{pages.texts.known('unit', found.unit)}"
    return formats.unit_price(value, letter.currency, code=True)
