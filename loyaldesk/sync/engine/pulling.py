"""How does a desk take in what others did: page by page, then before people's eyes?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.protocol.messages import Problem, Pulled
from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.engine.applying import apply_chunk, is_applying
from loyaldesk.sync.engine.comparing import compare, verify
from loyaldesk.sync.engine.exchange import Interrupted, Sleep, ask
from loyaldesk.sync.engine.staging import is_news, next_pull, reread, stage_page
from loyaldesk.sync.engine.troubles import (
    ALL_BUCKETS,
    STOPPED,
    is_recent,
    note_trouble,
    read_troubles,
)

if TYPE_CHECKING:
    from loyaldesk.protocol.messages import Pull, Reply
    from loyaldesk.sync.engine.desk import Desk
    from loyaldesk.sync.engine.exchange import Round, Steps

__all__ = ["finish_applying", "pull"]

# A bucket is read anew after a comparison, and once more before many rows go: not without end.
_PASSES = 4
_FULL = (
    "The disk is nearly full, so nothing new is fetched. Your own edits are kept as before. "
    "Free some space, and it goes on by itself."
)
_STUCK = "The hub sends the same page again and again. Nothing is lost; it is tried again later."


def pull(desk: Desk, round_: Round) -> Steps[None]:
    """Take in everything that is new, until desk and hub agree or it cannot be mended today."""
    for _ in range(_PASSES):
        yield from _read(desk, round_)
        yield from finish_applying(desk)
        yield from verify(desk, round_)
        if not _is_incomplete(desk):
            return


def finish_applying(desk: Desk) -> Steps[None]:
    """Put what was read to its end in place, and let others write between the chunks."""
    if is_applying(desk):
        while apply_chunk(desk):
            yield Sleep(0)


def _read(desk: Desk, round_: Round) -> Steps[None]:
    """Fetch pages until one says that there is no more."""
    is_done = False
    while not is_done:
        if desk.free_bytes() < desk.limits.free_bytes:
            raise Interrupted(Problem(err="disk-full", sentence=_FULL))
        with desk.transaction("look") as tx:
            asked = next_pull(tx, desk.limits, failures=tx.number(StateKey.FAILURES))
        reply = yield from ask(desk, "sync/pull", asked, round_)
        if isinstance(reply, Pulled):
            _check_moves(asked, reply)
            is_done = reply.done
            round_.received += _take(desk, reply, round_)
        else:
            _start_over(desk, reply)


def _take(desk: Desk, page: Pulled, round_: Round) -> int:
    with desk.transaction("stage") as tx:
        if is_news(tx, page, was_refused=round_.refused > 0):
            desk.wake(tx)
            return stage_page(tx, page)
        compare(desk, tx, page.heads)
    return 0


def _check_moves(asked: Pull, page: Pulled) -> None:
    if not (page.done or page.rows or page.resets or page.revoked) and page.cur == asked.cur:
        raise Interrupted(Problem(err="unknown", sentence=_STUCK))


def _start_over(desk: Desk, reply: Reply) -> None:
    """Read everything anew if the hub's numbers lie below ours, which no hub does by itself."""
    if not isinstance(reply, Problem) or reply.err != "ahead":
        problem = reply if isinstance(reply, Problem) else Problem(err="unknown")
        raise Interrupted(problem)
    with desk.transaction("compare") as tx:
        is_second = is_recent(read_troubles(tx).get(ALL_BUCKETS), desk.now)
        if not is_second:
            note_trouble(tx, ALL_BUCKETS, STOPPED, desk.now)
            reread(tx)
            desk.wake(tx)
    if is_second:
        raise Interrupted(reply)


def _is_incomplete(desk: Desk) -> bool:
    with desk.transaction("look") as tx:
        found = tx.connection.execute("SELECT EXISTS (SELECT 1 FROM bucket WHERE is_reset = 1)")
        return bool(found.fetchone()[0])
