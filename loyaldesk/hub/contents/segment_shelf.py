"""Which segments are there for a first sync, who may take them, and how do new ones replace old?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

from loyaldesk.hub.access import buckets_granted
from loyaldesk.protocol.segments import SegmentSet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from loyaldesk.hub.access import Principal
    from loyaldesk.hub.contents.store import BlobStore
    from loyaldesk.hub.store import HubStore
    from loyaldesk.hub.transaction import Tx

__all__ = ["SegmentShelf"]

FOLDER = "segments/"
CHUNK_BYTES = 1 << 20
LOADING = timedelta(days=1)


class SegmentShelf:
    """The sets of segments of a hub; their files lie beside the contents of documents."""

    def __init__(self, store: HubStore, contents: BlobStore) -> None:
        self._store, self._contents = store, contents

    def publish(self, made: SegmentSet, folder: Path, *, now: datetime) -> None:
        """Store the files of a set and offer it.

        Sets of the same buckets from days before go: those of today somebody may still be loading.
        """
        for segment in made.segments:
            self._contents.compose(FOLDER + segment.sha256, _chunks(folder / segment.sha256))
        body = msgspec.json.encode(made).decode()
        row = (made.name, made.epoch, made.revision, body, now.isoformat())
        with self._store.transaction("segments") as tx:
            for name in (made.name, *_outdated(tx, made, now - LOADING)):
                tx.run("DELETE FROM segment_set WHERE name = ?", (name,))
            tx.run("INSERT INTO segment_set VALUES (?, ?, ?, ?, ?)", row)
        self._sweep()

    def offer(self, principal: Principal, *, epoch: str, revision: str) -> SegmentSet | None:
        """Return the set with most rows of all those that somebody may read whole."""
        granted = set(self._granted(principal))
        fitting = [
            each
            for each in self._sets()
            if each.epoch == epoch
            and each.revision == revision
            and granted.issuperset(each.buckets)
        ]
        return max(fitting, key=lambda each: (each.rows, each.name), default=None)

    def are_due(self, *, now: datetime, rows: int) -> bool:
        """Tell whether there are at least so many rows, and no set was made within the last day."""
        with self._store.snapshot("segments") as tx:
            live = tx.row("SELECT coalesce(sum(live), 0) FROM bucket_head")
            newest = tx.row("SELECT max(made_at) FROM segment_set")
        is_worth_it = live is not None and int(live[0]) >= rows
        is_old = newest is None or newest[0] is None or newest[0] < (now - LOADING).isoformat()
        return is_worth_it and is_old

    def size_of(self, principal: Principal, name: str, sha256: str) -> int | None:
        """Return the size of a file of a set, or None if it is not there for this principal."""
        granted = set(self._granted(principal))
        for each in self._sets():
            if each.name == name and granted.issuperset(each.buckets):
                return next((one.size for one in each.segments if one.sha256 == sha256), None)
        return None

    def read(self, sha256: str, start: int, stop: int) -> Iterator[bytes]:
        """Yield the bytes of a file from start to before stop."""
        return self._contents.read(FOLDER + sha256, start, stop)

    def _sets(self) -> list[SegmentSet]:
        with self._store.snapshot("segments") as tx:
            found = tx.rows("SELECT body FROM segment_set ORDER BY name")
        return [msgspec.json.decode(body, type=SegmentSet) for (body,) in found]

    def _granted(self, principal: Principal) -> list[str]:
        with self._store.snapshot("segments") as tx:
            return buckets_granted(principal, _existing(tx))

    def _sweep(self) -> None:
        """Delete the files that no set names any more."""
        wanted = {FOLDER + one.sha256 for each in self._sets() for one in each.segments}
        for name, _ in list(self._contents.names(FOLDER)):
            if name not in wanted:
                self._contents.delete(name)


def _existing(tx: Tx) -> list[str]:
    return [name for (name,) in tx.rows("SELECT bucket FROM bucket_head ORDER BY bucket")]


def _outdated(tx: Tx, made: SegmentSet, before: datetime) -> list[str]:
    sql = "SELECT name, body FROM segment_set WHERE made_at < ? ORDER BY name"
    found = tx.rows(sql, (before.isoformat(),))
    return [
        name
        for name, body in found
        if msgspec.json.decode(body, type=SegmentSet).buckets.keys() == made.buckets.keys()
    ]


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk
