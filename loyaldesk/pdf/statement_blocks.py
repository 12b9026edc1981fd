"""What stands under the tables of a statement: totals, unapplied credits, result and ageing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from loyaldesk.domain.ageing import AgeingBasis, Bucket
from loyaldesk.errors import Refused
from loyaldesk.pdf import style as look
from loyaldesk.pdf.statement_items import OPEN
from loyaldesk.pdf.statement_movements import BALANCE, CHARGE, CREDIT
from loyaldesk.pdf.style import Type, Weight
from loyaldesk.pdf.wrapping import width_of, wrap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loyaldesk.domain.statement_section import OpenItem, StatementSection
    from loyaldesk.pdf.canvas import LetterCanvas
    from loyaldesk.pdf.pages import LetterPages
    from loyaldesk.pdf.statement_words import StatementWords
    from loyaldesk.pdf.style import Style
    from loyaldesk.pdf.table import Table

__all__ = [
    "RESULT_HEIGHT",
    "TOTALS_HEIGHT",
    "UnappliedLine",
    "draw_ageing",
    "draw_footnote",
    "draw_invoice_totals",
    "draw_notes",
    "draw_period_totals",
    "draw_result",
    "draw_unapplied",
    "lay_unapplied",
    "needs_heading",
    "notes_height",
    "unapplied_height",
]

TOTALS_HEIGHT = 5.8
RESULT_HEIGHT = 22.5
_FIRST_DROP, _PITCH, _RULE_DROP = 3.54, 3.85, 2.26
_HEADING_GAP, _HEADING_DROP, _UNAPPLIED_PITCH = 0.8, 2.7, 4.1
_RESULT_DROP, _AGEING_LABEL, _TINT_DROP, _TINT = 4.1, 6.7, 1.8, 9.9
_CELL_LABEL, _CELL_AMOUNT, _CELL_PAD = 4.0, 8.0, 2.0
_AMOUNT_SIZES = (8.5, 7.5, 6.5)
_NOTE_PITCH, _NOTE_GAP = 3.9, 6.4
_GAP = 2.2
_SEPARATOR = 0.5
_NOTE_WIDTH = 50.0
_FOOTNOTE = 4.2
_BUCKET_TEXTS = {
    Bucket.NOT_DUE: "not_due",
    Bucket.DAYS_1_30: "b1_30",
    Bucket.DAYS_31_60: "b31_60",
    Bucket.DAYS_61_90: "b61_90",
    Bucket.DAYS_91_120: "b91_120",
    Bucket.OVER_120: "over_120",
}


_Text = tuple[str, "Style"]


class _Total(NamedTuple):
    label: str
    style: Style


class _Cell(NamedTuple):
    label: str
    amount: str
    is_bold: bool
    is_apart: bool


@dataclass(frozen=True, slots=True)
class UnappliedLine:
    """One unapplied payment or credit note as printed, number and text perhaps in several rows."""

    day: str
    number: Sequence[str]
    text: Sequence[str]
    amount: str

    @property
    def height(self) -> float:
        """The height it takes in mm."""
        return max(len(self.number), len(self.text)) * _UNAPPLIED_PITCH


def draw_footnote(pages: LetterPages, words: StatementWords, top: float) -> float:
    """Draw what the mark at a due date means; return where it ends."""
    with pages.canvas.tag("P"):
        pages.canvas.text(pages.paper.left, top + 3.4, words.say("assumed_due"), Type.NOTE)
    return top + _FOOTNOTE


def draw_invoice_totals(
    pages: LetterPages,
    words: StatementWords,
    section: StatementSection,
    table: Table,
    top: float,
) -> float:
    """Draw the total of open invoices under a table, and how much of it is in dispute."""
    amount, y = words.formats.amount, top + _FIRST_DROP
    with table.foot(pages.canvas):
        total = _Total(words.say("open_invoices"), Type.CELL_BOLD)
        sums = {OPEN: (amount(section.open_invoices), Type.CELL_BOLD)}
        _draw_total(pages.canvas, table, y, total, sums)
        if section.disputed:
            y += _PITCH
            total = _Total(words.say("in_dispute"), Type.CELL_QUIET)
            sums = {OPEN: (amount(section.disputed), Type.CELL_QUIET)}
            _draw_total(pages.canvas, table, y, total, sums)
    return y + _RULE_DROP


def _draw_total(
    canvas: LetterCanvas, table: Table, y: float, total: _Total, sums: Mapping[int, _Text]
) -> None:
    """Draw a label at a table's left edge and sums under some of its columns, as a row of it."""
    with canvas.tag("TR"):
        with canvas.tag("TH", scope="Row", span=min(sums)):
            canvas.text(table.left, y, total.label, total.style)
        for i in range(min(sums), len(table.columns)):
            with canvas.tag("TD"):
                if i in sums:
                    canvas.text_right(table.column_edge(i), y, *sums[i])


