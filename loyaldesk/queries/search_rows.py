"""How a row found by words becomes a hit: its lines, why it was found, how it ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.domain.search_marks import mark_words
from loyaldesk.domain.search_ranking import begins_word, hit_importance, word_tier
from loyaldesk.domain.text import fold
from loyaldesk.queries.search_hits import BETWEEN, Hit, HitKind, Matched
from loyaldesk.queries.values import day_or_none

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from loyaldesk.queries.search_hits import Sought
    from loyaldesk.store.reader import Row

__all__ = ["Ranked", "hits_of"]

Ranked = tuple[int, int, Hit]

Field = tuple[Matched, str]

# A company, then its people, then its papers, where all else is equal; in days of importance.
BEHIND_CUSTOMERS = 90
BEHIND_CONTACTS = 365


def hits_of(
    kind: HitKind, rows: Iterable[Row], sought: Sought, *, mine: str, tier: int = 0
) -> list[Ranked]:
    """Return hits with their rank, lowest first; `tier` is added to the rank of every one."""
    make = _MAKERS[kind]
    made = (make(row, sought, mine) for row in rows)
    return [(tier + ranked, behind, hit) for ranked, behind, hit in made]


def _customer(row: Row, sought: Sought, mine: str) -> Ranked:
    found_as, record_id, number, name, name_key, trading_name, town, email, *rest = row
    day, is_key_account, manager = rest
    fields = ((Matched.TRADING_NAME, trading_name), (Matched.TOWN, town), (Matched.EMAIL, email))
    why, answering = _why(name, name_key, fields, sought)
    shown = [number, town] if why in {Matched.NAME, Matched.TOWN} else [number, town, answering]
    hit = Hit(
        kind=HitKind.CUSTOMER,
        record_id=record_id,
        customer_id=record_id,
        number=number,
        title=name,
        second_line=_line(shown),
        why=why,
        day=None,
        status="",
        sought=sought,
    )
    importance = hit_importance(day, is_key_account=is_key_account, is_mine=manager == mine != "")
    return word_tier(found_as, name_key=name_key, first_word=sought[0]), -importance, hit


def _contact(row: Row, sought: Sought, mine: str) -> Ranked:
    found_as, record_id, customer_id, number, company, given, family, role, email, *rest = row
    day, is_key_account, manager = rest
    title = f"{given} {family}".strip()
    name_key = fold(title)
    fields = ((Matched.CUSTOMER, company), (Matched.ROLE, role), (Matched.EMAIL, email))
    why, answering = _why(title, name_key, fields, sought)
    shown = [company, role, number if why is not Matched.EMAIL else answering]
    hit = Hit(
        kind=HitKind.CONTACT,
        record_id=record_id,
        customer_id=customer_id,
        number=number,
        title=title,
        second_line=_line(shown),
        why=why,
        day=None,
        status="",
        sought=sought,
    )
    importance = hit_importance(day, is_key_account=is_key_account, is_mine=manager == mine != "")
    tier = word_tier(found_as, name_key=name_key, first_word=sought[0])
    return tier, BEHIND_CUSTOMERS - importance, hit


def _document(row: Row, sought: Sought, _: str) -> Ranked:
    found_as, record_id, customer_id, number, company, name, day, status = row
    name_key = fold(name)
    why, _answering = _why(name, name_key, ((Matched.CUSTOMER, company),), sought)
    hit = Hit(
        kind=HitKind.DOCUMENT,
        record_id=record_id,
        customer_id=customer_id,
        number=number,
        title=name,
        second_line=company,
        why=why,
        day=day_or_none(day),
        status=status,
        sought=sought,
    )
    tier = word_tier(found_as, name_key=name_key, first_word=sought[0])
    return tier, BEHIND_CONTACTS - hit_importance(day), hit


_MAKERS: dict[HitKind, Callable[[Row, Sought, str], Ranked]] = {
    HitKind.CUSTOMER: _customer,
    HitKind.CONTACT: _contact,
    HitKind.DOCUMENT: _document,
}


def _why(title: str, name_key: str, fields: Sequence[Field], sought: Sought) -> tuple[Matched, str]:
    """Return the field that answers a word which the title does not, and its text."""
    missing = [group for group in sought if not begins_word(name_key, group)]
    for group in missing:
        if mark_words(title, (group,)):
            continue
        for field, text in fields:
            if text and mark_words(text, (group,)):
                return field, text
    return Matched.NAME, title


def _line(parts: Iterable[str]) -> str:
    return BETWEEN.join(part for part in parts if part)
