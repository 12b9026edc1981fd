"""Which edits of rows that travel did an action make? They are kept for the hub with it.

An action is one edit of each row, whatever it took: a create with the whole row, a delete, or the
fields that differ in the end. Lines are a field of their order or invoice.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from loyaldesk.protocol.kinds import KINDS
from loyaldesk.store.captured_rows import captured_rows
from loyaldesk.store.connection import to_sql
from loyaldesk.store.hub_link import read_link
from loyaldesk.store.loose import forget_loose
from loyaldesk.store.outbox import Edit, keep_edits
from loyaldesk.store.trails import read_trails
from loyaldesk.store.uids import new_uids
from loyaldesk.store.wire_rows import rows_by_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from loyaldesk.protocol.kinds import Kind
    from loyaldesk.store.captured_rows import Captured
    from loyaldesk.store.connection import Connection
    from loyaldesk.store.gate import Transaction
    from loyaldesk.store.reader import Source
    from loyaldesk.store.remote import RemoteTransaction

__all__ = ["capture", "queue_everything"]

CHUNK_ROWS = 2_000


def capture(tx: Transaction, connection: Connection) -> None:
    """Keep for the hub what a transaction did; the store calls it before it commits."""
    if tx.group_id is None:
        return
    trails = read_trails(tx, tx.group_id, tx.deleted)
    queue = _Queue(connection, tx.actor, tx.label, tx.now)
    for kind in KINDS.values():
        queue.keep(_creates(tx, kind, trails.ranges.get(kind.table, ())))
    rows = captured_rows(tx, trails)
    queue.keep(_edits(rows))
    forget_loose(connection, tx, [(each.kind, each.uid, each.after) for each in rows])


def queue_everything(tx: RemoteTransaction, *, actor: str, label: str) -> None:
    """Keep every row of the file for the hub as made here: the hub is empty, and we fill it.

    Mails that wait stay this desk's to send.
    """
    _claim_mails(tx)
    queue = _Queue(tx.connection, actor, label, tx.now)
    for kind in KINDS.values():
        last = tx.value(f"SELECT coalesce(max(id), 0) FROM {kind.table}")
        queue.keep(_creates(tx, kind, [range(1, last + 1)]))


def _claim_mails(tx: RemoteTransaction) -> None:
    link = read_link(tx.connection)
    unclaimed = [mail_id for (mail_id,) in tx.rows("SELECT id FROM mail WHERE desk = ''")]
    tx.execute("UPDATE mail SET desk = ? WHERE desk = ''", [link.desk_code if link else ""])
    tx.touch("mail", unclaimed)


@dataclass(frozen=True, slots=True)
class _Queue:
    connection: Connection
    actor: str
    label: str
    now: datetime

    def keep(self, edits: Iterator[Edit]) -> None:
        """Put the edits into the outbox, a bounded number of them in memory at a time."""
        while batch := list(islice(edits, CHUNK_ROWS)):
            uids = (uid.hex() for uid in new_uids(self.now, len(batch)))
            keep_edits(
                self.connection,
                batch,
                actor=self.actor,
                label=self.label,
                now=to_sql(self.now),
                new_uid=partial(next, uids),
            )


def _creates(source: Source, kind: Kind, ranges: Iterable[range]) -> Iterator[Edit]:
    for ids in ranges:
        for start in range(ids.start, ids.stop, CHUNK_ROWS):
            chunk = range(start, min(start + CHUNK_ROWS, ids.stop))
            for uid, row in rows_by_id(source, kind, chunk).values():
                yield Edit(kind.name, uid, "create", after=row)


def _edits(rows: list[Captured]) -> Iterator[Edit]:
    """Yield what is new before what may refer to it; what goes, after all that referred to it."""
    for each in rows:
        if each.before is None and each.after is not None:
            yield Edit(each.kind.name, each.uid, "create", after=each.after)
    for each in rows:
        if each.before is not None and each.after is not None and (changes := each.changes()):
            yield Edit(each.kind.name, each.uid, "edit", each.before, each.after, changes)
    for each in reversed(rows):
        if each.before is not None and each.after is None:
            yield Edit(each.kind.name, each.uid, "delete", each.before, changes=each.changes())
