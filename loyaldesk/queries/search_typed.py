"""How what was typed into the search box is read: as words, as a number, as a phone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.domain.text import number_key, phone_digits, spellings
from loyaldesk.queries.search_hits import WORD_KINDS, HitKind

if TYPE_CHECKING:
    from collections.abc import Collection

    from loyaldesk.queries.search_hits import Sought

__all__ = ["Typed", "read_typed"]

SIGILS = {"#": HitKind.ORDER, "@": HitKind.CONTACT}
LONGEST_TEXT = 200
MOST_WORDS = 12
SHORTEST_PHONE = 4
SHORTEST_NUMBER_BESIDE_WORDS = 3
LONGEST_COUNTRY_CODE = 3
SHORTEST_WITH_COUNTRY_CODE = 9
PHONE = re.compile(r"\+?[0-9 ()/.\-\u2010-\u2013\u00a0]+")
# What people write before a number without it being part of it.
LABELS = frozenset(
    "order po invoice customer no nr number auftrag bestellung rechnung kunde nummer".split()
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: words in all spellings, keys of numbers, phone digits, sorts of record.

    `number_keys` begins with the key of the whole text; the further ones are numbers beside
    words, and `beside` holds those words. Of `phone_keys` the first is as typed, the others
    without a country code.
    """

    kinds: frozenset[HitKind]
    sought: Sought
    number_keys: tuple[str, ...]
    beside: Sought
    phone_keys: tuple[str, ...]
    is_email: bool

    @property
    def may_be_number(self) -> bool:
        """Whether a digit was typed, or only records that have nothing but numbers are wanted."""
        return (
            any(c.isdecimal() for key in self.number_keys for c in key)
            or not self.kinds & WORD_KINDS
        )

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
    sought = tuple(spellings(text)[:MOST_WORDS])
    numbers = [group for group in sought if any(c.isdecimal() for c in group[0])]
    beside = tuple(group for group in sought if group not in numbers and group[0] not in LABELS)
    return Typed(
        kinds=wanted,
        sought=sought,
        number_keys=_number_keys(number_key(text), numbers, has_words=len(numbers) < len(sought)),
        beside=beside,
        phone_keys=_phone_keys(text),
        is_email="@" in text,
    )


def _number_keys(whole: str, numbers: list[tuple[str, ...]], *, has_words: bool) -> tuple[str, ...]:
    if has_words:
        further = [group[0] for group in numbers if len(group[0]) >= SHORTEST_NUMBER_BESIDE_WORDS]
    else:
        # Customers write “PO 88/12” and say “88/12”.
        further = ["po" + whole] if len(whole) >= SHORTEST_NUMBER_BESIDE_WORDS else []
    return tuple(dict.fromkeys([whole, *further])) if whole else ()


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
