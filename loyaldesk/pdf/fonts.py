"""Which letters can be printed, and how wide they are: Noto Sans, embedded, never a base font."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from loyaldesk.errors import Refused
from loyaldesk.resources import resource

__all__ = ["BOLD", "REGULAR", "Faces", "faces", "measure", "printable"]

REGULAR = "LoyalDesk-Regular"
BOLD = "LoyalDesk-Bold"

# Noto Sans has neither; an en dash and a plain word for the arrow read the same on paper.
_STAND_INS = {"\u2212": "\u2013", "\u2192": "\u203a", "\u202f": "\u00a0", "\u2009": "\u00a0"}
_BLANKS = {"\t": " ", "\n": " ", "\r": " ", "\v": " ", "\f": " ", "\u2028": " ", "\u2029": " "}
_REPLACED = str.maketrans(_STAND_INS | _BLANKS)
# Control, formatting (bidi marks, zero-width, soft hyphen) and unassigned: nothing to see.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Cn"})
_NAMED_AT_MOST = 10


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


@lru_cache(maxsize=20_000)
def printable(text: str) -> str:
    """Return the text as the font can draw it, or refuse it and name what cannot be printed.

    Line ends become spaces; control and direction marks, which would only mislead, are left out.
    """
    if text.isascii() and text.isprintable():
        return text
    shown = unicodedata.normalize("NFC", text).translate(_REPLACED)
    shown = "".join(c for c in shown if unicodedata.category(c) not in _INVISIBLE)
    glyphs = faces().regular.face.charToGlyph
    missing = sorted({c for c in shown if ord(c) not in glyphs})
    if missing:
        raise Refused(_cannot_print(shown, missing))
    return shown


def _cannot_print(text: str, missing: list[str]) -> str:
    names = ", ".join(
        f"{c} ({unicodedata.name(c, f'U+{ord(c):04X}').lower()})" for c in missing[:_NAMED_AT_MOST]
    )
    more = f" and {len(missing) - _NAMED_AT_MOST} more" if len(missing) > _NAMED_AT_MOST else ""
    return (
        f"The letter font has no {names}{more}, found in “{text[:60]}”. Nothing was printed. "
        "Please write this text in Latin, Greek or Cyrillic letters."
    )


@lru_cache(maxsize=50_000)
def measure(text: str, bold: bool) -> float:
    """Return the width of printable text in thousandths of the type size."""
    face = faces().bold.face if bold else faces().regular.face
    widths, default = face.charWidths, face.defaultWidth
    return float(sum(widths.get(code, default) for code in map(ord, text)))
