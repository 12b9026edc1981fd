"""What do people see of a row now? The hub's row, and over it the edits that wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.protocol.kinds import KINDS
from loyaldesk.protocol.replay import Pending, replay
from loyaldesk.store.outbox import HIDDEN, LEAVING, PENDING, waiting_of
from loyaldesk.store.outbox_body import decode_body
from loyaldesk.sync.bases import Base, erase_base, leave, read_base, write_base
from loyaldesk.sync.showing import show_hub_rows, show_waiting_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.protocol.kinds import Row
    from loyaldesk.store.outbox import Waiting
    from loyaldesk.sync.desk import Tx

__all__ = ["pending", "rebase", "show_or_hide"]


def pending(waiting: Sequence[Waiting]) -> list[Pending]:
    """Return the waiting edits of a row as they are replayed."""
    bodies = [(edit.op, decode_body(edit.body)) for edit in waiting]
    return [Pending(op, body.row, body.ch) for op, body in bodies]


def rebase(tx: Tx, kind: str, uid: str) -> None:
    """Show the row anew from what the hub has of it and the edits that still wait."""
    base = read_base(tx.connection, kind, uid)
    if waiting := waiting_of(tx.connection, kind, uid):
        _show_waiting(tx, kind, uid, base, waiting)
    elif base is not None and base.why != LEAVING:
        _settle(tx, kind, uid, base)
    elif base is None and not _is_listed(tx, kind, uid) and tx.view.drop(kind, [uid]):
        leave(tx.connection, kind, uid, 0)


def show_or_hide(tx: Tx, kind: str, rows: Sequence[tuple[str, int, Row]]) -> int:
    """Show rows (uid, version, row) as the hub has them, and return how many are shown.

    Those that cannot be shown yet are kept for later.
    """
    hidden = frozenset(show_hub_rows(tx, kind, [(uid, row) for uid, _, row in rows]))
    for uid, rv, row in rows:
        if uid in hidden:
            write_base(tx.connection, kind, uid, Base(rv, row, HIDDEN))
    return len(rows) - len(hidden)


def _show_waiting(
    tx: Tx, kind: str, uid: str, base: Base | None, waiting: Sequence[Waiting]
) -> None:
    row = replay(KINDS[kind], base.row if base else None, pending(waiting))
    if row is None:
        is_as_it_should = not tx.view.drop(kind, [uid])
    else:
        is_as_it_should = show_waiting_row(tx, kind, uid, row)
    why = PENDING if is_as_it_should else HIDDEN
    if base is None and why != PENDING:
        base = Base(0, None, PENDING)
    if base is not None and base.why != why:
        write_base(tx.connection, kind, uid, Base(base.rv, base.row, why))


def _settle(tx: Tx, kind: str, uid: str, base: Base) -> None:
    """Show what the hub has, now that nothing waits."""
    erase_base(tx.connection, kind, uid)
    if base.row is None:
        needed = tx.view.drop(kind, [uid])
        if needed and not _is_listed(tx, kind, uid):
            leave(tx.connection, kind, uid, base.rv)
    elif show_or_hide(tx, kind, [(uid, base.rv, base.row)]) and not _is_listed(tx, kind, uid):
        leave(tx.connection, kind, uid, base.rv)


def _is_listed(tx: Tx, kind: str, uid: str) -> bool:
    found = tx.connection.execute(
        "SELECT 1 FROM membership WHERE kind = ? AND uid = ? LIMIT 1", [kind, uid]
    ).fetchone()
    return found is not None
