"""Who waits for which answer, and what is told to whom?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from shiboken6 import isValid

from loyaldesk.background.dispatcher import Dispatcher
from loyaldesk.errors import Cancelled, LoyalDeskError

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.background.job import Job, Outcome, Wishes

__all__ = ["Home"]


class Home:
    """The main thread's side of every job.

    Slots and their widgets are kept here and nowhere else: workers hold the job only, so a widget
    is never destroyed on a worker. `report`, `show_progress`, `complain` and `post` may be called
    from any thread, the rest belongs to the main thread.
    """

    def __init__(
        self,
        *,
        failed: Callable[[LoyalDeskError], object],
        crashed: Callable[[Exception], object],
    ) -> None:
        self._failed = failed
        self._crashed = crashed
        self._dispatcher = Dispatcher()
        self._wishes: dict[Job, Wishes] = {}
        self._latest: dict[tuple[int, str], Job] = {}

    def expect(self, job: Job, wishes: Wishes) -> None:
        """Remember who waits for the job, and stop the job that it replaces."""
        if wishes.replaces is not None:
            if (superseded := self._latest.get(wishes.replaces)) is not None:
                superseded.cancel()
            self._latest[wishes.replaces] = job
        self._wishes[job] = wishes

    def is_idle(self) -> bool:
        """Tell whether nobody waits."""
        return not self._wishes

    def cancel_all_but_writes(self) -> None:
        """Stop every job whose answer only a window would want."""
        for job, wishes in tuple(self._wishes.items()):
            if not wishes.is_write:
                job.cancel()

    def finish(self) -> None:
        """Tell at once what was reported so far."""
        self._dispatcher.run_all()

    def post(self, call: Callable[[], object]) -> None:
        """Run the call on the main thread."""
        self._dispatcher.post(call)

    def report(self, job: Job, outcome: Outcome) -> None:
        """Bring the job's outcome home."""
        self.post(partial(self._settle, job, outcome))

    def show_progress(self, job: Job, done: int, total: int | None) -> None:
        """Bring home how far the job is."""
        self.post(partial(self._progressed, job, done, total))

    def complain(self, error: Exception) -> None:
        """Bring home an error that belongs to no job."""
        self.post(partial(self._tell, error, None))

    def _settle(self, job: Job, outcome: Outcome) -> None:
        wishes = self._wishes.pop(job)
        if wishes.replaces is not None and self._latest.get(wishes.replaces) is job:
            del self._latest[wishes.replaces]
        is_there = isValid(wishes.owner)
        # A write that was kept, or refused, is a fact, whenever the user changed their mind.
        is_stopped = job.is_cancelled and not wishes.is_write
        if is_stopped or isinstance(outcome.error, Cancelled):
            if is_there and wishes.cancelled is not None:
                wishes.cancelled()
        elif outcome.error is not None:
            self._fail(wishes, outcome.error, is_there=is_there)
        elif is_there and wishes.then is not None:
            wishes.then(outcome.value)

    def _fail(self, wishes: Wishes, error: Exception, *, is_there: bool) -> None:
        # A closed page does not miss its rows, but the user must hear of a write that was not kept.
        if is_there or wishes.is_write or not isinstance(error, LoyalDeskError):
            self._tell(error, wishes.failed if is_there else None)

    def _tell(self, error: Exception, failed: Callable[[Exception], object] | None) -> None:
        if isinstance(error, Cancelled):
            return
        if isinstance(error, LoyalDeskError):
            (failed or self._failed)(error)
        else:
            self._crashed(error)

    def _progressed(self, job: Job, done: int, total: int | None) -> None:
        wishes = self._wishes.get(job)
        if wishes is not None and wishes.progress is not None and isValid(wishes.owner):
            wishes.progress(done, total)
