"""How a statement of account becomes a letter: greeting, panels, one section per currency, slip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.domain.letter import content_id
from loyaldesk.domain.statement_proof import prove_section
from loyaldesk.formats import Formats
from loyaldesk.pdf.address import place_info
from loyaldesk.pdf.blocks import (
    LEADING,
    AmountLine,
    amount_panel_height,
    draw_amount_panel,
    draw_paragraph,
    draw_personal,
    draw_sum,
    paragraph_lines,
)
from loyaldesk.pdf.envelopes import envelope
from loyaldesk.pdf.pages import LetterPages, Opening
from loyaldesk.pdf.qr_bill import BILL_HEIGHT, draw_qr_bill
from loyaldesk.pdf.statement_bills import bills_of
from loyaldesk.pdf.statement_blocks import draw_notes, notes_height
from loyaldesk.pdf.statement_panels import Panel, asked_amount, draw_panels, panels_of, pay_panel
from loyaldesk.pdf.statement_sections import SectionWriter
from loyaldesk.pdf.statement_slip import draw_slip
from loyaldesk.pdf.statement_words import StatementWords
from loyaldesk.pdf.style import Type, Weight
from loyaldesk.pdf.texts import texts_for
from loyaldesk.pdf.wrapping import Run, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.domain.statement_letter import StatementLetter
    from loyaldesk.domain.statement_section import StatementSection

__all__ = ["draw_statement"]

_PANEL_GAP, _SLIP_GAP = 4.6, 12.0
_ID_ABOVE_TEAR, _FOOT_PITCH, _FOOT_AIR = 4.6, 3.0, 5.2
_BESIDE_GAP, _BESIDE_END = 3.0, 93.0
_PANEL_PADDING = 9.0
_CLOSE_GAP, _CLOSE_HEIGHT = 7.5, 24.0


def draw_statement(letter: StatementLetter, *, copy: bool = False) -> bytes:
    """Return the statement as a PDF file; one whose figures do not agree is refused."""
    for section in letter.statement.sections:
        prove_section(section)
    return _StatementDrawing(letter, copy=copy).draw()


class _StatementDrawing:
    """One statement on its way to paper."""

    def __init__(self, letter: StatementLetter, *, copy: bool) -> None:
        frame = letter.frame
        self._has_slip = any(s.closing.minor > 0 for s in letter.statement.sections)
        self._is_short = self._has_slip and envelope(frame.envelope).info.date_in_block
        self._words = StatementWords(
            letter,
            texts_for(frame.locale, frame.own_texts),
            Formats(frame.locale),
            is_short=self._is_short,
        )
        self._pages = LetterPages(frame, self._opening(letter), copy=copy)
        self._bills = bills_of(letter, self._pages.paper) if self._has_slip else {}
        owed = [s.currency for s in letter.statement.sections if s.closing.minor > 0]
        self._bills_suffice = bool(self._bills) and all(code in self._bills for code in owed)
        self._tears: dict[int, float] = {}
        self._question = ""

    def draw(self) -> bytes:
        """Return the file."""
        writer = SectionWriter(self._pages, self._words, self._draw_head())
        for section in self._words.sections:
            writer.write(section)
        if not self._has_slip:
            self._draw_close(writer.y)
            return self._pages.finish()
        self._draw_slip(writer.y)
        return self._pages.finish(self._draw_foot, tears=self._tears)

    @property
    def _tear(self) -> float:
        """Where the page of the slip is torn, or of the bill that stands in its place."""
        pages = self._pages
        is_bill = self._bills_suffice
        return pages.paper.height - BILL_HEIGHT if is_bill else pages.envelope.slip.tear

    def _opening(self, letter: StatementLetter) -> Opening:
        words, frame = self._words, letter.frame
        day = words.formats.date_long(words.as_of)
        places = envelope(frame.envelope).head
        codes = ", ".join(section.currency for section in words.sections)
        customer = f"{words.texts['info.customer']} {frame.customer_number}"
        return Opening(
            title=words.title(),
            sub_line="" if self._is_short else words.sub_line(),
            info=words.info_rows(),
            following=f"{customer} · {words.formats.date_long(frame.day)}",
            subject=f"{day}, {codes}",
            keywords=(frame.customer_number, frame.number),
            template="stmt",
            content=content_id(frame, *letter.facts),
            title_baseline=places.statement_title if self._is_short else None,
        )

    def _draw_head(self) -> float:
        """Draw title, greeting, message and panels; return where they end."""
        pages, words, head = self._pages, self._words, self._pages.envelope.head
        shift = pages.draw_title()
        y = head.statement_message if self._is_short else head.text + shift
        if not self._is_short:
            greeting = pages.frame.recipient.salutation or words.texts["dear_unknown"]
            with pages.canvas.tag("P"):
                pages.canvas.text(pages.paper.left, head.salutation + shift, greeting, Type.BODY)
        style = Type.CELL if self._is_short else Type.BODY
        lines = paragraph_lines(words.message(), pages.paper.text_width, style)
        if len(lines) > 1:
            lines = paragraph_lines(words.message(), pages.paper.measure, style)
        end = draw_paragraph(pages.canvas, (pages.paper.left, y), lines, style)
        end = draw_personal(pages, end, style) - LEADING
        if self._is_short and self._draw_panel_beside():
            return end
        return draw_panels(pages, panels_of(words), end + _PANEL_GAP)

    def _draw_panel_beside(self) -> bool:
        """Draw the panel under the references, where paper and amounts leave room for it."""
        pages, words = self._pages, self._words
        info = pages.envelope.info
        lines = place_info(words.info_rows(), pages.envelope)
        top = info.baseline + (len(lines) - 1) * LEADING + _BESIDE_GAP
        panel = pay_panel(words, words.sections[0])
        width = info.right - info.label_x
        too_low = top + amount_panel_height(len(panel.lines)) > _BESIDE_END
        if len(words.sections) > 1 or too_low or _panel_width(panel) > width:
            return False
        draw_amount_panel(pages.canvas, (info.label_x, top), width, panel.lines, panel.result)
        return True

    def _draw_slip(self, y: float) -> None:
        """Draw the slip on this page if the text leaves room for it, else on a page of its own."""
        pages, notes = self._pages, self._notes()
        if y + notes_height(notes) <= self._slip_limit():
            draw_notes(pages, notes, y)
        else:
            self._question = self._short_question()
            if y > self._slip_limit():
                self._start_slip_page()
        bills = list(self._bills.values())
        self._tears[pages.page] = self._tear
        if self._bills_suffice:
            draw_qr_bill(pages.canvas, bills.pop(0), self._words.texts)
        else:
            with pages.canvas.tag("Sect"):
                draw_slip(pages, self._words, billed=self._bills)
        for bill in bills:
            code = bill.amount.currency
            self._draw_results(
                pages.next_page(), [s for s in self._words.sections if s.currency == code]
            )
            self._tears[pages.page] = pages.paper.height - BILL_HEIGHT
            draw_qr_bill(pages.canvas, bill, self._words.texts)

    def _start_slip_page(self) -> None:
        """Draw on the slip's page once more what is owed, and beside the slip how to pay it."""
        self._question = ""
        y = self._draw_results(self._pages.next_page(), self._words.sections)
        draw_notes(self._pages, self._notes(), y)

    def _draw_results(self, y: float, sections: Sequence[StatementSection]) -> float:
        """Repeat the balance of each section; return where they end."""
        pages, words = self._pages, self._words
        left, right, canvas = pages.paper.left, pages.paper.right, pages.canvas
        day = words.formats.date_long(words.as_of)
        with canvas.tag("Table"):
            for section in sections:
                canvas.rule(left, right, y, Weight.RESULT, canvas.accent)
                label = words.say("closing", day=day, currency=words.currency_label(section))
                line = AmountLine(label, words.formats.amount(section.closing))
                draw_sum(canvas, (left, right, y + 3.9), line, (Type.RESULT, Type.RESULT))
                y += 2 * LEADING
        return y

    def _slip_limit(self) -> float:
        """Return how far down the text may reach above the slip and the lines at its tear."""
        is_first = self._pages.page == 1
        lines = self._pages.running_foot_lines(note=self._short_question(), legal=is_first)
        foot = _ID_ABOVE_TEAR + (lines - 1) * _FOOT_PITCH + _FOOT_AIR
        return self._tear - max(_SLIP_GAP, foot)

    def _draw_foot(self, page: int, pages: int) -> None:
        """Draw the usual foot, but above the tear line on a page with slip or bill."""
        if page not in self._tears:
            self._pages.draw_foot(page, pages)
            return
        y = self._tears[page] - _ID_ABOVE_TEAR
        is_first = page == min(self._tears)
        above = self._pages.draw_id_line(page, pages, y, note=self._question if is_first else "")
        if page == 1:
            self._pages.draw_legal_line(above)

    def _notes(self) -> list[tuple[str, str]]:
        """Return how to pay, how to object, and what we need to know."""
        words, number = self._words, self._words.letter.frame.number
        way = words.say(f"how_to_pay_{self._way_to_pay()}", number=number)
        notes = [(words.say("how_to_pay"), way), (words.say("query"), words.query())]
        if any(section.unapplied for section in words.sections):
            notes.append((words.say("unapplied_ask"), words.say("unapplied_ask_text")))
        return notes

    def _way_to_pay(self) -> str:
        """Return whether a bill, a code or an account stands below."""
        if self._bills_suffice:
            return "bill"
        has_code = any(
            section.currency == "EUR"
            and section.currency not in self._bills
            and asked_amount(section)
            and section.overdue
            and self._words.letter.account_for("EUR").iban
            for section in self._words.sections
        )
        return "code" if has_code else "text"

    def _short_question(self) -> str:
        letter, words = self._words.letter, self._words
        reach = words.phone or letter.email
        day = words.formats.date(letter.query_by)
        return words.say("questions", day=day, phone=reach) if reach else ""

    def _draw_close(self, y: float) -> None:
        """Draw where to object, the closing words and our contact, all on one page."""
        pages, words = self._pages, self._words
        runs = (Run(words.say("query") + " "), Run(words.query()))
        lines = paragraph_lines(runs, pages.paper.measure)
        if y + _CLOSE_HEIGHT + len(lines) * LEADING > pages.paper.body_end:
            y = pages.next_page() - _CLOSE_GAP
        canvas, left = pages.canvas, pages.paper.left
        y = draw_paragraph(canvas, (left, y + _CLOSE_GAP), lines) + 2.1
        with canvas.tag("P"):
            canvas.text(left, y, words.texts["close"], Type.BODY)
        sender = pages.frame.sender
        person = words.letter.contact or sender.signature_name
        # A person has the role that was typed, or none; only the company speaks as a department.
        role = sender.signature_role if person else words.say("department")
        with canvas.tag("P"):
            canvas.text(left, y + 5.3, person or sender.name, Type.BLOCK_HEADING)
            canvas.text(left, y + 9.4, role, Type.SUB_LINE)


def _panel_width(panel: Panel) -> float:
    """Return the width in mm below which label and amount of a panel would touch."""
    widths = [
        width_of(line.label, style) + width_of(line.amount, style)
        for lines, style in ((panel.lines, Type.CELL), ([panel.result], Type.RESULT))
        for line in lines
    ]
    return max(widths) + _PANEL_PADDING
