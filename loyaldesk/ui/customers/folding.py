"""What folds on the customer's page when the window is narrow, low, or its text is large?"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Folding", "folding_for"]

WIDE, MIDDLE, DRAWER, LOW = 1400, 1280, 1100, 840


@dataclass(frozen=True, slots=True)
class Folding:
    """Widths of the side columns at 100 %, and which parts have given way."""

    left: int = 300
    right: int = 336
    one_meta_line: bool = False
    right_is_drawer: bool = False
    left_is_tab: bool = False
    is_low: bool = False


def folding_for(width: float, height: float) -> Folding:
    """Return what folds in a window of this size, already divided by the text scale."""
    is_low = height < LOW
    if width >= WIDE:
        return Folding(is_low=is_low)
    if width >= MIDDLE:
        return Folding(272, 312, one_meta_line=True, is_low=is_low)
    return Folding(
        272,
        336,
        one_meta_line=True,
        right_is_drawer=True,
        left_is_tab=width < DRAWER,
        is_low=is_low,
    )
