"""What does a desk do, step by step, to be in step with its hub?

`sync_round` is a generator: it yields requests and pauses, is resumed with answers, and returns
what came of it. It does no input or output but on the desk's tables, and reads no clock but the
desk's, so that a simulator can play every accident; whatever ends it, the next round goes on from
the tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.errors import Unavailable
from loyaldesk.protocol.kinds import SCHEMA
from loyaldesk.protocol.messages import Problem
from loyaldesk.store.search_residue import purge_residue
from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.engine.exchange import Answer, EpochChanged, Interrupted, Round, Sleep, Steps
from loyaldesk.sync.engine.pulling import finish_applying, pull
from loyaldesk.sync.engine.pushing import push
from loyaldesk.sync.engine.restoring import call_back_lost_edits, change_epoch
from loyaldesk.sync.engine.settling import settle
from loyaldesk.sync.engine.staging import drop_lost, reread

if TYPE_CHECKING:
    from loyaldesk.sync.engine.desk import Desk

__all__ = ["Answer", "Round", "Sleep", "Steps", "sync_round"]

# A hub that is restored while a desk talks to it changes its epoch once, not again and again.
_EPOCHS = 3
# What bars the way out leaves the way in open.
_OUTWARD_ONLY = frozenset({"malformed", "too-large", "forked", "gap"})


def sync_round(desk: Desk) -> Steps[Round]:
    """Send what waits, take what is new, and return what was moved and when to come again."""
    round_ = Round()
    if not desk.state(StateKey.CLIENT) or desk.state(StateKey.WORK_OFFLINE):
        return round_
    try:
        yield from _steps_of_any_epoch(desk, round_)
    except Interrupted as end:
        round_.problem = end.problem
    except Unavailable as error:
        round_.problem = Problem(err="disk-full", sentence=str(error))
    settle(desk, round_)
    return round_


def _steps_of_any_epoch(desk: Desk, round_: Round) -> Steps[None]:
    for _ in range(_EPOCHS):
        try:
            yield from _steps(desk, round_)
        except EpochChanged as change:
            change_epoch(desk, change.epoch)
        else:
            return
    raise Interrupted(Problem(err="epoch"))


def _steps(desk: Desk, round_: Round) -> Steps[None]:
    drop_lost(desk)
    yield from finish_applying(desk)
    _upgrade(desk)
    yield from call_back_lost_edits(desk, round_)
    try:
        yield from push(desk, round_)
    except Interrupted as end:
        if end.problem.err not in _OUTWARD_ONLY:
            raise
        round_.problem = end.problem
    yield from pull(desk, round_)
    yield from _forget_words(desk)
    round_.is_in_step = round_.problem is None


def _forget_words(desk: Desk) -> Steps[None]:
    """Let the words of rows that left go from the search index, and others write in between."""
    is_left = bool(desk.state(StateKey.RESIDUE))
    while is_left:
        with desk.transaction("settle") as tx:
            is_left = purge_residue(tx.connection, desk.now[:10])
        yield Sleep(0)


def _upgrade(desk: Desk) -> None:
    """Read everything anew when this version knows more fields than the one that read it."""
    known = desk.state(StateKey.SCHEMA)
    if known == str(SCHEMA):
        return
    with desk.transaction("upgrade") as tx:
        if known:
            reread(tx)
            desk.wake(tx)
        tx.remember(StateKey.SCHEMA, SCHEMA)
