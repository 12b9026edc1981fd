"""What a letter looks like: colours, type sizes and rule weights, each with its use."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from loyaldesk.domain.contrast import READABLE, contrast_on_white
from loyaldesk.errors import Refused

__all__ = ["MM", "Colour", "Style", "Type", "Weight", "accent_colour"]

MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour of the letter as six hexadecimal digits, and how PDF fills and strokes with it."""

    hex: str

    @property
    def channels(self) -> tuple[float, float, float]:
        """The parts red, green and blue, from 0 to 1."""
        red, green, blue = (int(self.hex[i : i + 2], 16) / 255 for i in (0, 2, 4))
        return red, green, blue

    @property
    def operands(self) -> str:
        """The three numbers of the PDF operators rg and RG."""
        return _operands(self)


@cache
def _operands(colour: Colour) -> str:
    return " ".join(f"{part:.4g}" for part in colour.channels)


INK = Colour("1A1D20")
SECONDARY = Colour("555C63")
STRONG = Colour("8A9299")
HAIRLINE = Colour("C3C9CE")
TINT = Colour("EFF3F5")
OVERPRINT = Colour("DDE3E7")
WHITE = Colour("FFFFFF")
BLACK = Colour("000000")
ACCENT = Colour("17506B")


def accent_colour(text: str) -> Colour:
    """Return a company's colour, or refuse what is no colour or too pale to read on white."""
    digits = text.removeprefix("#").upper()
    if len(digits) != 6 or set(digits) - set("0123456789ABCDEF"):
        raise Refused(f"“{text}” is not a colour such as 17506B.", field="accent")
    if contrast_on_white(digits) < READABLE:
        raise Refused(
            f"The company colour {digits} is too pale to read on white paper. "
            "Please choose a darker one.",
            field="accent",
        )
    return Colour(digits)


@dataclass(frozen=True, slots=True)
class Style:
    """One use of type: size in points, weight and colour (`None` is the company's accent)."""

    size: float
    bold: bool = False
    colour: Colour | None = INK

    def as_bold(self) -> Style:
        """Return the same style in bold."""
        return replace(self, bold=True)


class Type:
    """The type scale; nothing on a letter is set in any other style."""

    TITLE = Style(14, bold=True, colour=None)
    HEADING = Style(11, bold=True)
    RESULT = Style(10.5, bold=True, colour=None)
    TOTAL = Style(9.5, bold=True)
    ADDRESS = Style(10.5)
    BODY = Style(9.5)
    BODY_TIGHT = Style(9)
    BLOCK_HEADING = Style(9.5, bold=True)
    SUB_LINE = Style(8.5, colour=SECONDARY)
    CELL = Style(8.5)
    CELL_BOLD = Style(8.5, bold=True)
    CELL_QUIET = Style(8.5, colour=SECONDARY)
    CARRIED = Style(8.5, bold=True, colour=SECONDARY)
    INFO_LABEL = Style(8, colour=SECONDARY)
    COLUMN_HEAD = Style(7.5, bold=True, colour=SECONDARY)
    NOTE = Style(7.5, colour=SECONDARY)
    NOTE_INK = Style(7.5)
    SMALL = Style(6.5, colour=SECONDARY)
    SMALL_BOLD = Style(6.5, bold=True)
    PAGE_NUMBER = Style(8.5, bold=True)
    COPY = Style(9.5, bold=True)
    OVERPRINT = Style(72, bold=True, colour=OVERPRINT)


class Weight:
    """The weights of rules in points."""

    HAIRLINE = 0.25
    PANEL = 0.5
    TABLE = 0.6
    STEPS = 0.75
    RESULT = 1.0
