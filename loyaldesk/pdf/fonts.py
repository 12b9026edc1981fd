"""Which letters can be printed, and how wide they are, whatever script they are of?"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from loyaldesk.errors import Refused
from loyaldesk.pdf.bidi import LEFT_TO_RIGHT, RIGHT_TO_LEFT
from loyaldesk.pdf.breaks import JOINERS
from loyaldesk.pdf.faces import is_plain, plain_width

__all__ = ["measure", "printable"]

# Blanks and a minus that no font has read the same on paper; the wave dash has two code points.
_STAND_INS = {"\u2212": "\u2013", "\u202f": "\u00a0", "\u2009": "\u00a0", "\u301c": "\uff5e"}
_BLANKS = {"\t": " ", "\n": " ", "\r": " ", "\v": " ", "\f": " ", "\u2028": " ", "\u2029": " "}
_REPLACED = str.maketrans(_STAND_INS | _BLANKS)
# Control, formatting (bidi marks, zero-width, soft hyphen) and unassigned: nothing to see.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Cn"})
# They ask for another form of the letter before them: as a picture or as a sign.
_STYLE_CHOICES = frozenset("\ufe0e\ufe0f")
# Scripts of which the joiners are spelling: Arabic, Syriac and those of India.
_JOINED = (("\u0600", "\u08ff"), ("\u0900", "\u0dff"), ("\ufb50", "\ufeff"))
_NAMED_AT_MOST = 10
# A letter has a hundred texts of its own. More than these would be the customers' of a long run,
# none of whom is written to again.
_KEPT_TEXTS = 10_000


@lru_cache(maxsize=_KEPT_TEXTS)
def printable(text: str) -> str:
    """Return the text as the fonts can draw it, or refuse it and name what cannot be printed.

    Line ends become spaces; control and direction marks, which would only mislead, are left out,
    but for one at the very start that says to which side the line runs.
    """
    if text.isascii() and text.isprintable():
        return text
    shown = _visible(unicodedata.normalize("NFC", text).translate(_REPLACED))
    if not is_plain(shown):
        # HarfBuzz and the fonts of other scripts are read for a text that needs them only.
        from loyaldesk.pdf.lines import missing_in

        if missing := missing_in(shown):
            raise Refused(_cannot_print(shown, missing))
    return shown


@lru_cache(maxsize=_KEPT_TEXTS)
def measure(text: str, bold: bool) -> float:
    """Return the width of printable text in thousandths of the type size."""
    if is_plain(text):
        return plain_width(text, bold=bold)
    from loyaldesk.pdf.lines import lay_out  # as above

    return sum(piece.width for piece in lay_out(((text, bold),)))


def _visible(text: str) -> str:
    found = []
    before = ""
    for letter in text:
        if (
            (unicodedata.category(letter) not in _INVISIBLE and letter not in _STYLE_CHOICES)
            or (letter in JOINERS and any(a <= before <= z for a, z in _JOINED))
            or (not before and letter in {LEFT_TO_RIGHT, RIGHT_TO_LEFT})
        ):
            found.append(letter)
            before = letter
    return "".join(found)


def _cannot_print(text: str, missing: list[str]) -> str:
    names = ", ".join(
        f"{c} ({unicodedata.name(c, f'U+{ord(c):04X}').lower()})" for c in missing[:_NAMED_AT_MOST]
    )
    more = f" and {len(missing) - _NAMED_AT_MOST} more" if len(missing) > _NAMED_AT_MOST else ""
    return (
        f"The letter font has no {names}{more}, found in “{text[:60]}”. Nothing was printed. "
        "Please write this text in letters of a script that can be printed: Latin, Greek, "
        "Cyrillic, Arabic, Hebrew, Chinese, Japanese, Korean, Thai, Devanagari, Armenian or "
        "Georgian."
    )
