"""Which contents are kept on this computer, to be there without a network?

Documents that are pinned, or kept here by hand; and of the last 90 days those of key customers, of
customers kept here by hand, and of open orders. What is kept by hand is of this desk alone: a
customer as `keep:<uid>` in `sync_state`, a document by its content, as `keep` in `blob`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from loyaldesk.store.connection import to_sql
from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.contents.book import note_wanted

if TYPE_CHECKING:
    from datetime import datetime

    from loyaldesk.sync.contents.steps import BlobFiles
    from loyaldesk.sync.engine.desk import Desk

__all__ = ["KEPT_HERE", "kept_since", "plan_kept"]

KEPT_DAYS = 90
PLAN_EVERY = timedelta(minutes=15)
STOCK_EVERY = timedelta(days=1)
MOST_PLANNED = 2_000
# Of the quota of this disk; the rest is for what is opened on demand.
KEPT_SHARE = 0.8

# The stored files (by id) that are kept; `:since` is the first day of the last 90.
KEPT_HERE = """
SELECT d.file_id FROM document AS d WHERE d.is_pinned = 1
UNION SELECT k.id FROM stored_file AS k JOIN blob AS b ON unhex(b.sha256) = k.sha256
       WHERE b.direction = 'keep'
UNION SELECT d.file_id FROM customer AS c JOIN document AS d ON d.customer_id = c.id
       WHERE d.filed_on >= :since AND (c.is_key_account = 1
          OR EXISTS (SELECT 1 FROM sync_state AS s WHERE s.key = 'keep:' || lower(hex(c.uid))))
UNION SELECT d.file_id FROM sales_order AS o
       JOIN document_link AS l ON l.linked_kind = 'order' AND l.linked_id = o.id
       JOIN document AS d ON d.id = l.document_id
       WHERE d.filed_on >= :since AND o.status NOT IN ('invoiced', 'closed', 'cancelled')
"""
_WANTED = f"""
SELECT f.sha256, f.size FROM stored_file AS f WHERE f.id IN ({KEPT_HERE})
 ORDER BY f.id DESC LIMIT {MOST_PLANNED}
"""


def kept_since(now: datetime) -> str:
    """Return the first day whose documents are kept because of their customer or order."""
    return str(to_sql((now - timedelta(days=KEPT_DAYS)).date()))


def plan_kept(desk: Desk, files: BlobFiles, *, quota: int) -> bool:
    """Note what is kept and not here, newest first, up to the quota; False if it was done lately.

    Once a day the whole disk is looked at again, in case contents came by another way.
    """
    now = desk.clock()
    planned_at = desk.state(StateKey.BLOB_PLANNED)
    if planned_at and to_sql(now - PLAN_EVERY) < planned_at <= to_sql(now):
        return False
    with desk.transaction("blob-plan") as tx:
        found = tx.connection.execute(_WANTED, {"since": kept_since(now)}).fetchall()
        if planned_at[:10] != to_sql(now)[:10]:
            tx.remember(StateKey.BLOB_STOCK, "")
        tx.remember(StateKey.BLOB_PLANNED, to_sql(now))
    note_wanted(desk, _fitting(found, files, int(quota * KEPT_SHARE)))
    return True


def _fitting(
    found: list[tuple[bytes, int]], files: BlobFiles, room: int
) -> list[tuple[bytes, int]]:
    missing = []
    for sha256, size in found:
        room -= size
        if room < 0:
            break
        if not files.has(sha256):
            missing.append((sha256, size))
    return missing
