"""The page that shows whether a printer and a window envelope fit: scale, position, window."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from loyaldesk.domain.letter import Recipient, Sender
from loyaldesk.pdf import style as look
from loyaldesk.pdf.address import draw_address, draw_return_line, place_address
from loyaldesk.pdf.canvas import LetterCanvas
from loyaldesk.pdf.envelopes import Envelope, envelope
from loyaldesk.pdf.letterhead import draw_marks
from loyaldesk.pdf.metadata import Metadata
from loyaldesk.pdf.style import Style, Type, Weight
from loyaldesk.pdf.texts import Texts, texts_for

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["draw_envelope_test"]

SCALE_MM = 100
RULER_MARGIN = 10
LABEL = Type.SMALL
SWATCH_WIDTH, SWATCH_PITCH, SWATCH_HEIGHT = 21.0, 24.0, 5.0
WEIGHTS = (Weight.HAIRLINE, Weight.PANEL, Weight.STEPS, Weight.RESULT)


def draw_envelope_test(
    envelope_name: str, *, sender: Sender, locale: str, printed_at: datetime
) -> bytes:
    """Return one page for an envelope: its window in both extremes, folds, rulers and grey steps.

    Everything is in millimetres of the sheet, so any error of the printer can be read off.
    """
    places, texts = envelope(envelope_name), texts_for(locale)
    metadata = Metadata(
        title=f"{texts['envelope_test.title']} {places.name}",
        subject=places.name,
        author=sender.name,
        keywords=(places.template,),
        language=locale,
        created=printed_at,
    )
    canvas = LetterCanvas(
        width=places.paper.width,
        height=places.paper.height,
        accent=sender.accent,
        metadata=metadata,
    )
    page = _Page(canvas, places, texts)
    page.draw_rulers()
    page.draw_head()
    page.draw_window(sender)
    draw_marks(canvas, places)
    page.draw_steps()
    page.draw_print()
    return canvas.finish(lambda _page, _pages: None)


class _Box(NamedTuple):
    """Left, top, right and bottom in millimetres."""

    x0: float
    y0: float
    x1: float
    y1: float


class _Page:
    """Draws the parts of the page; `y` runs down below the window."""

    def __init__(self, canvas: LetterCanvas, places: Envelope, texts: Texts) -> None:
        self._canvas, self._places, self._texts = canvas, places, texts
        self._left = places.paper.left

    def draw_rulers(self) -> None:
        """Draw millimetres along the top and the right edge."""
        paper = self._places.paper
        top, right = 15.0, paper.width - RULER_MARGIN
        self._canvas.rule(RULER_MARGIN, right, top, Weight.PANEL, look.INK)
        for mm in range(RULER_MARGIN, int(right) + 1):
            self._canvas.upright(mm, top - _tick(mm), top, Weight.HAIRLINE, look.INK)
            if mm % 10 == 0:
                self._canvas.text(mm - 1.5, top - 4.0, str(mm), LABEL)
        foot = int(paper.height) - RULER_MARGIN
        self._canvas.upright(right, 20, foot, Weight.PANEL, look.INK)
        for mm in range(20, foot + 1):
            self._canvas.rule(right - _tick(mm), right, mm, Weight.HAIRLINE, look.INK)
            if mm % 10 == 0:
                self._canvas.text_right(right - 4.0, mm + 0.8, str(mm), LABEL)

    def draw_head(self) -> None:
        """Draw the title and what the numbers mean."""
        self._canvas.text(self._left, 24.0, self._texts["envelope_test.title"], Type.TITLE)
        words = self._texts.fill("envelope_test.for", name=self._places.name)
        self._canvas.text(self._left, 28.5, words, Type.SUB_LINE)
        self._canvas.text(self._left, 32.5, self._texts["envelope_test.numbers"], Type.SUB_LINE)

    def draw_window(self, sender: Sender) -> None:
        """Draw the window in both extreme positions, and what always shows tinted."""
        field = self._places.address
        safe, quiet = _Box(*field.safe), _Box(*field.quiet)
        self._canvas.area(safe.x0, safe.y0, safe.x1 - safe.x0, safe.y1 - safe.y0, look.TINT)
        self._box((safe.x0, quiet.y0, quiet.x1, safe.y1), Weight.RESULT, self._canvas.accent)
        self._box((quiet.x0, safe.y0, safe.x1, quiet.y1), Weight.HAIRLINE, look.STRONG)
        draw_return_line(self._canvas, sender.return_line or sender.name, field)
        lines = self._texts["envelope_test.address"].split("|")[: field.lines]
        sample = Recipient(name=lines[0], lines=tuple(lines[1:]))
        draw_address(self._canvas, place_address(sample, field), field)
        x = max(quiet.x1, safe.x1) + 2
        for y, key, box in (
            (safe.y0 - 2, "solid", (safe.x0, quiet.y0, quiet.x1, safe.y1)),
            ((safe.y0 + safe.y1) / 2, "tinted", (safe.x0, safe.y0, safe.x1, safe.y1)),
            (safe.y1, "thin", (quiet.x0, safe.y0, safe.x1, quiet.y1)),
        ):
            self._canvas.text(x, y, self._texts[f"envelope_test.{key}"], Type.NOTE_INK)
            words = self._texts.fill("envelope_test.box", **_named(box))
            self._canvas.text(x, y + 3.5, words, Type.NOTE)

    def draw_steps(self) -> None:
        """Draw the three checks: scale, position, envelope."""
        y = max(self._places.address.quiet[3], self._places.marks.folds[0]) + 14
        self._step(y, "scale")
        self._scale(y + 11)
        self._step(y + 28, "position")
        x, line = self._places.address.safe[0], self._places.address.quiet[1]
        words = self._texts.fill("envelope_test.must_read", left=f"{x:g}", top=f"{line:g}")
        self._canvas.text(self._left, y + 36.5, words, Type.BODY)
        for place, key in ((0.0, "right"), (75.0, "down")):
            self._canvas.text(
                self._left + place, y + 46, self._texts[f"envelope_test.{key}"], Type.SUB_LINE
            )
            start = self._left + place + 38
            self._canvas.rule(start, start + 22, y + 46.5, Weight.PANEL, look.INK)
        self._step(y + 56, "envelope")

    def draw_print(self) -> None:
        """Draw the colours and the rule weights of the letters, to be told apart in grey."""
        y = self._places.paper.body_end - 26
        self._step(y, "print")
        colours: tuple[tuple[str, look.Colour], ...] = (
            ("ink", look.INK),
            ("secondary", look.SECONDARY),
            ("accent", self._canvas.accent),
            ("strong", look.STRONG),
            ("hairline", look.HAIRLINE),
            ("tint", look.TINT),
        )
        for number, (key, colour) in enumerate(colours):
            x = self._left + number * SWATCH_PITCH
            self._canvas.area(x, y + 6, SWATCH_WIDTH, SWATCH_HEIGHT, colour)
            self._canvas.text(x, y + 14, self._texts[f"envelope_test.{key}"], LABEL)
        for number, weight in enumerate(WEIGHTS):
            x = self._left + number * 30
            self._canvas.rule(x, x + 26, y + 19, weight, look.INK)
            self._canvas.text(x, y + 22, f"{weight:g} pt", LABEL)

    def _step(self, y: float, key: str) -> None:
        self._canvas.text(self._left, y, self._texts[f"envelope_test.{key}_head"], _HEAD)
        self._canvas.text(self._left, y + 4.5, self._texts[f"envelope_test.{key}"], Type.BODY)

    def _scale(self, y: float) -> None:
        self._canvas.rule(self._left, self._left + SCALE_MM, y, Weight.PANEL, look.INK)
        for mm in range(0, SCALE_MM + 1, 5):
            long = 3.0 if mm % 10 == 0 else 1.8
            x = self._left + mm
            self._canvas.upright(x, y, y + long, Weight.HAIRLINE, look.INK)
            if mm % 10 == 0:
                self._canvas.text(x - 1.2, y + 5.5, str(mm), LABEL)

    def _box(
        self, box: tuple[float, float, float, float], weight: float, colour: look.Colour
    ) -> None:
        x0, y0, x1, y1 = box
        for y in (y0, y1):
            self._canvas.rule(x0, x1, y, weight, colour)
        for x in (x0, x1):
            self._canvas.upright(x, y0, y1, weight, colour)


_HEAD: Style = Type.BLOCK_HEADING


def _tick(mm: int) -> float:
    if mm % 10 == 0:
        return 3.2
    return 2.4 if mm % 5 == 0 else 1.4


def _named(box: tuple[float, float, float, float]) -> dict[str, str]:
    names = ("x0", "y0", "x1", "y1")
    return {name: f"{value:g}" for name, value in zip(names, box, strict=True)}
