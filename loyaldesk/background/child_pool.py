"""How do several child processes work at once, for a batch that no window waits for?"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from threading import local
from typing import TYPE_CHECKING, Any, Self

from loyaldesk.background.child_process import ChildProcess

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["ChildPool"]

MEMORY_BYTES = 2 << 30
LIMIT_S = 60.0


class ChildPool:
    """Child processes, each started with its first call and called by a thread of its own."""

    def __init__(
        self, workers: int, *, memory_bytes: int = MEMORY_BYTES, limit_s: float = LIMIT_S
    ) -> None:
        """Take how many processes, how much memory each may have, how long a call may take."""
        self.workers = workers
        self._memory_bytes, self._limit_s = memory_bytes, limit_s
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="child")
        self._own = local()
        self._children: list[ChildProcess] = []

    def submit(self, function: str, /, **arguments: Any) -> Future[Any]:
        """Have `module:function` run in one of the processes; return what will hold its answer."""
        return self._threads.submit(self._call, function, arguments)

    def close(self) -> None:
        """End the processes; what is under way or waits is dropped."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for child in self._children:
            child.interrupt()
        self._threads.shutdown()
        for child in self._children:
            child.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _call(self, function: str, arguments: dict[str, Any]) -> Any:
        child: ChildProcess | None = getattr(self._own, "child", None)
        if child is None:
            child = self._own.child = ChildProcess(memory_bytes=self._memory_bytes)
            self._children.append(child)
        return child.call(function, arguments, limit_s=self._limit_s)
