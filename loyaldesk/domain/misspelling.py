"""Which words may have been meant by a misspelt one: a single letter wrong, lost, added, swapped.

Every word is filed under its first letters (4 to 7 of them) and under those less one letter. What
was typed is looked up in the same way; two words that share such a key are at most two edits
apart, and `slip` tells which of them are one (Garbe's deletion neighbourhood).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LONGEST_PREFIX", "can_be_misspelt", "deletion_keys", "prefixes", "slip"]

SHORTEST_WORD = 4
LONGEST_PREFIX = 7
SWAPPED_LETTERS = 2

SWAPPED, INSIDE, AT_THE_END = 0, 1, 2


def can_be_misspelt(word: str) -> bool:
    """Tell whether slips in this word are forgiven: long enough, and letters only."""
    return len(word) >= SHORTEST_WORD and word.isalpha()


def prefixes(word: str) -> Iterator[str]:
    """Yield the beginnings under which a word is filed, shortest first."""
    for length in range(SHORTEST_WORD, min(len(word), LONGEST_PREFIX) + 1):
        yield word[:length]


def deletion_keys(prefix: str) -> set[str]:
    """Return the prefix and all that is left of it when one letter is dropped."""
    return {prefix, *(prefix[:i] + prefix[i + 1 :] for i in range(len(prefix)))}


def slip(typed: str, word: str) -> int | None:
    """Return how bad the one slip is between what was typed and the beginning of a word.

    0 two neighbours swapped, 1 a letter wrong, lost or added, 2 the same at the end of what was
    typed, where it may just be unfinished; None when there is no slip or more than one.
    """
    if word.startswith(typed):
        return None
    size = len(typed)
    found = (_slip(typed, word[:length]) for length in range(size - 1, size + 2))
    return min((cost for cost in found if cost is not None), default=None)


def _slip(typed: str, meant: str) -> int | None:
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    end = 0
    while end < min(len(typed), len(meant)) - start and typed[-1 - end] == meant[-1 - end]:
        end += 1
    wrong, right = typed[start : len(typed) - end], meant[start : len(meant) - end]
    if len(wrong) == SWAPPED_LETTERS and wrong == right[::-1]:
        return SWAPPED
    if (not wrong and not right) or max(len(wrong), len(right)) > 1:
        return None
    return INSIDE if end else AT_THE_END
