"""What does the hub remember of a content on its way in: its upload, and the parts that came?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.hub.refusals import Refusal
from loyaldesk.hub.tables.contents import PRESENT
from loyaldesk.protocol.parts import part_size

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from loyaldesk.hub.transaction import Tx
    from loyaldesk.protocol.blobs import BlobNamed

__all__ = [
    "Upload", "add_part", "blob_state", "find_upload", "instant", "open_upload", "parts_of",
    "put_blob",
]  # fmt: skip

# What one device may have begun and not ended.
MOST_UPLOADS = 50
MOST_BYTES = 2_000_000_000
QUOTA_RETRY_S = 3600.0
TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class Upload:
    """One content that a device is bringing."""

    id: str
    sha256: str
    size: int
    part_size: int
    device: str


_UPLOAD = "SELECT id, sha256, size, part_size, device FROM blob_upload"


def instant(at: datetime) -> str:
    """Return an instant as it is kept: of one length, so that later ones sort behind."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def find_upload(tx: Tx, upload_id: str, *, now: datetime) -> Upload | None:
    """Return an upload that has not expired, or None."""
    found = tx.row(f"{_UPLOAD} WHERE id = ? AND expires_at > ?", (upload_id, instant(now)))
    return None if found is None else Upload(*found)


def open_upload(
    tx: Tx,
    named: BlobNamed,
    *,
    device: str,
    now: datetime,
    life: timedelta,
    new_uid: Callable[[], str],
) -> Upload:
    """Return the device's upload of a content, begun now if there is none, or refuse one more."""
    found = tx.row(
        f"{_UPLOAD} WHERE device = ? AND sha256 = ? AND size = ? AND expires_at > ? ORDER BY id",
        (device, named.sha256, named.size, instant(now)),
    )
    if found is not None:
        return Upload(*found)
    _check_quota(tx, device, named.size, now)
    fresh = Upload(new_uid(), named.sha256, named.size, part_size(named.size), device)
    tx.run(
        "INSERT INTO blob_upload (id, sha256, size, part_size, device, expires_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (fresh.id, fresh.sha256, fresh.size, fresh.part_size, device, instant(now + life)),
    )
    return fresh


def parts_of(tx: Tx, upload_id: str) -> dict[int, str]:
    """Return the hashes of the parts that came, by number, in order."""
    return dict(
        tx.rows(
            "SELECT number, sha256 FROM blob_part WHERE upload = ? ORDER BY number", (upload_id,)
        )
    )


def add_part(tx: Tx, upload_id: str, number: int, sha256: str) -> str | None:
    """Note that a part came and return the hash of the one whose place it took, or None."""
    there = tx.row(
        "SELECT sha256 FROM blob_part WHERE upload = ? AND number = ?", (upload_id, number)
    )
    tx.run(
        "INSERT INTO blob_part (upload, number, sha256) VALUES (?, ?, ?)"
        " ON CONFLICT (upload, number) DO UPDATE SET sha256 = excluded.sha256",
        (upload_id, number, sha256),
    )
    return None if there is None else str(there[0])


def blob_state(tx: Tx, sha256: str) -> str:
    """Return whether a content is present, or going; empty where it is not there."""
    found = tx.row("SELECT state FROM blob WHERE sha256 = ?", (sha256,))
    return "" if found is None else str(found[0])


def put_blob(tx: Tx, sha256: str, size: int, *, now: datetime) -> None:
    """Note that the content lies in the store, whole."""
    tx.run(
        "INSERT INTO blob (sha256, size, state, stored_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (sha256) DO NOTHING",
        (sha256, size, PRESENT, instant(now)),
    )


def _check_quota(tx: Tx, device: str, size: int, now: datetime) -> None:
    count, total = tx.rows(
        "SELECT count(*), coalesce(sum(size), 0) FROM blob_upload"
        " WHERE device = ? AND expires_at > ?",
        (device, instant(now)),
    )[0]
    if count >= MOST_UPLOADS or int(total) + size > MOST_BYTES:
        raise Refusal(
            "busy",
            "This computer has too many uploads that did not end. Nothing was stored. They go on "
            "by themselves; this one follows.",
            status=TOO_MANY,
            retry_after_s=QUOTA_RETRY_S,
        )
