"""What does a desk do when its hub was restored to an earlier day?

The hub has another epoch then. The desk asks which of its answered edits the hub still knows,
sends the others again, reads every bucket anew, and goes on as a new client.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from msgspec import UNSET

from loyaldesk.protocol.digest import EMPTY
from loyaldesk.protocol.messages import Known, KnownAsked, Problem
from loyaldesk.store.outbox import PENDING, renumber
from loyaldesk.store.outbox_body import decode_body
from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.engine.bases import Base, read_base, write_base
from loyaldesk.sync.engine.exchange import Interrupted, ask
from loyaldesk.sync.engine.forking import take_new_client
from loyaldesk.sync.engine.rebasing import rebase
from loyaldesk.sync.engine.staging import reread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.protocol.kinds import Row
    from loyaldesk.sync.engine.desk import Desk, Tx
    from loyaldesk.sync.engine.exchange import Round, Steps

__all__ = ["call_back_lost_edits", "change_epoch"]

_ASKED_AT_ONCE = 500
# Edits called back stand before all that wait, in their old order, until everything is numbered.
_BELOW = 1 << 50
_COLUMNS = "uuid, grp, kind, uid, op, body, edited_at, offset_ms, schema, actor, label"


def change_epoch(desk: Desk, epoch: str) -> None:
    """Remember that nothing is sure any more but what this desk has itself."""
    with desk.transaction("epoch") as tx:
        tx.remember(StateKey.EPOCH, epoch)
        tx.remember(StateKey.REPLAY, 0)
        tx.remember(StateKey.TROUBLE, "")
        take_new_client(desk, tx)
        reread(tx)
        desk.wake(tx)
        # Versions of another epoch say nothing; every one of this epoch is newer.
        tx.connection.execute("UPDATE membership SET rv = 0")
        tx.connection.execute("UPDATE sync_base SET rv = 0")
        tx.connection.execute("UPDATE bucket SET live = 0, digest = ?", [EMPTY])


def call_back_lost_edits(desk: Desk, round_: Round) -> Steps[None]:
    """Ask which answered edits the restored hub knows, and have the others sent again."""
    while (after := desk.state(StateKey.REPLAY)) != "":
        with desk.transaction("look") as tx:
            found = tx.connection.execute(
                "SELECT k, uuid FROM journal WHERE k > ? ORDER BY k LIMIT ?",
                [int(after), _ASKED_AT_ONCE],
            ).fetchall()
        known: Sequence[str] = ()
        if found:
            asked = KnownAsked([uuid for _, uuid in found])
            reply = yield from ask(desk, "sync/known", asked, round_)
            if not isinstance(reply, Known):
                problem = reply if isinstance(reply, Problem) else Problem(err="unknown")
                raise Interrupted(problem)
            known = reply.known
        with desk.transaction("requeue") as tx:
            _call_back(tx, found, frozenset(known))


def _call_back(tx: Tx, found: Sequence[tuple[int, str]], known: frozenset[str]) -> None:
    if not found:
        renumber(tx.connection, 1)
        tx.remember(StateKey.REPLAY, "")
        return
    lost = [uuid for _, uuid in found if uuid not in known]
    rows = [_move(tx, uuid) for uuid in lost]
    for (kind, uid), edits in groupby(sorted(rows, key=itemgetter(0)), key=itemgetter(0)):
        _lay_base(tx, kind, uid, [(op, body) for _, op, body in edits])
        rebase(tx, kind, uid)
    tx.remember(StateKey.REPLAY, found[-1][0])


def _move(tx: Tx, uuid: str) -> tuple[tuple[str, str], str, str]:
    """Move one edit from the journal to the front of the outbox and return its row and work."""
    tx.connection.execute(
        f"INSERT INTO outbox (no, {_COLUMNS}) SELECT k - ?, {_COLUMNS} FROM journal WHERE uuid = ?",
        [_BELOW, uuid],
    )
    tx.connection.execute("DELETE FROM journal WHERE uuid = ?", [uuid])
    kind, uid, op, body = tx.connection.execute(
        "SELECT kind, uid, op, body FROM outbox WHERE uuid = ?", [uuid]
    ).fetchone()
    return (kind, uid), op, body


def _lay_base(tx: Tx, kind: str, uid: str, edits: Sequence[tuple[str, str]]) -> None:
    """Keep what the hub may still have of the row: what is seen, without what was counted."""
    base = read_base(tx.connection, kind, uid)
    is_new = base is None or base.row is None
    row = tx.view.read(kind, uid) if base is None or base.row is None else base.row
    if row is None or (is_new and edits[0][0] == "create"):
        return
    for _, body in edits:
        row = _uncounted(row, body)
    write_base(tx.connection, kind, uid, Base(0, row, PENDING))


def _uncounted(row: Row, body: str) -> Row:
    counted: dict[str, Any] = {
        name: (row.get(name) or 0) - change.inc
        for name, change in decode_body(body).ch.items()
        if change.inc is not UNSET
    }
    return {**row, **counted}
