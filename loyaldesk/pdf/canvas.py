"""What a letter can draw: text, rules, tints and bars in millimetres from the top left corner."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from loyaldesk.errors import Unavailable
from loyaldesk.pdf import style as look
from loyaldesk.pdf.code128 import MODULE_MM, bars_of
from loyaldesk.pdf.faces import REGULAR, faces, is_plain
from loyaldesk.pdf.fonts import measure, printable
from loyaldesk.pdf.metadata import Metadata, describe
from loyaldesk.pdf.sheet import Sheet
from loyaldesk.pdf.style import MM, Colour, Style, Weight, accent_colour
from loyaldesk.pdf.tags import Aside, properties_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from loyaldesk.pdf.tags import Tag
    from loyaldesk.pdf.wrapping import Run

__all__ = ["LetterCanvas"]

_PANEL_BAR = 1.0
_DOT_RADIUS = 1.1
_DASH = 2.0


class LetterCanvas:
    """A sheet of paper; x and y are millimetres from the top left, text stands on its baseline."""

    def __init__(self, *, width: float, height: float, accent: str, metadata: Metadata) -> None:
        self.width, self.height = width, height
        self.accent = accent_colour(accent)
        self._faces = faces()
        self._sheet = Sheet(
            (width * MM, height * MM), first_font=REGULAR, language=metadata.language
        )
        describe(self._sheet, metadata)

    def tag(self, kind: str, *, scope: str = "", span: int = 1, alt: str = "") -> Tag | Aside:
        """Return an element of the letter; what is drawn inside `with` it belongs to it.

        `scope` is what a table's head cell speaks for, Row or Column; `span` how many columns a
        cell takes; `alt` says in words what a figure shows.
        """
        return self._sheet.tags.open(kind, properties_of(scope, span, alt))

    def artifact(self) -> Aside:
        """Return what to draw decoration in: what a reader passes over."""
        return Aside(self._sheet.tags)

    def text(self, x: float, y: float, text: str, style: Style) -> None:
        """Draw a text from its left end."""
        shown = printable(text)
        self._sheet.fill_with((style.colour or self.accent).operands)
        self._put(x * MM, (self.height - y) * MM, shown, style)

    def text_right(self, x: float, y: float, text: str, style: Style) -> None:
        """Draw a text that ends at x."""
        shown = printable(text)
        width = measure(shown, style.bold) * style.size / 1000
        self._sheet.fill_with((style.colour or self.accent).operands)
        self._put(x * MM - width, (self.height - y) * MM, shown, style)

    def runs(self, x: float, y: float, runs: Iterable[Run], style: Style) -> None:
        """Draw pieces of one line one after the other, each in its weight."""
        parts = tuple((printable(run.text), run.bold or style.bold) for run in runs)
        if not all(is_plain(text) for text, _ in parts):
            # As one line: a word that runs from the right may stand left of the piece before it.
            self._sheet.fill_with((style.colour or self.accent).operands)
            self._put_line(x * MM, (self.height - y) * MM, parts, style.size)
            return
        for text, bold in parts:
            weighted = style.as_bold() if bold else style
            self.text(x, y, text, weighted)
            x += measure(text, bold) * style.size / 1000 / MM

    def rule(self, x0: float, x1: float, y: float, weight: float, colour: Colour) -> None:
        """Draw a level line; the weight is in points."""
        self._line((x0, y), (x1, y), weight, colour)

    def upright(self, x: float, y0: float, y1: float, weight: float, colour: Colour) -> None:
        """Draw an upright line; the weight is in points."""
        self._line((x, y0), (x, y1), weight, colour)

    def tear_line(self, y: float) -> None:
        """Draw the dashed line over the full width along which the slip is torn off."""
        self._sheet.stroke_with(look.SECONDARY.operands)
        self._sheet.stroke_dashed(0, self.width * MM, (self.height - y) * MM, _DASH)

    def area(self, x: float, top: float, width: float, height: float, colour: Colour) -> None:
        """Fill a box from its upper left corner."""
        self._sheet.fill_with(colour.operands)
        self._sheet.areas([self._box(x, top, width, height)])

    def frame(self, x: float, top: float, width: float, height: float) -> None:
        """Draw the outline of an empty box that is filled in by hand."""
        self._sheet.stroke_with(look.INK.operands)
        self._sheet.outline(self._box(x, top, width, height), Weight.PANEL)

    def panel(self, x: float, top: float, width: float, height: float) -> None:
        """Draw a tinted panel with the accent bar at its left edge."""
        self.area(x, top, width, height, look.TINT)
        self.area(x, top, _PANEL_BAR, height, self.accent)

    def dot(self, x: float, y: float, *, filled: bool) -> None:
        """Draw a step's dot around a point: filled when done, open when to come."""
        self._sheet.fill_with((self.accent if filled else look.WHITE).operands)
        self._sheet.stroke_with(self.accent.operands)
        self._sheet.dot(x * MM, (self.height - y) * MM, _DOT_RADIUS * MM, Weight.STEPS)

    def bars(self, x: float, top: float, height: float, text: str) -> None:
        """Draw a text as Code 128 in pure black from its upper left corner."""
        bars = bars_of(text)
        self._sheet.fill_with(look.BLACK.operands)
        self._sheet.areas(
            self._box(x + at * MODULE_MM, top, width * MODULE_MM, height) for at, width in bars
        )

    def squares(self, boxes: Iterable[tuple[float, float, float, float]]) -> None:
        """Fill many boxes (x, top, width, height) in pure black, as a matrix code needs them."""
        self._sheet.fill_with(look.BLACK.operands)
        self._sheet.areas(self._box(*box) for box in boxes)

    def image(self, path: Path, x: float, top: float, height: float, most_width: float) -> None:
        """Draw a picture in its own proportions, no higher and no wider than told."""
        from reportlab.lib.utils import ImageReader

        try:
            picture = ImageReader(path)
            pixels_wide, pixels_high = picture.getSize()
        except OSError as reason:
            raise Unavailable(
                f"The logo {path.name} could not be read. Nothing was printed. "
                "Please choose the logo again in the settings."
            ) from reason
        scale = min(height / pixels_high, most_width / pixels_wide)
        width, drawn_height = pixels_wide * scale * MM, pixels_high * scale * MM
        y = (self.height - top) * MM - drawn_height
        self._sheet.drawImage(picture, x * MM, y, width, drawn_height, mask="auto")

    def overprint(self, x: float, y: float, text: str, style: Style, degrees: float) -> None:
        """Draw a large word across the page, centred on a point."""
        turn = math.radians(degrees)
        half = measure(printable(text), style.bold) * style.size / 2000
        cosine, sine = math.cos(turn), math.sin(turn)
        centre_y = (self.height - y) * MM
        self._sheet.turn(x * MM, centre_y, cosine, sine)
        self._sheet.fill_with((style.colour or self.accent).operands)
        self._sheet.put(-half, -style.size * 0.36, printable(text), self._faces.bold, style.size)
        self._sheet.turn_back()

    def new_page(self) -> None:
        """Leave this page and go on with an empty one."""
        self._sheet.leave_page()

    def finish(self, at_foot: Callable[[int, int], None]) -> bytes:
        """Return the file after drawing each page's foot, told its number and the page count."""
        return self._sheet.close(at_foot)

    def _put(self, x: float, y: float, text: str, style: Style) -> None:
        if is_plain(text):
            face = self._faces.bold if style.bold else self._faces.regular
            self._sheet.put(x, y, text, face, style.size)
        else:
            self._put_line(x, y, ((text, style.bold),), style.size)

    def _put_line(
        self, x: float, y: float, parts: tuple[tuple[str, bool], ...], size: float
    ) -> None:
        from loyaldesk.pdf.lines import lay_out  # brings HarfBuzz along

        self._sheet.put_pieces(x, y, lay_out(parts), size)

    def _line(
        self, start: Sequence[float], end: Sequence[float], weight: float, colour: Colour
    ) -> None:
        self._sheet.stroke_with(colour.operands)
        top = self.height
        self._sheet.stroke(
            (start[0] * MM, (top - start[1]) * MM), (end[0] * MM, (top - end[1]) * MM), weight
        )

    def _box(
        self, x: float, top: float, width: float, height: float
    ) -> tuple[float, float, float, float]:
        return x * MM, (self.height - top - height) * MM, width * MM, height * MM
