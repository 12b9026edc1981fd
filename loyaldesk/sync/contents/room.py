"""Which contents leave this disk when they take too much room?

Those that the hub has for certain, that nobody used for long, the longest unused first. What only
this disk has, what is to be kept for offline and what a mail still needs never leaves.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.contents.download import is_at_hub
from loyaldesk.sync.contents.kept import KEPT_HERE, kept_since

if TYPE_CHECKING:
    from loyaldesk.sync.contents.steps import BlobFiles, BlobSteps
    from loyaldesk.sync.engine.desk import Desk

__all__ = ["DEFAULT_QUOTA", "make_room"]

DEFAULT_QUOTA = 2_000_000_000
RECENT = timedelta(days=14)
BATCH = 2_000
_ALL = "SELECT id, sha256 FROM stored_file WHERE id > ? ORDER BY id LIMIT ?"
# What may leave, if the hub confirms it: nothing that is kept, nothing that a mail has yet to send.
_FREE = f"""
SELECT f.sha256, b.size FROM blob AS b JOIN stored_file AS f ON f.sha256 = unhex(b.sha256)
 WHERE b.direction = 'up' AND b.answer = 'present'
   AND (EXISTS (SELECT 1 FROM document AS r WHERE r.file_id = f.id)
     OR f.id IN (SELECT m.file_id FROM mail AS m))
   AND f.id NOT IN (SELECT m.file_id FROM mail AS m
                     WHERE m.state IN ('queued', 'sending', 'failed'))
   AND f.id NOT IN ({KEPT_HERE})
 ORDER BY f.id
"""


def make_room(desk: Desk, files: BlobFiles) -> BlobSteps[int]:
    """Remove contents until the rest fits the quota; return how many bytes were freed.

    The hub is asked about each right before it goes: what it had once it may have lost since.
    """
    over = _used(desk, files) - _quota(desk)
    freed = 0
    for sha256, size in _unused(desk, files) if over > 0 else ():
        if freed >= over:
            break
        if (yield from is_at_hub(sha256, size)) and files.remove(sha256):
            freed += size
    return freed


def _quota(desk: Desk) -> int:
    return int(desk.state(StateKey.BLOB_QUOTA) or DEFAULT_QUOTA)


def _used(desk: Desk, files: BlobFiles) -> int:
    total, last = 0, 0
    while True:
        with desk.transaction("blob-weigh") as tx:
            found = tx.connection.execute(_ALL, [last, BATCH]).fetchall()
        if not found:
            return total
        total += sum(files.size_of(sha256) or 0 for _, sha256 in found)
        last = found[-1][0]


def _unused(desk: Desk, files: BlobFiles) -> list[tuple[bytes, int]]:
    """Return what may leave (hash, bytes), the longest unused first."""
    now = desk.clock().astimezone(UTC)
    with desk.transaction("blob-free") as tx:
        found = tx.connection.execute(_FREE, {"since": kept_since(now)}).fetchall()
    border = (now - RECENT).timestamp()
    dated = [
        (used_at, sha256, size)
        for sha256, size in found
        if (used_at := files.used_at(sha256)) is not None and used_at < border
    ]
    return [(sha256, size) for _, sha256, size in sorted(dated)]
