"""What frames every page: letterhead, marks, short head of following pages, foot and id line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from loyaldesk.errors import Refused
from loyaldesk.pdf import style as look
from loyaldesk.pdf.code128 import MODULE_MM, bars_of
from loyaldesk.pdf.style import Style, Type, Weight
from loyaldesk.pdf.wrapping import width_of, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.domain.letter import LetterFrame, Sender
    from loyaldesk.pdf.canvas import LetterCanvas
    from loyaldesk.pdf.envelopes import Envelope
    from loyaldesk.pdf.texts import Texts

__all__ = [
    "draw_barcode",
    "draw_following_head",
    "draw_id_line",
    "draw_legal_footer",
    "draw_legal_line",
    "draw_logo",
    "draw_marks",
    "draw_sender_lines",
    "id_lines",
    "legal_lines",
    "return_line_of",
]

_MARK_X, _FOLD_LONG, _PUNCH_LONG = 4.5, 5.0, 7.0
_LOGO_HEIGHT, _LOGO_WIDTH = 9.0, 45.0
_BARCODE_HEIGHT, _CAPTION_DROP = 6.5, 2.6
_HEAD_LOGO_Y, _HEAD_LOGO_HEIGHT = 13.0, 5.5
_HEAD_TITLE, _HEAD_LINE, _HEAD_RULE = 17.4, 21.4, 24.5
_SMALL_PITCH, _TIGHT_PITCH = 3.0, 2.4
_EDGE = 4.5
_GAP = 2.2
_DOT = " · "


def draw_marks(canvas: LetterCanvas, envelope: Envelope, *, tear: float | None = None) -> None:
    """Draw the fold marks and the punch mark at the left edge, none where or below it is torn."""
    for places, long in ((envelope.marks.folds, _FOLD_LONG), (envelope.marks.punch, _PUNCH_LONG)):
        for y in (place for place in places if tear is None or place < tear):
            canvas.rule(_MARK_X, _MARK_X + long, y, Weight.HAIRLINE, look.STRONG)


def draw_logo(canvas: LetterCanvas, sender: Sender, envelope: Envelope) -> None:
    """Draw the logo, or the company's name in its colour when it has none."""
    x, top = envelope.paper.left, envelope.head.logo_y
    if sender.logo:
        with canvas.tag("Figure", alt=sender.name):
            canvas.image(sender.logo, x, top, _LOGO_HEIGHT, _LOGO_WIDTH)
    else:
        widest = envelope.head.name_end - x
        with canvas.tag("P"):
            canvas.text(x, top + 6.4, sender.name, _shrunk(sender.name, _name_style(17), widest))


def draw_sender_lines(canvas: LetterCanvas, sender: Sender, envelope: Envelope) -> None:
    """Draw address and phone under the logo, on paper whose footer has no room for them."""
    baselines = envelope.head.sender_baselines
    if not baselines:
        return
    reach = _DOT.join(part for part in (sender.phone, sender.email) if part)
    address = list(sender.address)
    while len(address) > len(baselines) - 1:
        address[-2:] = [", ".join(address[-2:])]
    with canvas.tag("P"):
        for y, line in zip(baselines, [*address, reach], strict=False):
            with canvas.tag("Span"):
                canvas.text(envelope.paper.left, y, line, Type.NOTE)


def draw_barcode(canvas: LetterCanvas, code: str, envelope: Envelope, texts: Texts) -> None:
    """Draw the document's number as bars with its caption, ending at the right edge."""
    bars = bars_of(code)
    width = (bars[-1][0] + bars[-1][1]) * MODULE_MM
    x, top = envelope.paper.right - width, envelope.head.barcode_y
    with canvas.tag("Figure", alt=texts.fill("alt.bars", code=code)):
        canvas.bars(x, top, _BARCODE_HEIGHT, code)
    with canvas.tag("P"):
        canvas.text(x, top + _BARCODE_HEIGHT + _CAPTION_DROP, code, Type.SMALL)


def draw_following_head(
    canvas: LetterCanvas, sender: Sender, envelope: Envelope, *, title: str, line: str
) -> None:
    """Draw the short head of the second and later pages."""
    paper = envelope.paper
    room = paper.text_width - width_of(title, Type.PAGE_NUMBER) - 2 * _GAP
    if sender.logo:
        canvas.image(sender.logo, paper.left, _HEAD_LOGO_Y, _HEAD_LOGO_HEIGHT, _LOGO_WIDTH)
    else:
        canvas.text(
            paper.left, _HEAD_TITLE, sender.name, _shrunk(sender.name, _name_style(10.5), room)
        )
    canvas.text_right(paper.right, _HEAD_TITLE, title, Type.PAGE_NUMBER)
    canvas.text_right(paper.right, _HEAD_LINE, line, Type.NOTE)
    canvas.rule(paper.left, paper.right, _HEAD_RULE, Weight.PANEL, canvas.accent)


