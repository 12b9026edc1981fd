"""What the remittance slip carries: whom it pays, what it ticks, how much, and the pay code."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from loyaldesk.errors import Refused
from loyaldesk.pdf.blocks import LEADING, AmountLine, draw_sum
from loyaldesk.pdf.code128 import MODULE_MM, bars_of
from loyaldesk.pdf.paycode import PayCode, make_pay_code
from loyaldesk.pdf.statement_bank import bank_lines, grouped_iban
from loyaldesk.pdf.statement_panels import asked_amount, pay_label
from loyaldesk.pdf.statement_ticks import draw_ticks, most_tick_rows
from loyaldesk.pdf.style import Style, Type
from loyaldesk.pdf.wrapping import width_of, wrap

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from loyaldesk.domain.statement_section import StatementSection
    from loyaldesk.pdf.canvas import LetterCanvas
    from loyaldesk.pdf.pages import LetterPages
    from loyaldesk.pdf.statement_words import StatementWords

__all__ = ["draw_slip"]

_TITLE, _HINT, _LABELS, _VALUES = 7.2, 11.2, 16.6, 20.6
_VALUE_STYLE = Style(9.5, bold=True)
_FIELD_STEPS = (0.0, 22.0, 51.0)
_FIELD_GAP = 4.0
_CODE, _CAPTION_DROP = 27.0, 4.4
_UNPRINTABLE = 4.5
_PAY_ABOVE_CODE, _HEAD_ABOVE_PAY, _BOX_BELOW_PAY = 13.3, 4.2, 2.4
_BOX_WIDTH, _BOX_HEIGHT, _BOX_GAP = 24.0, 6.4, 2.0
_LIST_DROP, _LIST_PITCH = 11.6, 8.0
_BANK_PITCH = 3.4
_MOST_SIDE_BY_SIDE = 2
_MOST_LISTED = 5
_REMIT = replace(Type.ADDRESS, size=10)


class _Places(NamedTuple):
    """Heights on the page from the tear line, and the edges of the slip's right half."""

    tear: float
    code_top: float
    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left


class _AmountColumn(NamedTuple):
    left: float
    right: float
    head: str
    amount: str


def draw_slip(pages: LetterPages, words: StatementWords, *, billed: Container[str] = ()) -> None:
    """Draw the slip at the foot of the open page, with the amounts that the panels ask for.

    What is asked for by a bill of its own, by currency, has no pay code here.
    """
    slip, paper = pages.envelope.slip, pages.paper
    code_top = paper.height - _UNPRINTABLE - 1.0 - _CAPTION_DROP - _CODE
    places = _Places(slip.tear, code_top, slip.right_x, paper.right)
    pages.canvas.tear_line(slip.tear)
    _draw_left(pages, words)
    asking = [section for section in words.sections if section.closing.minor > 0]
    code = _pay_code(words, [section for section in asking if section.currency not in billed])
    if len(asking) <= _MOST_SIDE_BY_SIDE:
        _draw_amounts(pages, words, asking, places)
    else:
        _draw_amount_list(pages, words, asking, places)
    _draw_bank(pages, words, asking, places, narrow=code is not None)
    if code:
        _draw_code(pages, words, code, places)


def _draw_left(pages: LetterPages, words: StatementWords) -> None:
    """Draw what names the slip, its bars, and our address for the return envelope."""
    canvas, left, slip = pages.canvas, pages.paper.left, pages.envelope.slip
    tear, texts, frame = slip.tear, words.texts, words.letter.frame
    with canvas.tag("H2"):
        canvas.text(left, tear + _TITLE, texts["slip.title"], replace(Type.HEADING, colour=None))
    with canvas.tag("P"):
        canvas.text(left, tear + _HINT, texts["slip.hint"], Type.SUB_LINE)
    fields = (
        (texts["slip.customer"], frame.customer_number, _VALUE_STYLE),
        (texts["slip.number"], frame.number, _VALUE_STYLE),
        (texts["slip.date"], words.formats.date_long(words.as_of), Type.BODY),
    )
    free_from = left
    with canvas.tag("Table"):
        for (label, value, style), step in zip(fields, _FIELD_STEPS, strict=True):
            x = max(left + step, free_from)
            with canvas.tag("TR"):
                with canvas.tag("TH", scope="Row"):
                    canvas.text(x, tear + _LABELS, label, Type.INFO_LABEL)
                with canvas.tag("TD"):
                    canvas.text(x, tear + _VALUES, value, style)
            free_from = x + width_of(value, style) + _FIELD_GAP
    room = slip.right_x - _FIELD_GAP - left
    code = _bar_text(words, room)
    with canvas.tag("Figure", alt=texts.fill("alt.bars", code=code)):
        canvas.bars(left, tear + slip.barcode_top, slip.barcode_height, code)
    with canvas.tag("P"):
        for i, line in enumerate(_remit_lines(pages, words)):
            with canvas.tag("Span"):
                canvas.text(left, tear + slip.remit_baseline + i * LEADING, line, _REMIT)


