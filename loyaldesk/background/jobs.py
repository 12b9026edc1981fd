"""How does a page ask for work, and how does the answer come back to it?"""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any

from shiboken6 import isValid

from loyaldesk.background.child_process import DEFAULT_LIMIT_S, MEMORY_BYTES, ChildProcess
from loyaldesk.background.dispatcher import Dispatcher
from loyaldesk.background.job import Job, Outcome, Progress, Wishes
from loyaldesk.background.lanes import JobQueue, Lane
from loyaldesk.background.writer import Writer, perform
from loyaldesk.errors import Cancelled, LoyalDeskError

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.background.lanes import Owned
    from loyaldesk.background.writer import OpenStore, Operation

__all__ = ["Jobs"]

READ_LANES = 2
Slot = "Callable[[Any], object] | None"


class Jobs:
    """The lanes: one that writes, two that read, and a child process; answers come home by signal.

    All methods but `announce` belong to the main thread. `open_store` runs on the write lane,
    which starts at once, so the window paints meanwhile. Readers wait for the store, or come from
    `open_reader` when they need not (an up-to-date file). A failure without a slot of its own
    goes to `failed`, a bug to `crashed`, and `Cancelled` to nobody.
    """

    def __init__(
        self,
        open_store: Callable[[], OpenStore],
        *,
        failed: Callable[[LoyalDeskError], object],
        crashed: Callable[[Exception], object],
        opened: Callable[[], object] = lambda: None,
        open_reader: Callable[[], Owned] | None = None,
        memory_bytes: int = MEMORY_BYTES,
    ) -> None:
        self._open_store, self._open_reader = open_store, open_reader
        self._failed, self._crashed, self._opened = failed, crashed, opened
        self._is_closed = False
        self._dispatcher = Dispatcher()
        self._store: Future[OpenStore] = Future()
        self._wishes: dict[Job, Wishes] = {}
        self._latest: dict[tuple[int, str], Job] = {}
        self._writes, self._reads = JobQueue(), JobQueue(newest_first=True)
        self._calls = JobQueue()
        self._writer = self._lane("write", self._writes, self._make_writer, self._broken)
        self._readers = [
            self._lane(f"read-{number}", self._reads, self._make_reader, self._reader_broken)
            for number in range(READ_LANES)
        ]
        make_child = partial(ChildProcess, memory_bytes=memory_bytes)
        self._child = self._lane("child", self._calls, make_child, self._broken)

    def read(
        self,
        query: Callable[..., Any],
        *,
        owner: object = None,
        then: Callable[[Any], object] | None = None,
        failed: Callable[[Any], object] | None = None,
        replaces: str | None = None,
        **arguments: Any,
    ) -> Job:
        """Run `query(reader, **arguments)` on a read lane, newest first.

        A job with the same owner and `replaces` key is stopped: only the latest answer counts.
        """
        job = Job(lambda reader: query(reader, **arguments), stop=self._stop_read)
        wishes = _wishes(owner, then, failed, replaces=replaces)
        return self._submit(job, wishes, self._reads)

    def write(
        self,
        operation: Operation,
        *,
        owner: object = None,
        then: Callable[[Any], object] | None = None,
        failed: Callable[[Any], object] | None = None,
        **arguments: Any,
    ) -> Job:
        """Run `operation(tx, **arguments)` in a transaction on the write lane, in order."""
        job = Job(lambda writer: perform(writer.store, operation, arguments))
        return self._submit(job, _wishes(owner, then, failed, is_write=True), self._writes)

    def run(
        self,
        work: Callable[..., Any],
        *,
        owner: object = None,
        then: Callable[[Any], object] | None = None,
        failed: Callable[[Any], object] | None = None,
        progress: Callable[[int, int | None], object] | None = None,
        cancelled: Callable[[], object] | None = None,
        **arguments: Any,
    ) -> Job:
        """Run `work(store, **arguments)` on the write lane: an import, an undo, a check.

        With a `progress` slot the work also gets `progress(done, total)` to call, which is where
        a cancelled job stops.
        """

        def with_store(writer: Writer) -> Any:
            if progress is not None:
                arguments["progress"] = Progress(job, partial(self._show_progress, job))
            return work(writer.store, **arguments)

        job = Job(with_store)
        wishes = _wishes(owner, then, failed, progress, cancelled, is_write=True)
        return self._submit(job, wishes, self._writes)

    def child(
        self,
        function: str,
        *,
        owner: object = None,
        then: Callable[[Any], object] | None = None,
        failed: Callable[[Any], object] | None = None,
        progress: Callable[[int, int | None], object] | None = None,
        cancelled: Callable[[], object] | None = None,
        replaces: str | None = None,
        limit_s: float = DEFAULT_LIMIT_S,
        **arguments: Any,
    ) -> Job:
        """Run `"package.module:function"` with the arguments in the child process.

        It is killed when it shows no life for `limit_s` seconds or the job is cancelled. What
        replaces something is what people look at, so it goes ahead of a batch of letters.
        """

        def in_child(child: ChildProcess) -> Any:
            report = Progress(job, partial(self._show_progress, job)) if progress else None
            return child.call(function, arguments, limit_s=limit_s, progress=report)

        job = Job(in_child, is_urgent=replaces is not None, stop=self._stop_call)
        wishes = _wishes(owner, then, failed, progress, cancelled, replaces=replaces)
        return self._submit(job, wishes, self._calls)

    def announce(self, call: Callable[[], object]) -> None:
        """Run the call on the main thread, after what was announced before; from any thread."""
        self._dispatcher.post(call)

    def is_idle(self) -> bool:
        """Tell whether every answer has come home."""
        return not self._wishes

    def close(self) -> None:
        """Finish every write, stop the rest, end the threads and the child; twice is harmless.

        Failures of those last writes are still told.
        """
        if self._is_closed:
            return
        self._is_closed = True
        for job in [job for job, wishes in self._wishes.items() if not wishes.is_write]:
            job.cancel()
        for queue in (self._calls, self._reads, self._writes):
            queue.close()
        for lane in (self._child, *self._readers, self._writer):
            lane.join()
        self._dispatcher.run_all()

    def _lane(
        self,
        name: str,
        queue: JobQueue,
        opening: Callable[[], Owned],
        not_opened: Callable[[Exception], None],
    ) -> Lane:
        return Lane(name, queue, opening=opening, report=self._report, not_opened=not_opened)

    def _submit(self, job: Job, wishes: Wishes, queue: JobQueue) -> Job:
        if self._is_closed:
            raise RuntimeError("These lanes are closed.")
        if wishes.replaces is not None:
            if (superseded := self._latest.get(wishes.replaces)) is not None:
                superseded.cancel()
            self._latest[wishes.replaces] = job
        self._wishes[job] = wishes
        queue.put(job)
        return job

    def _make_writer(self) -> Writer:
        try:
            store = self._open_store()
        except BaseException as error:
            self._store.set_exception(error)
            raise
        self._store.set_result(store)
        self.announce(self._opened)
        return Writer(store, closed=self._join_readers)

    def _join_readers(self) -> None:
        for lane in self._readers:
            lane.join()

    def _make_reader(self) -> Owned:
        return self._open_reader() if self._open_reader else self._store.result().reader()

    def _stop_read(self, job: Job) -> None:
        for lane in self._readers:
            lane.interrupt(job)

    def _stop_call(self, job: Job) -> None:
        self._child.interrupt(job)

    def _broken(self, error: Exception) -> None:
        self.announce(partial(self._complain, error, self._failed))

    def _reader_broken(self, error: Exception) -> None:
        if self._store.exception() is not error:
            self._broken(error)

    def _report(self, job: Job, outcome: Outcome) -> None:
        self.announce(partial(self._come_home, job, outcome))

    def _show_progress(self, job: Job, done: int, total: int | None) -> None:
        self.announce(partial(self._progressed, job, done, total))

    def _progressed(self, job: Job, done: int, total: int | None) -> None:
        wishes = self._wishes.get(job)
        if wishes is not None and wishes.progress is not None and isValid(wishes.owner):
            wishes.progress(done, total)

    def _come_home(self, job: Job, outcome: Outcome) -> None:
        wishes = self._wishes.pop(job)
        if wishes.replaces is not None and self._latest.get(wishes.replaces) is job:
            del self._latest[wishes.replaces]
        is_there = isValid(wishes.owner)
        if outcome.error is None and not job.is_cancelled:
            answer = partial(wishes.then, outcome.value) if wishes.then else None
        elif job.is_cancelled or isinstance(outcome.error, Cancelled):
            answer = wishes.cancelled
        else:
            return self._fail(wishes, outcome.error, is_there=is_there)
        if is_there and answer is not None:
            answer()
        return None
