"""Which contents does nobody need any more, and how do they go so that none is missed?

A content that nothing names is noted, and goes when nothing named it for 30 days. It goes in three
steps: it is marked as going, so that nobody is told it is there; then it is asked once more who
names it, now that whoever was told before has written down why; then bytes and row go.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from loyaldesk.hub.contents.access import is_named
from loyaldesk.hub.contents.engine import blob_name, part_name
from loyaldesk.hub.contents.uploads import blob_state, find_upload, instant, parts_of
from loyaldesk.hub.tables.contents import GOING, PRESENT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from loyaldesk.hub.contents.store import BlobStore
    from loyaldesk.hub.store import HubStore
    from loyaldesk.hub.transaction import Tx

__all__ = ["sweep_blobs"]

UNNEEDED_FOR = timedelta(days=30)
# What lies in the store without a row may be on its way to one.
STRAY_FOR = timedelta(days=1)
BATCH = 500


def sweep_blobs(hub: HubStore, files: BlobStore, *, now: datetime) -> int:
    """Remove expired uploads, what a crash left behind, and contents long unneeded.

    Returns how many contents went. May be stopped anywhere and run again, also by several at once.
    """
    _end_uploads(hub, files, now)
    _mark(hub, now)
    gone = [sha256 for sha256 in _due(hub, now) if _remove(hub, files, sha256, now)]
    _remove_strays(hub, files, now)
    return len(gone)


def _end_uploads(hub: HubStore, files: BlobStore, now: datetime) -> None:
    with hub.snapshot("blob-expired") as tx:
        expired = tx.rows("SELECT id FROM blob_upload WHERE expires_at <= ?", (instant(now),))
    for (upload,) in expired:
        with hub.transaction("blob-expire") as tx:
            parts = parts_of(tx, upload)
            tx.run("DELETE FROM blob_part WHERE upload = ?", (upload,))
            tx.run("DELETE FROM blob_upload WHERE id = ?", (upload,))
        for number, sha256 in parts.items():
            files.delete(part_name(upload, number, sha256))


def _mark(hub: HubStore, now: datetime) -> None:
    """Note since when a content is named by nothing; some at a time, so that pushes go between."""
    last = ""
    while True:
        with hub.transaction("blob-mark") as tx:
            found = tx.rows(
                "SELECT sha256, unneeded_since FROM blob WHERE sha256 > ? AND state = ?"
                " ORDER BY sha256 LIMIT ?",
                (last, PRESENT, BATCH),
            )
            for sha256, since in found:
                _mark_one(tx, sha256, since, instant(now))
        if not found:
            return
        last = found[-1][0]


def _mark_one(tx: Tx, sha256: str, since: str | None, now: str) -> None:
    wanted = None if is_named(tx, sha256, now=now) else since or now
    if wanted != since:
        tx.run("UPDATE blob SET unneeded_since = ? WHERE sha256 = ?", (wanted, sha256))


def _due(hub: HubStore, now: datetime) -> Iterator[str]:
    """Yield what is long unneeded, and what another sweep marked as going and did not end."""
    with hub.snapshot("blob-due") as tx:
        found = tx.rows(
            "SELECT sha256 FROM blob WHERE unneeded_since <= ? OR state = ? ORDER BY sha256",
            (instant(now - UNNEEDED_FOR), GOING),
        )
    yield from (sha256 for (sha256,) in found)


def _remove(hub: HubStore, files: BlobStore, sha256: str, now: datetime) -> bool:
    with hub.transaction("blob-going") as tx:
        tx.run("UPDATE blob SET state = ? WHERE sha256 = ?", (GOING, sha256))
    with hub.transaction("blob-ask-again") as tx:
        if is_named(tx, sha256, now=instant(now)):
            tx.run(
                "UPDATE blob SET state = ?, unneeded_since = NULL WHERE sha256 = ?",
                (PRESENT, sha256),
            )
            return False
    files.delete(blob_name(sha256))
    with hub.transaction("blob-gone") as tx:
        tx.run("DELETE FROM blob WHERE sha256 = ? AND state = ?", (sha256, GOING))
    return True


def _remove_strays(hub: HubStore, files: BlobStore, now: datetime) -> None:
    """Remove bytes that no row speaks of: a crash came between the bytes and the row."""
    for name, stored_at in files.names("uploads/"):
        if stored_at < now - STRAY_FOR and not _has_upload(hub, name.split("/")[1], now):
            files.delete(name)
    for name, stored_at in files.names("blobs/"):
        sha256 = name.rpartition("/")[2]
        if stored_at < now - STRAY_FOR and not _is_known(hub, sha256, now):
            files.delete(name)


def _has_upload(hub: HubStore, upload: str, now: datetime) -> bool:
    with hub.snapshot("blob-stray-part") as tx:
        return find_upload(tx, upload, now=now) is not None


def _is_known(hub: HubStore, sha256: str, now: datetime) -> bool:
    with hub.snapshot("blob-stray") as tx:
        return bool(blob_state(tx, sha256)) or is_named(tx, sha256, now=instant(now))
