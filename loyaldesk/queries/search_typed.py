"""How what was typed into the search box is read: as words, as a number, as a phone."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.domain.text import number_key, phone_digits, spellings, words
from loyaldesk.queries.search_hits import WORD_KINDS, HitKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from loyaldesk.queries.search_hits import Sought

__all__ = ["Said", "Typed", "read_typed"]

SIGILS = {"#": HitKind.ORDER, "@": HitKind.CONTACT}
LONGEST_TEXT = 200
MOST_WORDS = 12
SHORTEST_PHONE = 4
SHORTEST_NUMBER_BESIDE_WORDS = 3
# Customers write “PO 88/12” and say “88/12”.
LETTERS_OF_PO = "po"
LONGEST_COUNTRY_CODE = 3
SHORTEST_WITH_COUNTRY_CODE = 9
PHONE = re.compile(r"\+?[0-9 ()/.\-\u2010-\u2013\u00a0]+")
# What people write before a number without it being part of it.
LABEL = re.compile(
    r"(?<!\w)(?:p\.\s?o|po|purchase|order|invoice|customer|no|n[°º]|number"
    r"|auftrag|bestellung|rechnung|kunde|(?:(?:auftrags|bestell|rechnungs|kunden)-?)?n(?:r|ummer))"
    r"(?![^\W\d_])[\s.:#-]*",
    re.IGNORECASE,
)


class Said(enum.Enum):
    """How much of what was typed a number is: all of it, what stands beside words, one group."""

    WHOLE = enum.auto()
    BESIDE_WORDS = enum.auto()
    PART = enum.auto()


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: words in all spellings, keys of numbers, phone digits, sorts of record.

    `number_keys` begins with the key of the whole text; the further ones are what is left without
    labels, numbers beside words, and their groups; `beside` holds those words. Of `phone_keys` the
    first is as typed, the others without a country code.
    """

    kinds: frozenset[HitKind]
    sought: Sought
    number_keys: dict[str, Said]
    beside: Sought
    phone_keys: tuple[str, ...]
    is_email: bool

    @property
    def may_be_number(self) -> bool:
        """Whether a digit was typed, or only records that have nothing but numbers are wanted."""
        return any(map(_has_digit, self.number_keys)) or not self.kinds & WORD_KINDS

    @property
    def is_grouped_phone(self) -> bool:
        """Whether these are the groups of a phone rather than words that happen to be digits."""
        return bool(self.phone_keys) and len(self.sought) > 1

    def wants(self, kind: HitKind) -> bool:
        """Tell whether this sort of record is asked for."""
        return kind in self.kinds


def read_typed(text: str, kinds: Collection[HitKind] | None) -> Typed:
    """Return how the text is understood; a leading `#` or `@` keeps one sort of record."""
    text = text[:LONGEST_TEXT].strip()
    wanted = frozenset(HitKind if kinds is None else kinds)
    if text[:1] in SIGILS:
        wanted &= {SIGILS[text[0]]}
        text = text[1:].strip()
    bare = LABEL.sub(" ", text)
    # The letter of “77/A-5” is part of a number and no word beside it.
    named = " ".join(word for word in bare.split() if not _has_digit(word))
    beside = tuple(spellings(named)[:MOST_WORDS])
    return Typed(
        kinds=wanted,
        sought=tuple(spellings(text)[:MOST_WORDS]),
        number_keys=_number_keys(text, bare, has_words=bool(beside)),
        beside=beside,
        phone_keys=_phone_keys(text),
        is_email="@" in text,
    )


def _number_keys(text: str, bare: str, *, has_words: bool) -> dict[str, Said]:
    """Return the keys of numbers in the order of their worth, and how much of the text each is."""
    numbers = [number for number in bare.split()[:MOST_WORDS] if _has_digit(number)]
    found = {number_key(text): Said.WHOLE}
    if numbers:
        found.setdefault(number_key(bare), Said.WHOLE)
    if has_words:
        _add(found, map(number_key, numbers), Said.BESIDE_WORDS, written=("", LETTERS_OF_PO))
    else:
        _add(found, [number_key(bare)], Said.WHOLE, written=(LETTERS_OF_PO,))
    if has_words or bare != text:
        groups = (group for number in numbers for group in words(number) if _has_digit(group))
        _add(found, groups, Said.PART)
    found.pop("", None)
    return found


def _add(
    found: dict[str, Said], keys: Iterable[str], said: Said, *, written: tuple[str, ...] = ("",)
) -> None:
    for key in keys:
        if len(key) >= SHORTEST_NUMBER_BESIDE_WORDS:
            for letters in written:
                found.setdefault(letters + key, said)


def _has_digit(text: str) -> bool:
    return any(c.isdecimal() for c in text)


def _phone_keys(text: str) -> tuple[str, ...]:
    if not PHONE.fullmatch(text):
        return ()
    digits = phone_digits(text)
    if len(digits) < SHORTEST_PHONE:
        return ()
    if len(digits) < SHORTEST_WITH_COUNTRY_CODE:
        return (digits,)
    without = (digits[code:].lstrip("0") for code in range(1, LONGEST_COUNTRY_CODE + 1))
    return (digits, *without)
