"""How is a page kept, with the cursor behind it, before anything of it is shown?

A page says nothing about what people see until one says `done`. What belongs to a bucket that
restarts, or that this desk may no longer read, is thrown out of what was staged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.protocol.kinds import KINDS
from loyaldesk.protocol.messages import Pull
from loyaldesk.store.outbox import HIDDEN, LEAVING
from loyaldesk.sync.engine.bases import has_kept
from loyaldesk.sync.engine.stage import Stage, read_stage, write_stage

if TYPE_CHECKING:
    import msgspec

    from loyaldesk.protocol.messages import Cursor, Entry, Pulled
    from loyaldesk.sync.engine.desk import Desk, Limits, Tx
    from loyaldesk.sync.engine.inbox import Staged

__all__ = ["drop_lost", "drop_stage", "is_news", "next_pull", "reread", "stage_page"]

# The key of an inbox row: the rank of its kind above, the order of arrival below. So rows come
# after those they need when they are read by key, and those of one kind as they arrived.
RANK_SHIFT = 40
_RANKS = {name: rank for rank, name in enumerate(KINDS)}
_UNKNOWN_RANK = len(_RANKS)


def next_pull(tx: Tx, limits: Limits, *, failures: int) -> Pull:
    """Return the request for the next page; pages shrink while the network fails."""
    smaller = min(failures, 6)
    return Pull(
        cur=_cursors(tx),
        limit=max(1, limits.page_rows >> smaller),
        max_bytes=max(1, limits.page_bytes >> smaller),
    )


def is_news(tx: Tx, page: Pulled, *, was_refused: bool) -> bool:
    """Tell whether the page moves anything, ends what was staged before, or settles a row.

    A refused edit may have kept a row that no bucket holds, or brought back what others need.
    """
    if page.rows or page.resets or page.revoked or read_stage(tx).rows or not page.done:
        return True
    is_settled = has_kept(tx.connection, LEAVING) or (
        was_refused and has_kept(tx.connection, HIDDEN)
    )
    return page.cur != _read_cursors(tx) or is_settled


def stage_page(tx: Tx, page: Pulled) -> int:
    """Put the page into the inbox, move the staged cursor behind it, and return its rows."""
    stage = read_stage(tx)
    for name in page.revoked:
        _throw_out(tx, name)
        tx.connection.execute("UPDATE bucket SET is_revoked = 1 WHERE name = ?", [name])
    for name in page.resets:
        _restart(tx, name)
    before = {name: cursor[0] for name, cursor in _staged(tx).items()}
    fresh = [each for each in page.rows if _continues(each, page, before)]
    if not stage.rows:
        tx.inbox.begin()
    tx.inbox.add_page(_inbox_rows(fresh, stage.rows + 1))
    for name, cursor in page.cur.items():
        _move_cursor(tx, name, cursor)
    stage.rows += len(fresh)
    stage.held = tx.inbox.name
    if page.done:
        _end(tx, page, stage)
    write_stage(tx, stage)
    return len(fresh)


def reread(tx: Tx, bucket: str | None = None) -> None:
    """Have a bucket, or every bucket, read from the beginning; what people see stays."""
    drop_stage(tx)
    where, values = ("", []) if bucket is None else (" WHERE name = ?", [bucket])
    tx.connection.execute(f"UPDATE bucket SET is_reset = 1{where}", values)


def drop_lost(desk: Desk) -> None:
    """Forget what was in the memory of a program that ended: the cursors stand before it."""
    with desk.transaction("look") as tx:
        is_lost = read_stage(tx).held not in {"", tx.inbox.name}
    if is_lost:
        with desk.transaction("stage") as tx:
            drop_stage(tx)


def drop_stage(tx: Tx) -> None:
    """Throw away what came in: it comes again, and what of it is in place already stays."""
    tx.inbox.clear()
    tx.connection.execute("UPDATE bucket SET staged_seq = NULL, staged_floor = NULL")
    write_stage(tx, Stage())


def _cursors(tx: Tx) -> dict[str, Cursor]:
    return {**_read_cursors(tx), **_staged(tx)}


def _read_cursors(tx: Tx) -> dict[str, Cursor]:
    found = tx.connection.execute(
        "SELECT name, seq, boot_floor FROM bucket"
        " WHERE is_reset = 0 AND is_revoked = 0 ORDER BY name"
    )
    return {name: (seq, floor) for name, seq, floor in found}


def _staged(tx: Tx) -> dict[str, Cursor]:
    found = tx.connection.execute(
        "SELECT name, staged_seq, staged_floor FROM bucket"
        " WHERE staged_seq IS NOT NULL ORDER BY name"
    )
    return {name: (seq, floor) for name, seq, floor in found}


def _continues(entry: Entry, page: Pulled, before: dict[str, int]) -> bool:
    """Tell whether the entry belongs here: not of a bucket we may not read, not seen already."""
    if entry.bucket not in page.cur or entry.bucket in page.revoked:
        return False
    return entry.seq > before.get(entry.bucket, 0)


def _inbox_rows(entries: list[Entry], first: int) -> list[Staged]:
    return [
        (
            _RANKS.get(each.kind, _UNKNOWN_RANK) << RANK_SHIFT | number,
            each.bucket, each.seq, each.op, each.kind, each.id, each.rv, _body(each),
        )
        for number, each in enumerate(entries, first)
    ]  # fmt: skip


def _body(entry: Entry) -> msgspec.Raw | None:
    """Return the row of an entry that puts one; anything but an object is none."""
    is_row = entry.op == "P" and bytes(memoryview(entry.row)[:1]) == b"{"
    return entry.row if is_row else None


def _throw_out(tx: Tx, bucket: str) -> None:
    tx.inbox.throw_out(bucket)
    tx.connection.execute(
        "UPDATE bucket SET staged_seq = NULL, staged_floor = NULL WHERE name = ?", [bucket]
    )


def _restart(tx: Tx, bucket: str) -> None:
    if bucket in _staged(tx):
        _throw_out(tx, bucket)
    tx.connection.execute(
        "INSERT INTO bucket (name, seq, boot_floor, is_reset) VALUES (?, 0, 0, 1)"
        " ON CONFLICT (name) DO UPDATE SET is_reset = 1, is_revoked = 0",
        [bucket],
    )


def _move_cursor(tx: Tx, bucket: str, cursor: Cursor) -> None:
    tx.connection.execute(
        "INSERT INTO bucket (name, seq, boot_floor, staged_seq, staged_floor, is_reset)"
        " VALUES (?1, 0, 0, ?2, ?3, 1) ON CONFLICT (name) DO UPDATE SET"
        " staged_seq = ?2, staged_floor = ?3, is_revoked = 0",
        [bucket, *cursor],
    )


def _end(tx: Tx, page: Pulled, stage: Stage) -> None:
    """Begin to put in place; a bucket that the last page does not name is not ours any more."""
    for (name,) in tx.connection.execute("SELECT name FROM bucket ORDER BY name").fetchall():
        if name not in page.cur:
            _throw_out(tx, name)
            tx.connection.execute("UPDATE bucket SET is_revoked = 1 WHERE name = ?", [name])
    stage.heads = dict(page.heads)
    stage.enter("mark")
