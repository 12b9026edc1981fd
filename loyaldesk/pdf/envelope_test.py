"""The page that shows whether a printer and a window envelope fit: scale, position, window."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

    from loyaldesk.pdf.windows import Box

__all__ = ["draw_envelope_test"]

SCALE_MM = 100
RULER_MARGIN = 10
LABEL = Type.SMALL
HEAD_FROM, HEAD_PITCH = 24.0, 4.3
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
    with canvas.artifact():
        page.draw_rulers()
    page.draw_head()
    page.draw_window(sender)
    draw_marks(canvas, places)
    page.draw_steps()
    page.draw_print()
    return canvas.finish(lambda _page, _pages: None)


class _Page:
    """Draws the parts of the page; `y` runs down below the window."""

    def __init__(self, canvas: LetterCanvas, places: Envelope, texts: Texts) -> None:
        self._canvas, self._places, self._texts = canvas, places, texts
        self._left = places.paper.left
        quiet = places.address.quiet
        self._is_window_right = quiet.x0 > places.paper.width - quiet.x1
        # A window high on the sheet leaves no room above it.
        head_end = HEAD_FROM + 2 * HEAD_PITCH
        self._head_y = HEAD_FROM if head_end < quiet.y0 else quiet.y1 + 10

    def draw_rulers(self) -> None:
        """Draw millimetres along the top and along the edge where the window is not."""
        paper = self._places.paper
        top, right = 15.0, paper.width - RULER_MARGIN
        self._canvas.rule(RULER_MARGIN, right, top, Weight.PANEL, look.INK)
        for mm in range(RULER_MARGIN, int(right) + 1):
            self._canvas.upright(mm, top - _tick(mm), top, Weight.HAIRLINE, look.INK)
            if mm % 10 == 0:
                self._canvas.text(mm - 1.5, top - 4.0, str(mm), LABEL)
        foot = int(paper.height) - RULER_MARGIN
        x, inwards = (RULER_MARGIN, 1) if self._is_window_right else (right, -1)
        self._canvas.upright(x, 20, foot, Weight.PANEL, look.INK)
        for mm in range(20, foot + 1):
            start, end = sorted((x, x + inwards * _tick(mm)))
            self._canvas.rule(start, end, mm, Weight.HAIRLINE, look.INK)
            if mm % 10 == 0:
                draw = self._canvas.text if self._is_window_right else self._canvas.text_right
                draw(x + inwards * 4.0, mm + 0.8, str(mm), LABEL)

    def draw_head(self) -> None:
        """Draw the title and what the numbers mean."""
        y, texts = self._head_y, self._texts
        with self._canvas.tag("H1"):
            self._canvas.text(self._left, y, texts["envelope_test.title"], Type.TITLE)
        words = texts.fill("envelope_test.for", name=self._places.name)
        self._say(self._left, y + HEAD_PITCH, words, Type.SUB_LINE)
        numbers = texts["envelope_test.numbers"]
        self._say(self._left, y + 2 * HEAD_PITCH, numbers, Type.SUB_LINE)

    def draw_window(self, sender: Sender) -> None:
        """Draw each window in both extreme positions, and tinted what always shows."""
        field = self._places.address
        safe = field.safe
        self._canvas.area(safe.x0, safe.y0, safe.x1 - safe.x0, safe.y1 - safe.y0, look.TINT)
        for low, high in field.shown:
            self._box(high, Weight.HAIRLINE, look.STRONG)
            self._box(low, Weight.RESULT, self._canvas.accent)
        draw_return_line(self._canvas, sender.return_line or sender.name, field)
        lines = self._texts["envelope_test.address"].split("|")[: field.lines]
        sample = Recipient(name=lines[0], lines=tuple(lines[1:]))
        draw_address(self._canvas, place_address(sample, field), field)
        low, high = field.shown[0]
        middle = (safe.y0 + safe.y1) / 2
        for y, key, box in (
            (middle - 11, "solid", low),
            (middle, "tinted", safe),
            (middle + 11, "thin", high),
        ):
            self._label(y, key, box)

    def _label(self, y: float, key: str, box: Box) -> None:
        """Name a box and its edges beside the windows, where there is room."""
        quiet, paper = self._places.address.quiet, self._places.paper
        x = self._left if self._is_window_right else quiet.x1 + 2
        self._say(x, y, self._texts[f"envelope_test.{key}"], Type.NOTE_INK)
        edges = {name: _short(edge) for name, edge in box._asdict().items()}
        edges["x1"] = _short(min(box.x1, paper.width))
        self._say(x, y + 3.5, self._texts.fill("envelope_test.box", **edges), Type.NOTE)

    def draw_steps(self) -> None:
        """Draw the three checks: scale, position, envelope."""
        head_end = self._head_y + 2 * HEAD_PITCH
        y = max(self._places.address.quiet.y1, self._places.marks.folds[0], head_end) + 14
        self._step(y, "scale")
        with self._canvas.artifact():
            self._scale(y + 11)
        self._step(y + 28, "position")
        low, _ = self._places.address.shown[0]
        must = {"left": _short(low.x0), "top": _short(low.y0)}
        words = self._texts.fill("envelope_test.must_read", **must)
        self._say(self._left, y + 36.5, words, Type.BODY)
        for place, key in ((0.0, "right"), (75.0, "down")):
            self._say(
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
            self._say(x, y + 14, self._texts[f"envelope_test.{key}"], LABEL)
        for number, weight in enumerate(WEIGHTS):
            x = self._left + number * 30
            self._canvas.rule(x, x + 26, y + 19, weight, look.INK)
            self._say(x, y + 22, f"{weight:g} pt", LABEL)

    def _say(self, x: float, y: float, text: str, style: Style) -> None:
        with self._canvas.tag("P"):
            self._canvas.text(x, y, text, style)

    def _step(self, y: float, key: str) -> None:
        with self._canvas.tag("H2"):
            self._canvas.text(self._left, y, self._texts[f"envelope_test.{key}_head"], _HEAD)
        self._say(self._left, y + 4.5, self._texts[f"envelope_test.{key}"], Type.BODY)

    def _scale(self, y: float) -> None:
        self._canvas.rule(self._left, self._left + SCALE_MM, y, Weight.PANEL, look.INK)
        for mm in range(0, SCALE_MM + 1, 5):
            long = 3.0 if mm % 10 == 0 else 1.8
            x = self._left + mm
            self._canvas.upright(x, y, y + long, Weight.HAIRLINE, look.INK)
            if mm % 10 == 0:
                self._canvas.text(x - 1.2, y + 5.5, str(mm), LABEL)

    def _box(self, box: Box, weight: float, colour: look.Colour) -> None:
        """Draw the outline of a box as far as there is paper."""
        wide = self._places.paper.width
        for y in (box.y0, box.y1):
            self._canvas.rule(max(0.0, box.x0), min(wide, box.x1), y, weight, colour)
        for x in (x for x in (box.x0, box.x1) if 0 < x < wide):
            self._canvas.upright(x, box.y0, box.y1, weight, colour)


_HEAD: Style = Type.BLOCK_HEADING


def _tick(mm: int) -> float:
    if mm % 10 == 0:
        return 3.2
    return 2.4 if mm % 5 == 0 else 1.4


def _short(mm: float) -> str:
    return f"{round(mm, 1):g}"
