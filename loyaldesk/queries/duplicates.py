"""Which customers may be here twice, and which were made one?"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from loyaldesk.domain.duplicates import LIKELY, Identity, Shared, core_name, likeness
from loyaldesk.domain.text import number_key, phone_digits, phone_suffixes, spellings, words
from loyaldesk.store.search_entries import CUSTOMERS, EMAIL, ID_MASK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from loyaldesk.store.reader import Row, Source

__all__ = [
    "Candidate", "Merged", "Pair", "find_candidates", "find_merged", "list_merged", "list_pairs",
    "read_imported",
]  # fmt: skip

_EVERYBODY = (
    "SELECT id, number, name, trading_name, town, country, phone, email, tax_id FROM customer"
    " ORDER BY id"
)
_SOME = (
    "SELECT id, number, name, trading_name, town, country, phone, email, tax_id FROM customer"
    " WHERE id IN (SELECT value FROM json_each(?))"
)
_ASKED = (
    "SELECT rowid & ? FROM search_customer WHERE search_customer MATCH ? ORDER BY rowid LIMIT ?"
)
MOST_FOUND = 40
MOST_OF_ONE_SIGN = 12
PHONE_DIGITS = 8
# Eight megabytes: of a million customers' signs one in twenty is looked at in vain.
SIGN_BITS = 1 << 26


@dataclass(frozen=True, slots=True)
class Candidate:
    """A customer that may be the one in question, and what they share."""

    id: int
    number: str
    name: str
    town: str
    shared: tuple[Shared, ...]
    score: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two customers that may be one; the first has been here longer."""

    first: Candidate
    second: Candidate

    @property
    def score(self) -> int:
        """What they share, weighed."""
        return self.second.score


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge of two customers; `undone_at` is None while it stands."""

    id: int
    customer_id: int
    kept_number: str
    kept_name: str
    gone_number: str
    gone_name: str
    merged_at: datetime
    merged_by: str
    undone_at: datetime | None


def find_candidates(
    source: Source, *, identity: Identity, but: int | None = None, most: int = 5
) -> list[Candidate]:
    """Return the customers that may be this one, the likeliest first; `but` is itself."""
    ids = dict.fromkeys(_ids_alike(source, identity))
    found = (_candidate(row, identity) for row in _identities(source, [i for i in ids if i != but]))
    likely = [candidate for candidate in found if candidate.score >= LIKELY]
    return sorted(likely, key=lambda c: (-c.score, c.id))[:most]


def list_pairs(
    source: Source, *, among: Collection[int] | None = None, most: int = 500
) -> list[Pair]:
    """Return the pairs of customers that may be one, the likeliest first.

    `among` keeps the pairs with one of these ids, such as those that an import brought.
    """
    together = _pairs_with_a_sign(source)
    if among is not None:
        wanted = set(among)
        together = {pair for pair in together if wanted.intersection(pair)}
    ids = sorted({i for pair in together for i in pair})
    rows = {row[0]: row for row in _identities(source, ids)}
    pairs = (_pair(rows[one], rows[other]) for one, other in sorted(together))
    likely = [pair for pair in pairs if pair.score >= LIKELY]
    return sorted(likely, key=lambda pair: (-pair.score, pair.first.id, pair.second.id))[:most]


def list_merged(source: Source, *, customer_id: int | None = None) -> list[Merged]:
    """Return the merges, newest first: all of them, or those into one customer."""
    found = source.rows(
        "SELECT m.id, c.id, c.number, c.name, json_extract(m.gone, '$.number'),"
        " json_extract(m.gone, '$.name'), m.merged_at, m.merged_by, m.undone_at"
        " FROM customer_merge m JOIN customer c ON c.id = m.customer_id"
        " WHERE :customer_id IS NULL OR c.id = :customer_id ORDER BY m.merged_at DESC, m.id DESC",
        {"customer_id": customer_id},
    )
    return [_merged(row) for row in found]


def read_imported(source: Source) -> list[int]:
    """Return the ids of the customers that the last import brought."""
    found = source.rows(
        "SELECT row_id, last_row_id FROM change WHERE kind = 'I' AND table_name = 'customer'"
        " AND group_id = (SELECT max(group_id) FROM change WHERE table_name = 'import_run')"
    )
    return [row_id for first, last in found for row_id in range(first, last + 1)]


def find_merged(source: Source, *, number: str) -> int | None:
    """Return the id of the customer into which the one with that number was merged, or None."""
    found = source.value(
        "SELECT customer_id FROM customer_merge WHERE undone_at IS NULL"
        " AND json_extract(gone, '$.number') = ? ORDER BY id DESC LIMIT 1",
        [number],
    )
    return None if found is None else int(found)


def _merged(row: Row) -> Merged:
    *named, merged_at, merged_by, undone_at = row
    merge_id, customer_id, kept_number, kept_name, gone_number, gone_name = named
    return Merged(
        id=merge_id,
        customer_id=customer_id,
        kept_number=kept_number,
        kept_name=kept_name,
        gone_number=gone_number,
        gone_name=gone_name,
        merged_at=datetime.fromisoformat(merged_at),
        merged_by=merged_by,
        undone_at=datetime.fromisoformat(undone_at) if undone_at else None,
    )


def _ids_alike(source: Source, identity: Identity) -> Iterator[int]:
    yield from _of_phone(source, identity.phone)
    yield from _of_email(source, identity.email)
    yield from _of_tax_id(source, identity.tax_id)
    for name in (identity.name, identity.trading_name):
        yield from _of_name(source, name)


def _of_phone(source: Source, phone: str) -> list[int]:
    runs = [run for run in phone_suffixes(phone) if len(run) >= PHONE_DIGITS]
    found = source.rows(
        "SELECT record_id FROM search_phone WHERE run IN (SELECT value FROM json_each(?))"
        " AND kind = ? LIMIT ?",
        [json.dumps(runs), CUSTOMERS.number, MOST_FOUND],
    )
    return [row_id for (row_id,) in found]


def _of_email(source: Source, email: str) -> list[int]:
    return _asked(source, [[EMAIL + word] for word in words(email)])


def _of_name(source: Source, name: str) -> list[int]:
    core = set(core_name(name).split())
    return _asked(source, [group for group in spellings(name) if core.intersection(group)])


def _of_tax_id(source: Source, tax_id: str) -> list[int]:
    if not tax_id.strip():
        return []
    written = list(dict.fromkeys((tax_id.strip(), number_key(tax_id).upper(), number_key(tax_id))))
    found = source.rows(
        "SELECT id FROM customer WHERE tax_id <> '' AND tax_id IN"
        " (SELECT value FROM json_each(?)) LIMIT ?",
        [json.dumps(written), MOST_FOUND],
    )
    return [row_id for (row_id,) in found]


def _asked(source: Source, groups: Iterable[Sequence[str]]) -> list[int]:
    question = " AND ".join("(" + " OR ".join(f'"{w}"' for w in group) + ")" for group in groups)
    if not question:
        return []
    found = source.rows(_ASKED, [ID_MASK, question, MOST_FOUND])
    return [row_id for (row_id,) in found]


def _identities(source: Source, ids: Sequence[int]) -> list[Row]:
    return source.rows(_SOME, [json.dumps(list(ids))])


def _identity(row: Row) -> Identity:
    return Identity(*row[2:])


def _candidate(row: Row, identity: Identity) -> Candidate:
    found = likeness(identity, _identity(row))
    return Candidate(row[0], row[1], row[2], row[4], found.shared, found.score)


def _pair(one: Row, other: Row) -> Pair:
    return Pair(_candidate(one, _identity(other)), _candidate(other, _identity(one)))


def _pairs_with_a_sign(source: Source) -> set[tuple[int, int]]:
    """Return the pairs that share a sign; what very many share is no sign of anybody.

    Read twice: of three million signs only those met before are kept, and where they were met.
    """
    met, again = bytearray(SIGN_BITS >> 3), set()
    for sign, _ in _all_signs(source):
        place = sign % SIGN_BITS
        byte, bit = place >> 3, 1 << (place & 7)
        if met[byte] & bit:
            again.add(sign)
        met[byte] |= bit
    by_sign: defaultdict[int, list[int]] = defaultdict(list)
    for sign, customer_id in _all_signs(source):
        if sign in again:
            by_sign[sign].append(customer_id)
    few = (ids for ids in by_sign.values() if 1 < len(ids) <= MOST_OF_ONE_SIGN)
    return {(a, b) for ids in few for n, a in enumerate(ids) for b in ids[n + 1 :] if a < b}


def _all_signs(source: Source) -> Iterator[tuple[int, int]]:
    for chunk in source.chunks(_EVERYBODY):
        for row in chunk:
            for sign in _signs(_identity(row)):
                yield hash(sign), row[0]


def _signs(identity: Identity) -> Iterator[tuple[str, str]]:
    digits = phone_digits(identity.phone)
    if len(digits) >= PHONE_DIGITS:
        yield "phone", digits[-PHONE_DIGITS:]
    if identity.email:
        yield "email", identity.email.casefold()
    if key := number_key(identity.tax_id):
        yield "tax", key
    for name in {core_name(identity.name), core_name(identity.trading_name)} - {""}:
        yield "name", name
