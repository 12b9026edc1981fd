"""Which words were meant where nothing is found under those that were typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loyaldesk.domain.misspelling import LONGEST_PREFIX, can_be_misspelt, deletion_keys, slip
from loyaldesk.queries.book import rows

if TYPE_CHECKING:
    from loyaldesk.queries.search_hits import Sought
    from loyaldesk.store.reader import Source

__all__ = ["meant_words"]

MOST_MEANINGS = 8


def meant_words(source: Source, sought: Sought) -> tuple[Sought, Sought] | None:
    """Return the likely and the possible meanings of each word, or None where nothing is near."""
    typed = [word for group in sought for word in group if can_be_misspelt(word)]
    keys = {key for word in typed for key in deletion_keys(word[:LONGEST_PREFIX])}
    found = rows(source, "search.misspelt", keys=json.dumps(sorted(keys))) if keys else []
    known = {word or prefix for prefix, word in found}
    meanings = [_meanings(group, known) for group in sought]
    if all(possible == group for (_, possible), group in zip(meanings, sought, strict=True)):
        return None
    return tuple(likely for likely, _ in meanings), tuple(possible for _, possible in meanings)


def _meanings(group: tuple[str, ...], known: set[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    right = tuple(word for word in group if any(other.startswith(word) for other in known))
    near = sorted(
        (cost, abs(len(word) - len(other)), other)
        for word in group
        if can_be_misspelt(word)
        for other in known
        if (cost := slip(word, other)) is not None
    )[:MOST_MEANINGS]
    possible = tuple(dict.fromkeys([*right, *(other for _, _, other in near)])) or group
    likely = right or tuple(other for cost, _, other in near if cost == near[0][0]) or group
    return likely, possible
