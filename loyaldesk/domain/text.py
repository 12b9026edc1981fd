"""How words, numbers and phones are folded so that people find what they meant."""

from __future__ import annotations

import unicodedata

__all__ = ["fold", "number_key", "phone_digits", "phone_suffixes", "words"]

# Letters that Unicode does not decompose although people type them without the stroke.
_PLAIN = str.maketrans(
    {
        "ß": "ss", "ẞ": "ss", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d",
        "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe",
        "ı": "i", "ħ": "h", "Ħ": "h", "ŋ": "n", "Ŋ": "n", "’": "'", "‘": "'",
    }
)  # fmt: skip


def fold(text: str) -> str:
    """Return the text in lower case without accents: “Müller & Söhne” becomes “muller & sohne”."""
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    stripped = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(stripped.casefold().split())


def words(text: str) -> list[str]:
    """Return the folded words of a text, split at everything that is no letter or digit."""
    return "".join(c if c.isalnum() else " " for c in fold(text)).split()


def number_key(text: str) -> str:
    """Return the letters and digits of a document number, folded: “PO 88-12” becomes “po8812”."""
    return "".join(c for c in fold(text) if c.isalnum())


def phone_digits(text: str) -> str:
    """Return the digits of a phone number as dialled from abroad: “+49 (0)40/12” is “494012”."""
    cleaned = text.replace("(0)", " ")
    digits = "".join(c for c in cleaned if c.isdecimal() and c.isascii())
    return digits.lstrip("0")


def phone_suffixes(text: str) -> list[str]:
    """Return every digit run a caller may start typing: the whole, then from each written group."""
    groups = "".join(c if c.isdecimal() and c.isascii() else " " for c in text.replace("(0)", " "))
    parts = groups.split()
    runs = ("".join(parts[i:]).lstrip("0") for i in range(len(parts)))
    return list(dict.fromkeys(run for run in runs if len(run) >= 3))
