"""Whether the search index says of every record what it should."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from loyaldesk.domain.misspelling import deletion_keys, prefixes
from loyaldesk.store.search_entries import KINDS, entries_of, phone_rows, stored_entries
from loyaldesk.store.search_index import id_chunks
from loyaldesk.store.search_words import forgivable_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from loyaldesk.store.reader import Source
    from loyaldesk.store.search_entries import Kind

__all__ = ["check_index"]

PhoneRow = tuple[str, int, int]
Digest = tuple[int, int]
NOTHING: Digest = (0, 0)


def check_index(source: Source) -> list[str]:
    """Compare the index with the records and return what differs; an empty list is good news."""
    uses: Counter[str] = Counter()
    phones = _digests(_phones_kept(source))
    found: list[str] = []
    for kind in KINDS:
        found += _check_kind(source, kind, uses, phones[kind.number])
    return [*found, *_check_words(source, uses)]


def _check_kind(
    source: Source, kind: Kind, uses: Counter[str], phones_kept: Digest
) -> Iterator[str]:
    last = source.value(f"SELECT coalesce(max(id), 0) FROM {kind.table}")
    differing, entries, phones = 0, 0, NOTHING
    terms: Counter[str] = Counter()
    for ids in id_chunks([range(1, last + 1)]):
        expected = entries_of(source.rows, kind, ids)
        stored = stored_entries(source.rows, kind, ids)
        differing += sum(expected.get(i) != stored.get(i) for i in ids)
        entries += len(stored)
        phones = _digest(phone_rows(kind, stored), phones)
        for entry in stored.values():
            terms.update(entry.words.split())
            uses.update(forgivable_words(entry.words))
    if differing:
        yield f"{differing} of {kind.table} are indexed otherwise than they are"
    if entries != source.value("SELECT count(*) FROM search_entry WHERE kind = ?", [kind.number]):
        yield f"the index knows a {kind.table} that is no more"
    if phones != phones_kept:
        yield f"the phone numbers of {kind.table} differ from their records"
    if terms != dict(source.rows(f"SELECT term, doc FROM {kind.index}_word")):
        yield f"the words of {kind.table} differ from their records"


def _phones_kept(source: Source) -> Iterator[PhoneRow]:
    last: PhoneRow = ("", 0, 0)
    while chunk := source.rows(
        "SELECT run, kind, record_id FROM search_phone WHERE (run, kind, record_id) > (?, ?, ?)"
        " ORDER BY run, kind, record_id LIMIT 20000",
        last,
    ):
        yield from chunk
        last = chunk[-1]


def _digests(rows: Iterable[PhoneRow]) -> defaultdict[int, Digest]:
    digests: defaultdict[int, Digest] = defaultdict(lambda: NOTHING)
    for row in rows:
        digests[row[1]] = _digest([row], digests[row[1]])
    return digests


def _digest(rows: Iterable[PhoneRow], so_far: Digest) -> Digest:
    """Return count and sum of hashes: equal for the same rows read in any order."""
    count, total = so_far
    for row in rows:
        count += 1
        total += hash(row)
    return count, total


def _check_words(source: Source, uses: Counter[str]) -> Iterator[str]:
    if uses != dict(source.rows("SELECT word, uses FROM search_word")):
        yield "the words that may be misspelt differ from their records"
    filed = {prefix for word in uses for prefix in prefixes(word)}
    expected = sum(len(deletion_keys(prefix)) for prefix in filed)
    found = source.rows("SELECT deletion, prefix FROM search_misspelling")
    wrong = any(p not in filed or deletion not in deletion_keys(p) for deletion, p in found)
    if wrong or expected != len(found):
        yield "the keys of misspelt words differ from the words"
