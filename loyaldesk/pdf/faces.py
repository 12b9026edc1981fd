"""Which letters need no help to be drawn: those of Noto Sans, embedded, never a base font."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from loyaldesk.resources import resource

__all__ = ["BOLD", "REGULAR", "Faces", "faces", "is_plain", "plain_width"]

REGULAR = "LoyalDesk-Regular"
BOLD = "LoyalDesk-Bold"


class Faces(NamedTuple):
    """The two registered faces, ready for any canvas of this process."""

    regular: TTFont
    bold: TTFont


@lru_cache(maxsize=1)
def faces() -> Faces:
    """Return the letter faces, read and registered with reportlab on first use."""
    loaded = Faces(
        TTFont(REGULAR, resource("fonts/NotoSans-Regular.ttf")),
        TTFont(BOLD, resource("fonts/NotoSans-Bold.ttf")),
    )
    for face in loaded:
        pdfmetrics.registerFont(face)
    return loaded


def is_plain(text: str) -> bool:
    """Tell whether a text is letter after letter of Noto Sans, from left to right."""
    return text.isascii() or _plain_letters().issuperset(text)


def plain_width(text: str, *, bold: bool) -> float:
    """Return the width of a plain text in thousandths of the type size."""
    face = faces().bold.face if bold else faces().regular.face
    widths, default = face.charWidths, face.defaultWidth
    return float(sum(widths.get(code, default) for code in map(ord, text)))


@lru_cache(maxsize=1)
def _plain_letters() -> frozenset[str]:
    # A mark must be moved over its letter: that is no plain text.
    return frozenset(
        letter
        for letter in map(chr, faces().regular.face.charToGlyph)
        if unicodedata.category(letter)[0] not in "MC"
    )
