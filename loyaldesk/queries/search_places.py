"""Where in the full-text index customers, people and documents stand that hold the words sought.

All kinds are asked in one statement, nine questions in the order of their worth: names that hold
the words whole, names that hold words beginning so, and what surrounds the name; it stops at a
screenful. People and papers are asked before customers, but for a share only. Text, since
SQLAlchemy has no words for MATCH.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from loyaldesk.queries.search_hits import HitKind
from loyaldesk.store.search_entries import CONTACTS, CUSTOMERS, DOCUMENTS, ID_MASK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from loyaldesk.store.reader import Source

__all__ = ["Place", "Questions", "find_places"]

_INDEXED = {
    HitKind.CONTACT: CONTACTS,
    HitKind.DOCUMENT: DOCUMENTS,
    HitKind.CUSTOMER: CUSTOMERS,
}
# The part of a screenful that people and papers may take from customers.
SHARES = {HitKind.CONTACT: 0.16, HitKind.DOCUMENT: 0.08, HitKind.CUSTOMER: 1.0}
# What they may take where customers leave most of the screen empty.
SHARE_OF_ROOM = 0.4


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions to one kind's index, none of which repeats an answer of those before."""

    whole: str
    beginning: str
    around: str


class Place(NamedTuple):
    """A record that was found, and as an answer to which of the three questions."""

    kind: HitKind
    record_id: int
    found_as: int


_QUESTION = (
    "SELECT * FROM (SELECT '{kind}' AS kind, rowid & {mask} AS record_id, {step} AS found_as"
    " FROM {index} WHERE {index} MATCH :{kind}{step} ORDER BY rowid LIMIT :{kind}_most)"
)
_STATEMENT = (
    " UNION ALL ".join(
        _QUESTION.format(kind=kind, step=step, index=indexed.index, mask=ID_MASK)
        for step in range(3)
        for kind, indexed in _INDEXED.items()
    )
    + " LIMIT :most"
)
_BY_NAME = {kind.value: kind for kind in _INDEXED}


def find_places(
    source: Source,
    questions: Mapping[HitKind, Questions],
    *,
    kinds: Collection[HitKind],
    limit: int,
) -> list[Place]:
    """Return up to `limit` places: best question first, and within one the most important first."""
    asked: dict[str, object] = {"most": limit}
    for kind, asking in questions.items():
        for step, text in enumerate((asking.whole, asking.beginning, asking.around)):
            asked[f"{kind}{step}"] = text
    alone = len(kinds) == 1
    shares = {
        kind: round(limit * (1.0 if alone else share) + 0.5) if kind in kinds else 0
        for kind, share in SHARES.items()
    }
    found = _ask(source, asked, shares)
    room = round(limit * SHARE_OF_ROOM)
    if len(found) < room and _is_held_back(found, shares):
        found = _ask(
            source, asked, {kind: max(room, most) for kind, most in shares.items() if most}
        )
    return found


def _ask(source: Source, asked: dict[str, object], shares: Mapping[HitKind, int]) -> list[Place]:
    most = {f"{kind}_most": shares.get(kind, 0) for kind in SHARES}
    found = source.rows(_STATEMENT, asked | most)
    return [Place(_BY_NAME[kind], record_id, found_as) for kind, record_id, found_as in found]


def _is_held_back(found: Iterable[Place], shares: Mapping[HitKind, int]) -> bool:
    """Tell whether a kind filled its share, so that there may be more."""
    counts = Counter((place.kind, place.found_as) for place in found)
    return any(count >= shares[kind] for (kind, _), count in counts.items())
