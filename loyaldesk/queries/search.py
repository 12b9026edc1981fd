"""What is found for whatever was typed into the one box: numbers, phones, names, papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.domain.search_ranking import Tier
from loyaldesk.queries.search_forgiving import meant_words
from loyaldesk.queries.search_hits import WORD_KINDS, Hit, HitKind, Matched, SearchResult
from loyaldesk.queries.search_letters import find_letters
from loyaldesk.queries.search_numbers import find_numbers, find_phones
from loyaldesk.queries.search_places import find_places
from loyaldesk.queries.search_rows import read_hits
from loyaldesk.queries.search_typed import read_typed
from loyaldesk.queries.search_words import endings_of, questions_to_find, questions_to_forgive

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from loyaldesk.queries.search_hits import Sought
    from loyaldesk.queries.search_places import Place
    from loyaldesk.queries.search_rows import Ranked
    from loyaldesk.queries.search_typed import Typed
    from loyaldesk.store.reader import Source

__all__ = ["Hit", "HitKind", "Matched", "SearchResult", "search"]

AROUND = 2
TOO_LITTLE = 3


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
    widely = typed.may_be_number
    ranked = find_numbers(source, typed, limit=limit, widely=widely)
    ranked += find_letters(source, typed)
    ranked += find_phones(source, typed, limit=limit, mine=mine)
    forgiven = None
    if typed.kinds & WORD_KINDS and not (ranked and typed.is_grouped_phone):
        places = _places(source, typed, limit=limit)
        found = read_hits(source, places, typed.sought, mine=mine)
        if not widely and _are_too_few(places):
            ranked += find_numbers(source, typed, limit=limit, widely=True)
        if not ranked and _are_too_few(places):
            also, forgiven = _by_meaning(source, typed, limit=limit, mine=mine)
            found += also
        ranked += found
    hits = _best_first(ranked)
    return SearchResult(tuple(hits[:limit]), len(hits), forgiven)


def _places(source: Source, typed: Typed, *, limit: int) -> list[Place]:
    endings = endings_of(source, typed.sought)
    questions = questions_to_find(typed.sought, endings, is_email=typed.is_email)
    return find_places(source, questions, kinds=typed.kinds, limit=limit)


def _are_too_few(places: list[Place]) -> bool:
    return len(places) < TOO_LITTLE and all(place.found_as == AROUND for place in places)


def _by_meaning(
    source: Source, typed: Typed, *, limit: int, mine: str
) -> tuple[list[Ranked], str | None]:
    meanings = meant_words(source, typed.sought)
    if meanings is None:
        return [], None
    likely, possible = meanings
    questions = questions_to_forgive(likely, possible)
    places = find_places(source, questions, kinds=typed.kinds, limit=limit)
    found = [
        (tier + Tier.FORGIVEN, behind, hit)
        for tier, behind, hit in read_hits(source, places, possible, mine=mine)
    ]
    return found, _respelt(typed, likely) if found else None


def _respelt(typed: Typed, likely: Sought) -> str | None:
    """Return the words that were likely meant, or None where they are those that were typed."""
    if all(words[0] in group for words, group in zip(likely, typed.sought, strict=True)):
        return None
    return " ".join(words[0] for words in likely)


def _best_first(ranked: Iterable[Ranked]) -> list[Hit]:
    ordered = sorted(ranked, key=lambda entry: entry[:2])
    first = {(hit.kind, hit.record_id): hit for _, _, hit in reversed(ordered)}
    return [hit for _, _, hit in ordered if first[hit.kind, hit.record_id] is hit]
