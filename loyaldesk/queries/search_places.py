"""Where in the full-text index customers, people and documents stand that hold the words sought.

All kinds are asked in one statement, nine questions in the order of their worth: names that hold
the words whole, names that hold words beginning so, and what surrounds the name; it stops at a
screenful. People and papers are asked before customers, but for a share only. What surrounds
names is asked by itself where several words are sought and names do not fill the screen. Text,
since SQLAlchemy has no words for MATCH.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from loyaldesk.queries.search_hits import HitKind
from loyaldesk.store.search_entries import CONTACTS, CUSTOMERS, DOCUMENTS, ID_MASK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from loyaldesk.store.reader import Source

    Asked = Mapping[HitKind, "Questions"]
    Shares = Mapping[HitKind, int]
    Texts = Mapping[HitKind, tuple[str, str, str]]

__all__ = ["NOTHING", "Place", "Questions", "find_places"]

NOTHING = '""'
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
    """The questions to one kind's index: names with the words whole, names, what surrounds them.

    Each may repeat answers of those before; with `repeats_names` the last one repeats so many that
    to read them again costs less than to have the index leave them out.
    """

    whole: str
    names: str
    around: str
    repeats_names: bool = False

    @property
    def only_around(self) -> str:
        """What finds only what the names do not."""
        return NOTHING if self.around == NOTHING else f"({self.around}) NOT ({self.names})"


class Place(NamedTuple):
    """A record that was found, and as an answer to which of the three questions."""

    kind: HitKind
    record_id: int
    found_as: int


# Of a bare parameter as a limit SQLite looks at the value, and so compiles it all at every run.
_QUESTION = (
    "SELECT * FROM (SELECT '{kind}' AS kind, rowid & {mask} AS record_id, {step} AS found_as"
    " FROM {index} WHERE {index} MATCH :{kind}{step} ORDER BY rowid LIMIT :{kind}_most + 0)"
)
_STATEMENT = (
    " UNION ALL ".join(
        _QUESTION.format(kind=kind, step=step, index=indexed.index, mask=ID_MASK)
        for step in range(3)
        for kind, indexed in _INDEXED.items()
    )
    + " LIMIT :most + 0"
)
_BY_NAME = {kind.value: kind for kind in _INDEXED}
_ORDER = {kind: place for place, kind in enumerate(_INDEXED)}


def find_places(
    source: Source, questions: Asked, *, kinds: Collection[HitKind], limit: int
) -> list[Place]:
    """Return up to `limit` places: best question first, and within one the most important first."""
    alone = len(kinds) == 1
    shares = {
        kind: round(limit * (1.0 if alone else share) + 0.5)
        for kind, share in SHARES.items()
        if kind in kinds
    }
    found = _find(source, questions, shares, limit)
    room = round(limit * SHARE_OF_ROOM)
    held_back = _held_back(found, shares) if len(found) < room else set()
    if held_back:
        more = _find(
            source, questions, {kind: max(room, shares[kind]) for kind in held_back}, limit
        )
        found = [place for place in found if place.kind not in held_back] + more
        found.sort(key=lambda place: (place.found_as, _ORDER[place.kind]))
    return found[:limit]


def _held_back(found: Iterable[Place], shares: Shares) -> set[HitKind]:
    """Return the kinds that filled their share, so that there may be more."""
    counts = Counter((place.kind, place.found_as) for place in found)
    return {kind for (kind, _), count in counts.items() if count >= shares[kind]}


def _find(source: Source, questions: Asked, shares: Shares, limit: int) -> list[Place]:
    asked = {
        kind: (
            asking.whole,
            f"({asking.names}) NOT ({asking.whole})",
            NOTHING if asking.repeats_names else asking.only_around,
        )
        for kind, asking in questions.items()
    }
    found = _ask(source, asked, shares, limit)
    if len(found) < limit and any(asking.repeats_names for asking in questions.values()):
        found += _find_around(source, questions, shares, limit, found)
    return found[:limit]


def _find_around(
    source: Source, questions: Asked, shares: Shares, limit: int, named: list[Place]
) -> Iterator[Place]:
    """Yield what surrounds names, as far as it is not among all the names that were found."""
    known = {(place.kind, place.record_id) for place in named}
    counts = Counter(place.kind for place in named)
    asked = {
        kind: (
            NOTHING,
            NOTHING,
            # Where there may be more names than were read, only the index can leave them out.
            asking.around if counts[kind] < shares.get(kind, 0) else asking.only_around,
        )
        for kind, asking in questions.items()
    }
    most = {kind: share + counts[kind] for kind, share in shares.items()}
    found = _ask(source, asked, most, limit)
    room = Counter(shares)
    for place in found:
        if place[:2] not in known and room[place.kind] > 0:
            room[place.kind] -= 1
            yield place


def _ask(source: Source, asked: Texts, shares: Shares, limit: int) -> list[Place]:
    values: dict[str, object] = {"most": limit}
    for kind, texts in asked.items():
        values |= {f"{kind}{step}": text for step, text in enumerate(texts)}
        values[f"{kind}_most"] = shares.get(kind, 0)
    found = source.rows(_STATEMENT, values)
    return [Place(_BY_NAME[kind], record_id, found_as) for kind, record_id, found_as in found]
