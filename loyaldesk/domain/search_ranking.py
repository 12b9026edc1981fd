"""Which hit of a search comes first: exact numbers, then names, then recent and mine."""

from __future__ import annotations

import enum
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["MINE_DAYS", "Tier", "begins_word", "hit_importance", "word_tier"]

KEY_ACCOUNT_DAYS = 365
MINE_DAYS = 180


class Tier(enum.IntEnum):
    """How well a record answers, best first; words that needed forgiving come after all others."""

    EXACT_NUMBER = 0
    PHONE = 1
    NUMBER = 2
    FIRST_WORD_WHOLE = 3
    WORD_WHOLE = 4
    FIRST_WORD = 5
    WORD = 6
    LETTERS_OF_NUMBER = 7
    AROUND = 8
    FORGIVEN = 10


_BY_WORDS = (
    (Tier.FIRST_WORD_WHOLE, Tier.WORD_WHOLE),
    (Tier.FIRST_WORD, Tier.WORD),
    (Tier.AROUND, Tier.AROUND),
)


def word_tier(found_as: int, *, begins: bool) -> int:
    """Return the tier of a record found by its name's whole words (0), beginnings (1) or else (2).

    A name that begins with the first word sought comes before one that holds it further on.
    """
    first, further = _BY_WORDS[found_as]
    return first if begins else further


def hit_importance(day: str | None, *, is_key_account: bool = False, is_mine: bool = False) -> int:
    """Return how important a record is, in days: the ISO day it was last touched, and bonuses."""
    days = date.fromisoformat(day).toordinal() if day else 0
    return days + KEY_ACCOUNT_DAYS * is_key_account + MINE_DAYS * is_mine


def begins_word(folded: str, spellings: Iterable[str]) -> bool:
    """Tell whether a word of the folded text begins with one of these."""
    for word in spellings:
        start = folded.find(word)
        while start > 0 and folded[start - 1].isalnum():
            start = folded.find(word, start + 1)
        if start >= 0:
            return True
    return False
