"""Which documents a payer can tick on the slip: all if they are few, else the overdue ones."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, NamedTuple

from loyaldesk.pdf.style import Type
from loyaldesk.pdf.wrapping import width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.domain.statement_section import OpenItem, StatementSection
    from loyaldesk.pdf.pages import LetterPages
    from loyaldesk.pdf.statement_words import StatementWords

__all__ = ["choose_ticks", "draw_ticks", "most_tick_rows"]

_MOST, _MOST_BESIDE = 12, 6
_TITLE, _FIRST_ROW, _ROW = 7.2, 11.6, 3.75
_BOX, _BOX_RISE, _TEXT_INDENT = 2.6, 2.25, 3.8
_COLUMN_GAP, _GAP = 4.0, 1.0
_CLEARANCE = 8.4


class _Column(NamedTuple):
    x: float
    right: float
    head: str
    items: Sequence[OpenItem]
    more: int
    is_wide: bool = False


def most_tick_rows(pay: float) -> int:
    """Return how many rows fit above the line with the amount, so many mm below the tear."""
    return max(1, int((pay - _CLEARANCE + 1.0 - _FIRST_ROW) / _ROW) + 1)


def choose_ticks(sections: Sequence[StatementSection]) -> list[list[OpenItem]]:
    """Return the documents to tick per currency, the oldest due first."""
    chosen = [sorted(section.items, key=lambda item: item.due.day) for section in sections]
    if sum(map(len, chosen)) > _MOST:
        overdue = [[item for item in items if item.is_overdue] for items in chosen]
        chosen = overdue if any(overdue) else chosen
    return chosen


def draw_ticks(
    pages: LetterPages, words: StatementWords, sections: Sequence[StatementSection], rows: int
) -> float:
    """Draw the list of documents with a box each; return the baseline of its last row."""
    canvas, slip = pages.canvas, pages.envelope.slip
    with canvas.tag("H2"):
        canvas.text(slip.right_x, slip.tear + _TITLE, words.texts["slip.tick"], Type.BLOCK_HEADING)
    columns = _columns(pages, sections, rows)
    first = slip.tear + _FIRST_ROW
    if any(column.head for column in columns):
        first += _ROW
    return max([first, *(_draw_column(pages, words, column, first) for column in columns)])


def _draw_column(pages: LetterPages, words: StatementWords, column: _Column, y: float) -> float:
    """Draw a column of ticks from its first baseline, its head above; return the last baseline."""
    canvas = pages.canvas
    if column.head:
        with canvas.tag("P"):
            canvas.text_right(column.right, y - _ROW, column.head, Type.COLUMN_HEAD)
    amounts = [words.formats.amount(item.open) for item in column.items]
    widest = max((width_of(amount, Type.NOTE_INK) for amount in amounts), default=0.0)
    end = column.right - widest - _GAP if column.is_wide else None
    with canvas.tag("L") if amounts else nullcontext():
        for item, amount in zip(column.items, amounts, strict=True):
            left_of_amount = column.right - width_of(amount, Type.NOTE_INK) - _GAP
            with canvas.tag("LI"), canvas.tag("LBody"):
                _draw_tick(pages, words, column, item, (end or left_of_amount, y))
                canvas.text_right(column.right, y, amount, Type.NOTE_INK)
            y += _ROW
    if column.more:
        text = words.texts.fill("slip.more", count=column.more)
        fits = width_of(text, Type.NOTE) <= column.right - column.x
        with canvas.tag("P"):
            canvas.text(column.x, y, text, Type.NOTE if fits else Type.SMALL)
        y += _ROW
    return y - _ROW


def _columns(pages: LetterPages, sections: Sequence[StatementSection], rows: int) -> list[_Column]:
    left, right = pages.envelope.slip.right_x, pages.paper.right
    half = (right - left - _COLUMN_GAP) / 2
    places = ((left, left + half), (right - half, right))
    chosen = choose_ticks(sections)
    if len(sections) > 1:
        rows = min(rows, _MOST_BESIDE + 1) if sum(map(len, chosen)) > _MOST else rows
        return [
            _Column(x, end, section.currency, *_cut(section, items, rows - 1))
            for (x, end), section, items in zip(places, sections, chosen, strict=True)
        ]
    (section,), (items,) = sections, chosen
    more = len(section.items) - len(items)
    if len(items) + bool(more) <= rows:
        return [_Column(left, right, "", items, more, is_wide=True)]
    shown, more = _cut(section, items, 2 * rows)
    middle = (len(shown) + bool(more) + 1) // 2
    columns = (shown[:middle], 0), (shown[middle:], more)
    return [_Column(x, end, "", *part) for (x, end), part in zip(places, columns, strict=True)]


def _cut(
    section: StatementSection, items: Sequence[OpenItem], rows: int
) -> tuple[Sequence[OpenItem], int]:
    """Return the documents that find room, and how many open ones are not among them."""
    most = min(rows, _MOST)
    if len(section.items) <= most:
        return items, 0
    shown = items[: min(rows - 1, _MOST)]
    return shown, len(section.items) - len(shown)


def _draw_tick(
    pages: LetterPages,
    words: StatementWords,
    column: _Column,
    item: OpenItem,
    place: tuple[float, float],
) -> None:
    """Draw box, number and remark of a document, ending at (x, baseline)."""
    canvas, (end, y) = pages.canvas, place
    canvas.frame(column.x, y - _BOX_RISE, _BOX, _BOX)
    remark = _remark(words, column, item)
    style = Type.NOTE if column.is_wide else Type.SMALL
    room_end = end - width_of(remark, style) - _GAP if remark else end
    x = column.x + _TEXT_INDENT
    named = words.named(item.entry) if column.is_wide else item.entry.number
    canvas.text(x, y, _shortened(named, room_end - x), Type.NOTE_INK)
    if remark:
        canvas.text_right(end, y, remark, style)


def _remark(words: StatementWords, column: _Column, item: OpenItem) -> str:
    """Return that a document is in dispute, or its due day where the list is wide enough."""
    if item.dispute:
        return words.texts["slip.disputed"]
    if not column.is_wide:
        return ""
    return words.texts.fill("slip.due", day=words.formats.date(item.due.day))


def _shortened(number: str, room: float) -> str:
    """Return a document's number, or only its end where the slip has no room for all of it."""
    ends = (number, *(f"…{number[start:]}" for start in range(1, len(number))))
    return next((end for end in ends if width_of(end, Type.NOTE_INK) <= room), "")