def _bar_text(words: StatementWords, room: float) -> str:
    """Return statement and customer number for the bars, or the first alone if both won't do."""
    frame = words.letter.frame
    both = f"{frame.number} {frame.customer_number}"
    if both.isascii() and both.isprintable():
        last, width = bars_of(both)[-1]
        if (last + width) * MODULE_MM <= room:
            return both
    return frame.number


def _remit_lines(pages: LetterPages, words: StatementWords) -> list[str]:
    sender, field = pages.frame.sender, pages.envelope.address
    given = sender.remit_to or (sender.name, words.say("department"), *sender.address)
    shown = [line.upper() for line in given] if field.capitals else given
    lines = [part for line in shown for part in wrap(line, _REMIT, pages.envelope.slip.remit_width)]
    most = pages.envelope.slip.remit_lines
    if len(lines) > most:
        raise Refused(
            f"The address that payments go to takes {len(lines)} lines, but the window of the "
            f"return envelope shows {most}. Nothing was printed. Please shorten it in the "
            "company's settings.",
            field="remit_to",
        )
    return lines


def _draw_amounts(
    pages: LetterPages,
    words: StatementWords,
    sections: Sequence[StatementSection],
    places: _Places,
) -> None:
    """Draw the ticks, and for one or two currencies what to pay and a box for what was paid."""
    canvas, texts = pages.canvas, words.texts
    usual_pay = places.code_top - _PAY_ABOVE_CODE
    rows = most_tick_rows(usual_pay - places.tear)
    last_tick = draw_ticks(pages, words, sections, rows)
    pay = max(usual_pay, last_tick + 2 * _HEAD_ABOVE_PAY)
    box = pay + _BOX_BELOW_PAY
    columns = _amount_columns(words, sections, places.right)
    room = columns[0].left - _BOX_GAP - places.left
    with canvas.tag("Table"):
        with canvas.tag("TR"):
            with canvas.tag("TD"):
                pass
            for column in columns:
                with canvas.tag("TH", scope="Column"):
                    head = pay - _HEAD_ABOVE_PAY
                    canvas.text_right(column.right, head, column.head, Type.COLUMN_HEAD)
        with canvas.tag("TR"):
            _draw_label(canvas, _slip_label(words, sections), (places.left, pay), room)
            for column in columns:
                with canvas.tag("TD"):
                    canvas.text_right(column.right, pay, column.amount, Type.RESULT)
        with canvas.tag("TR"):
            _draw_label(canvas, texts["slip.paid"], (places.left, box + 4.2), room)
            for column in columns:
                with canvas.tag("TD"):
                    width = column.right - column.left
                    canvas.frame(column.left, box, width, _BOX_HEIGHT)


def _amount_columns(
    words: StatementWords, sections: Sequence[StatementSection], edge: float
) -> list[_AmountColumn]:
    """Return the column of each currency, the last one ending at the edge."""
    columns: list[_AmountColumn] = []
    for section in reversed(sections):
        amount = words.formats.amount(asked_amount(section))
        left = edge - max(_BOX_WIDTH, width_of(amount, Type.RESULT))
        columns.insert(0, _AmountColumn(left, edge, section.currency, amount))
        edge = left - _BOX_GAP
    return columns


