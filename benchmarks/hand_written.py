"""The raw limit of a letter: its content as a plain reportlab program, every position known.

What our letter puts on the page is written down once, as if somebody had typed the calls by hand.
Running that program formats nothing, measures nothing and breaks no line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from unittest.mock import patch

from reportlab.pdfgen.canvas import Canvas
from segno.helpers import make_epc_qr

from loyaldesk.pdf.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["HandWritten", "encode_pay_code"]

Call = tuple[str, tuple[Any, ...]]
Box = tuple[float, float, float, float]


class _Listener(Sheet):
    """A sheet that writes down what is drawn on each page."""

    programs: ClassVar[list[list[Call]]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._begin_page()

    def leave_page(self) -> None:
        """Leave the page; its calls stay with it until its foot is drawn."""
        super().leave_page()
        self._begin_page()

    def put(self, x: float, y: float, text: str, font: Any, size: float) -> None:
        """Write down a text."""
        self._calls += [("setFont", (font.fontName, size)), ("drawString", (x, y, text))]
        super().put(x, y, text, font, size)

    def fill_with(self, operands: str) -> None:
        """Write down a colour of text and areas."""
        self._calls.append(("setFillColorRGB", tuple(map(float, operands.split()))))
        super().fill_with(operands)

    def stroke_with(self, operands: str) -> None:
        """Write down a colour of lines."""
        self._calls.append(("setStrokeColorRGB", tuple(map(float, operands.split()))))
        super().stroke_with(operands)

    def stroke(self, start: tuple[float, float], end: tuple[float, float], width: float) -> None:
        """Write down a line."""
        self._calls += [("setLineWidth", (width,)), ("line", (*start, *end))]
        super().stroke(start, end, width)

    def stroke_dashed(self, x0: float, x1: float, y: float, dash: float) -> None:
        """Write down a thin dashed line."""
        dashed = [("setLineWidth", (0.5,)), ("setDash", ((dash,),)), ("line", (x0, y, x1, y))]
        self._calls += [*dashed, ("setDash", ())]
        super().stroke_dashed(x0, x1, y, dash)

    def areas(self, boxes: Iterable[Box]) -> None:
        """Write down filled boxes."""
        kept = list(boxes)
        self._calls += [("rect", (*box, 0, 1)) for box in kept]
        super().areas(kept)

    def outline(self, box: Box, width: float) -> None:
        """Write down the frame of a box."""
        self._calls += [("setLineWidth", (width,)), ("rect", box)]
        super().outline(box, width)

    def dot(self, x: float, y: float, radius: float, width: float) -> None:
        """Write down a circle."""
        self._calls += [("setLineWidth", (width,)), ("circle", (x, y, radius, 1, 1))]
        super().dot(x, y, radius, width)

    def _begin_page(self) -> None:
        self._calls: list[Call] = []
        self.programs.append(self._calls)


class HandWritten:
    """A letter as a list of canvas calls."""

    def __init__(self, draw: Callable[[], bytes], *, size: tuple[float, float]) -> None:
        self._size = size
        _Listener.programs.clear()
        with patch("loyaldesk.pdf.canvas.Sheet", _Listener):
            draw()
        self._pages = [_without_repeats(calls) for calls in _Listener.programs if calls]

    def draw(self) -> bytes:
        """Return the letter as reportlab's canvas makes it."""
        first_font = next(args[0] for name, args in self._pages[0] if name == "setFont")
        canvas = Canvas(
            "letter.pdf", pagesize=self._size, invariant=1, pageCompression=1,
            initialFontName=first_font,
        )  # fmt: skip
        for calls in self._pages:
            for name, arguments in calls:
                getattr(canvas, name)(*arguments)
            canvas.showPage()
        return bytes(canvas.getpdfdata())


def encode_pay_code() -> None:
    """Work out the squares of a pay code: nobody types them, so it costs the same by hand."""
    make_epc_qr(
        name="Nordlicht Handels GmbH", iban="DE05200999990004711000", bic="HNSBDEHHXXX",
        amount=1_234.56, text="S-2026-00318 10042", encoding=1,
    )  # fmt: skip


def _without_repeats(calls: list[Call]) -> list[Call]:
    """Leave out a font or colour that is chosen already, as a person would."""
    chosen: dict[str, tuple[Any, ...]] = {}
    kept = []
    for name, arguments in calls:
        if name.startswith("set"):
            if chosen.get(name) == arguments:
                continue
            chosen[name] = arguments
        kept.append((name, arguments))
    return kept
