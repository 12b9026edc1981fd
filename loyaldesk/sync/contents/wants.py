"""How does a person ask for the content of a document, or that it stays on this computer?

What is asked is remembered: it comes when the hub can be reached. All of it is of this desk alone;
nobody else sees it, and undo does not know it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.sync.contents.book import NOW

if TYPE_CHECKING:
    from loyaldesk.store.remote import RemoteTransaction
    from loyaldesk.store.store import Store

__all__ = ["keep_customer", "keep_paper", "want_content"]

_WANT = """
INSERT INTO blob (sha256, direction, size, answer)
SELECT lower(hex(sha256)), 'down', size, :answer FROM stored_file WHERE sha256 = :sha256
ON CONFLICT (sha256, direction) DO UPDATE SET answer = excluded.answer, tries = 0, next_try = NULL
"""


def want_content(store: Store, *, sha256: bytes) -> None:
    """Let a content come before all others: somebody looks at its document."""
    with store.remote_transaction("Fetch a document") as tx:
        tx.execute(_WANT, {"sha256": sha256, "answer": NOW})
        _touch(tx, sha256)


def keep_paper(store: Store, *, sha256: bytes, kept: bool) -> None:
    """Keep the content of a document on this computer, or let it leave when room is needed."""
    with store.remote_transaction("Keep a document for offline") as tx:
        tx.execute("DELETE FROM blob WHERE sha256 = ? AND direction = 'keep'", [sha256.hex()])
        if kept:
            tx.execute(
                "INSERT INTO blob (sha256, direction, size) VALUES (?, 'keep', 0)", [sha256.hex()]
            )
            tx.execute(_WANT, {"sha256": sha256, "answer": NOW})
        _touch(tx, sha256)


def keep_customer(store: Store, *, customer_id: int, kept: bool) -> None:
    """Keep the papers of a customer's last 90 days on this computer, or let them leave."""
    with store.remote_transaction("Keep papers for offline") as tx:
        key = tx.value(
            "SELECT 'keep:' || lower(hex(uid)) FROM customer WHERE id = ?", [customer_id]
        )
        tx.execute("DELETE FROM sync_state WHERE key = ?", [key])
        if kept:
            tx.execute("INSERT INTO sync_state (key, value) VALUES (?, '1')", [key])
        # So that what is missing comes soon.
        tx.execute("DELETE FROM sync_state WHERE key = 'blob_planned_at'")
        tx.touch("stored_file", _ids_of_customer(tx, customer_id))


def _ids_of_customer(tx: RemoteTransaction, customer_id: int) -> list[int]:
    found = tx.rows("SELECT DISTINCT file_id FROM document WHERE customer_id = ?", [customer_id])
    return [file_id for (file_id,) in found]


def _touch(tx: RemoteTransaction, sha256: bytes) -> None:
    found = tx.rows("SELECT id FROM stored_file WHERE sha256 = ?", [sha256])
    tx.touch("stored_file", [file_id for (file_id,) in found])
