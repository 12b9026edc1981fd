"""What the pay box of a reminder shows: by when, to which account, how much, and the pay code."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from loyaldesk.pdf import style as look
from loyaldesk.pdf.paycode import PayCode, make_pay_code
from loyaldesk.pdf.statement_bank import grouped_iban
from loyaldesk.pdf.style import Style, Type
from loyaldesk.pdf.wrapping import width_of, wrap

if TYPE_CHECKING:
    from loyaldesk.pdf.pages import LetterPages
    from loyaldesk.pdf.reminder_words import ReminderWords

__all__ = ["PayBox"]

_LEFT, _RIGHT, _TOP = 4.0, 4.0, 6.6
_FIRST, _PITCH, _FOOT = 7.7, 5.08, 4.6
_GAP = 3.0
_CARD, _CARD_TOP, _QUIET_MODULES = 35.0, 3.2, 4
_CAPTION_DROP, _WITH_CODE = 3.4, 44.0


class _Line(NamedTuple):
    label: str
    value: str
    is_bold: bool = False


class PayBox:
    """The box, laid out for a page; `height` is known before it is drawn.

    A letter with a Swiss bill below has no second code to scan.
    """

    def __init__(self, pages: LetterPages, words: ReminderWords, *, has_bill: bool = False) -> None:
        self._pages = pages
        self._words = words
        self._code = None if has_bill else _pay_code(words)
        lines = _lines(words)
        self._value_x = _LEFT + max(width_of(line.label, Type.SUB_LINE) for line in lines) + _GAP
        taken = _CARD + _GAP if self._code else 0.0
        room = pages.paper.text_width - self._value_x - _RIGHT - taken
        self._lines = [part for line in lines for part in _wrapped(line, room)]

    @property
    def height(self) -> float:
        """The height in mm."""
        text = _TOP + _FIRST + (len(self._lines) - 1) * _PITCH + _FOOT
        return max(text, _WITH_CODE) if self._code else text

    def draw(self, top: float) -> float:
        """Draw the box and return where it ends."""
        canvas, paper, words = self._pages.canvas, self._pages.paper, self._words
        canvas.panel(paper.left, top, paper.text_width, self.height)
        day = words.formats.date_weekday(words.letter.pay_by)
        x, y = paper.left + _LEFT, top + _TOP
        with canvas.tag("Sect"):
            with canvas.tag("H2"):
                canvas.text(x, y, words.say("pay_by", day=day), Type.HEADING)
            self._draw_lines(x, y + _FIRST)
            if self._code:
                self._draw_code(self._code, top + _CARD_TOP)
        return top + self.height

    def _draw_lines(self, x: float, y: float) -> None:
        """Draw labels and values; a value goes on in the lines without a label."""
        canvas, value_x = self._pages.canvas, self._pages.paper.left + self._value_x
        with canvas.tag("Table"):
            for line in self._lines:
                if line.label:
                    row = canvas.tag("TR")
                    with row, canvas.tag("TH", scope="Row"):
                        canvas.text(x, y, line.label, Type.SUB_LINE)
                    with row:
                        value = canvas.tag("TD")
                with value:
                    canvas.text(value_x, y, line.value, _value_style(line))
                y += _PITCH

    def _draw_code(self, code: PayCode, top: float) -> None:
        """Draw the code on its white card, four modules clear on all sides, and its name."""
        canvas, left = self._pages.canvas, self._pages.paper.right - _RIGHT - _CARD
        canvas.area(left, top, _CARD, _CARD, look.WHITE)
        module = _CARD / (code.size + 2 * _QUIET_MODULES)
        margin = _QUIET_MODULES * module
        with canvas.tag("Figure", alt=_said_by(code, self._words)):
            canvas.squares(
                (
                    left + margin + column * module,
                    top + margin + row * module,
                    length * module,
                    module,
                )
                for row, column, length in code.dark_runs()
            )
        caption, style = self._words.say("scan"), Type.NOTE_INK.as_bold()
        x = left + (_CARD - width_of(caption, style)) / 2
        with canvas.tag("P"):
            canvas.text(x, top + _CARD + _CAPTION_DROP, caption, style)


def _said_by(code: PayCode, words: ReminderWords) -> str:
    """Return in words what the code holds."""
    frame = words.letter.frame
    return words.texts.fill(
        "alt.pay_code",
        amount=words.formats.money(code.amount, code=True),
        payee=frame.sender.name,
        iban=grouped_iban(frame.sender.bank.iban),
        reference=f"{frame.number} {frame.customer_number}",
    )


def _lines(words: ReminderWords) -> list[_Line]:
    frame = words.letter.frame
    bank = frame.sender.bank
    bic = ", ".join(part for part in (bank.bic, bank.name) if part)
    lines = [_Line(words.say("payee"), frame.sender.name)]
    if bank.iban:
        lines.append(_Line(words.say("iban"), grouped_iban(bank.iban), is_bold=True))
    if bic:
        lines.append(_Line(words.say("bic" if bank.bic else "account"), bic))
    lines += [
        _Line(words.say("account") if i == 0 and not bic else "", line)
        for i, line in enumerate(bank.lines)
    ]
    amount = words.formats.money(words.reminder.to_pay, code=True)
    reference = words.say("reference_text", number=frame.number, customer=frame.customer_number)
    return [
        *lines,
        _Line(words.say("amount"), amount, is_bold=True),
        _Line(words.say("reference"), reference),
    ]


def _wrapped(line: _Line, room: float) -> list[_Line]:
    """Return the line, its value in several rows where it is wider than the room in mm."""
    first, *more = wrap(line.value, _value_style(line), room)
    return [line._replace(value=first), *(_Line("", text, line.is_bold) for text in more)]


def _value_style(line: _Line) -> Style:
    return Type.BLOCK_HEADING if line.is_bold else Type.BODY


def _pay_code(words: ReminderWords) -> PayCode | None:
    frame = words.letter.frame
    return make_pay_code(
        name=frame.sender.name,
        iban=frame.sender.bank.iban,
        bic=frame.sender.bank.bic,
        amount=words.reminder.to_pay,
        text=f"{frame.number} {frame.customer_number}",
    )
