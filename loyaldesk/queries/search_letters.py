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
    from collections.abc import Iterator

    from loyaldesk.queries.search_rows import Ranked
    from loyaldesk.queries.search_typed import Typed
    from loyaldesk.store.reader import Row, Source

__all__ = ["find_letters"]

# The key of a number such as S-2026-00002, or of what its bars say: S-2026-00002-1 for revision 1.
# With the code of a desk it is S-2026-B7-00002: nothing in the key tells where the code ends.
LETTER_KEY = re.compile("([a-z])([0-9]{4})([a-z][a-z0-9]{0,4})?([0-9]{5,})")
SHORTEST, LONGEST_REVISION, LONGEST_CODE = 5, 2, 5


def find_letters(source: Source, typed: Typed) -> list[Ranked]:
    """Return the papers of the letter whose whole number was typed, the newest revision first.

    What a hand scanner reads from the bars below the address names one revision.
    """
    if not typed.wants(HitKind.DOCUMENT):
        return []
    wanted = {
        (number, revision): key for key in typed.number_keys for number, revision in _readings(key)
    }
    numbers = list(dict.fromkeys(number for number, _ in wanted))
    found = rows(source, "search.letters", keys=json.dumps(numbers)) if numbers else []
    known = (wanted.get((row[0], None)) or wanted.get((row[0], row[1])) for row in found)
    return [_lettered(row, key) for row, key in zip(found, known, strict=True) if key]


def _readings(key: str) -> Iterator[tuple[str, int | None]]:
    """Yield what a key may mean: a number with any revision, and numbers with one revision each."""
    match = LETTER_KEY.fullmatch(key)
    if match is None:
        return
    begin, rest = f"{match[1].upper()}-{match[2]}-", key[match.end(2) :]
    for code, digits in _codes(rest):
        yield begin + code + digits, None
        for length in range(1, LONGEST_REVISION + 1):
            number, revision = digits[:-length], digits[-length:]
            if len(number) >= SHORTEST and not revision.startswith("0"):
                yield begin + code + number, int(revision)


def _codes(rest: str) -> Iterator[tuple[str, str]]:
    """Yield each way to part what follows the year: the code of a desk, if any, and the digits."""
    if rest.isdecimal():
        yield "", rest
        return
    for length in range(1, LONGEST_CODE + 1):
        code, digits = rest[:length], rest[length:]
        if digits.isdecimal() and len(digits) >= SHORTEST:
            yield f"{code.upper()}-", digits


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
