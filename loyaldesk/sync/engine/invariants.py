"""What must hold on a desk after every step, whatever happened before?

Tests and the simulator ask after each step; it reads whole tables, so a released program does not.
The names are those of docs: I3 what is seen is the hub's row and the waiting edits over it, I4 rows
and cursor move together, I6 an edit is in one place, I11 no row goes back in time, I12 what is
left to do has its time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.protocol.digest import digest_of
from loyaldesk.protocol.kinds import KINDS
from loyaldesk.protocol.replay import replay
from loyaldesk.store.outbox import HIDDEN, LEAVING, waiting_of
from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.engine.bases import read_base
from loyaldesk.sync.engine.rebasing import pending
from loyaldesk.sync.engine.settling import has_work
from loyaldesk.sync.engine.showing import SUFFIX
from loyaldesk.sync.engine.stage import read_stage

if TYPE_CHECKING:
    from loyaldesk.protocol.kinds import Kind, Row
    from loyaldesk.sync.engine.desk import Desk, Tx

__all__ = ["BrokenInvariantError", "check_invariants"]

# More than any inbox holds.
_ALL = 1 << 62
# By kind and uid: the epoch and the newest version that was seen in it.
Seen = dict[tuple[str, str], tuple[str, int]]


class BrokenInvariantError(AssertionError):
    """Something is not as the design of sync says; the message begins with its number."""


def check_invariants(desk: Desk, seen: Seen | None = None) -> None:
    """Raise `BrokenInvariantError` if anything is wrong; `seen` is kept between calls."""
    with desk.transaction("look") as tx:
        _check_view(tx)
        _check_cursors(tx)
        _check_places(tx)
        _check_deadline(tx)
        if seen is not None:
            _check_time(tx, seen)


def _check_view(tx: Tx) -> None:
    """I3: what is seen of a row with waiting edits is their replay over the hub's row."""
    for kind, uid in tx.connection.execute("SELECT DISTINCT kind, uid FROM outbox").fetchall():
        base = read_base(tx.connection, kind, uid)
        waiting = waiting_of(tx.connection, kind, uid)
        expected = replay(KINDS[kind], base.row if base else None, pending(waiting))
        if base is not None and base.why == HIDDEN:
            continue
        if not _is_alike(KINDS[kind], expected, tx.view.read(kind, uid)):
            raise BrokenInvariantError(f"I3: {kind} {uid} is not what its waiting edits make of it")
    for kind, uid in tx.connection.execute(
        "SELECT kind, uid FROM membership WHERE NOT EXISTS (SELECT 1 FROM outbox o"
        " WHERE o.kind = membership.kind AND o.uid = membership.uid)"
    ).fetchall():
        base = read_base(tx.connection, kind, uid)
        if base is not None and base.why not in {HIDDEN, LEAVING}:
            raise BrokenInvariantError(f"I3: {kind} {uid} has a base and no waiting edit")


def _is_alike(kind: Kind, expected: Row | None, found: Row | None) -> bool:
    if expected is None or found is None:
        return expected is found
    numbers = frozenset(name for group in kind.unique for name in group)
    return expected.keys() == found.keys() and all(
        found[name] == value
        or (name in numbers and str(found[name]).startswith(f"{value}{SUFFIX}"))
        for name, value in expected.items()
    )


def _check_cursors(tx: Tx) -> None:
    """I4: sums are those of the memberships, and nothing is in the inbox that was not staged."""
    for name, live, digest in tx.connection.execute(
        "SELECT name, live, digest FROM bucket"
    ).fetchall():
        rows = tx.connection.execute(
            "SELECT kind, uid, rv FROM membership WHERE bucket = ? AND rv > 0", [name]
        ).fetchall()
        if (len(rows), digest_of(rows)) != (live, digest):
            raise BrokenInvariantError(f"I4: the sums of {name} are not those of its rows")
    reached = dict(tx.connection.execute("SELECT name, staged_seq FROM bucket").fetchall())
    staged = tx.inbox.take(-1, _ALL)
    orphans = [seq for _, bucket, seq, *_ in staged if seq > (reached.get(bucket) or 0)]
    if orphans or len(staged) > read_stage(tx).rows:
        raise BrokenInvariantError("I4: the inbox holds rows that the staged cursor does not cover")


def _check_places(tx: Tx) -> None:
    """I6: every edit is in exactly one of outbox, journal and attention."""
    (twice,) = tx.connection.execute(
        "SELECT count(*) FROM (SELECT uuid FROM outbox UNION ALL SELECT uuid FROM journal"
        " UNION ALL SELECT uuid FROM attention) GROUP BY uuid ORDER BY count(*) DESC LIMIT 1"
    ).fetchone() or (1,)
    if twice > 1:
        raise BrokenInvariantError("I6: an edit is in two places")


def _check_deadline(tx: Tx) -> None:
    """I12: while anything is left to do, a time is set for it."""
    is_due = has_work(tx) and tx.state(StateKey.CLIENT) != ""
    if is_due and not tx.state(StateKey.NEXT_AT):
        raise BrokenInvariantError("I12: work is left and no time is set for it")


def _check_time(tx: Tx, seen: Seen) -> None:
    """I11: within an epoch the version of a row never goes down.

    Asked between pulls: halfway through one a row may have left its newer bucket already.
    """
    if read_stage(tx).phase:
        return
    epoch = tx.state(StateKey.EPOCH)
    for kind, uid, rv in tx.connection.execute(
        "SELECT kind, uid, max(rv) FROM (SELECT kind, uid, abs(rv) AS rv FROM membership"
        " UNION ALL SELECT kind, uid, rv FROM sync_base) GROUP BY kind, uid"
    ).fetchall():
        known_epoch, known = seen.get((kind, uid), (epoch, 0))
        if known_epoch == epoch and rv < known:
            raise BrokenInvariantError(f"I11: {kind} {uid} went back from {known} to {rv}")
        seen[kind, uid] = (epoch, rv)
