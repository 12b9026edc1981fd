"""How does the hub answer a desk? One function for every call, free of clocks and of the network.

What it needs of the world it is given: the store, who asks, and what time it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.errors import Unavailable
from loyaldesk.hub.engine.pull import answer_known, answer_pull, answer_verify
from loyaldesk.hub.engine.push import answer_push
from loyaldesk.protocol.messages import KnownAsked, Problem, Pull, Push

if TYPE_CHECKING:
    from datetime import datetime

    from loyaldesk.hub.access import Principal
    from loyaldesk.hub.store import HubStore
    from loyaldesk.protocol.messages import Call, Reply

__all__ = ["answer"]

_RETRY_AFTER_S = 2.0


def answer(hub: HubStore, principal: Principal, call: Call, *, now: datetime) -> Reply:
    """Return the reply to the call of a desk; `now` is the hub's clock.

    A `Problem` means that nothing was done, except that the outcomes it carries stand.
    """
    try:
        return _answer(hub, principal, call, now)
    except Unavailable as error:
        return Problem(err="busy", sentence=str(error), retry_after_s=_RETRY_AFTER_S)


def _answer(hub: HubStore, principal: Principal, call: Call, now: datetime) -> Reply:
    body = call.body
    if isinstance(body, Push):
        return answer_push(hub, principal, call.head, body, now)
    if isinstance(body, Pull):
        return answer_pull(hub, principal, call.head, body)
    if isinstance(body, KnownAsked):
        return answer_known(hub, principal, body)
    return answer_verify(hub, principal, call.head, body)
