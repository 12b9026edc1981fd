"""How does what was staged get before people's eyes, little by little?

One transaction moves no more rows than the limit says, and ends after some of them if somebody
waits to write, so that nobody's own edit waits long; the place where it stopped is kept with it. A
small pull is one transaction. The cursor moves with the last one. No row goes back in time: an
older version than the one known is passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.protocol.digest import EMPTY
from loyaldesk.sync.engine.comparing import compare
from loyaldesk.sync.engine.memberships import Memberships
from loyaldesk.sync.engine.putting import put_entries
from loyaldesk.sync.engine.stage import Stage, read_stage, write_stage
from loyaldesk.sync.engine.sweeping import let_leave, next_reset, show_hidden, sweep, void
from loyaldesk.sync.engine.troubles import CONFIRM, read_troubles

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.sync.engine.desk import Desk, Tx

__all__ = ["apply_chunk", "is_applying"]

# Put in place in some 4 ms.
STEP_ROWS = 125


def is_applying(desk: Desk) -> bool:
    """Tell whether a pull was read to its end and is not wholly in place yet."""
    with desk.transaction("look") as tx:
        return read_stage(tx).phase != ""


def apply_chunk(desk: Desk) -> bool:
    """Put up to `chunk_rows` of what was staged in place, and tell whether more is left.

    It ends early, but not without having moved anything, when somebody waits to write.
    """
    with desk.transaction("apply") as tx:
        stage, left = read_stage(tx), desk.limits.chunk_rows
        is_begun = False
        while stage.phase and left > 0 and not (is_begun and desk.is_awaited()):
            if stage.phase == "flip":
                stage = _flip(desk, tx, stage)
            else:
                left -= _STEPS[stage.phase](desk, tx, stage, min(left, STEP_ROWS))
            is_begun = True
        write_stage(tx, stage)
    return stage.phase != ""


def _mark(_desk: Desk, tx: Tx, stage: Stage, most: int) -> int:
    """Turn the versions of buckets that are read anew, so that what is missing is seen."""
    if not stage.k:
        bucket = next_reset(tx, stage.bucket)
        if bucket is None:
            stage.enter("put")
            return 0
        stage.enter_bucket(bucket)
    found = tx.connection.execute(
        "SELECT kind, uid, rv FROM membership WHERE bucket = ? AND (kind, uid) > (?, ?)"
        " AND rv > 0 ORDER BY kind, uid LIMIT ?",
        [stage.bucket, stage.kind, stage.uid, most],
    ).fetchall()
    memberships = Memberships(tx.connection)
    memberships.turn(stage.bucket, found)
    memberships.flush()
    if len(found) == most:
        stage.kind, stage.uid, _ = found[-1]
        return most
    stage.k = 0
    # Nothing is listed now; sums that were damaged begin anew with it.
    tx.connection.execute(
        "UPDATE bucket SET live = 0, digest = ? WHERE name = ?", [EMPTY, stage.bucket]
    )
    return len(found)


def _put(_desk: Desk, tx: Tx, stage: Stage, most: int) -> int:
    """Put the next entries in place, in the order of their kinds."""
    found = tx.inbox.take(stage.k, most)
    if not found:
        stage.enter("void")
        return 0
    put_entries(tx, found)
    stage.k = found[-1][0]
    return len(found)


def _flip(desk: Desk, tx: Tx, stage: Stage) -> Stage:
    """Move the cursors behind what is in place now, and empty the inbox."""
    compare(desk, tx, stage.heads)
    asked_again = [name for name, each in read_troubles(tx).items() if each.step == CONFIRM]
    tx.connection.execute(
        "UPDATE bucket SET seq = staged_seq, boot_floor = staged_floor, is_reset = 0,"
        " staged_seq = NULL, staged_floor = NULL WHERE staged_seq IS NOT NULL"
    )
    tx.connection.executemany(
        "UPDATE bucket SET is_reset = 1 WHERE name = ?", [[name] for name in asked_again]
    )
    tx.inbox.clear()
    return Stage()


_STEPS: dict[str, Callable[[Desk, Tx, Stage, int], int]] = {
    "mark": _mark, "put": _put, "show": show_hidden, "void": void, "sweep": sweep,
    "leave": let_leave,
}  # fmt: skip
