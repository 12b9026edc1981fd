"""How is the first segment cut: the newest customers with all that is theirs?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from loyaldesk.domain.misspelling import deletion_keys, prefixes
from loyaldesk.store.search_entries import KINDS as SEARCHED
from loyaldesk.store.search_words import forgivable_words
from loyaldesk.sync.first.slices import slices

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyaldesk.store.connection import Connection
    from loyaldesk.sync.first.slices import Slice

__all__ = ["cut_newest"]


def cut_newest(connection: Connection, customers: Iterable[int]) -> int:
    """Write the slice of these customers into the attached `segment`; return its rows."""
    connection.execute("CREATE TEMP TABLE newest (id INTEGER PRIMARY KEY)")
    try:
        connection.executemany(
            "INSERT INTO temp.newest VALUES (?)", ((each,) for each in sorted(customers))
        )
        connection.execute(
            "CREATE TABLE segment.membership (kind TEXT, uid TEXT, bucket TEXT, rv INTEGER)"
        )
        rows = sum(_copy_slice(connection, each) for each in slices())
        _copy_search(connection)
        return rows
    finally:
        connection.execute("DROP TABLE temp.newest")


def _copy_slice(connection: Connection, each: Slice) -> int:
    table = each.table
    found = f"FROM temp.newest {each.way}" if each.way else f"FROM main.{table} t"
    connection.execute(f"CREATE TABLE segment.{table} AS SELECT DISTINCT t.* {found} ORDER BY t.id")
    if each.first_too:
        connection.execute(
            f"INSERT INTO segment.{table} SELECT t.* FROM main.{table} t WHERE {each.first_too}"
        )
    if each.kind:
        connection.execute(
            "INSERT INTO segment.membership SELECT m.kind, m.uid, m.bucket, m.rv"
            f" FROM segment.{table} t CROSS JOIN main.membership m"
            " ON m.kind = ? AND m.uid = lower(hex(t.uid))",
            [each.kind],
        )
    (rows,) = connection.execute(f"SELECT count(*) FROM segment.{table}").fetchone()
    return int(rows)


def _copy_search(connection: Connection) -> None:
    """Copy what search keeps of these records, with their phones and words counted."""
    connection.execute(
        "CREATE TABLE segment.search_entry AS SELECT * FROM main.search_entry WHERE 0"
    )
    connection.execute("CREATE TABLE segment.search_phone (run TEXT, kind INTEGER, record_id INT)")
    for kind in SEARCHED:
        connection.execute(
            "INSERT INTO segment.search_entry SELECT e.* FROM"
            f" (SELECT id FROM segment.{kind.table}) t CROSS JOIN main.search_entry e"
            " ON e.kind = ? AND e.record_id = t.id",
            [kind.number],
        )
    words: Counter[str] = Counter()
    entries = "SELECT kind, record_id, words, runs FROM segment.search_entry"
    for kind_number, record_id, stored, runs in connection.execute(entries).fetchall():
        words.update(forgivable_words(stored))
        phones = [(run, kind_number, record_id) for run in runs.split()]
        connection.executemany("INSERT INTO segment.search_phone VALUES (?, ?, ?)", phones)
    _copy_words(connection, words)


def _copy_words(connection: Connection, words: Counter[str]) -> None:
    """Keep how often each word stands in the segment; a misspelt one is found by these keys."""
    connection.execute("CREATE TABLE segment.search_word (word TEXT, uses INTEGER)")
    connection.executemany("INSERT INTO segment.search_word VALUES (?, ?)", sorted(words.items()))
    connection.execute("CREATE TABLE segment.search_misspelling (deletion TEXT, prefix TEXT)")
    keys = {(key, prefix) for word in words for prefix in prefixes(word)
            for key in deletion_keys(prefix)}  # fmt: skip
    connection.executemany("INSERT INTO segment.search_misspelling VALUES (?, ?)", sorted(keys))
