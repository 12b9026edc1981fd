"""What happens on a desk when the hub has answered its edits?

One transaction takes the edits out of the outbox, keeps them in the journal (or, refused, where
somebody sees them), notes the hub's row, and shows it with whatever still waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.protocol.digest import EMPTY, chain
from loyaldesk.protocol.kinds import KINDS
from loyaldesk.protocol.messages import Problem
from loyaldesk.protocol.replay import replay
from loyaldesk.store.outbox import PENDING, forget_edits, renumber
from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.engine.bases import Base, read_base, write_base
from loyaldesk.sync.engine.exchange import Interrupted, hub_time
from loyaldesk.sync.engine.memberships import Memberships
from loyaldesk.sync.engine.rebasing import pending, rebase_all
from loyaldesk.sync.engine.troubles import RECEIPTS, STOPPED, forget_trouble, note_trouble

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.protocol.kinds import Row
    from loyaldesk.protocol.messages import Outcome, Pushed
    from loyaldesk.store.outbox import Waiting
    from loyaldesk.sync.engine.desk import Desk, Tx
    from loyaldesk.sync.engine.exchange import Round

    Answered = tuple[Waiting, Outcome]

__all__ = ["acknowledge", "acknowledge_some", "quarantine"]

_UNANSWERED = "The hub answered, but not these edits. They stay here and are sent again later."


def acknowledge(desk: Desk, batch: Sequence[Waiting], pushed: Pushed, round_: Round) -> int:
    """Put the outcomes of a push in place and return how many edits they answer."""
    with desk.transaction("acknowledge") as tx:
        answered = _answered(batch, pushed.res)
        _keep_answers(desk, tx, answered)
        _compare_receipts(desk, tx, answered, pushed)
    if not answered:
        raise Interrupted(Problem(err="unknown", sentence=_UNANSWERED))
    _count(round_, answered)
    return len(answered)


def acknowledge_some(
    desk: Desk, batch: Sequence[Waiting], outcomes: Sequence[Outcome], round_: Round
) -> None:
    """Put outcomes in place that came with a problem."""
    with desk.transaction("acknowledge") as tx:
        answered = _answered(batch, outcomes)
        _keep_answers(desk, tx, answered)
    _count(round_, answered)


def quarantine(desk: Desk, group: Sequence[Waiting], reason: str, round_: Round) -> None:
    """Set a group aside that the hub cannot take, so that what comes after it can go out."""
    with desk.transaction("quarantine") as tx:
        (first,) = tx.connection.execute("SELECT min(no) FROM outbox").fetchone()
        for edit in group:
            _set_aside(tx, edit, reason, hub_time(desk))
        forget_edits(tx.connection, [edit.uuid for edit in group])
        renumber(tx.connection, first)
        rebase_all(tx, dict.fromkeys((edit.kind, edit.uid) for edit in group))
    round_.refused += len(group)


def _answered(batch: Sequence[Waiting], outcomes: Sequence[Outcome]) -> list[Answered]:
    by_uuid = {edit.uuid: edit for edit in batch}
    return [
        (by_uuid[outcome.uuid], outcome)
        for outcome in outcomes
        if outcome.uuid in by_uuid and by_uuid[outcome.uuid].no == outcome.no
    ]


def _keep_answers(desk: Desk, tx: Tx, answered: Sequence[Answered]) -> None:
    now = hub_time(desk)
    for edit, outcome in answered:
        if outcome.st == "rejected":
            _set_aside(tx, edit, outcome.reason, now)
        else:
            _enter_in_journal(tx, edit, now)
    forget_edits(tx.connection, [edit.uuid for edit, _ in answered])
    by_row: dict[tuple[str, str], list[Answered]] = {}
    for edit, outcome in answered:
        by_row.setdefault((edit.kind, edit.uid), []).append((edit, outcome))
    for (kind, uid), of_row in by_row.items():
        if not KINDS[kind].is_upward:
            _learn(tx, kind, uid, of_row)
    rebase_all(tx, [row for row in by_row if not KINDS[row[0]].is_upward])


def _learn(tx: Tx, kind: str, uid: str, answered: Sequence[Answered]) -> None:
    """Note what the hub has of the row now, unless a newer version is known."""
    memberships = Memberships(tx.connection)
    base = read_base(tx.connection, kind, uid)
    known = max([base.rv if base else 0, *map(abs, memberships.of(kind, uid).values())])
    told = [outcome for _, outcome in answered if outcome.row is not None]
    newest = max(told, key=lambda outcome: outcome.rv, default=None)
    if newest is None:
        row = _as_taken(kind, base.row if base else None, answered)
        write_base(tx.connection, kind, uid, Base(known, row, PENDING))
    elif newest.rv >= known:
        memberships.raise_to(kind, uid, newest.rv)
        memberships.flush()
        write_base(tx.connection, kind, uid, Base(newest.rv, newest.row, PENDING))


def _as_taken(kind: str, row: Row | None, answered: Sequence[Answered]) -> Row | None:
    """Return the row with the edits that the hub took.

    An outcome without a row does not tell whether there is none, or none for us to see: that is
    for the next pull.
    """
    taken = [edit for edit, outcome in answered if outcome.st != "rejected"]
    return replay(KINDS[kind], row, pending(taken))


def _set_aside(tx: Tx, edit: Waiting, reason: str, now: str) -> None:
    tx.connection.execute(
        "INSERT OR IGNORE INTO attention (uuid, grp, kind, uid, op, body, edited_at, actor, label,"
        " reason, told_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [edit.uuid, edit.grp, edit.kind, edit.uid, edit.op, edit.body, edit.edited_at, edit.actor,
         edit.label, reason, now],
    )  # fmt: skip


def _enter_in_journal(tx: Tx, edit: Waiting, now: str) -> None:
    tx.connection.execute(
        "INSERT OR IGNORE INTO journal (uuid, grp, kind, uid, op, body, edited_at, offset_ms,"
        " schema, actor, label, acked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [edit.uuid, edit.grp, edit.kind, edit.uid, edit.op, edit.body, edit.edited_at,
         edit.offset_ms, edit.schema, edit.actor, edit.label, now],
    )  # fmt: skip


def _compare_receipts(desk: Desk, tx: Tx, answered: Sequence[Answered], pushed: Pushed) -> None:
    """Hold the running hash over answered edits against the hub's, if both end at one edit."""
    running = tx.state(StateKey.CHAIN) or EMPTY
    for edit, _ in answered:
        running = chain(running, edit.uuid)
    if answered and pushed.last == answered[-1][0].no:
        if running == pushed.chain:
            forget_trouble(tx, RECEIPTS)
        else:
            note_trouble(tx, RECEIPTS, STOPPED, desk.now)
        running = pushed.chain
    tx.remember(StateKey.CHAIN, running)


def _count(round_: Round, answered: Sequence[Answered]) -> None:
    refused = sum(outcome.st == "rejected" for _, outcome in answered)
    round_.refused += refused
    round_.accepted += len(answered) - refused
