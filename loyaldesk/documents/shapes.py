"""What does a viewer know of a document: its pages, their pictures, and where words stand?"""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass, field

__all__ = [
    "POINTS_PER_INCH", "DocumentShape", "PagePicture", "PageSize", "TextBox", "TextHit", "ViewKind",
    "pixels_per_point",
]  # fmt: skip

POINTS_PER_INCH = 72


def pixels_per_point(dpi: float) -> float:
    """Return the scale of a drawing, a hair less, so that 300 pixels do not round up to 301."""
    return dpi / POINTS_PER_INCH * (1 - 1e-9)


class ViewKind(enum.StrEnum):
    """How a document is shown: as pages, as one picture, or as plain text."""

    PAGES = "pages"
    PICTURE = "picture"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class PageSize:
    """The size of a page in points (1/72 inch), as it is looked at."""

    width_pt: float
    height_pt: float

    def pixels(self, dpi: float) -> tuple[int, int]:
        """Return width and height in pixels at that many dots per inch."""
        scale = pixels_per_point(dpi)
        return math.ceil(self.width_pt * scale), math.ceil(self.height_pt * scale)


@dataclass(frozen=True, slots=True)
class DocumentShape:
    """What there is to show: the sizes of all pages, or a text and whether it was cut short."""

    kind: ViewKind
    sizes: tuple[PageSize, ...] = ()
    text: str = field(default="", repr=False)
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class PagePicture:
    """Pixels from the top left, `stride` bytes a row: four bytes blue, green, red, unused; or grey.

    `dpi` is what was drawn, less than was asked for when the page would have become too large.
    """

    width: int
    height: int
    stride: int
    is_grey: bool
    dpi: float
    pixels: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class TextBox:
    """A rectangle on a page in points from its top left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class TextHit:
    """One place where a text was found: its page (from 0) and a box for each line it spans."""

    page: int
    boxes: tuple[TextBox, ...]
