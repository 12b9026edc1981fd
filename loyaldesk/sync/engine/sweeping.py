"""What has to go from a desk when a pull has ended, and what can be shown only now?

A row goes when no bucket holds it, no edit of it waits and nothing refers to it. Absence alone is
weak evidence: a bucket that was read anew takes rows away only if what was listed agrees with the
hub's sums, and many rows only after it was read anew once more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.protocol.kinds import KINDS
from loyaldesk.store.outbox import HIDDEN, LEAVING
from loyaldesk.sync.engine.bases import erase_base, leave, read_base
from loyaldesk.sync.engine.memberships import Memberships
from loyaldesk.sync.engine.rebasing import rebase
from loyaldesk.sync.engine.troubles import CONFIRM, forget_trouble, note_trouble, read_troubles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.sync.engine.desk import Desk, Tx
    from loyaldesk.sync.engine.stage import Stage

__all__ = ["let_leave", "next_reset", "show_hidden", "sweep", "void"]

_BRAKE_ROWS, _BRAKE_SHARE = 100, 0.2
_UPWARDS = tuple(name for name, kind in KINDS.items() if not kind.is_upward)
_DOWNWARDS = tuple(reversed(_UPWARDS))


def show_hidden(_desk: Desk, tx: Tx, stage: Stage, most: int) -> int:
    """Try rows again that could not be shown, those first that others need."""
    found = _next_rows(tx, stage, HIDDEN, _UPWARDS, most)
    if found is None:
        stage.enter("leave" if stage.moved else "flip")
        return 0
    kind, uids = found
    for uid in uids:
        rebase(tx, kind, uid)
        base = read_base(tx.connection, kind, uid)
        stage.moved += base is None or base.why != HIDDEN
    return len(uids)


def void(_desk: Desk, tx: Tx, stage: Stage, most: int) -> int:
    """Take away the rows of buckets that this desk may no longer read."""
    found = tx.connection.execute(
        "SELECT name FROM bucket WHERE is_revoked = 1 ORDER BY name LIMIT 1"
    ).fetchone()
    if found is None:
        stage.enter("sweep")
        return 0
    (bucket,) = found
    rows = tx.connection.execute(
        "SELECT kind, uid, rv FROM membership WHERE bucket = ? LIMIT ?", [bucket, most]
    ).fetchall()
    _take_out(tx, bucket, rows)
    if len(rows) < most:
        tx.connection.execute("DELETE FROM bucket WHERE name = ?", [bucket])
        forget_trouble(tx, bucket)
    return len(rows)


def sweep(desk: Desk, tx: Tx, stage: Stage, most: int) -> int:
    """Take rows out of a bucket that was read anew and did not list them."""
    if not stage.k:
        bucket = next_reset(tx, stage.bucket)
        if bucket is None:
            stage.enter("leave")
            return 0
        stage.enter_bucket(bucket)
        if not _may_sweep(desk, tx, stage):
            stage.k = 0
            return 1
    rows = tx.connection.execute(
        "SELECT kind, uid, rv FROM membership WHERE bucket = ? AND (kind, uid) > (?, ?)"
        " AND rv <= 0 ORDER BY kind, uid LIMIT ?",
        [stage.bucket, stage.kind, stage.uid, most],
    ).fetchall()
    _take_out(tx, stage.bucket, rows)
    if len(rows) < most:
        stage.k = 0
    else:
        stage.kind, stage.uid, _ = rows[-1]
    return len(rows)


def let_leave(_desk: Desk, tx: Tx, stage: Stage, most: int) -> int:
    """Drop rows that no bucket holds, those first that refer to others."""
    found = _next_rows(tx, stage, LEAVING, _DOWNWARDS, most)
    if found is None:
        stage.enter("leave" if stage.moved else "show")
        return 0
    kind, uids = found
    needed = frozenset(tx.view.drop(kind, uids))
    gone = [uid for uid in uids if uid not in needed]
    for uid in gone:
        erase_base(tx.connection, kind, uid)
    stage.moved += len(gone)
    return len(uids)


def next_reset(tx: Tx, after: str) -> str | None:
    """Return the next bucket that is read anew, in the order of names."""
    found = tx.connection.execute(
        "SELECT name FROM bucket WHERE is_reset = 1 AND is_revoked = 0 AND name > ?"
        " ORDER BY name LIMIT 1",
        [after],
    ).fetchone()
    return found and str(found[0])


def _next_rows(
    tx: Tx, stage: Stage, why: int, kinds: Sequence[str], most: int
) -> tuple[str, list[str]] | None:
    """Return the next rows kept for that reason, and move the place in the work behind them."""
    for kind in kinds[kinds.index(stage.kind) if stage.kind else 0 :]:
        after = stage.uid if kind == stage.kind else ""
        found = tx.connection.execute(
            "SELECT uid FROM sync_base WHERE is_waiting = ? AND kind = ? AND uid > ?"
            " ORDER BY uid LIMIT ?",
            [why, kind, after, most],
        ).fetchall()
        if found:
            stage.kind, stage.uid = kind, found[-1][0]
            return kind, [uid for (uid,) in found]
    return None


def _take_out(tx: Tx, bucket: str, rows: Sequence[tuple[str, str, int]]) -> None:
    memberships = Memberships(tx.connection)
    for kind, uid, rv in rows:
        memberships.remove(kind, uid, bucket, was=rv)
        if kind in KINDS and not memberships.of(kind, uid):
            leave(tx.connection, kind, uid, abs(rv))
    memberships.flush()


def _may_sweep(desk: Desk, tx: Tx, stage: Stage) -> bool:
    bucket = stage.bucket
    (live, digest) = tx.connection.execute(
        "SELECT live, digest FROM bucket WHERE name = ?", [bucket]
    ).fetchone()
    head = stage.heads.get(bucket)
    if head is None or (live, digest) != head[1:]:
        return False
    (missing,) = tx.connection.execute(
        "SELECT count(*) FROM membership WHERE bucket = ? AND rv <= 0", [bucket]
    ).fetchone()
    is_much = missing > _BRAKE_ROWS and missing > _BRAKE_SHARE * (live + missing)
    trouble = read_troubles(tx).get(bucket)
    is_confirmed = trouble is not None and trouble.step == CONFIRM
    if is_much and not is_confirmed:
        note_trouble(tx, bucket, CONFIRM, desk.now)
        return False
    if is_confirmed:
        forget_trouble(tx, bucket)
    return True
