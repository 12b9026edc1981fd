"""What a letter can draw besides text: rules, tints, bars and pictures, in millimetres."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.pdf import style as look
from loyaldesk.pdf.code128 import MODULE_MM, bars_of
from loyaldesk.pdf.pictures import flat_picture
from loyaldesk.pdf.style import MM, Colour, Weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from loyaldesk.pdf.sheet import Sheet

__all__ = ["Shapes"]

_PANEL_BAR = 1.0
_DOT_RADIUS = 1.1
_DASH = 2.0


class Shapes:
    """A sheet of paper, measured from its top left corner.

    Shapes are decoration, which a reader passes over, unless they are drawn inside of a Figure.
    """

    def __init__(self, sheet: Sheet, *, width: float, height: float, accent: Colour) -> None:
        self.width, self.height = width, height
        self.accent = accent
        self._sheet = sheet

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
        picture = flat_picture(path)
        pixels_wide, pixels_high = picture.getSize()
        scale = min(height / pixels_high, most_width / pixels_wide)
        width, drawn_height = pixels_wide * scale * MM, pixels_high * scale * MM
        y = (self.height - top) * MM - drawn_height
        self._sheet.picture(picture, (x * MM, y, width, drawn_height))

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
