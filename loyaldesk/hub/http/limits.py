"""How much may one asker ask for? Token buckets in memory, one for each key."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from loyaldesk.hub.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Allowance", "Limits", "TokenBuckets"]

MOST_KEYS = 50_000


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many requests at once, and then so many each second."""

    burst: float
    per_second: float


class TokenBuckets:
    """One bucket of tokens for each key, refilled with time; safe to use from several threads.

    `clock` counts seconds. Only the keys heard of last are remembered: full buckets are no loss.
    """

    def __init__(self, allowance: Allowance, clock: Callable[[], float]) -> None:
        self._allowance, self._clock = allowance, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._guard = Lock()

    def take(self, key: str) -> float:
        """Take one token; returns 0, or after how many seconds there will be one."""
        with self._guard:
            now = self._clock()
            tokens, at = self._buckets.pop(key, (self._allowance.burst, now))
            tokens = min(self._allowance.burst, tokens + (now - at) * self._allowance.per_second)
            is_allowed = tokens >= 1
            self._buckets[key] = (tokens - is_allowed, now)
            while len(self._buckets) > MOST_KEYS:
                self._buckets.popitem(last=False)
            return 0 if is_allowed else (1 - tokens) / self._allowance.per_second


class Limits:
    """The allowances of a hub: requests of a device, sign-ins of a user and from an address."""

    DEVICE = Allowance(burst=120, per_second=10)
    # Five tries, then one in half a minute; together far from what guessing a password takes.
    SIGN_IN = Allowance(burst=5, per_second=1 / 30)
    ADDRESS = Allowance(burst=30, per_second=1 / 6)
    USER = Allowance(burst=50, per_second=1 / 60)
    OPEN = Allowance(burst=120, per_second=5)

    def __init__(self, clock: Callable[[], float]) -> None:
        self._device = TokenBuckets(self.DEVICE, clock)
        self._open = TokenBuckets(self.OPEN, clock)
        self._pairs = TokenBuckets(self.SIGN_IN, clock)
        self._addresses = TokenBuckets(self.ADDRESS, clock)
        self._users = TokenBuckets(self.USER, clock)

    def count_device(self, device: str) -> None:
        """Count a request of a device; raises Refusal when there were too many."""
        _check(self._device.take(device), "This computer asks too often.")

    def count_stranger(self, address: str) -> None:
        """Count a request from an address that did not sign in; raises Refusal likewise."""
        _check(self._open.take(address), "There are too many requests from this network.")

    def count_sign_in(self, user: str, address: str) -> None:
        """Count an attempt to sign in, before it is looked at; raises Refusal likewise."""
        waits = (
            self._pairs.take(f"{user}\n{address}"),
            self._addresses.take(address),
            self._users.take(user),
        )
        _check(max(waits), "There were too many attempts to sign in.")


def _check(wait_s: float, words: str) -> None:
    if wait_s:
        raise Refusal(
            "busy",
            f"{words} Nothing was changed. Try again in {max(1, round(wait_s))} seconds.",
            status=429,
            retry_after_s=wait_s,
        )