def _draw_label(canvas: LetterCanvas, label: str, place: tuple[float, float], room: float) -> None:
    with canvas.tag("TH", scope="Row"):
        canvas.text(*place, label, _fitting(label, room))


def _slip_label(words: StatementWords, sections: Sequence[StatementSection]) -> str:
    """Return `Please pay now` as soon as one currency asks for it, else by which day."""
    first = next((section for section in sections if section.overdue), sections[0])
    return pay_label(words, first, "slip")


def _draw_amount_list(
    pages: LetterPages,
    words: StatementWords,
    sections: Sequence[StatementSection],
    places: _Places,
) -> None:
    """Draw one line per currency where there are too many to stand side by side."""
    canvas, texts = pages.canvas, words.texts
    with canvas.tag("H2"):
        canvas.text(places.left, places.tear + _TITLE, texts["slip.paid"], Type.BLOCK_HEADING)
    y = places.tear + _LIST_DROP + 2.0
    room = places.width - _BOX_WIDTH - _BOX_GAP
    with canvas.tag("Table"):
        for section in sections[:_MOST_LISTED]:
            amount = words.formats.money(asked_amount(section), code=True)
            label = pay_label(words, section, "slip")
            place, style = (places.left, places.left + room, y), _fitting(label, room / 2)
            draw_sum(canvas, place, AmountLine(label, amount), (style, Type.CELL_BOLD))
            canvas.frame(places.right - _BOX_WIDTH, y - 4.2, _BOX_WIDTH, _BOX_HEIGHT)
            y += _LIST_PITCH
    more = len(sections) - _MOST_LISTED
    if more > 0:
        with canvas.tag("P"):
            canvas.text(places.left, y - 2.5, texts.fill("slip.more", count=more), Type.NOTE)


def _draw_bank(
    pages: LetterPages,
    words: StatementWords,
    sections: Sequence[StatementSection],
    places: _Places,
    *,
    narrow: bool,
) -> None:
    """Draw the accounts to pay to, beside the code if there is one."""
    room = places.width - (_CODE + 3.0 if narrow else 0.0)
    y = places.code_top + 1.7
    most = int((pages.paper.height - _UNPRINTABLE - y) / _BANK_PITCH) + 1
    with pages.canvas.tag("P"):
        for line in bank_lines(words, sections, room, most):
            style = Type.NOTE_INK.as_bold() if line.is_heading else Type.NOTE
            with pages.canvas.tag("Span"):
                pages.canvas.text(places.left, y, line.text, style)
            y += _BANK_PITCH


def _pay_code(words: StatementWords, sections: Sequence[StatementSection]) -> PayCode | None:
    """Return the code for what is overdue in euro, if anything is."""
    frame = words.letter.frame
    for section in sections:
        account = words.letter.account_for(section.currency)
        code = make_pay_code(
            name=frame.sender.name,
            iban=account.iban,
            bic=account.bic,
            amount=section.pay_now,
            text=f"{frame.number} {frame.customer_number}",
        )
        if code:
            return code
    return None


def _draw_code(pages: LetterPages, words: StatementWords, code: PayCode, places: _Places) -> None:
    """Draw the code as black squares and what it pays under it."""
    module = _CODE / code.size
    x, top = places.right - _CODE, places.code_top
    amount, frame = words.formats.money(code.amount, code=True), words.letter.frame
    said = words.texts.fill(
        "alt.pay_code",
        amount=amount,
        payee=frame.sender.name,
        iban=grouped_iban(words.letter.account_for(code.amount.currency).iban),
        reference=f"{frame.number} {frame.customer_number}",
    )
    with pages.canvas.tag("Figure", alt=said):
        pages.canvas.squares(
            (x + column * module, top + row * module, length * module, module)
            for row, column, length in code.dark_runs()
        )
    caption = words.texts.fill("slip.scan", amount=amount)
    y = top + _CODE + _CAPTION_DROP
    with pages.canvas.tag("P"):
        pages.canvas.text_right(places.right, y, caption, Type.NOTE_INK.as_bold())


def _fitting(text: str, room: float) -> Style:
    """Return the usual style of a slip's label, or the small one where it would not fit."""
    return Type.CELL if width_of(text, Type.CELL) <= room - _BOX_GAP else Type.NOTE_INK
