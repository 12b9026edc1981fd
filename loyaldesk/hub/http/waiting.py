"""Has anything moved since a desk looked last? It may wait for that; it learns no more than yes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import anyio
from anyio import to_thread

from loyaldesk.hub.access import buckets_granted
from loyaldesk.hub.engine.heads import NO_HEAD, heads_of
from loyaldesk.hub.refusals import busy
from loyaldesk.protocol.wire import WAIT_S, Waited

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyaldesk.hub.access import Principal
    from loyaldesk.hub.http.exchange import Asked
    from loyaldesk.hub.store import HubStore

__all__ = ["Heads", "wait_for_news"]

LOOK_S = 1.0
RETRY_S = 20.0


class Heads:
    """The heads of all buckets, read at most once a second however many desks wait."""

    def __init__(self, store: HubStore, *, look_s: float = LOOK_S) -> None:
        self._store, self.look_s = store, look_s
        self._lock = anyio.Lock()
        self._numbers: Mapping[str, int] = {}
        self._read_at = float("-inf")
        self.waiting = 0

    async def numbers(self) -> Mapping[str, int]:
        """Return the last number of each bucket, not older than a second."""
        async with self._lock:
            if anyio.current_time() - self._read_at >= self.look_s:
                self._numbers = await to_thread.run_sync(self._read)
                self._read_at = anyio.current_time()
            return self._numbers

    def _read(self) -> Mapping[str, int]:
        with self._store.snapshot("heads") as tx:
            return {name: head.seq for name, head in heads_of(tx).items()}


async def wait_for_news(asked: Asked, heads: Heads, *, most: int, wait_s: float = WAIT_S) -> Waited:
    """Return what the asker's heads add up to, as soon as that is not `seen`, or after `wait_s`."""
    if heads.waiting >= most:
        raise busy(RETRY_S)
    heads.waiting += 1
    try:
        seen = asked.query.get("seen", "")
        end = anyio.current_time() + wait_s
        while (now := _sum(await heads.numbers(), asked.asker)) == seen:
            left = end - anyio.current_time()
            if left <= 0 or asked.hub.is_ending:
                break
            await anyio.sleep(min(heads.look_s, left))
        return Waited(now)
    finally:
        heads.waiting -= 1


def _sum(numbers: Mapping[str, int], principal: Principal) -> str:
    granted = buckets_granted(principal, numbers)
    told = "\n".join(f"{name} {numbers.get(name, NO_HEAD.seq)}" for name in granted)
    return hashlib.sha256(told.encode()).hexdigest()[:32]
