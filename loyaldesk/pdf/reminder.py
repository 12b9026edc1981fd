"""How a payment reminder is drawn: what is overdue, the pay box, whom to talk to, thanks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.domain.letter import content_id
from loyaldesk.formats import Formats
from loyaldesk.pdf.blocks import LEADING, draw_paragraph, draw_sum, paragraph_lines
from loyaldesk.pdf.flow import flow_table
from loyaldesk.pdf.pages import LetterPages, Opening
from loyaldesk.pdf.qr_bill import BILL_HEIGHT, draw_qr_bill
from loyaldesk.pdf.reminder_box import PayBox
from loyaldesk.pdf.reminder_words import ReminderWords
from loyaldesk.pdf.statement_bills import bill_of, takes_bills
from loyaldesk.pdf.style import Type, Weight
from loyaldesk.pdf.table import Table
from loyaldesk.pdf.texts import texts_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.domain.qr_bill import QrBill
    from loyaldesk.domain.reminder_letter import ReminderLetter
    from loyaldesk.pdf.wrapping import Run

__all__ = ["draw_reminder"]

_HEADS_BELOW = 5.2
_SUM_FIRST, _SUM_PITCH, _RESULT_RULE, _RESULT_DROP = 3.54, 4.1, 2.2, 4.1
_BOX_GAP, _TEXT_GAP, _PARAGRAPH_GAP = 7.5, 7.0, 2.6
_CLOSE_GAP, _NAME_DROP, _ROLE_DROP, _DESCENT = 2.6, 5.3, 4.1, 1.2
_SUMS_FROM = 3
_ABOVE_BILL, _ID_ABOVE_TEAR = 22.0, 4.6


def draw_reminder(letter: ReminderLetter, *, copy: bool = False) -> bytes:
    """Return the reminder as a PDF file; a copy is the same letter with COPY above its title."""
    return _ReminderDrawing(letter, copy=copy).draw()


class _ReminderDrawing:
    """One reminder on its way to paper."""

    def __init__(self, letter: ReminderLetter, *, copy: bool) -> None:
        frame = letter.frame
        texts = texts_for(frame.locale, frame.own_texts)
        self._letter = letter
        self._words = ReminderWords(letter, texts, Formats(frame.locale))
        self._pages = LetterPages(frame, self._opening(), copy=copy)
        self._bill = self._make_bill()
        self._bill_page = 0

    def draw(self) -> bytes:
        """Return the file."""
        y = self._draw_table(self._draw_head())
        box = PayBox(self._pages, self._words, has_bill=self._bill is not None)
        y = box.draw(self._room_for(y + _BOX_GAP, box.height))
        y = self._draw_close(y)
        if self._bill is None:
            return self._pages.finish()
        self._draw_bill(self._bill, y)
        return self._pages.finish(self._draw_foot, tears={self._bill_page: self._tear})

    @property
    def _tear(self) -> float:
        """Where the bill is torn off."""
        return self._pages.paper.height - BILL_HEIGHT

    def _make_bill(self) -> QrBill | None:
        pages, frame = self._pages, self._letter.frame
        if not takes_bills(pages.paper):
            return None
        amount = self._words.reminder.to_pay
        return bill_of(frame, frame.sender.bank, amount, self._letter.debtor)

    def _opening(self) -> Opening:
        words, frame = self._words, self._letter.frame
        day = words.formats.date_long(words.reminder.on)
        customer = f"{words.texts['info.customer']} {frame.customer_number}"
        return Opening(
            title=words.title(),
            sub_line=words.sub_line(),
            info=words.info_rows(),
            following=f"{frame.number} · {customer} · {words.formats.date_long(frame.day)}",
            subject=f"{day}, {words.currency}",
            keywords=(frame.customer_number, frame.number),
            template="reminder",
            content=content_id(frame, *self._letter.facts),
        )

    def _draw_head(self) -> float:
        """Draw title, greeting and opening; return where the column heads begin."""
        pages, words = self._pages, self._words
        head, left = pages.envelope.head, pages.paper.left
        push = pages.draw_title()
        greeting = self._letter.frame.recipient.salutation or words.texts["dear_unknown"]
        with pages.canvas.tag("P"):
            pages.canvas.text(left, head.salutation + push, greeting, Type.BODY)
        lines = paragraph_lines(words.opening(), pages.paper.measure)
        y = draw_paragraph(pages.canvas, (left, head.text + push), lines)
        return y + _HEADS_BELOW - LEADING / 2

    def _draw_table(self, heads: float) -> float:
        """Draw the invoices and what they come to; return where they end."""
        pages, words = self._pages, self._words
        rows = [words.row(standing) for standing in words.reminder.due]
        paper = pages.paper
        table = Table(words.columns(paper.text_width), rows, left=paper.left)
        sums = words.sums()
        tail = _SUM_FIRST + len(sums) * _SUM_PITCH + _RESULT_RULE + _RESULT_DROP
        y = flow_table(pages, table, heads, tail=tail, carry=None) + _SUM_FIRST
        canvas, left, right = pages.canvas, table.column_edge(_SUMS_FROM), paper.right
        span = len(table.columns) - 1
        with table.foot(canvas):
            for line in sums:
                draw_sum(canvas, (left, right, y), line, (Type.CELL, Type.CELL), span=span)
                y += _SUM_PITCH
            y += _RESULT_RULE - _SUM_PITCH
            canvas.rule(left, right, y, Weight.RESULT, canvas.accent)
            y += _RESULT_DROP
            styles = Type.RESULT, Type.RESULT
            draw_sum(canvas, (left, right, y), words.result(), styles, span=span)
        return y

    def _draw_bill(self, bill: QrBill, y: float) -> None:
        """Draw the bill at the foot of this page, or of one that names the amount once more."""
        pages, words = self._pages, self._words
        if y > self._tear - _ABOVE_BILL:
            y = pages.next_page()
            left, right = pages.paper.left, pages.paper.right
            with pages.canvas.tag("Table"):
                draw_sum(pages.canvas, (left, right, y), words.result(), (Type.RESULT, Type.RESULT))
        self._bill_page = pages.page
        draw_qr_bill(pages.canvas, bill, words.texts)

    def _draw_foot(self, page: int, pages: int) -> None:
        """Draw the usual foot, but above the tear line on the page with the bill."""
        if page != self._bill_page:
            self._pages.draw_foot(page, pages)
            return
        above = self._pages.draw_id_line(page, pages, self._tear - _ID_ABOVE_TEAR)
        if page == 1:
            self._pages.draw_legal_line(above)

    def _draw_close(self, y: float) -> float:
        """Draw the last paragraphs and the signature together on one page; return their end."""
        pages, words = self._pages, self._words
        width = pages.paper.measure
        paragraphs = [paragraph_lines(runs, width) for runs in words.paragraphs()]
        y = self._room_for(y + _TEXT_GAP, _close_height(paragraphs))
        canvas, left, sender = pages.canvas, pages.paper.left, self._letter.frame.sender
        for lines in paragraphs:
            y = draw_paragraph(canvas, (left, y), lines) + _PARAGRAPH_GAP
        y += _CLOSE_GAP - _PARAGRAPH_GAP
        with canvas.tag("P"):
            canvas.text(left, y, words.texts["close"], Type.BODY)
        y += _NAME_DROP
        role = sender.signature_role if sender.signature_name else ""
        department = role or words.texts["statement.department"]
        with canvas.tag("P"):
            canvas.text(left, y, sender.signature_name or sender.name, Type.BLOCK_HEADING)
            canvas.text(left, y + _ROLE_DROP, department, Type.SUB_LINE)
        return y + _ROLE_DROP + _DESCENT

    def _room_for(self, y: float, height: float) -> float:
        """Return where a block begins: here if it fits whole, else on the next page."""
        return y if y + height <= self._pages.paper.body_end else self._pages.next_page()


def _close_height(paragraphs: Sequence[Sequence[tuple[Run, ...]]]) -> float:
    lines = sum(map(len, paragraphs))
    gaps = (len(paragraphs) - 1) * _PARAGRAPH_GAP + _CLOSE_GAP
    return lines * LEADING + gaps + _NAME_DROP + _ROLE_DROP + _DESCENT
