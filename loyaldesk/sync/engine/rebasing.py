"""What do people see of a row now? The hub's row, and over it the edits that wait."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loyaldesk.protocol.kinds import KINDS
from loyaldesk.protocol.replay import Pending, replay
from loyaldesk.store.outbox import HIDDEN, LEAVING, PENDING, waiting_of
from loyaldesk.store.outbox_body import decode_body
from loyaldesk.sync.engine.bases import Base, erase_base, leave, read_base, write_base
from loyaldesk.sync.engine.showing import show_hub_rows, show_waiting_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loyaldesk.protocol.kinds import Row
    from loyaldesk.store.outbox import Waiting
    from loyaldesk.sync.engine.desk import Tx

__all__ = ["pending", "rebase", "rebase_all", "show_or_hide"]


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


def rebase_all(tx: Tx, rows: Iterable[tuple[str, str]]) -> None:
    """Show rows (kind, uid) anew; those of a kind that nothing waits for any more all at once."""
    settled: dict[str, dict[str, Base]] = {}
    for kind, uid in rows:
        base = read_base(tx.connection, kind, uid)
        if base is None or base.row is None or base.why == LEAVING or _waits(tx, kind, uid):
            rebase(tx, kind, uid)
        else:
            settled.setdefault(kind, {})[uid] = base
    for kind in KINDS:
        if kind in settled:
            _show_settled(tx, kind, settled[kind])


def show_or_hide(tx: Tx, kind: str, rows: Sequence[tuple[str, int, Row]]) -> frozenset[str]:
    """Show rows (uid, version, row) as the hub has them, and return the uids of the others.

    Those that cannot be shown yet are kept for later.
    """
    hidden = frozenset(show_hub_rows(tx, kind, [(uid, row) for uid, _, row in rows]))
    for uid, rv, row in rows:
        if uid in hidden:
            write_base(tx.connection, kind, uid, Base(rv, row, HIDDEN))
    return hidden


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
    if base.row is not None:
        _show_settled(tx, kind, {uid: base})
        return
    erase_base(tx.connection, kind, uid)
    needed = tx.view.drop(kind, [uid])
    if needed and not _is_listed(tx, kind, uid):
        leave(tx.connection, kind, uid, base.rv)


def _show_settled(tx: Tx, kind: str, bases: dict[str, Base]) -> None:
    """Show rows of a kind as the hub has them; what no bucket lists yet stays until a pull."""
    for uid in bases:
        erase_base(tx.connection, kind, uid)
    rows = [(uid, base.rv, base.row) for uid, base in bases.items() if base.row is not None]
    apart = show_or_hide(tx, kind, rows) | _listed(tx, kind, list(bases))
    for uid, base in bases.items():
        if uid not in apart:
            leave(tx.connection, kind, uid, base.rv)


def _waits(tx: Tx, kind: str, uid: str) -> bool:
    found = tx.connection.execute(
        "SELECT 1 FROM outbox WHERE kind = ? AND uid = ? LIMIT 1", [kind, uid]
    ).fetchone()
    return found is not None


def _is_listed(tx: Tx, kind: str, uid: str) -> bool:
    return uid in _listed(tx, kind, [uid])


def _listed(tx: Tx, kind: str, uids: list[str]) -> frozenset[str]:
    """Return those that some bucket holds."""
    found = tx.connection.execute(
        "SELECT DISTINCT uid FROM membership WHERE kind = ?"
        " AND uid IN (SELECT value FROM json_each(?))",
        [kind, json.dumps(uids)],
    )
    return frozenset(uid for (uid,) in found)
