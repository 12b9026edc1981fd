"""Which paper is found by the number of an issued letter, which customers are asked to quote."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from loyaldesk.domain.search_ranking import Tier
from loyaldesk.queries.book import rows
from loyaldesk.queries.search_hits import Hit, HitKind, Matched
from loyaldesk.queries.values import day_or_none

if TYPE_CHECKING:
    from loyaldesk.queries.search_rows import Ranked
    from loyaldesk.queries.search_typed import Typed
    from loyaldesk.store.reader import Row, Source

__all__ = ["find_letters"]

# The key of a number such as S-2026-00002.
LETTER_KEY = re.compile("([a-z])([0-9]{4})([0-9]{5,})")


def find_letters(source: Source, typed: Typed) -> list[Ranked]:
    """Return the papers of the letter whose whole number was typed, the newest revision first."""
    if not typed.wants(HitKind.DOCUMENT):
        return []
    matches = filter(None, map(LETTER_KEY.fullmatch, typed.number_keys))
    keys = {"-".join(match.groups()).upper(): match.string for match in matches}
    found = rows(source, "search.letters", keys=json.dumps(list(keys))) if keys else []
    return [_lettered(row, keys[row[0]]) for row in found]


def _lettered(row: Row, key: str) -> Ranked:
    _, revision, document_id, customer_id, customer_number, company, name, kind, day = row
    hit = Hit(
        kind=HitKind.DOCUMENT,
        record_id=document_id,
        customer_id=customer_id,
        number=customer_number,
        title=name,
        second_line=company,
        why=Matched.NUMBER,
        day=day_or_none(day),
        status=kind,
        sought=((key,),),
    )
    return Tier.EXACT_NUMBER, -revision, hit
