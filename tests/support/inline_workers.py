"""What stands in for the lanes in tests, so that an answer is there when the call returns?"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from shiboken6 import isValid

from loyaldesk.background.job import Job
from loyaldesk.background.writer import Wire, perform
from loyaldesk.errors import Cancelled, LoyalDeskError

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.background.writer import OpenStore, Operation


class InlineWorkers:
    """`Jobs` without threads: each job runs, and is answered, inside the call that asks for it.

    `ran` lists what was asked for, in order. A failure without a slot of its own goes to `failed`;
    bugs are raised where they stand.
    """

    def __init__(
        self, store: OpenStore, *, failed: Callable[[LoyalDeskError], object] | None = None
    ) -> None:
        self.ran: list[str] = []
        self._store = store
        self._failed = failed
        self._reader: Any = None
        self._is_closed = False

    def read(self, query: Callable[..., Any], *, replaces: str | None = None, **rest: Any) -> Job:
        """Run the query on the one reader."""
        if self._reader is None:
            self._reader = self._store.reader()
        return self._answer(query, self._reader, **rest)

    def write(self, operation: Operation, **rest: Any) -> Job:
        """Run the operation in its transaction."""

        def work(store: OpenStore, **arguments: Any) -> Any:
            return perform(store, operation, arguments)

        return self._answer(work, self._store, asked_as=operation.label, **rest)

    def run(self, work: Callable[..., Any], **rest: Any) -> Job:
        """Run the work on the store."""
        return self._answer(work, self._store, **rest)

    def network(self, work: Callable[..., Any], *, lane: str = "network", **rest: Any) -> Job:
        """Run the work on the store, with nobody who could end it."""
        del lane
        return self._answer(work, self._store, wire=Wire(self._store), **rest)

    def child(
        self, function: str, *, replaces: str | None = None, limit_s: float = 0, **rest: Any
    ) -> Job:
        """Run the function in this process."""
        module, _, name = function.partition(":")
        work = getattr(importlib.import_module(module), name)
        return self._answer(
            lambda _, **arguments: work(**arguments), None, asked_as=function, **rest
        )

    def announce(self, call: Callable[[], object]) -> None:
        """Run the call."""
        call()

    def is_idle(self) -> bool:
        """Tell that nothing is ever under way."""
        return True

    def close(self) -> None:
        """Close the reader and refuse further work; the store belongs to the test."""
        self._is_closed = True
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def _answer(
        self,
        work: Callable[..., Any],
        source: Any,
        /,
        *,
        asked_as: str = "",
        owner: object = None,
        then: Callable[[Any], object] | None = None,
        failed: Callable[[Any], object] | None = None,
        progress: Callable[[int, int | None], object] | None = None,
        cancelled: Callable[[], object] | None = None,
        **arguments: Any,
    ) -> Job:
        if self._is_closed:
            raise RuntimeError("These lanes are closed.")
        self.ran.append(asked_as or work.__name__)
        if progress is not None:
            arguments["progress"] = lambda done, total=None: progress(done, total)
        try:
            value = work(source, **arguments)
        except Cancelled:
            _call_if_there(owner, cancelled)
        except LoyalDeskError as error:
            tell = failed if failed is not None and isValid(owner) else self._failed
            if tell is None:
                raise
            tell(error)
        else:
            _call_if_there(owner, then, value)
        return Job(lambda _: None)


def _call_if_there(owner: object, slot: Callable[..., object] | None, *values: Any) -> None:
    if slot is not None and isValid(owner):
        slot(*values)
