"""What is one run of a query, an operation or a child's function, and what became of it?"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any

from loyaldesk.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Job", "Outcome", "Progress", "Wishes"]

# A person sees no more than this; a worker that reports each row would flood the main thread.
LEAST_PAUSE_S = 0.05


@dataclass(slots=True, eq=False)
class Job:
    """One run; `work` takes what its lane owns and runs there, `stop` ends it wherever it is."""

    work: Callable[[Any], Any]
    is_urgent: bool = False
    is_cancelled: bool = False
    stop: Callable[[Job], None] = lambda _: None

    def cancel(self) -> None:
        """Stop the run, or keep it from starting; its answer is dropped either way."""
        if not self.is_cancelled:
            self.is_cancelled = True
            self.stop(self)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a lane made of a job: a value, or the error that ended it."""

    value: Any = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """Whom an outcome goes to; `key` names what the job replaces among its owner's jobs."""

    owner: object
    then: Callable[[Any], object] | None
    failed: Callable[[Any], object] | None
    progress: Callable[[int, int | None], object] | None = None
    cancelled: Callable[[], object] | None = None
    key: str | None = None
    is_write: bool = False

    @property
    def replaces(self) -> tuple[int, str] | None:
        """The owner's key, because two pages may use the same word; None if it replaces nothing."""
        return None if self.key is None else (id(self.owner), self.key)


class Progress:
    """How work says how far it is: call it with what is done and, if known, what there is to do.

    A call ends the work with `Cancelled` once the user asked for that.
    """

    def __init__(self, job: Job, show: Callable[[int, int | None], None]) -> None:
        self._job = job
        self._show = show
        self._next_s = 0.0

    def __call__(self, done: int, total: int | None = None) -> None:
        """Report, at most twenty times a second and always at the end."""
        if self._job.is_cancelled:
            raise Cancelled
        now_s = monotonic()
        if now_s >= self._next_s or done == total:
            self._next_s = now_s + LEAST_PAUSE_S
            self._show(done, total)