def lay_unapplied(
    words: StatementWords, items: Sequence[OpenItem], table: Table
) -> list[UnappliedLine]:
    """Return what is left of payments and credit notes, wrapped to the columns of a table."""
    number_x, text_x, edge = (table.column_edge(i) for i in (1, 2, OPEN))
    lines = []
    for item in items:
        amount = words.formats.amount(item.open)
        room = edge - width_of(amount, Type.CELL) - _GAP - text_x
        lines.append(
            UnappliedLine(
                day=words.formats.date(item.entry.dated),
                number=wrap(item.entry.number, Type.CELL, text_x - number_x - _GAP),
                text=wrap(words.unapplied(item), Type.CELL, room),
                amount=amount,
            )
        )
    return lines


def needs_heading(words: StatementWords, items: Sequence[OpenItem]) -> bool:
    """Return whether the block needs its heading: one line that says so itself may do without."""
    return not (words.is_short and len(items) == 1 and not items[0].entry.note)


def unapplied_height(lines: Sequence[UnappliedLine]) -> float:
    """Return the height in mm of the block of unapplied payments and credits with its heading."""
    if not lines:
        return 0.0
    rows = sum(line.height for line in lines)
    return _HEADING_GAP + _HEADING_DROP + rows + _RULE_DROP


def draw_unapplied(
    pages: LetterPages,
    lines: Sequence[UnappliedLine],
    table: Table,
    top: float,
    *,
    heading: str,
    is_repeated: bool = False,
) -> float:
    """Draw the unapplied payments and credits under a table's columns; return where they end."""
    canvas, left = pages.canvas, pages.paper.left
    number_x, text_x, edge = (table.column_edge(i) for i in (1, 2, OPEN))
    y = top - _RULE_DROP
    if heading:
        y = top + _HEADING_GAP + _HEADING_DROP
        with canvas.artifact() if is_repeated else canvas.tag("H2"):
            canvas.text(left, y, heading, Type.CELL_BOLD)
    with canvas.tag("L"):
        for line in lines:
            y += _UNAPPLIED_PITCH
            with canvas.tag("LI"), canvas.tag("LBody"):
                canvas.text(left, y, line.day, Type.CELL)
                for x, parts in ((number_x, line.number), (text_x, line.text)):
                    for i, part in enumerate(parts):
                        canvas.text(x, y + i * _UNAPPLIED_PITCH, part, Type.CELL)
                canvas.text_right(edge, y, line.amount, Type.CELL)
            y += line.height - _UNAPPLIED_PITCH
    return y + _RULE_DROP


def draw_period_totals(
    pages: LetterPages, words: StatementWords, section: StatementSection, table: Table, top: float
) -> float:
    """Draw charges, credits and balance of the period under their columns."""
    amount, y = words.formats.amount, top + _FIRST_DROP
    sums = {
        CHARGE: (amount(section.charges), Type.CELL_QUIET),
        CREDIT: (amount(section.credits), Type.CELL_QUIET),
        BALANCE: (amount(section.closing), Type.CELL_BOLD),
    }
    with table.foot(pages.canvas):
        total = _Total(words.say("period_totals"), Type.CELL_BOLD)
        _draw_total(pages.canvas, table, y, total, sums)
    return y + _RULE_DROP


def draw_result(
    pages: LetterPages,
    words: StatementWords,
    section: StatementSection,
    place: tuple[float, float],
) -> float:
    """Draw the balance under its rule at (right edge, top), and the ageing row; return its end."""
    edge, top = place
    canvas, paper = pages.canvas, pages.paper
    canvas.rule(paper.left, paper.right, top, Weight.RESULT, canvas.accent)
    y = top + _RESULT_DROP
    key = "closing_credit" if section.closing.minor < 0 else "closing"
    day = words.formats.date_long(section.as_of)
    label = words.say(key, day=day, currency=words.currency_label(section))
    with canvas.tag("P"):
        canvas.text(paper.left, y, label, Type.RESULT)
        canvas.text_right(edge, y, words.formats.amount(section.closing), Type.RESULT)
    return draw_ageing(pages, words, section, y + _AGEING_LABEL)


