"""How is a segment copied into an empty desk, while its window is open?

In steps of some rows of one table: what is there is whole after each, and a desk that died goes on
at the first segment it has not finished. Ids are those of the segment; only a desk that had no rows
of its own before the first segment may load one.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

from loyaldesk.errors import Unavailable
from loyaldesk.store.search_entries import KINDS as SEARCHED
from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.first.slices import slices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyaldesk.protocol.segments import Segment, SegmentSet
    from loyaldesk.store.remote import RemoteTransaction
    from loyaldesk.store.store import Store

__all__ = [
    "finish_segments",
    "leave_to_pages",
    "load_segment",
    "segments_loaded",
    "unpack_segment",
]

LABEL = "First sync"
# Somebody who saves meanwhile waits for the end of one such step.
STEP_ROWS = 20_000


def segments_loaded(store: Store, wanted: SegmentSet) -> int | None:
    """Return how many segments of the set are loaded; None if the desk cannot take the set.

    It cannot with rows of its own, with those of another set, or with other tables.
    """
    with store.reader() as reader:
        kept = reader.value("SELECT value FROM sync_state WHERE key = ?", [StateKey.SEGMENTS])
        if kept is not None:
            name, loaded, _ = json.loads(kept)
            return int(loaded) if name == wanted.name else None
        is_empty = all(
            reader.value(f"SELECT 1 FROM {each.table} LIMIT 1") is None
            for each in slices()
            if each.table not in {"setting", "time_frame"}
        )
    return 0 if is_empty else None


def unpack_segment(packed: Path, segment: Segment) -> Path:
    """Return the plain file of a segment beside the packed one, once its hash is right."""
    import zstandard

    with packed.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != segment.sha256:
            raise Unavailable(
                "A part of the first copy arrived damaged. Nothing of it was used; it is fetched "
                "again."
            )
    plain = packed.with_suffix(".db")
    with packed.open("rb") as source, plain.open("wb") as target:
        zstandard.ZstdDecompressor().copy_stream(source, target)
    return plain


def load_segment(store: Store, plain: Path, wanted: SegmentSet, number: int) -> None:
    """Copy the tables of one segment into the desk, and remember that it is loaded."""
    with _attached(store, plain):
        with store.remote_transaction(LABEL) as tx:
            _remember(tx, wanted, number, begun=number + 1)
            # Before the rows: one that no bucket was known to list would stay for ever.
            _copy_memberships(tx)
        for each in slices():
            _copy_table(store, each.table)
        with store.remote_transaction(LABEL) as tx:
            _copy_search(tx)
            _remember(tx, wanted, number + 1, begun=number + 1)
            tx.touch_everything()


def finish_segments(store: Store, wanted: SegmentSet) -> None:
    """Set how far the buckets are read, once all segments are loaded: pages go on from there."""
    with store.remote_transaction(LABEL) as tx:
        for name, (seq, floor, live, digest) in wanted.buckets.items():
            tx.execute(
                "INSERT OR REPLACE INTO bucket (name, seq, boot_floor, live, digest)"
                " VALUES (?, ?, ?, ?, ?)",
                [name, seq, floor, live, digest],
            )
        tx.execute("DELETE FROM sync_state WHERE key = ?", [StateKey.SEGMENTS])


def leave_to_pages(store: Store) -> None:
    """Have pages go through all that was loaded of a set: what they do not list has to go again.

    Rows of a segment that was cut short have no words for search yet; so these are made anew.
    """
    with store.remote_transaction(LABEL) as tx:
        kept = tx.value("SELECT value FROM sync_state WHERE key = ?", [StateKey.SEGMENTS])
        if kept is None:
            return
        tx.execute(
            "INSERT OR IGNORE INTO bucket (name, seq, boot_floor, is_reset)"
            " SELECT DISTINCT bucket, 0, 0, 1 FROM membership"
        )
        tx.execute("DELETE FROM sync_state WHERE key = ?", [StateKey.SEGMENTS])
    _, loaded, begun = json.loads(kept)
    if begun > loaded:
        store.rebuild_index()


@contextmanager
def _attached(store: Store, plain: Path) -> Iterator[None]:
    with store.between_writes() as connection:
        connection.execute("ATTACH DATABASE ? AS segment KEY ''", [str(plain)])
    try:
        yield
    finally:
        with store.between_writes() as connection:
            connection.execute("DETACH DATABASE segment")


def _copy_table(store: Store, table: str) -> None:
    """Copy a table; its rows lie in the segment in the order of their ids, which is the fastest."""
    after, is_left = 0, True
    while is_left:
        with store.remote_transaction(LABEL) as tx:
            rows = tx.value(f"SELECT coalesce(max(rowid), 0) FROM segment.{table}")
            # Where rows name others of their table, one may come before the one it names.
            until = rows if _names_its_own(tx, table) else after + STEP_ROWS
            _copy_rows(tx, table, after, until)
        after, is_left = until, until < rows


def _names_its_own(tx: RemoteTransaction, table: str) -> bool:
    found = tx.rows(f"PRAGMA main.foreign_key_list({table})")
    return any(target == table for _, _, target, *_ in found)


def _copy_rows(tx: RemoteTransaction, table: str, after: int, last: int) -> None:
    columns = [name for _, name, *_ in tx.rows(f"PRAGMA segment.table_info({table})")]
    names = ", ".join(columns)
    # A content may lie in several segments, and a segment that was cut short is loaded again.
    tx.execute(
        f"INSERT OR IGNORE INTO main.{table} ({names}) SELECT {names} FROM segment.{table}"
        " WHERE rowid > ? AND rowid <= ? ORDER BY rowid",
        [after, last],
    )


def _copy_search(tx: RemoteTransaction) -> None:
    for kind in SEARCHED:
        tx.execute(
            f"INSERT INTO main.{kind.index} (rowid, words)"
            " SELECT place, words FROM segment.search_entry WHERE kind = ? ORDER BY place",
            [kind.number],
        )
    tx.execute(
        "INSERT INTO main.search_word (word, uses) SELECT word, uses FROM segment.search_word"
        " WHERE true ORDER BY word ON CONFLICT (word) DO UPDATE SET uses = uses + excluded.uses"
    )
    for table in ("search_entry", "search_phone", "search_misspelling"):
        tx.execute(
            f"INSERT OR IGNORE INTO main.{table} SELECT * FROM segment.{table} ORDER BY 1, 2"
        )


def _copy_memberships(tx: RemoteTransaction) -> None:
    tx.execute(
        "INSERT OR IGNORE INTO main.membership (kind, uid, bucket, rv)"
        " SELECT kind, uid, bucket, rv FROM segment.membership ORDER BY kind, uid, bucket"
    )


def _remember(tx: RemoteTransaction, wanted: SegmentSet, loaded: int, *, begun: int) -> None:
    tx.execute(
        "INSERT OR REPLACE INTO sync_state (key, value) VALUES (?, ?)",
        [StateKey.SEGMENTS, json.dumps([wanted.name, loaded, begun])],
    )
