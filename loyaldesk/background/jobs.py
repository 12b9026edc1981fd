"""How does a page ask for work away from the main thread?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from loyaldesk.background.home import Home
from loyaldesk.background.job import Job, Progress, Wishes
from loyaldesk.background.lanes import JobQueue, Lane
from loyaldesk.background.writer import Opening, Writer, perform

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.background.child_process import ChildProcess
    from loyaldesk.background.lanes import Owned
    from loyaldesk.background.writer import OpenStore, Operation
    from loyaldesk.errors import LoyalDeskError

__all__ = ["Jobs"]

READ_LANES = 2
CHILD_LIMIT_S = 60.0
CHILD_MEMORY_BYTES = 2 << 30


class Jobs:
    """The lanes: one writes, two read, some wait for a server, one has a child process.

    Answers come home by signal. All methods but `announce` belong to the main thread. `open_store`
    runs on the write lane, which starts at once, so the window paints meanwhile; `opened` tells
    when it is done, and `outdated` when reading has to wait for it. Each job has an `owner`: when
    that widget is destroyed its answers are dropped, though a write is never undone and its failure
    always told. A `LoyalDeskError` goes to the job's `failed` or else to the one given here,
    anything else is a bug and goes to `crashed`, `Cancelled` is silent.
    """

    def __init__(
        self,
        open_store: Callable[[], OpenStore],
        *,
        failed: Callable[[LoyalDeskError], object],
        crashed: Callable[[Exception], object],
        opened: Callable[[], object] | None = None,
        open_reader: Callable[[], Owned | None] | None = None,
        outdated: Callable[[], object] | None = None,
        memory_bytes: int = CHILD_MEMORY_BYTES,
    ) -> None:
        self._is_closed = False
        self._opened, self._outdated = opened, outdated
        self._home = Home(failed=failed, crashed=crashed)
        self._opening = Opening(open_store, open_reader, self._tell_outdated)
        self._writes, self._calls = JobQueue(), JobQueue()
        self._reads = JobQueue(newest_first=True)
        self._write_lane = self._lane("write", self._writes, self._open_writer)
        self._read_lanes = [
            self._lane(f"read {number + 1}", self._reads, self._opening.reader)
            for number in range(READ_LANES)
        ]
        make_child = partial(_make_child, memory_bytes)
        self._child_lane = self._lane("child", self._calls, make_child, is_lazy=True)
        # By name, made when first asked: what waits for a mail server holds up no other server.
        self._errands: dict[str, tuple[JobQueue, Lane]] = {}

    def read(
        self,
        query: Callable[..., Any],
        /,
        *,
        owner: object = None,
        then: Callable[[Any], object] | None = None,
        failed: Callable[[Any], object] | None = None,
        replaces: str | None = None,
        **arguments: Any,
    ) -> Job:
        """Run `query(reader, **arguments)` on a read lane, newest first.

        It stops the job with the same owner and `replaces` key: only the latest answer counts.
        """
        job = Job(lambda reader: query(reader, **arguments), stop=self._stop_read)
        wishes = Wishes(owner, then, failed, key=replaces)
        return self._submit(job, wishes, self._reads)

    def write(
        self,
        operation: Operation,
        /,
        *,
        owner: object = None,
        then: Callable[[Any], object] | None = None,
        failed: Callable[[Any], object] | None = None,
        **arguments: Any,
    ) -> Job:
        """Run `operation(tx, **arguments)` in a transaction on the write lane, in order."""
        job = Job(lambda writer: perform(writer.store, operation, arguments))
        return self._submit(job, Wishes(owner, then, failed, is_write=True), self._writes)

    def run(
        self,
        work: Callable[..., Any],
        /,
        *,
        owner: object = None,
        then: Callable[[Any], object] | None = None,
        failed: Callable[[Any], object] | None = None,
        progress: Callable[[int, int | None], object] | None = None,
        cancelled: Callable[[], object] | None = None,
        **arguments: Any,
    ) -> Job:
        """Run `work(store, **arguments)` on the write lane: an import, an undo, a check.

        With a `progress` slot the work gets a `progress(done, total)` to call as well, which is
        where a cancelled job stops.
        """

        def with_store(writer: Writer) -> Any:
            report = {"progress": self._progress(job)} if progress else {}
            return work(writer.store, **arguments, **report)

        job = Job(with_store)
        wishes = Wishes(owner, then, failed, progress, cancelled, is_write=True)
        return self._submit(job, wishes, self._writes)

    def child(
        self,
        function: str,
        /,
        *,
        owner: object = None,
        then: Callable[[Any], object] | None = None,
        failed: Callable[[Any], object] | None = None,
        progress: Callable[[int, int | None], object] | None = None,
        cancelled: Callable[[], object] | None = None,
        replaces: str | None = None,
        limit_s: float = CHILD_LIMIT_S,
        **arguments: Any,
    ) -> Job:
        """Run `"package.module:function"` with the arguments in the child process.

        The child is killed when it shows no life for `limit_s` seconds or the job is cancelled.
        What has a `replaces` key is looked at right now, so it goes ahead of a batch of letters.
        """

        def in_child(child: ChildProcess) -> Any:
            report = self._progress(job) if progress else None
            return child.call(
                function,
                arguments,
                limit_s=limit_s,
                progress=report,
                is_wanted=lambda: not job.is_cancelled,
            )

        job = Job(in_child, is_urgent=replaces is not None, stop=self._stop_call)
        wishes = Wishes(owner, then, failed, progress, cancelled, key=replaces)
        return self._submit(job, wishes, self._calls)

    def network(
        self,
        work: Callable[..., Any],
        /,
        *,
        owner: object = None,
        then: Callable[[Any], object] | None = None,
        failed: Callable[[Any], object] | None = None,
        lane: str = "network",
        **arguments: Any,
    ) -> Job:
        """Run `work(store, wire=…, **arguments)` on the lane of that name, made when first asked.

        It may wait for a server; of the store it takes short transactions and readers only.
        """
        if lane not in self._errands:
            queue = JobQueue()
            made = self._lane(lane, queue, self._opening.wire, is_lazy=True)
            self._errands[lane] = queue, made
        job = Job(lambda wire: work(wire.store, wire=wire, **arguments))
        return self._submit(job, Wishes(owner, then, failed), self._errands[lane][0])

    def announce(self, call: Callable[[], object]) -> None:
        """Run the call on the main thread, after what was announced before; from any thread."""
        self._home.post(call)

    def is_idle(self) -> bool:
        """Tell whether every answer has come home."""
        return self._home.is_idle()

    def close(self) -> None:
        """Finish every write, stop everything else, end threads and child; twice is harmless.

        What those last writes have to say is still told.
        """
        if self._is_closed:
            return
        self._is_closed = True
        self._home.cancel_all_but_writes()
        self._calls.close()
        self._reads.close()
        errands = list(self._errands.values())
        for queue, _ in errands:
            queue.close()
        for lane in (self._child_lane, *self._read_lanes, *(lane for _, lane in errands)):
            lane.stop()
        self._writes.close()
        self._write_lane.join()
        self._home.finish()

    def _lane(
        self, name: str, queue: JobQueue, opening: Callable[[], Owned], *, is_lazy: bool = False
    ) -> Lane:
        home = self._home
        return Lane(
            name,
            queue,
            opening=opening,
            report=home.report,
            not_opened=home.complain,
            is_lazy=is_lazy,
        )

    def _open_writer(self) -> Writer:
        writer = self._opening.writer()
        if self._opened is not None:
            self.announce(self._opened)
        return writer

    def _tell_outdated(self) -> None:
        if self._outdated is not None:
            self.announce(self._outdated)

    def _submit(self, job: Job, wishes: Wishes, queue: JobQueue) -> Job:
        if self._is_closed:
            raise RuntimeError("These lanes are closed.")
        self._home.expect(job, wishes)
        queue.put(job)
        return job

    def _progress(self, job: Job) -> Progress:
        return Progress(job, partial(self._home.show_progress, job))

    def _stop_read(self, job: Job) -> None:
        for lane in self._read_lanes:
            lane.interrupt(job)

    def _stop_call(self, job: Job) -> None:
        self._child_lane.interrupt(job)


def _make_child(memory_bytes: int) -> ChildProcess:
    # Imported here: 10 ms of CPU that the first window does not pay.
    from loyaldesk.background.child_process import ChildProcess

    return ChildProcess(memory_bytes=memory_bytes)
