"""How an order acknowledgement is drawn, from its opening to its next steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.domain.acknowledgement import checked_totals
from loyaldesk.domain.differences import Wording, differences, wording_of
from loyaldesk.pdf.acknowledgement_close import draw_close
from loyaldesk.pdf.acknowledgement_differences import draw_differences
from loyaldesk.pdf.acknowledgement_head import frame_of, opening_of
from loyaldesk.pdf.acknowledgement_lines import carry_of, line_table
from loyaldesk.pdf.acknowledgement_totals import TotalsBlock
from loyaldesk.pdf.blocks import LEADING, draw_paragraph, draw_personal, short_paragraph
from loyaldesk.pdf.flow import flow_table
from loyaldesk.pdf.pages import LetterPages
from loyaldesk.pdf.style import Type

if TYPE_CHECKING:
    from loyaldesk.domain.acknowledgement import AcknowledgementLetter
    from loyaldesk.pdf.wrapping import Run

__all__ = ["draw_acknowledgement"]

_PANEL_ABOVE, _HEADS_BELOW = 3.0 - LEADING, 5.2


def draw_acknowledgement(letter: AcknowledgementLetter, *, copy: bool = False) -> bytes:
    """Return the acknowledgement as a PDF, or refuse figures that do not add up.

    A copy is the same letter with COPY above its title.
    """
    totals = checked_totals(letter)
    pages = LetterPages(frame_of(letter), opening_of(letter), copy=copy)
    y = _draw_opening(letter, pages)
    table = line_table(letter, pages)
    below = TotalsBlock(letter, totals, pages)
    carry = carry_of(letter, table, pages.formats)
    y = flow_table(pages, table, y, tail=below.height, carry=carry)
    draw_close(letter, pages, below.draw(y))
    return pages.finish()


def _draw_opening(letter: AcknowledgementLetter, pages: LetterPages) -> float:
    """Draw what stands above the table and return where its column heads begin."""
    head, left = pages.envelope.head, pages.paper.left
    push = pages.draw_title()
    greeting = letter.frame.recipient.salutation or pages.texts["dear_unknown"]
    with pages.canvas.tag("P"):
        pages.canvas.text(left, head.salutation + push, greeting, Type.BODY)
    # Nothing is confirmed by a receipt or while the order is held, so there is nothing to list.
    found = differences(letter) if wording_of(letter).lists_differences else ()
    runs = _opening_runs(letter, len(found), pages)
    lines = short_paragraph(runs, pages.paper)
    y = draw_personal(pages, draw_paragraph(pages.canvas, (left, head.text + push), lines))
    if found:
        return draw_differences(letter, found, pages, y + _PANEL_ABOVE) + _HEADS_BELOW
    return y + _HEADS_BELOW - LEADING / 2


def _opening_runs(letter: AcknowledgementLetter, count: int, pages: LetterPages) -> tuple[Run, ...]:
    texts, wording = pages.texts, wording_of(letter)
    if wording is Wording.ON_HOLD and letter.answer_by:
        day = pages.formats.date_weekday(letter.answer_by)
        return texts.runs("ack.on_hold", day=day)
    if wording.lists_differences:
        number = "one" if count == 1 else "many"
        return texts.runs(f"ack.{wording.value}_{number}", count=texts.counted(count))
    return texts.runs(f"ack.{wording.value}")
