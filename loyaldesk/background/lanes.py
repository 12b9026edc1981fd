"""Which job runs next, and on which thread?"""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, Protocol

from loyaldesk.background.job import Job, Outcome
from loyaldesk.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["JobQueue", "Lane", "Owned"]

PAUSE_S = 0.05


class Owned(Protocol):
    """What a lane owns for life, on its own thread: a connection or a process."""

    def interrupt(self) -> None:
        """Stop what is running; called from another thread."""

    def close(self) -> None:
        """Give it back."""


class JobQueue:
    """Jobs that wait: urgent ones first, else in order, or newest first for what people look at."""

    def __init__(self, *, newest_first: bool = False) -> None:
        self._newest_first = newest_first
        self._jobs: deque[Job] = deque()
        self._ready = threading.Condition()
        self._is_closed = False

    def put(self, job: Job) -> None:
        """Let a job wait for a lane."""
        with self._ready:
            if self._newest_first or job.is_urgent:
                self._jobs.appendleft(job)
            else:
                self._jobs.append(job)
            self._ready.notify()

    def take(self) -> Job | None:
        """Return the next job, waiting for one; None when the queue is closed and done."""
        with self._ready:
            while not self._jobs and not self._is_closed:
                self._ready.wait()
            return self._jobs.popleft() if self._jobs else None

    def close(self) -> None:
        """Let the lanes end when nothing waits any more."""
        with self._ready:
            self._is_closed = True
            self._ready.notify_all()


class Lane:
    """A plain thread that opens one `Owned`, runs jobs on it, and closes it at the end.

    It opens at once, or with `is_lazy` at the first job. When opening fails the lane reports it
    once and answers every job with `Cancelled`.
    """

    def __init__(
        self,
        name: str,
        queue: JobQueue,
        *,
        opening: Callable[[], Owned],
        report: Callable[[Job, Outcome], None],
        not_opened: Callable[[Exception], None],
        is_lazy: bool = False,
    ) -> None:
        self._queue = queue
        self._opening = opening
        self._report = report
        self._not_opened = not_opened
        self._is_lazy = is_lazy
        self._guard = threading.Lock()
        self._owned: Owned | None = None
        self._running: Job | None = None
        self._thread = threading.Thread(target=self._live, name=name, daemon=True)
        self._thread.start()

    def interrupt(self, job: Job) -> None:
        """Stop the job if this lane runs it; called from another thread."""
        # The guard is held while interrupting, or the next job on this lane could be hit.
        with self._guard:
            if self._running is job and self._owned is not None:
                self._owned.interrupt()

    def stop(self) -> None:
        """Interrupt whatever runs until the closed queue is empty and the thread has ended."""
        # Again and again, because work between two statements does not feel one interrupt.
        while self._thread.is_alive():
            with self._guard:
                if self._running is not None and self._owned is not None:
                    self._owned.interrupt()
            self._thread.join(PAUSE_S)

    def join(self) -> None:
        """Wait until the queue is closed and everything in it is done."""
        self._thread.join()

    def _live(self) -> None:
        if not self._is_lazy:
            self._open()
        for job in self._jobs():
            if self._is_lazy:
                self._open()
            self._report(job, self._outcome(job))
        if self._owned is not None:
            self._owned.close()

    def _jobs(self) -> Iterable[Job]:
        while (job := self._queue.take()) is not None:
            yield job

    def _open(self) -> None:
        self._is_lazy = False
        try:
            self._owned = self._opening()
        except Exception as error:
            self._not_opened(error)

    def _outcome(self, job: Job) -> Outcome:
        with self._guard:
            if job.is_cancelled or self._owned is None:
                return Outcome(error=Cancelled())
            self._running = job
        try:
            return Outcome(job.work(self._owned))
        except Exception as error:
            return Outcome(error=error)
        finally:
            with self._guard:
                self._running = None
