"""How big are texts, rows and controls at the chosen text size and density?"""

from __future__ import annotations

from enum import Enum

from PySide6.QtGui import QFont

__all__ = ["TEXT_PERCENT_MAX", "TEXT_PERCENT_MIN", "Density", "Metrics", "TextStyle"]

TEXT_PERCENT_MIN, TEXT_PERCENT_MAX = 90, 200
_NORMAL, _MEDIUM, _DEMI = QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold


class TextStyle(Enum):
    """A step of the type scale: pixels, line height and weight at 100 %."""

    # Members are looked up thousands of times a frame; Enum's own hash is written in Python.
    __hash__ = object.__hash__

    DISPLAY = (28, 36, _DEMI)
    PAGE_TITLE = (20, 28, _DEMI)
    LIST_TITLE = (18, 28, _DEMI)
    FIGURE = (16, 20, _DEMI)
    PANEL_TITLE = (15, 24, _DEMI)
    BODY = (13, 20, _NORMAL)
    NAME = (13, 20, _MEDIUM)
    STRONG = (13, 20, _DEMI)
    QUERY = (18, 28, _NORMAL)
    SMALL = (12, 16, _NORMAL)
    SMALL_MEDIUM = (12, 16, _MEDIUM)
    SMALL_STRONG = (12, 16, _DEMI)
    KEY = (11, 16, _MEDIUM)

    @property
    def pixels(self) -> int:
        """The letter size at 100 %."""
        return self.value[0]

    @property
    def line_pixels(self) -> int:
        """The line height at 100 %."""
        return self.value[1]

    @property
    def weight(self) -> QFont.Weight:
        """The stroke weight."""
        return self.value[2]


class Density(Enum):
    """How tight rows stand: table, list, side, two-line, nav, palette row and control height."""

    COMPACT = (24, 24, 24, 36, 28, 40, 26)
    NORMAL = (30, 28, 24, 44, 32, 48, 28)
    COMFORTABLE = (38, 34, 30, 52, 40, 56, 34)


class Metrics:
    """Sizes in device-independent pixels for one base font, text size and density."""

    def __init__(self, base: QFont, *, text_percent: int, density: Density) -> None:
        clamped = min(max(text_percent, TEXT_PERCENT_MIN), TEXT_PERCENT_MAX)
        self.scale = clamped / 100
        self.density = density
        self._fonts = {style: self._sized(base, style) for style in TextStyle}
        (
            self.table_row,
            self.list_row,
            self.side_row,
            self.two_line_row,
            self.nav_row,
            self.palette_row,
            self.control,
        ) = (
            self._grown(height, lines)
            for height, lines in zip(density.value, (20, 20, 20, 36, 20, 36, 20), strict=True)
        )

    def font(self, style: TextStyle) -> QFont:
        """Return the font of a step of the type scale, with tabular figures."""
        return self._fonts[style]

    def px(self, pixels: float) -> int:
        """Return a length that grows with the text size, in whole pixels."""
        return round(pixels * self.scale)

    def line(self, style: TextStyle) -> int:
        """Return the line height of a text style in pixels."""
        return self.px(style.line_pixels)

    def _sized(self, base: QFont, style: TextStyle) -> QFont:
        font = QFont(base)
        font.setPixelSize(self.px(style.pixels))
        font.setWeight(style.weight)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def _grown(self, height: int, lines: int) -> int:
        return max(height, height + round(lines * (self.scale - 1)))
