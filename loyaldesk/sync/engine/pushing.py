"""How do waiting edits reach the hub?

Every push is built from the tables, so that a lost reply costs nothing: the same edits are sent
again, and the hub answers them as it did.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from loyaldesk.protocol.messages import Mutation, Problem, Push, Pushed
from loyaldesk.store.outbox import GROUP_EDITS, waiting_edits
from loyaldesk.store.outbox_body import decode_body
from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.engine.acknowledging import acknowledge, acknowledge_some, quarantine
from loyaldesk.sync.engine.exchange import Interrupted, ask
from loyaldesk.sync.engine.forking import become_new_client

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.protocol.messages import Reply
    from loyaldesk.store.outbox import Waiting
    from loyaldesk.sync.engine.desk import Desk, Tx
    from loyaldesk.sync.engine.exchange import Round, Steps

__all__ = ["next_batch", "push"]

# A group that the hub cannot read is tried so often before it is set aside.
_TRIES = 3
_FORKS = 3
_TRIED = "UPDATE outbox SET tries = tries"
_SILENT = "The hub did not say what became of the edits. They stay here and are sent again later."


def push(desk: Desk, round_: Round) -> Steps[None]:
    """Send what waits now, batch by batch, and put every answer in place."""
    with desk.transaction("look") as tx:
        left = _count(tx)
        most = max(1, desk.limits.push_edits >> min(tx.number(StateKey.FAILURES), 6))
    forks = 0
    while left > 0:
        batch = _send(desk, most)
        if not batch:
            return
        reply = yield from _asked(desk, batch, round_)
        if isinstance(reply, Pushed):
            left -= acknowledge(desk, batch, reply, round_)
        elif _is_of_numbers(reply) and forks < _FORKS:
            forks += 1
            _number_anew(desk, batch, reply, round_)
        else:
            most = _smaller(desk, batch, reply, round_)


def next_batch(tx: Tx, *, most_edits: int, most_bytes: int) -> list[Waiting]:
    """Return the next edits to send: whole groups, at least one of them."""
    batch: list[Waiting] = []
    size = 0
    found = waiting_edits(tx.connection, limit=most_edits + GROUP_EDITS + 1)
    for _, edits in groupby(found, key=lambda edit: edit.grp):
        group = list(edits)
        size += sum(len(edit.body) for edit in group)
        if batch and (len(batch) + len(group) > most_edits or size > most_bytes):
            break
        batch += group
    return batch


def _send(desk: Desk, most: int) -> list[Waiting]:
    """Return the next edits; from now on the hub may have them."""
    with desk.transaction("send") as tx:
        batch = next_batch(tx, most_edits=most, most_bytes=desk.limits.push_bytes)
        if batch:
            tx.connection.execute(
                f"{_TRIED} + 1 WHERE no BETWEEN ? AND ?", [batch[0].no, batch[-1].no]
            )
    return batch


def _asked(desk: Desk, batch: Sequence[Waiting], round_: Round) -> Steps[Reply]:
    """Return the hub's answer; what certainly did not get out does not count as sent."""
    edits = Push([_mutation(edit) for edit in batch])
    try:
        return (yield from ask(desk, "sync/push", edits, round_))
    except Interrupted as end:
        if not end.has_left:
            with desk.transaction("send") as tx:
                sent = [batch[0].no, batch[-1].no]
                tx.connection.execute(f"{_TRIED} - 1 WHERE no BETWEEN ? AND ?", sent)
        raise


def _mutation(edit: Waiting) -> Mutation:
    body = decode_body(edit.body)
    return Mutation(
        no=edit.no, uuid=edit.uuid, grp=edit.grp, kind=edit.kind, id=edit.uid, op=edit.op,
        schema=edit.schema, edited_at=edit.edited_at, offset_ms=edit.offset_ms, row=body.row,
        ch=body.ch,
    )  # fmt: skip


def _count(tx: Tx) -> int:
    return int(tx.connection.execute("SELECT count(*) FROM outbox").fetchone()[0])


def _is_of_numbers(reply: Reply) -> bool:
    return isinstance(reply, Problem) and reply.err in {"forked", "gap"}


def _number_anew(desk: Desk, batch: Sequence[Waiting], reply: Reply, round_: Round) -> None:
    """Keep the outcomes that came along, and go on as another client with the same edits."""
    if isinstance(reply, Problem) and reply.res:
        acknowledge_some(desk, batch, reply.res, round_)
    become_new_client(desk)


def _smaller(desk: Desk, batch: Sequence[Waiting], reply: Reply, round_: Round) -> int:
    """Return a smaller number of edits to send, or set a group aside that cannot be sent."""
    problem = reply if isinstance(reply, Problem) else Problem(err="unknown", sentence=_SILENT)
    if problem.err not in {"too-large", "malformed"}:
        raise Interrupted(problem)
    if batch[0].grp != batch[-1].grp:
        return max(1, len(batch) // 2)
    if problem.err == "malformed" and batch[0].tries + 1 < _TRIES:
        raise Interrupted(problem)
    quarantine(desk, batch, problem.sentence or problem.err, round_)
    return len(batch)
