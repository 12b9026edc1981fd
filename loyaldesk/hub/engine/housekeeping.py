"""What does the hub forget, and when? Never a record: only what no desk can ask for any more."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from loyaldesk.protocol.stamps import instant_text

if TYPE_CHECKING:
    from datetime import datetime

    from loyaldesk.hub.store import HubStore
    from loyaldesk.hub.transaction import Tx

__all__ = ["collect_tombstones", "forget_answers"]

TOMBSTONES_DAYS, ANSWERS_DAYS, UUIDS_DAYS = 180, 90, 180
_ANSWERS_KEPT = 1_000
_LAST = "SELECT max(seq) FROM bucket_entry WHERE bucket = ? AND op <> 'P' AND at_s < ?"
_DROP = "DELETE FROM bucket_entry WHERE bucket = ? AND op <> 'P' AND at_s < ? AND seq <= ?"


def collect_tombstones(hub: HubStore, *, before: datetime) -> int:
    """Drop entries that tell of rows gone before then, and return how many.

    A bucket's floor rises to the last of them: a desk that has not read so far reads it anew.
    """
    at_s = int(before.timestamp())
    with hub.snapshot("tombstones") as tx:
        buckets = [name for (name,) in tx.rows("SELECT bucket FROM bucket_head ORDER BY bucket")]
    return sum(hub.repeat("tombstones", partial(_collect, bucket, at_s)) for bucket in buckets)


def _collect(bucket: str, at_s: int, tx: Tx) -> int:
    found = tx.row(_LAST, (bucket, at_s))
    if found is None or found[0] is None:
        return 0
    tx.run("UPDATE bucket_head SET floor = ? WHERE bucket = ?", (found[0], bucket))
    return tx.run(_DROP, (bucket, at_s, found[0]))


def forget_answers(hub: HubStore, now: datetime) -> None:
    """Forget outcomes of 90 days ago, but of each desk's last thousand, and uuids of 180 days ago.

    A uuid begins with its time, so the oldest are a range.
    """
    answered = instant_text(now - timedelta(days=ANSWERS_DAYS))
    oldest = int((now - timedelta(days=UUIDS_DAYS)).timestamp() * 1000)

    def work(tx: Tx) -> None:
        tx.run(
            "DELETE FROM mutation_result WHERE at < ? AND no <= (SELECT last_no FROM client"
            " WHERE client.id = mutation_result.client_id) - ?",
            (answered, _ANSWERS_KEPT),
        )
        tx.run("DELETE FROM applied_uuid WHERE uuid < ?", (f"{oldest:012x}",))

    hub.repeat("forget", work)
