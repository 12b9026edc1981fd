"""How a record found by words becomes a hit: its lines, why it was found, how it ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.domain.search_marks import holds_word
from loyaldesk.domain.search_ranking import MINE_DAYS, Tier, begins_word, hit_importance, word_tier
from loyaldesk.domain.text import fold, long_spelling
from loyaldesk.queries.book import json_ids, rows
from loyaldesk.queries.search_hits import BETWEEN, Hit, HitKind, Matched
from loyaldesk.queries.values import day_or_none

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from loyaldesk.queries.search_hits import Sought
    from loyaldesk.queries.search_places import Place
    from loyaldesk.store.reader import Row, Source

__all__ = ["Ranked", "read_hits"]

Ranked = tuple[int, int, Hit]
Field = tuple[Matched, str]

# A company, then its people, then its papers, where all else is equal; in days of importance.
BEHIND_CUSTOMERS = 90
BEHIND_CONTACTS = 365
# A paper that has the word whole stands with names that only begin so.
PAPERS_LATER = Tier.FIRST_WORD - Tier.FIRST_WORD_WHOLE


def read_hits(
    source: Source, places: Iterable[Place], sought: Sought, *, mine: str
) -> list[Ranked]:
    """Return what stands at these places as hits, each with its rank, lowest first."""
    found_as = {(place.kind, place.record_id): place.found_as for place in places}
    if not found_as:
        return []
    wanted = {
        f"{kind}s": json_ids(record_id for of_kind, record_id in found_as if of_kind == kind)
        for kind in _MAKERS
    }
    ranked = []
    for row in rows(source, "search.rows", **wanted):
        make = _MAKERS[row[0]]
        hit, name_key, importance = make(row, sought)
        if row[-1] == mine != "":
            importance += MINE_DAYS
        step = found_as[hit.kind, hit.record_id]
        tier = word_tier(step, begins=_begins(hit.title, name_key, sought[0]))
        tier += PAPERS_LATER if make is _document else 0
        ranked.append((tier, -importance, hit))
    return ranked


def _begins(title: str, name_key: str, spellings: tuple[str, ...]) -> bool:
    """Tell whether the name begins with the word, in one of its foldings."""
    if name_key.startswith(spellings):
        return True
    return not title.isascii() and fold(long_spelling(title)).startswith(spellings)


def _customer(row: Row, sought: Sought) -> tuple[Hit, str, int]:
    _, record_id, _, number, name, name_key, trading_name, town, email, day, is_key, _ = row
    fields = ((Matched.TRADING_NAME, trading_name), (Matched.TOWN, town), (Matched.EMAIL, email))
    why, answer = _why(name, name_key, fields, sought)
    shown = (number, town, "" if why in {Matched.NAME, Matched.TOWN} else answer)
    hit = Hit(
        HitKind.CUSTOMER, record_id, record_id, number, name, _line(shown), why, None, "", sought
    )
    return hit, name_key, hit_importance(day, is_key_account=is_key)


def _contact(row: Row, sought: Sought) -> tuple[Hit, str, int]:
    _, record_id, customer_id, number, company, given, family, role, email, day, is_key, _ = row
    title = f"{given} {family}".strip()
    name_key = fold(title)
    fields = ((Matched.CUSTOMER, company), (Matched.ROLE, role), (Matched.EMAIL, email))
    why, answer = _why(title, name_key, fields, sought)
    shown = (company, role, answer if why is Matched.EMAIL else number)
    hit = Hit(
        HitKind.CONTACT, record_id, customer_id, number, title, _line(shown), why, None, "", sought
    )
    return hit, name_key, hit_importance(day, is_key_account=is_key) - BEHIND_CUSTOMERS


def _document(row: Row, sought: Sought) -> tuple[Hit, str, int]:
    _, record_id, customer_id, number, company, name, _, kind, _, day, _, _ = row
    name_key = fold(name)
    why, _answer = _why(name, name_key, ((Matched.CUSTOMER, company),), sought)
    filed_on = day_or_none(day)
    hit = Hit(
        HitKind.DOCUMENT, record_id, customer_id, number, name, company, why, filed_on, kind, sought
    )
    return hit, name_key, hit_importance(day) - BEHIND_CONTACTS


_MAKERS: dict[str, Callable[[Row, Sought], tuple[Hit, str, int]]] = {
    HitKind.CUSTOMER: _customer,
    HitKind.CONTACT: _contact,
    HitKind.DOCUMENT: _document,
}


def _why(title: str, name_key: str, fields: Sequence[Field], sought: Sought) -> tuple[Matched, str]:
    """Return the field that answers what the title does not, and its text.

    A field that answers every word comes before one that answers only what is missing.
    """
    missing = [
        group
        for group in sought
        if not begins_word(name_key, group) and not holds_word(title, group)
    ]
    for wanted in (sought, missing, missing[:1]):
        for field, text in fields if missing else ():
            if text and all(holds_word(text, group) for group in wanted):
                return field, text
    return Matched.NAME, title


def _line(parts: Iterable[str]) -> str:
    return BETWEEN.join([part for part in parts if part])
