"""Whose turn is it to write? Whoever asked first, so that no loop of short writes bars the way."""

from __future__ import annotations

from collections import deque
from threading import Lock, get_ident
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["FairLock"]


class FairLock:
    """A lock handed over in the order of asking; its holder may take it again, as an RLock's."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._waiting: deque[tuple[int, Lock]] = deque()
        self._owner = 0
        self._depth = 0

    @property
    def waiting(self) -> int:
        """How many stand in line: who holds it for work in small steps may end one early."""
        return len(self._waiting)

    def __enter__(self) -> None:
        me = get_ident()
        with self._guard:
            if self._owner in {0, me}:
                self._owner = me
                self._depth += 1
                return
            turn = Lock()
            turn.acquire()
            self._waiting.append((me, turn))
        # Whoever leaves makes us the owner before it opens this one.
        turn.acquire()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._guard:
            self._depth -= 1
            if self._depth:
                return
            if not self._waiting:
                self._owner = 0
                return
            self._owner, turn = self._waiting.popleft()
            self._depth = 1
            turn.release()
