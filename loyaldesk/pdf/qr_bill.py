"""How a Swiss QR-bill is drawn at the foot of an A4 page: receipt on the left, payment part right.

Measures, headings and their sizes are those of the Swiss Implementation Guidelines and of the style
guide of SIX; the type is that of the letter. Everything is black.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from loyaldesk.pdf import style as look
from loyaldesk.pdf.paycode import swiss_code
from loyaldesk.pdf.style import Style, Weight
from loyaldesk.pdf.wrapping import width_of, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.domain.qr_bill import QrBill
    from loyaldesk.pdf.canvas import LetterCanvas
    from loyaldesk.pdf.texts import Texts

__all__ = ["BILL_HEIGHT", "draw_qr_bill"]

BILL_HEIGHT = 105.0
_WIDTH, _RECEIPT = 210.0, 62.0
_MARGIN = 5.0
_TITLE_DROP, _INFO, _AMOUNT, _ACCEPTANCE = 9.0, 12.0, 68.0, 82.0
_CODE, _CODE_TOP, _INFO_X = 46.0, 17.0, 118.0
_CROSS, _CROSS_BLACK, _ARM, _ARM_LONG = 7.0, 6.0, 1.17, 3.89
_CORNER, _CORNER_WEIGHT = 3.0, 0.75
_SEPARATE_RISE = 1.2
_TITLE = Style(11, bold=True, colour=look.BLACK)
_SEPARATE = Style(6.5, colour=look.BLACK)


class _Part(NamedTuple):
    """One of both parts: where its texts stand, how large they are, and its empty debtor's box."""

    left: float
    info_x: float
    width: float
    heading: Style
    value: Style
    pitch: float
    amount_x: float
    box: tuple[float, float]


_RECEIPT_PART = _Part(
    _MARGIN, _MARGIN, 52.0, Style(6, bold=True, colour=look.BLACK), Style(8, colour=look.BLACK),
    3.175, 17.0, (52.0, 20.0),
)  # fmt: skip
_PAYMENT_PART = _Part(
    _RECEIPT + _MARGIN, _INFO_X, 87.0, Style(8, bold=True, colour=look.BLACK),
    Style(10, colour=look.BLACK), 3.881, 83.0, (65.0, 25.0),
)  # fmt: skip


def draw_qr_bill(canvas: LetterCanvas, bill: QrBill, texts: Texts) -> None:
    """Draw receipt and payment part over the lowest 105 mm of the open page."""
    top = canvas.height - BILL_HEIGHT
    canvas.rule(0, _WIDTH, top, Weight.PANEL, look.BLACK)
    canvas.upright(_RECEIPT, top, canvas.height, Weight.PANEL, look.BLACK)
    words = texts["qr_bill.separate"]
    x = (_WIDTH - width_of(words, _SEPARATE)) / 2
    with canvas.artifact():
        canvas.text(x, top - _SEPARATE_RISE, words, _SEPARATE)
    for part, title in ((_RECEIPT_PART, "receipt"), (_PAYMENT_PART, "title")):
        with canvas.tag("Sect"):
            _Drawing(canvas, bill, texts, part, top).draw(texts[f"qr_bill.{title}"])


class _Drawing:
    """Draws one of both parts; `top` is where the bill begins on the page."""

    def __init__(
        self, canvas: LetterCanvas, bill: QrBill, texts: Texts, part: _Part, top: float
    ) -> None:
        self._canvas, self._bill, self._texts = canvas, bill, texts
        self._part, self._top = part, top

    def draw(self, title: str) -> None:
        """Draw the part under its title."""
        with self._canvas.tag("H2"):
            self._canvas.text(self._part.left, self._top + _TITLE_DROP, title, _TITLE)
        if self._part is _PAYMENT_PART:
            self._draw_code()
        self._draw_information()
        self._draw_amount()
        if self._part is _RECEIPT_PART:
            words = self._texts["qr_bill.acceptance"]
            right = self._part.left + self._part.width
            y = self._top + _ACCEPTANCE + 2.1
            with self._canvas.tag("P"):
                self._canvas.text_right(right, y, words, self._part.heading)

    def _draw_information(self) -> None:
        """Draw account and creditor, reference, remark and debtor under one another."""
        bill, part = self._bill, self._part
        y = self._top + _INFO + (2.1 if part is _RECEIPT_PART else -3.0)
        y = self._block(y, "account", (bill.printed_iban, *bill.creditor.lines))
        if bill.reference.text:
            y = self._block(y, "reference", (bill.reference.printed,))
        if bill.message and part is _PAYMENT_PART:
            y = self._block(y, "more", (bill.message,))
        if bill.debtor:
            self._block(y, "payable_by", bill.debtor.lines)
        else:
            y = self._block(y, "payable_by_whom", ())
            self._draw_corners((part.info_x, y - 1.5 * part.pitch), part.box)

    def _block(self, y: float, key: str, lines: Sequence[str]) -> float:
        """Draw a heading and its lines; return where the next heading stands."""
        part, canvas = self._part, self._canvas
        with canvas.tag("P"):
            canvas.text(part.info_x, y, self._texts[f"qr_bill.{key}"], part.heading)
            for line in lines:
                for piece in wrap(line, part.value, part.width):
                    y += part.pitch
                    canvas.text(part.info_x, y, piece, part.value)
        return y + 1.8 * part.pitch

    def _draw_amount(self) -> None:
        part, canvas = self._part, self._canvas
        y = self._top + _AMOUNT + 2.8
        for x, key, value in (
            (part.left, "currency", self._bill.amount.currency),
            (part.amount_x, "amount", self._bill.printed_amount),
        ):
            with canvas.tag("P"):
                canvas.text(x, y, self._texts[f"qr_bill.{key}"], part.heading)
                canvas.text(x, y + part.pitch + 0.4, value, part.value)

    def _draw_code(self) -> None:
        """Draw the code with the Swiss cross in its middle."""
        bill, canvas = self._bill, self._canvas
        code = swiss_code(bill)
        module, x, top = _CODE / code.size, self._part.left, self._top + _CODE_TOP
        said = self._texts.fill(
            "alt.pay_code",
            amount=f"{bill.amount.currency} {bill.printed_amount}",
            payee=bill.creditor.name,
            iban=bill.printed_iban,
            reference=bill.reference.printed or bill.message,
        )
        with canvas.tag("Figure", alt=said):
            canvas.squares(
                (x + column * module, top + row * module, length * module, module)
                for row, column, length in code.dark_runs()
            )
            self._draw_cross(x + _CODE / 2, top + _CODE / 2)

    def _draw_cross(self, x: float, y: float) -> None:
        for wide, high, colour in (
            (_CROSS, _CROSS, look.WHITE),
            (_CROSS_BLACK, _CROSS_BLACK, look.BLACK),
            (_ARM, _ARM_LONG, look.WHITE),
            (_ARM_LONG, _ARM, look.WHITE),
        ):
            self._canvas.area(x - wide / 2, y - high / 2, wide, high, colour)

    def _draw_corners(self, place: tuple[float, float], size: tuple[float, float]) -> None:
        """Draw the corners of the box in which a payer writes name and address."""
        (x0, y0), (wide, high) = place, size
        for x, inwards in ((x0, _CORNER), (x0 + wide, -_CORNER)):
            for y, downwards in ((y0, _CORNER), (y0 + high, -_CORNER)):
                across, along = sorted((x, x + inwards)), sorted((y, y + downwards))
                self._canvas.rule(across[0], across[1], y, _CORNER_WEIGHT, look.BLACK)
                self._canvas.upright(x, along[0], along[1], _CORNER_WEIGHT, look.BLACK)
