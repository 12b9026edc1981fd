"""How words, numbers and phones are folded so that people find what they meant."""

from __future__ import annotations

import re
import unicodedata

__all__ = [
    "fold", "indexed_words", "long_spelling", "number_key", "phone_digits", "phone_suffixes",
    "spellings", "words",
]  # fmt: skip

# Letters that Unicode does not decompose although people type them without the stroke.
_PLAIN = str.maketrans(
    {
        "ß": "ss", "ẞ": "ss", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d",
        "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe",
        "ı": "i", "ħ": "h", "Ħ": "h", "ŋ": "n", "Ŋ": "n", "’": "'", "‘": "'",
    }
)  # fmt: skip
# How the same letters are written by people whose keyboard lacks them.
_LONG = str.maketrans(
    {
        "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue",
        "å": "aa", "Å": "Aa", "ø": "oe", "Ø": "Oe",
    }
)  # fmt: skip
# Chinese and Japanese write no spaces: every sign counts as a word of its own.
_SIGNS = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(f"[{_SIGNS}]|[^\\W_{_SIGNS}]+")
# The combining marks of Latin, Greek and Cyrillic; fewer than Unicode has, but quick to drop.
_ACCENTS = re.compile("[\u0300-\u036f]+")
_PARTS = re.compile(r"[^\W\d_]+|\d+")
_DIGITS = re.compile("[0-9]+")
# Within a word people leave these out: O’Neill is also sought as “oneill”, A.B.C. as “abc”.
_JOINERS = re.compile(r"['’‘-]|(?<=\b\w)\.(?=\w\b)")

SHORTEST_NUMBER = 3
SHORTEST_SUFFIX = 6
UNGROUPED_DIGITS = 7


def fold(text: str) -> str:
    """Return the text in lower case without accents: “Müller & Söhne” becomes “muller & sohne”."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.translate(_PLAIN)))
    if not plain.isascii():
        plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return " ".join(plain.lower().split())


def words(text: str) -> list[str]:
    """Return the folded words of a text, split at everything that is no letter or digit."""
    return _WORD.findall(fold(text))


def long_spelling(text: str) -> str:
    """Return the text with umlauts written out: “Müller” becomes “Mueller”."""
    return unicodedata.normalize("NFC", text).translate(_LONG)


def spellings(text: str) -> list[tuple[str, ...]]:
    """Return each word of a text in every way it is folded: “Müller” gives (muller, mueller)."""
    plain = words(text)
    if text.isascii():
        return [(word,) for word in plain]
    return [
        tuple(dict.fromkeys(pair)) for pair in zip(plain, words(long_spelling(text)), strict=True)
    ]


def indexed_words(text: str) -> list[str]:
    """Return every word under which a name is found: O’Neill under o, neill and oneill.

    Of letters and digits in one word each part is found too: PO8812 under po and 8812.
    """
    found = words(text)
    joined = _JOINERS.sub("", text)
    if joined != text:
        found += words(joined)
    if not text.isascii():
        found += words(long_spelling(text))
    found += [part for word in found if not word.isalpha() for part in _PARTS.findall(word)]
    return list(dict.fromkeys(found))


def number_key(text: str) -> str:
    """Return the letters and digits of a document number, folded: “PO 88-12” becomes “po8812”."""
    return "".join(filter(str.isalnum, fold(text)))


def phone_digits(text: str) -> str:
    """Return the digits of a phone number as dialled from abroad: “+49 (0)40/12” is “494012”."""
    return "".join(_groups(text)).lstrip("0")


def phone_suffixes(text: str) -> list[str]:
    """Return every digit run a caller may start typing: the whole, then from each written group.

    Digits written without groups start anew after every possible country and area code.
    """
    starts, offset = [0], 0
    groups = _groups(text)
    for group in groups:
        codes = SHORTEST_SUFFIX if len(group) > UNGROUPED_DIGITS else 0
        starts += range(offset, offset + codes + 1)
        offset += len(group)
    digits = "".join(groups)
    whole = digits.lstrip("0")
    runs = (digits[start:].lstrip("0") for start in starts)
    kept = [run for run in runs if len(run) >= SHORTEST_SUFFIX]
    return list(dict.fromkeys([whole, *kept])) if len(whole) >= SHORTEST_NUMBER else []


def _groups(text: str) -> list[str]:
    return _DIGITS.findall(text.replace("(0)", " "))
