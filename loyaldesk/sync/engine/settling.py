"""How does a round end: what is tidied up, and when does the desk come again?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from loyaldesk.store.connection import to_sql
from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.engine.exchange import hub_time
from loyaldesk.sync.engine.troubles import reported

if TYPE_CHECKING:
    from loyaldesk.sync.engine.desk import Desk, Tx
    from loyaldesk.sync.engine.exchange import Round

__all__ = ["has_work", "settle"]

JOURNAL_KEPT = timedelta(days=30)
_TRANSIENT = frozenset({"offline", "busy"})
_LONGEST_S, _FIRST_S = 300.0, 2.0
# So seldom is it noted that nothing was new.
_NOTED_EVERY = timedelta(minutes=10)


def settle(desk: Desk, round_: Round) -> None:
    """Set the time of the next round, and tidy up after a good one."""
    with desk.transaction("settle") as tx:
        round_.troubles = reported(tx)
        failures = _failures(tx, round_)
        round_.again_in_s = _again_in_s(desk, tx, round_, failures)
        tx.remember(StateKey.FAILURES, failures or "")
        is_due = has_work(tx) or round_.problem is not None
        at = desk.clock() + timedelta(seconds=round_.again_in_s)
        tx.remember(StateKey.NEXT_AT, to_sql(at) if is_due else "")
        if round_.is_in_step:
            _tidy(desk, tx, round_)


def has_work(tx: Tx) -> bool:
    """Tell whether anything is left to send, to fetch or to put in place."""
    found = tx.connection.execute(
        "SELECT EXISTS (SELECT 1 FROM outbox) OR EXISTS (SELECT 1 FROM inbox)"
        " OR EXISTS (SELECT 1 FROM bucket WHERE is_reset = 1 OR staged_seq IS NOT NULL)"
    ).fetchone()
    return bool(found[0]) or tx.state(StateKey.REPLAY) != ""


def _failures(tx: Tx, round_: Round) -> int:
    if round_.problem is None or round_.problem.err not in _TRANSIENT:
        return 0
    return tx.number(StateKey.FAILURES) + 1


def _again_in_s(desk: Desk, tx: Tx, round_: Round, failures: int) -> float:
    if round_.problem is None:
        return 0.0 if has_work(tx) else desk.limits.idle_s
    waits = _FIRST_S * 2.0 ** min(failures - 1, 10) if failures else _LONGEST_S
    return max(round_.problem.retry_after_s, min(waits, _LONGEST_S))


def _tidy(desk: Desk, tx: Tx, round_: Round) -> None:
    now = datetime.fromisoformat(hub_time(desk))
    before = to_sql(now - JOURNAL_KEPT)
    tx.connection.execute("DELETE FROM journal WHERE acked_at < ?", [before])
    noted = tx.state(StateKey.LAST_SYNC)
    is_old = not noted or abs(now - datetime.fromisoformat(noted)) >= _NOTED_EVERY
    if is_old or round_.has_moved:
        tx.remember(StateKey.LAST_SYNC, to_sql(now))
