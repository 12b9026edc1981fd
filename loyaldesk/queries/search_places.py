"""Where in the full-text index customers, people and documents stand that hold the words sought.

All kinds are asked in one statement, nine questions in the order of their worth: names that hold
the words whole, names that hold words beginning so, and what surrounds the name; it stops at a
screenful. Text, since SQLAlchemy has no words for MATCH.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from loyaldesk.queries.search_hits import HitKind
from loyaldesk.store.search_entries import CONTACTS, CUSTOMERS, DOCUMENTS, ID_MASK

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from loyaldesk.store.reader import Source

__all__ = ["WORD_KINDS", "Place", "Questions", "find_places"]

WORD_KINDS = frozenset({HitKind.CUSTOMER, HitKind.CONTACT, HitKind.DOCUMENT})
_INDEXED = {
    HitKind.CUSTOMER: CUSTOMERS,
    HitKind.CONTACT: CONTACTS,
    HitKind.DOCUMENT: DOCUMENTS,
}
# The part of a screenful that each question may fill while other kinds have hits too.
SHARES = {HitKind.CUSTOMER: 0.6, HitKind.CONTACT: 0.25, HitKind.DOCUMENT: 0.15}


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
        share = 1.0 if len(kinds) == 1 else SHARES[kind]
        asked[f"{kind}_most"] = round(limit * share + 0.5) if kind in kinds else 0
    found = source.rows(_STATEMENT, asked)
    return [Place(_BY_NAME[kind], record_id, found_as) for kind, record_id, found_as in found]
