"""How are the segments of a set loaded into an empty desk, while its window is open?

Each is one transaction: what is there is whole after it, and a desk that died goes on at the next.
Ids are those of the segments; only a desk that had no rows of its own before the first may load it.
"""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from loyaldesk.store.connection import translated
from loyaldesk.sync.first.progress import Loaded, forget_loaded, read_loaded, write_loaded
from loyaldesk.sync.first.putting_newest import OWN_DEFAULTS, put_newest
from loyaldesk.sync.first.replacing import replace_tables
from loyaldesk.sync.first.slices import slices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyaldesk.protocol.segments import SegmentSet
    from loyaldesk.store.connection import Connection
    from loyaldesk.store.store import Store

__all__ = ["finish_segments", "leave_to_pages", "load_segment", "segments_loaded"]

LABEL = "First sync"


def segments_loaded(store: Store, wanted: SegmentSet) -> int | None:
    """Return how many segments of the set are loaded; None if the desk cannot take the set.

    It cannot with rows of its own, or with those of another set.
    """
    with store.between_writes() as connection:
        loaded = read_loaded(connection)
        if loaded is not None:
            return loaded.segments if loaded.name == wanted.name else None
        is_empty = all(
            connection.execute(f"SELECT 1 FROM {each.table} LIMIT 1").fetchone() is None
            for each in slices()
            if each.table not in OWN_DEFAULTS
        )
    return 0 if is_empty else None


def load_segment(store: Store, plain: Path, wanted: SegmentSet, number: int) -> None:
    """Copy one segment into the desk, and remember that it is loaded.

    Raises Unavailable if it does not fit the desk, or if the desk was worked with in a way that
    does not go with it; nothing of it is there then.
    """
    tables = wanted.segments[number].tables
    with closing(store.bulk_writer()) as connection:
        connection.execute("ATTACH DATABASE ? AS segment KEY ''", [str(plain)])
        connection.execute(f"PRAGMA foreign_keys = {int(not tables)}")
        with store.turn, _transaction(connection):
            before = read_loaded(connection) or Loaded(wanted.name, 0, _last_change(connection))
            if tables:
                replace_tables(connection, tables, since=before.since)
            else:
                put_newest(connection)
            write_loaded(connection, Loaded(wanted.name, number + 1, before.since))
    if number in {0, len(wanted.segments) - 1}:
        with store.remote_transaction(LABEL) as tx:
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
        forget_loaded(tx.connection)


def leave_to_pages(store: Store) -> None:
    """Have pages go through all that was loaded of a set: what they do not list has to go again.

    Search knows the newest only until the last segment is loaded; so it is made anew.
    """
    with store.remote_transaction(LABEL) as tx:
        loaded = read_loaded(tx.connection)
        if loaded is None:
            return
        tx.execute(
            "INSERT OR IGNORE INTO bucket (name, seq, boot_floor, is_reset)"
            " SELECT DISTINCT bucket, 0, 0, 1 FROM membership"
        )
        forget_loaded(tx.connection)
    if loaded.segments > 1:
        store.rebuild_index()


@contextmanager
def _transaction(connection: Connection) -> Iterator[None]:
    with translated():
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _last_change(connection: Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM change").fetchone()[0])
