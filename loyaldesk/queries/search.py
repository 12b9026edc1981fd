"""What is found for whatever was typed into the one box: numbers, phones, names, papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.domain.search_ranking import Tier
from loyaldesk.queries.search_forgiving import meant_words
from loyaldesk.queries.search_hits import Hit, HitKind, Matched, SearchResult
from loyaldesk.queries.search_numbers import find_numbers, find_phones
from loyaldesk.queries.search_rows import hits_of
from loyaldesk.queries.search_typed import read_typed
from loyaldesk.queries.search_words import find_by_words, steps_forgiving, steps_to_find

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from loyaldesk.queries.search_rows import Ranked
    from loyaldesk.queries.search_typed import Typed
    from loyaldesk.store.reader import Source

__all__ = ["Hit", "HitKind", "Matched", "SearchResult", "search"]

TOO_LITTLE = 3
# How much of a screenful people and papers may fill beside customers.
SHARES = {HitKind.CUSTOMER: 1, HitKind.CONTACT: 2, HitKind.DOCUMENT: 4}


def search(
    source: Source,
    text: str,
    *,
    limit: int = 50,
    mine: str = "",
    kinds: Collection[HitKind] | None = None,
) -> SearchResult:
    """Return what answers the text, best first: exact number, phone, name, then what is around it.

    `mine` is the account manager whose customers come before others; `kinds` keeps only some
    sorts of record, as `#` (orders) and `@` (people) before the text do.
    """
    typed = read_typed(text, kinds)
    if not typed.sought:
        return SearchResult((), 0, None)
    ranked = find_numbers(source, typed, limit=limit) + find_phones(
        source, typed, limit=limit, mine=mine
    )
    found = _by_words(source, typed, limit=limit, mine=mine)
    forgiven = None
    if not ranked and _is_too_little(found):
        also, forgiven = _by_meaning(source, typed, limit=limit, mine=mine)
        found += also
    hits = _best_first([*ranked, *found])
    return SearchResult(tuple(hits[:limit]), len(hits), forgiven)


def _by_words(source: Source, typed: Typed, *, limit: int, mine: str) -> list[Ranked]:
    found: list[Ranked] = []
    for kind, most in _kinds(typed, limit):
        steps = steps_to_find(kind, typed.sought, is_email=typed.is_email)
        rows = find_by_words(source, kind, steps, limit=most)
        found += hits_of(kind, rows, typed.sought, mine=mine)
    return found


def _by_meaning(
    source: Source, typed: Typed, *, limit: int, mine: str
) -> tuple[list[Ranked], str | None]:
    meanings = meant_words(source, typed.sought)
    if meanings is None:
        return [], None
    likely, possible = meanings
    found: list[Ranked] = []
    for kind, most in _kinds(typed, limit):
        rows = find_by_words(source, kind, steps_forgiving(kind, likely, possible), limit=most)
        found += hits_of(kind, rows, possible, mine=mine, tier=Tier.FORGIVEN)
    return found, " ".join(words[0] for words in likely) if found else None


def _kinds(typed: Typed, limit: int) -> Iterable[tuple[HitKind, int]]:
    for kind, share in SHARES.items():
        if typed.wants(kind):
            yield kind, limit if len(typed.kinds) == 1 else -(-limit // share)


def _is_too_little(found: list[Ranked]) -> bool:
    return len(found) < TOO_LITTLE and not any(tier <= Tier.WORD_WHOLE for tier, _, _ in found)


def _best_first(ranked: list[Ranked]) -> list[Hit]:
    ranked.sort(key=lambda entry: entry[:2])
    first = {(hit.kind, hit.record_id): hit for _, _, hit in reversed(ranked)}
    return [hit for _, _, hit in ranked if first[hit.kind, hit.record_id] is hit]
