"""How the search index is kept in step with the records it finds."""

from __future__ import annotations

import json
from collections import Counter
from itertools import chain, islice
from typing import TYPE_CHECKING

from loyaldesk.store.search_entries import (
    CONTACTS,
    CUSTOMERS,
    DOCUMENTS,
    KINDS,
    LONGEST_INDEXED_PREFIX,
    Entries,
    Kind,
    entries_of,
    month_of,
    own_words,
    phone_rows,
    stored_entries,
)
from loyaldesk.store.search_words import WORD_TABLES, count_words, forgivable_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from loyaldesk.store.connection import Connection

__all__ = ["INDEX_TABLES", "create_tables", "id_chunks", "rebuild", "refresh"]

CHUNK_ROWS = 20_000
MANY_ROWS = 50_000
# The index is told words already split and folded; whatever is not ASCII belongs to a word.
_FTS = (
    "CREATE VIRTUAL TABLE {index} USING fts5 (words, content = '', contentless_delete = 1,"
    " detail = none, prefix = '{lengths}', tokenize = \"ascii tokenchars '=+'\")"
)
_LENGTHS = " ".join(str(length) for length in range(1, LONGEST_INDEXED_PREFIX + 1))
_TABLES = (
    ("CREATE TABLE search_entry (kind INTEGER, record_id INTEGER, place INTEGER NOT NULL,"
    " words TEXT NOT NULL, runs TEXT NOT NULL, PRIMARY KEY (kind, record_id)) WITHOUT ROWID"),
    ("CREATE TABLE search_phone (run TEXT, kind INTEGER, record_id INTEGER,"
    " PRIMARY KEY (run, kind, record_id)) WITHOUT ROWID"),
    *WORD_TABLES,
    *(_FTS.format(index=kind.index, lengths=_LENGTHS) for kind in KINDS),
    *(f"CREATE VIRTUAL TABLE {kind.index}_word USING fts5vocab ({kind.index}, row)"
      for kind in KINDS),
)  # fmt: skip
# All that holds the index: what FTS5 keeps of a virtual table lies in four tables of its own.
INDEX_TABLES = (
    "search_entry", "search_phone", "search_word", "search_misspelling",
    *(f"{kind.index}_{part}" for kind in KINDS for part in ("data", "idx", "docsize", "config")),
)  # fmt: skip


def create_tables(execute: Callable[[str], object]) -> None:
    """Create the tables of the index."""
    for statement in _TABLES:
        execute(statement)


def refresh(connection: Connection, touched: Mapping[str, Sequence[range]]) -> None:
    """Bring the index in step with the rows one transaction touched, by table, before COMMIT."""
    for kind in KINDS:
        count = 0
        for ids in id_chunks(touched.get(kind.table, ())):
            _bring_in_step(connection, kind, ids)
            count += len(ids)
        if count >= MANY_ROWS:
            _settle(connection, kind)


def rebuild(connection: Connection) -> None:
    """Make the whole index anew from the records, inside the caller's transaction."""
    for table in ("search_entry", "search_phone", "search_word", "search_misspelling"):
        connection.execute(f"DELETE FROM {table}")
    for kind in KINDS:
        connection.execute(f"INSERT INTO {kind.index} ({kind.index}) VALUES ('delete-all')")
        (last,) = connection.execute(f"SELECT coalesce(max(id), 0) FROM {kind.table}").fetchone()
        for ids in id_chunks([range(1, last + 1)]):
            _bring_in_step(connection, kind, ids)
        _settle(connection, kind)


def _settle(connection: Connection, kind: Kind) -> None:
    # An import leaves the index in a dozen pieces, each of which every search would ask.
    connection.execute(f"INSERT INTO {kind.index} ({kind.index}) VALUES ('optimize')")


def id_chunks(ranges: Iterable[range]) -> Iterator[list[int]]:
    """Yield the ids of all ranges in order, each once, some thousands at a time."""
    ids = chain.from_iterable(_disjoint(ranges))
    while chunk := list(islice(ids, CHUNK_ROWS)):
        yield chunk


def _disjoint(ranges: Iterable[range]) -> Iterator[range]:
    end = 0
    for ids in sorted(ranges, key=lambda ids: ids.start):
        yield range(max(ids.start, end), ids.stop)
        end = max(end, ids.stop)


def _bring_in_step(connection: Connection, kind: Kind, ids: list[int]) -> None:
    old = stored_entries(connection.execute, kind, ids)
    new = entries_of(connection.execute, kind, ids)
    differing = [i for i in ids if old.get(i) != new.get(i)]
    if not differing:
        return
    before = {i: old[i] for i in differing if i in old}
    after = {i: new[i] for i in differing if i in new}
    _write_words(connection, kind, before, after)
    _write_phones(connection, kind, before, after)
    _write_entries(connection, kind, before, after)
    if kind is CUSTOMERS and before:
        _follow(connection, before, after)


def _write_words(connection: Connection, kind: Kind, before: Entries, after: Entries) -> None:
    was = {(entry.place, entry.words) for entry in before.values()}
    now = {(entry.place, entry.words) for entry in after.values()}
    # In the order of places, or the index would write a segment for every row.
    connection.executemany(
        f"DELETE FROM {kind.index} WHERE rowid = ?", sorted((place,) for place, _ in was - now)
    )
    connection.executemany(
        f"INSERT INTO {kind.index} (rowid, words) VALUES (?, ?)", sorted(now - was)
    )
    difference: Counter[str] = Counter()
    for _, stored in now:
        difference.update(forgivable_words(stored))
    for _, stored in was:
        difference.subtract(forgivable_words(stored))
    count_words(connection, difference)


def _write_phones(connection: Connection, kind: Kind, before: Entries, after: Entries) -> None:
    was = set(phone_rows(kind, before))
    now = set(phone_rows(kind, after))
    connection.executemany(
        "DELETE FROM search_phone WHERE run = ? AND kind = ? AND record_id = ?", sorted(was - now)
    )
    connection.executemany(
        "INSERT INTO search_phone (run, kind, record_id) VALUES (?, ?, ?)", sorted(now - was)
    )


def _write_entries(connection: Connection, kind: Kind, before: Entries, after: Entries) -> None:
    connection.executemany(
        "DELETE FROM search_entry WHERE kind = ? AND record_id = ?",
        [(kind.number, record_id) for record_id in before if record_id not in after],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO search_entry (kind, record_id, place, words, runs)"
        " VALUES (?, ?, ?, ?, ?)",
        [(kind.number, i, entry.place, entry.words, entry.runs) for i, entry in after.items()],
    )


def _follow(connection: Connection, before: Entries, after: Entries) -> None:
    """Bring people and papers in step whose company is now called otherwise or more recent."""
    stayed = [i for i in before if i in after]
    renamed = [i for i in stayed if own_words(before[i].words) != own_words(after[i].words)]
    moved = [i for i in stayed if month_of(before[i].place) != month_of(after[i].place)]
    for kind, customer_ids in ((CONTACTS, {*renamed, *moved}), (DOCUMENTS, set(renamed))):
        if customer_ids:
            found = connection.execute(
                f"SELECT id FROM {kind.table} WHERE customer_id IN"
                " (SELECT value FROM json_each(?)) ORDER BY id",
                [json.dumps(sorted(customer_ids))],
            )
            ids = [row_id for (row_id,) in found]
            for chunk in id_chunks(range(i, i + 1) for i in ids):
                _bring_in_step(connection, kind, chunk)
