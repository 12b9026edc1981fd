"""How an acknowledgement ends: the dated next steps, whom to call, and who signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.domain.differences import Wording, wording_of
from loyaldesk.pdf.blocks import LEADING, draw_paragraph, short_paragraph
from loyaldesk.pdf.style import Type, Weight
from loyaldesk.pdf.wrapping import Run

if TYPE_CHECKING:
    from datetime import date

    from loyaldesk.domain.acknowledgement import AcknowledgementLetter
    from loyaldesk.domain.next_steps import NextSteps, Step
    from loyaldesk.pdf.pages import LetterPages

__all__ = ["draw_close"]

_LINE, _DATE, _STEP, _REST = 4.1, 8.4, 12.1, 15.7
_TEXT_AFTER, _TEXT_AFTER_ROOMY = 4.5, 8.5
_TIGHT = 4.022
_AIR, _LEAST_AIR = 11.0, 7.0
_SIGNATURE_GAPS = (4.3, 5.4, 4.2)
_DESCENT = 1.2
_NAMED_AT_MOST = 6


class _Close:
    """The block of steps, text and signature, which never breaks over a page.

    Where there is room the signature takes lines of its own, otherwise one line and smaller type.
    """

    def __init__(self, letter: AcknowledgementLetter, pages: LetterPages, *, roomy: bool) -> None:
        self.letter = letter
        self.pages = pages
        self.steps = letter.next_steps
        self.roomy = roomy
        self.style = Type.BODY if roomy else Type.BODY_TIGHT
        self.leading = LEADING if roomy else _TIGHT
        self.text = short_paragraph(_closing_runs(letter, pages), pages.paper, self.style)

    @property
    def steps_height(self) -> float:
        if not self.steps:
            return 0.0
        last = _REST if self.steps.rest_positions else _STEP
        return last + (_TEXT_AFTER_ROOMY if self.roomy else _TEXT_AFTER)

    @property
    def height(self) -> float:
        after = sum(_SIGNATURE_GAPS) if self.roomy else self.leading
        text = (len(self.text) - 1) * self.leading
        return self.steps_height + text + after + _DESCENT


def draw_close(letter: AcknowledgementLetter, pages: LetterPages, top: float) -> None:
    """Draw the closing block under what ends at `top`, on a new page if it does not fit whole."""
    room = pages.paper.body_end - top
    close = _Close(letter, pages, roomy=True)
    if close.height + _AIR > room:
        close = _Close(letter, pages, roomy=False)
    if close.height + _LEAST_AIR > room:
        close = _Close(letter, pages, roomy=True)
        y = pages.next_page()
    else:
        y = top + min(_AIR, room - close.height)
    y = _draw_steps(close, y)
    place = (pages.paper.left, y)
    _draw_signature(
        close, draw_paragraph(pages.canvas, place, close.text, close.style, close.leading)
    )


def _draw_steps(close: _Close, y: float) -> float:
    steps, pages = close.steps, close.pages
    if not steps:
        return y
    canvas, paper = pages.canvas, pages.paper
    with canvas.tag("H2"):
        canvas.text(paper.left, y, pages.texts["ack.steps"], Type.BLOCK_HEADING)
    with canvas.tag("P"):
        canvas.text_right(paper.right, y, _steps_note(close.letter, steps, pages), Type.INFO_LABEL)
    width = paper.text_width / len(steps.steps)
    places = [paper.left + i * width for i in range(len(steps.steps))]
    canvas.rule(places[0] + 1.1, places[-1] + 1.1, y + _LINE, Weight.STEPS, canvas.accent)
    with canvas.tag("L"):
        for x, step in zip(places, steps.steps, strict=True):
            with canvas.tag("LI"), canvas.tag("LBody"):
                _draw_step(close, step, (x, y))
    return y + close.steps_height


def _draw_step(close: _Close, step: Step, place: tuple[float, float]) -> None:
    pages, (x, y) = close.pages, place
    canvas = pages.canvas
    canvas.dot(x + 1.1, y + _LINE, filled=step.done)
    if step.day:
        canvas.text(x, y + _DATE, _day(step.day, pages), Type.CELL_BOLD)
    canvas.text(x, y + _STEP, pages.texts[f"ack.{step.kind.value}"], Type.CELL)
    if step.rest_day and close.steps:
        canvas.text(x, y + _REST, _rest(step.rest_day, close.steps, pages), Type.NOTE)


def _draw_signature(close: _Close, y: float) -> None:
    letter, canvas, left = close.letter, close.pages.canvas, close.pages.paper.left
    if not close.roomy:
        with canvas.tag("P"):
            canvas.runs(left, y, _compact_signature(letter, close.pages), close.style)
        return
    greeting, name, role = _SIGNATURE_GAPS
    y += greeting
    with canvas.tag("P"):
        canvas.text(left, y, close.pages.texts["close"], Type.BODY)
    y += name
    with canvas.tag("P"):
        canvas.text(left, y, letter.contact_name or letter.frame.sender.name, Type.BLOCK_HEADING)
        if letter.contact_role:
            canvas.text(left, y + role, letter.contact_role, Type.SUB_LINE)


def _compact_signature(letter: AcknowledgementLetter, pages: LetterPages) -> tuple[Run, ...]:
    greeting = pages.texts["close"].rstrip(",")
    name = letter.contact_name or letter.frame.sender.name
    role = f", {letter.contact_role}" if letter.contact_role else ""
    return Run(f"{greeting}, "), Run(name, bold=True), Run(role)


def _closing_runs(letter: AcknowledgementLetter, pages: LetterPages) -> list[Run]:
    texts, formats = pages.texts, pages.formats
    sentences = []
    if letter.query_by and wording_of(letter) in {Wording.ACCEPTED, Wording.SHIPPED}:
        day = formats.date_weekday(letter.query_by)
        sentences.append(texts.runs("ack.checked", day=day))
    if letter.contact_phone:
        phone = letter.contact_phone.replace(" ", "\u00a0")
        sentences.append(texts.runs("ack.call_me", phone=phone))
    elif letter.contact_email:
        sentences.append(texts.runs("ack.write_me", email=letter.contact_email))
    if letter.next_steps and letter.next_steps.call_on:
        day = formats.date_weekday_day(letter.next_steps.call_on)
        sentences.append(texts.runs("ack.call_you", day=day))
    return [run for sentence in sentences for run in (*sentence, Run(" "))]


def _steps_note(letter: AcknowledgementLetter, steps: NextSteps, pages: LetterPages) -> str:
    texts, count = pages.texts, len(steps.rest_positions)
    if steps.undated_positions and letter.answer_by:
        return _undated_note(letter, steps.undated_positions, letter.answer_by, pages)
    note = texts["ack.steps_note"]
    if count <= 1:
        return note
    if count <= _NAMED_AT_MOST:
        lines = ", ".join(map(str, steps.rest_positions))
        return texts.fill("ack.steps_rest", note=note, lines=lines)
    return texts.fill("ack.steps_rest_many", note=note, count=count)


def _undated_note(
    letter: AcknowledgementLetter, undated: tuple[int, ...], answer_by: date, pages: LetterPages
) -> str:
    """Return which lines have no day yet, and by when the customer hears of it."""
    texts, count = pages.texts, len(undated)
    day = pages.formats.date_weekday_day(answer_by)
    if count == len(letter.lines):
        return texts.fill("ack.steps_undated", day=day)
    if count == 1:
        return texts.fill("ack.steps_undated_one", line=undated[0], day=day)
    if count <= _NAMED_AT_MOST:
        return texts.fill("ack.steps_undated_some", lines=", ".join(map(str, undated)), day=day)
    return texts.fill("ack.steps_undated_many", count=count, day=day)


def _rest(rest_day: date, steps: NextSteps, pages: LetterPages) -> str:
    day = _day(rest_day, pages)
    if len(steps.rest_positions) == 1:
        return pages.texts.fill("ack.step_lines", lines=steps.rest_positions[0], day=day)
    return pages.texts.fill("ack.step_rest", day=day)


def _day(day: date, pages: LetterPages) -> str:
    is_near = day.year == pages.frame.day.year
    return pages.formats.date_step(day) if is_near else pages.formats.date(day)
