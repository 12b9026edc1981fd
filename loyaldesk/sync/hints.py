"""How does a desk hear at once that something moved at the hub?

A long poll on a thread of its own says only "pull"; a hint that is lost costs a minute.
"""

from __future__ import annotations

from threading import Event, Thread
from typing import TYPE_CHECKING

from loyaldesk.errors import LoyalDeskError
from loyaldesk.protocol.wire import WAIT_S, Waited

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.sync.reach.calls import Caller

__all__ = ["Hints"]

AFTER_TROUBLE_S = 30.0


class Hints:
    """Asks the hub to answer when something moved, and then calls `wake`."""

    def __init__(self, caller: Caller, wake: Callable[[], object]) -> None:
        self._caller, self._wake = caller, wake
        self._is_stopped = Event()
        self._thread = Thread(target=self._listen, name="hub hints", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """Listen no more; what is awaited ends with the transport."""
        self._is_stopped.set()

    def join(self) -> None:
        """Wait until the thread has ended, if it was started."""
        if self._thread.is_alive():
            self._thread.join()

    def _listen(self) -> None:
        seen = ""
        while not self._is_stopped.is_set():
            try:
                found = self._ask(seen)
            except LoyalDeskError:
                self._is_stopped.wait(AFTER_TROUBLE_S)
                continue
            if seen and found != seen:
                self._wake()
            seen = found

    def _ask(self, seen: str) -> str:
        answer: Waited = self._caller.read(f"sync/wait?seen={seen}", Waited, patience_s=WAIT_S)
        return answer.seen