def draw_ageing(
    pages: LetterPages, words: StatementWords, section: StatementSection, baseline: float
) -> float:
    """Draw the ageing row under its label; return where it ends."""
    canvas, paper = pages.canvas, pages.paper
    by_due_date = words.letter.statement.request.basis is AgeingBasis.DUE_DATE
    key = "aged_due_date" if by_due_date else "aged_document_date"
    day = words.formats.date_long(section.as_of)
    label = words.say(key, day=day, code=section.currency)
    top = baseline + _TINT_DROP
    canvas.area(paper.left, top, paper.text_width, _TINT, look.TINT)
    with canvas.tag("Table"):
        with canvas.tag("Caption"):
            canvas.text(paper.left, baseline, label, Type.COLUMN_HEAD)
        _draw_cells(pages, _ageing_cells(words, section), top)
    return top + _TINT


def _draw_cells(pages: LetterPages, cells: Sequence[_Cell], top: float) -> None:
    """Draw the ageing cells from the left to the right, label over amount."""
    canvas, x = pages.canvas, pages.paper.left
    widths, size = _fitted_cells(cells, pages.paper.text_width)
    labels, amounts = canvas.tag("TR"), canvas.tag("TR")
    for i, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        if i:
            colour = look.STRONG if cell.is_apart else look.HAIRLINE
            canvas.upright(x, top + 1.3, top + _TINT - 1.3, _SEPARATOR, colour)
        x += width
        label_style = Type.NOTE_INK.as_bold() if i + 1 == len(cells) else Type.NOTE
        with labels, canvas.tag("TH", scope="Column"):
            canvas.text_right(x - _CELL_PAD, top + _CELL_LABEL, cell.label, label_style)
        style = _amount_style(cell, size)
        with amounts, canvas.tag("TD"):
            canvas.text_right(x - _CELL_PAD, top + _CELL_AMOUNT, cell.amount, style)


def notes_height(notes: Sequence[tuple[str, str]]) -> float:
    """Return the height in mm of short notes standing side by side."""
    lines = [len(wrap(text, Type.CELL, _NOTE_WIDTH)) for _, text in notes]
    return _NOTE_GAP + max(lines, default=0) * _NOTE_PITCH


def draw_notes(pages: LetterPages, notes: Sequence[tuple[str, str]], top: float) -> float:
    """Draw up to three short notes, heading and text, side by side; return where they end."""
    canvas, paper = pages.canvas, pages.paper
    for i, (heading, text) in enumerate(notes):
        x, y = paper.left + i * (paper.text_width + 7.5) / 3, top + _NOTE_GAP
        with canvas.tag("H2"):
            canvas.text(x, y, heading, Type.CELL_BOLD)
        with canvas.tag("P"):
            for line in wrap(text, Type.CELL, _NOTE_WIDTH):
                y += _NOTE_PITCH
                canvas.text(x, y, line, Type.CELL)
    return top + notes_height(notes)


def _ageing_cells(words: StatementWords, section: StatementSection) -> list[_Cell]:
    cells = [
        _Cell(
            words.say(_BUCKET_TEXTS[bucket]),
            words.dashed(amount),
            bool(amount) and bucket is not Bucket.NOT_DUE,
            False,
        )
        for bucket, amount in section.buckets.items()
    ]
    unapplied = words.dashed(section.unapplied_total)
    cells.append(_Cell(words.say("unapplied_cell"), unapplied, False, True))
    total = words.formats.amount(section.closing)
    cells.append(_Cell(words.say("total"), total, True, True))
    return cells


def _fitted_cells(cells: Sequence[_Cell], width: float) -> tuple[list[float], float]:
    """Return the cells' widths and the size of the amounts: equal and 8.5 pt where they fit."""
    for size in _AMOUNT_SIZES:
        needed = [_needed(cell, size) for cell in cells]
        if max(needed) <= width / len(cells):
            return [width / len(cells)] * len(cells), size
        spare = (width - sum(needed)) / len(cells)
        if spare >= 0:
            return [each + spare for each in needed], size
    raise Refused(
        "The amounts of the ageing row are too wide for the paper. Nothing was printed. "
        "Please choose a wider paper."
    )


def _needed(cell: _Cell, size: float) -> float:
    amount = width_of(cell.amount, _amount_style(cell, size))
    return max(width_of(cell.label, Type.NOTE), amount) + _CELL_PAD + 1.0


def _amount_style(cell: _Cell, size: float) -> Style:
    return replace(Type.CELL_BOLD if cell.is_bold else Type.CELL, size=size)
