"""What becomes of contents whose documents this desk may no longer have?

A document that leaves with its territory leaves a mark of its content in `blob`.
Once no document and no mail names the content, and the hub has it for certain, it goes from this
disk with all that is known of it. What only this disk has stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyaldesk.sync.contents.steps import BlobFiles
    from loyaldesk.sync.engine.desk import Desk, Tx

__all__ = ["forget_dropped"]

# Files removed in one transaction, so that whoever saves meanwhile waits for a few only.
BATCH = 20
_DROPPED = """
SELECT b.sha256, f.id,
       EXISTS (SELECT 1 FROM document AS r WHERE r.file_id = f.id)
       OR f.id IN (SELECT m.file_id FROM mail AS m),
       (SELECT u.answer FROM blob AS u WHERE u.sha256 = b.sha256 AND u.direction = 'up')
  FROM blob AS b LEFT JOIN stored_file AS f ON f.sha256 = unhex(b.sha256)
 WHERE b.direction = 'dropped' AND b.sha256 > ? ORDER BY b.sha256 LIMIT ?
"""


def forget_dropped(desk: Desk, files: BlobFiles) -> int:
    """Remove marked contents that nothing names any more; return how many went."""
    gone, last = 0, ""
    while True:
        with desk.transaction("blob-dropped") as tx:
            found = tx.connection.execute(_DROPPED, [last, BATCH]).fetchall()
            for sha256, file_id, is_named, answer in found:
                if is_named:
                    _unmark(tx, sha256)
                elif _is_removed(files, bytes.fromhex(sha256), answer):
                    _erase(tx, sha256, file_id)
                    gone += 1
        if len(found) < BATCH:
            return gone
        last = found[-1][0]


def _is_removed(files: BlobFiles, sha256: bytes, answer: str | None) -> bool:
    """Take a content off this disk unless only this disk has it; tell whether it is not here."""
    files.arriving.forget(sha256)
    if not files.has(sha256):
        return True
    return answer == "present" and files.remove(sha256)


def _unmark(tx: Tx, sha256: str) -> None:
    tx.connection.execute("DELETE FROM blob WHERE sha256 = ? AND direction = 'dropped'", [sha256])


def _erase(tx: Tx, sha256: str, file_id: int | None) -> None:
    tx.connection.execute("DELETE FROM blob WHERE sha256 = ?", [sha256])
    tx.connection.execute("DELETE FROM stored_file WHERE id = ?", [file_id])
