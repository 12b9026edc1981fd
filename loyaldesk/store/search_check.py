"""Whether the search index says of every record what it should."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from loyaldesk.domain.misspelling import deletion_keys, prefixes
from loyaldesk.store.search_entries import KINDS, entries_of, phone_rows, stored_entries
from loyaldesk.store.search_index import id_chunks
from loyaldesk.store.search_words import forgivable_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loyaldesk.store.reader import Source
    from loyaldesk.store.search_entries import Entries, Kind

__all__ = ["check_index"]


def check_index(source: Source) -> list[str]:
    """Compare the index with the records and return what differs; an empty list is good news."""
    uses: Counter[str] = Counter()
    found: list[str] = []
    for kind in KINDS:
        found += _check_kind(source, kind, uses)
    return [*found, *_check_words(source, uses)]


def _check_kind(source: Source, kind: Kind, uses: Counter[str]) -> Iterator[str]:
    last = source.value(f"SELECT coalesce(max(id), 0) FROM {kind.table}")
    differing, entries, phones = 0, 0, 0
    terms: Counter[str] = Counter()
    for ids in id_chunks([range(1, last + 1)]):
        expected = entries_of(source.rows, kind, ids)
        stored = stored_entries(source.rows, kind, ids)
        differing += sum(expected.get(i) != stored.get(i) for i in ids)
        entries += len(stored)
        phones += _phones_found(source, kind, stored)
        for entry in stored.values():
            terms.update(entry.words.split())
            uses.update(forgivable_words(entry.words))
    if differing:
        yield f"{differing} of {kind.table} are indexed otherwise than they are"
    if entries != _count(source, "search_entry", kind):
        yield f"the index knows a {kind.table} that is no more"
    if phones != _count(source, "search_phone", kind):
        yield f"the phone numbers of {kind.table} differ from their records"
    if terms != dict(source.rows(f"SELECT term, doc FROM {kind.index}_word")):
        yield f"the words of {kind.table} differ from their records"


def _count(source: Source, table: str, kind: Kind) -> int:
    return int(source.value(f"SELECT count(*) FROM {table} WHERE kind = ?", [kind.number]))


def _phones_found(source: Source, kind: Kind, entries: Entries) -> int:
    """Return how many phone rows these entries should have, or -1 when one is missing."""
    rows = list(phone_rows(kind, entries))
    found = source.value(
        "SELECT count(*) FROM json_each(?) CROSS JOIN search_phone"
        " ON run = value ->> 0 AND kind = value ->> 1 AND record_id = value ->> 2",
        [json.dumps(rows)],
    )
    return len(rows) if found == len(rows) else -1


def _check_words(source: Source, uses: Counter[str]) -> Iterator[str]:
    if uses != dict(source.rows("SELECT word, uses FROM search_word")):
        yield "the words that may be misspelt differ from their records"
    filed = {prefix for word in uses for prefix in prefixes(word)}
    expected = sum(len(deletion_keys(prefix)) for prefix in filed)
    found = source.rows("SELECT deletion, prefix FROM search_misspelling")
    wrong = any(p not in filed or deletion not in deletion_keys(p) for deletion, p in found)
    if wrong or expected != len(found):
        yield "the keys of misspelt words differ from the words"
