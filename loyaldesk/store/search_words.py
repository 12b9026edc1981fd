"""Which words the index holds, and under which keys a misspelt one finds them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loyaldesk.domain.misspelling import can_be_misspelt, deletion_keys, prefixes
from loyaldesk.store.search_entries import AROUND, EMAIL

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable

    from loyaldesk.store.connection import Connection

__all__ = ["WORD_TABLES", "count_words", "forgivable_words"]

WORD_TABLES = (
    "CREATE TABLE search_word (word TEXT PRIMARY KEY, uses INTEGER NOT NULL) WITHOUT ROWID",
    ("CREATE TABLE search_misspelling"
    " (deletion TEXT, prefix TEXT, PRIMARY KEY (deletion, prefix)) WITHOUT ROWID"),
)  # fmt: skip


def forgivable_words(stored: str) -> set[str]:
    """Return the words of an entry that are found in spite of a slip; e-mails are exact."""
    plain = {word.lstrip(AROUND) for word in stored.split() if word[0] != EMAIL}
    return {word for word in plain if can_be_misspelt(word)}


def count_words(connection: Connection, difference: Counter[str]) -> None:
    """Add to and take from the uses of words; new words get their keys, unused ones lose them."""
    counts = [(word, uses) for word, uses in sorted(difference.items()) if uses]
    if not counts:
        return
    known = _known(connection, [word for word, _ in counts])
    connection.executemany(
        "INSERT INTO search_word (word, uses) VALUES (?, ?)"
        " ON CONFLICT (word) DO UPDATE SET uses = uses + excluded.uses",
        counts,
    )
    _file(connection, [word for word, _ in counts if word not in known])
    _drop_unused(connection, [word for word, uses in counts if uses < 0])


def _known(connection: Connection, words: list[str]) -> set[str]:
    found = connection.execute(
        "SELECT word FROM search_word WHERE word IN (SELECT value FROM json_each(?))",
        [json.dumps(words)],
    )
    return {word for (word,) in found}


def _file(connection: Connection, words: Iterable[str]) -> None:
    new = {prefix for word in words for prefix in prefixes(word)}
    connection.executemany(
        "INSERT OR IGNORE INTO search_misspelling (deletion, prefix) VALUES (?, ?)",
        sorted((key, prefix) for prefix in new for key in deletion_keys(prefix)),
    )


def _drop_unused(connection: Connection, words: list[str]) -> None:
    unused = connection.execute(
        "DELETE FROM search_word WHERE uses <= 0"
        " AND word IN (SELECT value FROM json_each(?)) RETURNING word",
        [json.dumps(words)],
    ).fetchall()
    gone = {prefix for (word,) in unused for prefix in prefixes(word)}
    dropped = sorted(prefix for prefix in gone if not _is_used(connection, prefix))
    connection.executemany(
        "DELETE FROM search_misspelling WHERE deletion = ? AND prefix = ?",
        sorted((key, prefix) for prefix in dropped for key in deletion_keys(prefix)),
    )


def _is_used(connection: Connection, prefix: str) -> bool:
    found = connection.execute(
        "SELECT 1 FROM search_word WHERE word >= ? AND word < ? || char(1114111) LIMIT 1",
        [prefix, prefix],
    )
    return found.fetchone() is not None
