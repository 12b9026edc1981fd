"""What of a folded sheet shows in a window envelope, however the sheet slides inside it?

A folded sheet is smaller than its envelope. Pushed into the lower left corner and into the upper
right one it shows two different parts; every position between them shows something in between. So
what both extremes show always shows (the safe zone), and what neither shows is never seen: the box
around both is the quiet zone, where nothing but the address may stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Box", "Package", "Window", "folded", "quiet_zone", "safe_zone"]


class Box(NamedTuple):
    """Left, top, right and bottom in millimetres of the sheet."""

    x0: float
    y0: float
    x1: float
    y1: float


class Package(NamedTuple):
    """A folded sheet: its width, and where its upper and lower edge lie on the sheet.

    The panel with the address may be lower than the package; then the upper edge is negative.
    """

    width: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Window:
    """An envelope (width, height) and its window, measured from its lower left corner."""

    envelope: tuple[float, float]
    left: float
    bottom: float
    width: float
    height: float

    def shown(self, package: Package) -> tuple[Box, Box]:
        """Return what shows with the package in the lower left and in the upper right corner."""
        wide, high = self.envelope
        across = wide - package.width
        y0 = high - self.bottom - self.height
        drop, rise = package.bottom - high, package.top
        x1, y1 = self.left + self.width, y0 + self.height
        return (
            _rounded(self.left, y0 + drop, x1, y1 + drop),
            _rounded(self.left - across, y0 + rise, x1 - across, y1 + rise),
        )


def folded(width: float, height: float, folds: Sequence[float]) -> Package:
    """Return the package of a sheet folded so that the part above its first fold is in front."""
    edges = [0.0, *folds, height]
    panels = [lower - upper for upper, lower in pairwise(edges)]
    return Package(width, edges[1] - max(panels), edges[1])


def safe_zone(shown: Iterable[tuple[Box, Box]]) -> Box:
    """Return what every window shows in every position."""
    x0, y0, x1, y1 = zip(*(box for pair in shown for box in pair), strict=True)
    return Box(max(x0), max(y0), min(x1), min(y1))


def quiet_zone(shown: Iterable[tuple[Box, Box]], width: float, height: float) -> Box:
    """Return what some window may show in some position, as far as there is paper."""
    x0, y0, x1, y1 = zip(*(box for pair in shown for box in pair), strict=True)
    left, top = max(0.0, min(x0)), max(0.0, min(y0))
    return Box(left, top, min(width, max(x1)), min(height, max(y1)))


def _rounded(*edges: float) -> Box:
    return Box(*(round(edge, 2) for edge in edges))