def draw_id_line(
    canvas: LetterCanvas, envelope: Envelope, parts: Sequence[str], page: str, y: float
) -> float:
    """Draw what identifies the print, and the page number at its right end.

    Lines that do not fit go above the first; the baseline above them all is returned.
    """
    paper = envelope.paper
    canvas.text_right(paper.right, y, page, Type.PAGE_NUMBER)
    lines = id_lines(envelope, parts, page)
    for i, line in enumerate(reversed(lines)):
        canvas.text(paper.left, y - i * _SMALL_PITCH, line, Type.SMALL)
    return y - len(lines) * _SMALL_PITCH


def draw_legal_footer(
    canvas: LetterCanvas, sender: Sender, envelope: Envelope, texts: Texts
) -> None:
    """Draw the rule and the company's particulars in columns, or in one line on Letter paper."""
    paper, foot = envelope.paper, envelope.foot
    canvas.rule(paper.left, paper.right, foot.rule, Weight.PANEL, canvas.accent)
    if not foot.columns:
        draw_legal_line(canvas, sender, envelope, texts, foot.baselines[0])
        return
    ends = [x - _GAP for x in foot.columns[1:]] + [paper.right]
    for i, (x, end, lines) in enumerate(
        zip(foot.columns, ends, _particulars(sender, texts), strict=True)
    ):
        _draw_column(canvas, (x, foot.baselines[0]), end - x, lines, first_bold=i == 0)


def draw_legal_line(
    canvas: LetterCanvas,
    sender: Sender,
    envelope: Envelope,
    texts: Texts,
    y: float,
    *,
    upwards: bool = False,
) -> None:
    """Draw the company's particulars in running lines, from a baseline downwards or up to it."""
    paper, rest = envelope.paper, legal_lines(sender, envelope, texts)
    y -= (len(rest) - 1) * _SMALL_PITCH if upwards and rest else 0.0
    canvas.text(paper.left, y, sender.name, _BOLD_NAME)
    x = paper.left + width_of(sender.name, _BOLD_NAME)
    for i, line in enumerate(rest):
        canvas.text(x, y + i * _SMALL_PITCH, f"{_DOT}{line}", Type.SMALL)


def id_lines(envelope: Envelope, parts: Sequence[str], page: str) -> list[str]:
    """Return the lines that the parts of the id line take beside the page number."""
    room = envelope.paper.text_width - width_of(page, Type.PAGE_NUMBER) - 2 * _GAP
    return _joined(parts, room)


def legal_lines(sender: Sender, envelope: Envelope, texts: Texts) -> list[str]:
    """Return the running lines that stand after the company's name instead of the footer."""
    _address, _reach, bank, register = _particulars(sender, texts)
    room = envelope.paper.text_width - width_of(sender.name, _BOLD_NAME) - 1
    return _joined([*register, *bank], room)


def return_line_of(frame: LetterFrame) -> str:
    """Return the sender's line above the address: as given, or name and address."""
    sender = frame.sender
    return sender.return_line or _DOT.join([sender.name, *sender.address[:2]])


_BOLD_NAME = Type.SMALL_BOLD


def _particulars(sender: Sender, texts: Texts) -> tuple[list[str], ...]:
    bank = sender.bank
    reach = [
        texts.fill("footer.phone", phone=sender.phone) if sender.phone else "",
        texts.fill("footer.fax", fax=sender.fax) if sender.fax else "",
        sender.email,
        sender.website,
    ]
    account = [
        bank.name,
        texts.fill("footer.iban", iban=_in_fours(bank.iban)) if bank.iban else "",
        texts.fill("footer.bic", bic=bank.bic) if bank.bic else "",
        *bank.lines,
    ]
    columns = ([sender.name, *sender.address], reach, account, [*sender.register, *sender.tax_ids])
    return tuple([line for line in column if line] for column in columns)


def _draw_column(
    canvas: LetterCanvas,
    place: tuple[float, float],
    width: float,
    lines: Sequence[str],
    *,
    first_bold: bool,
) -> None:
    x, y = place
    parts = [
        (part, style)
        for i, line in enumerate(lines)
        for style in (_BOLD_NAME if first_bold and i == 0 else Type.SMALL,)
        for part in wrap(line, style, width)
    ]
    pitch = min(_SMALL_PITCH, (canvas.height - _EDGE - y) / max(1, len(parts) - 1))
    if pitch < _TIGHT_PITCH:
        raise Refused(
            f"The footer has no room for “{lines[-1]}”. Nothing was printed. "
            "Please shorten the company's details in the settings."
        )
    for i, (part, style) in enumerate(parts):
        canvas.text(x, y + i * pitch, part, style)


def _in_fours(iban: str) -> str:
    plain = "".join(iban.split())
    return "\u00a0".join(plain[i : i + 4] for i in range(0, len(plain), 4))


def _joined(parts: Sequence[str], room: float) -> list[str]:
    lines: list[str] = []
    for part in parts:
        longer = f"{lines[-1]}{_DOT}{part}" if lines else part
        if lines and width_of(longer, Type.SMALL) <= room:
            lines[-1] = longer
        else:
            lines.extend(wrap(part, Type.SMALL, room))
    return lines


def _name_style(size: float) -> Style:
    return Style(size, bold=True, colour=None)


def _shrunk(text: str, style: Style, room: float) -> Style:
    wide = width_of(text, style)
    return style if wide <= room else replace(style, size=style.size * room / wide)
