"""What has changed since a desk last read? Pages of rows, each from one snapshot.

The reader's place in a bucket is a number, and numbers are given in the order of commits, so what
lies above it is exactly what the desk has not seen. A row that changes while pages are read moves
above every number handed out and is met again: at `done` the desk has the state of one snapshot.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from loyaldesk.hub.access import Verb, authorise, buckets_granted
from loyaldesk.hub.engine.heads import NO_HEAD, BucketHead, heads_of
from loyaldesk.hub.state import epoch_of
from loyaldesk.protocol.messages import (
    NO_ROW,
    Entry,
    Head,
    Known,
    KnownAsked,
    Problem,
    Pull,
    Pulled,
    Reply,
    Verified,
    Verify,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.hub.access import Principal
    from loyaldesk.hub.store import HubStore
    from loyaldesk.hub.transaction import Tx
    from loyaldesk.protocol.messages import Cursor

__all__ = ["answer_known", "answer_pull", "answer_verify", "wrong_epoch"]

_MOST_ROWS, _MOST_BYTES, _MOST_UUIDS = 5_000, 8_000_000, 10_000
# What the names of an entry take beside its row.
_ENTRY_BYTES = 90
# A page ends with its bytes or its rows. To read little that it has no room for, no more is read at
# once than rows of this size would fill it with, and then of the size that was met.
_LARGE_BYTES = 4_000
_PAGE = (
    "SELECT b.seq, b.op, b.kind, b.id, b.rv, e.row FROM bucket_entry b"
    " LEFT JOIN entity e ON b.op = 'P' AND e.kind = b.kind AND e.id = b.id"
    " WHERE b.bucket = ? AND b.seq > ? AND b.seq <= ? AND (b.op = 'P' OR b.seq > ?)"
    " ORDER BY b.seq LIMIT ?"
)


@dataclass(slots=True)
class _Page:
    """A page that is being filled."""

    rows_left: int
    bytes_left: int
    bytes_used: int = 0
    rows: list[Entry] = field(default_factory=list)
    cursors: dict[str, Cursor] = field(default_factory=dict)
    is_full: bool = False

    def room(self) -> int:
        """Return how many more rows may fit, at least one into a page that has none."""
        if not self.rows:
            return min(self.rows_left, max(self.bytes_left // _LARGE_BYTES, 1))
        return min(self.rows_left, max(self.bytes_left, 0) * len(self.rows) // self.bytes_used)

    def add(self, bucket: str, found: Sequence[tuple[Any, ...]], seq: int) -> int:
        """Add the entries of a bucket that fit, and return the number of the last (or `seq`)."""
        rows, before, left = self.rows, len(self.rows), self.bytes_left
        for number, op, kind, uid, rv, row in found:
            body = NO_ROW if row is None else msgspec.Raw(row)
            left -= _ENTRY_BYTES + len(memoryview(body))
            if left < 0 and rows:
                self.is_full = True
                break
            rows.append(Entry(bucket, number, op, kind, uid, rv, body))
            seq = number
        self.bytes_used += self.bytes_left - left
        self.bytes_left = left
        self.rows_left -= len(rows) - before
        self.is_full = self.is_full or self.rows_left == 0
        return seq


def answer_pull(hub: HubStore, principal: Principal, head: Head, pull: Pull) -> Reply:
    """Return the next page of what the principal may read; at least one row if there is any."""
    with hub.snapshot("pull") as tx:
        problem = wrong_epoch(tx, head)
        if problem:
            return problem
        sees_all = principal.territories is None
        heads = heads_of(tx, None if sees_all else buckets_granted(principal, ()))
        granted = buckets_granted(principal, heads)
        ahead = [name for name in granted if _is_ahead(pull.cur.get(name), heads.get(name))]
        if ahead:
            return Problem(err="ahead", sentence=f"The desk has read more of {ahead[0]} than is.")
        return _pulled(tx, pull, {name: heads.get(name, NO_HEAD) for name in granted})


def _pulled(tx: Tx, pull: Pull, heads: dict[str, BucketHead]) -> Pulled:
    resets = [name for name, head in heads.items() if _must_restart(pull.cur.get(name), head)]
    page = _Page(min(max(pull.limit, 1), _MOST_ROWS), min(max(pull.max_bytes, 1), _MOST_BYTES))
    restarted = frozenset(resets)
    for name, head in heads.items():
        start = (0, head.seq) if name in restarted else pull.cur[name]
        page.cursors[name] = start
        if start[0] < head.seq and not page.is_full:
            _fill(tx, page, name, head)
    done = all(page.cursors[name][0] == head.seq for name, head in heads.items())
    return Pulled(
        rows=page.rows,
        cur=page.cursors,
        done=done,
        resets=resets,
        revoked=sorted(set(pull.cur) - set(heads)),
        heads={name: head.told() for name, head in heads.items()} if done else {},
    )


def _fill(tx: Tx, page: _Page, bucket: str, head: BucketHead) -> None:
    """Add what fits of one bucket, and move its cursor behind the last row that was added."""
    seq, boot_floor = page.cursors[bucket]
    is_left = True
    while is_left and not page.is_full:
        most = page.room()
        found = tx.rows(_PAGE, (bucket, seq, head.seq, boot_floor, most)) if most else []
        seq = page.add(bucket, found, seq)
        page.is_full = page.is_full or not most
        is_left = len(found) == most
    page.cursors[bucket] = (seq if page.is_full else head.seq, boot_floor)


def _must_restart(cursor: Cursor | None, head: BucketHead) -> bool:
    """Say whether the desk reads the bucket from nothing: new to it, or too long away.

    Tombstones up to the floor are gone; a desk that began reading above it needs none of them.
    """
    return cursor is None or head.floor > max(cursor)


def _is_ahead(cursor: Cursor | None, head: BucketHead | None) -> bool:
    return cursor is not None and cursor[0] > (head or NO_HEAD).seq


def answer_known(hub: HubStore, _principal: Principal, asked: KnownAsked) -> Reply:
    """Return those of the edits that were answered in this epoch or before its backup."""
    if len(asked.uuids) > _MOST_UUIDS:
        sentence = f"No more than {_MOST_UUIDS} edits can be asked about at once."
        return Problem(err="too-large", sentence=sentence)
    with hub.snapshot("known") as tx:
        found = tx.rows_of("SELECT uuid FROM applied_uuid WHERE uuid IN {}", asked.uuids)
        return Known(sorted(uuid for (uuid,) in found))


def answer_verify(hub: HubStore, principal: Principal, head: Head, asked: Verify) -> Reply:
    """Return kind, uid and version of every live row of a bucket that the principal reads."""
    with hub.snapshot("verify") as tx:
        problem = wrong_epoch(tx, head)
        if problem:
            return problem
        if not authorise(principal, Verb.READ, [asked.bucket]):
            return Problem(err="unknown", sentence="There is no such bucket for this desk.")
        found = tx.rows(
            "SELECT kind, id, rv FROM bucket_entry WHERE bucket = ? AND op = 'P' ORDER BY kind, id",
            (asked.bucket,),
        )
        return Verified(
            rows=[(kind, uid, rv) for kind, uid, rv in found],
            head=heads_of(tx, [asked.bucket]).get(asked.bucket, NO_HEAD).told(),
        )


def wrong_epoch(tx: Tx, head: Head) -> Problem | None:
    """Return the problem of a desk that knows another epoch of this hub than the present one."""
    epoch = epoch_of(tx)
    if head.epoch == epoch:
        return None
    return Problem(
        err="epoch",
        epoch=epoch,
        sentence="The hub was restored to an earlier day; the desk compares what both know.",
    )
