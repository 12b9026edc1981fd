"""How does the window make the letters of a statement run without ever standing still?

Each customer is three short jobs: composed on a read lane, drawn in the child process, put on
record on the write lane. Between any two of them the run can be stopped, or the window closed: it
goes on later with the next customer.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from loyaldesk.errors import Conflict, LoyalDeskError
from loyaldesk.operations.statement_runs import begin_run, end_run
from loyaldesk.runs.statement_steps import (
    DRAW,
    Problem,
    ReadyStatement,
    compose_next,
    note_problem,
    problem_of,
    record_drawn,
)
from loyaldesk.ui.errand import Errand

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.pdf.issuing import DrawnPages
    from loyaldesk.queries.statement_runs import RunItem
    from loyaldesk.store.store import Store
    from loyaldesk.ui.desk import Desk

__all__ = ["StatementErrand"]


class StatementErrand(Errand):
    """Drives one run; `item_done` tells each customer, `ended` that it finished or stopped.

    `refused` carries why a run could not begin or go on; what is on record stays.
    """

    item_done = Signal(object)
    refused = Signal(object)
    ended = Signal()

    def __init__(self, desk: Desk, run_id: int, *, waiting: int) -> None:
        super().__init__(desk)
        self._run_id, self._waiting, self._done = run_id, waiting, 0

    def start(self) -> None:
        """Begin, or go on where the run stopped."""
        self.tell_begin(self.tr("Making {n} statements").format(n=self._waiting))
        self._desk.jobs.write(
            begin_run,
            owner=self,
            then=lambda _: self._next(after=0),
            failed=self._refuse,
            run_id=self._run_id,
        )

    def _next(self, *, after: int) -> None:
        if self.is_cancelled:
            self._end()
            return
        self._desk.jobs.read(
            compose_next,
            owner=self,
            then=self._composed,
            failed=self._refuse,
            run_id=self._run_id,
            now=self._desk.now(),
            after=after,
        )

    def _composed(self, found: ReadyStatement | Problem | None) -> None:
        if found is None:
            self._end()
        elif isinstance(found, Problem):
            self._note(found)
        else:
            self._desk.jobs.child(
                DRAW,
                owner=self,
                then=partial(self._drawn, found),
                failed=lambda error: self._note(problem_of(found.item, error)),
                composed=found.composed,
            )

    def _drawn(self, ready: ReadyStatement, pages: DrawnPages) -> None:
        self._desk.jobs.run(
            _record,
            owner=self,
            then=lambda _: self._go_on(ready.item),
            failed=partial(self._not_recorded, ready),
            files=self._desk.files,
            ready=ready,
            pages=pages,
        )

    def _not_recorded(self, ready: ReadyStatement, error: LoyalDeskError) -> None:
        """Look again at a customer whose number was taken meanwhile; tell any other refusal."""
        if isinstance(error, Conflict):
            self._next(after=ready.item.position - 1)
        else:
            self._note(problem_of(ready.item, error))

    def _note(self, problem: Problem) -> None:
        self._desk.jobs.run(
            _note,
            owner=self,
            then=lambda _: self._go_on(problem.item),
            failed=self._refuse,
            problem=problem,
        )

    def _go_on(self, item: RunItem) -> None:
        self._done += 1
        self.tell_how_far(self._done, self._waiting)
        self.item_done.emit(item)
        self._next(after=item.position)

    @Slot(object)
    def _refuse(self, error: LoyalDeskError) -> None:
        self.refused.emit(error)
        self._end()

    def _end(self) -> None:
        self._desk.jobs.write(end_run, owner=self, then=self._ended, run_id=self._run_id)

    def _ended(self, _state: object) -> None:
        self.ended.emit()
        self.tell_end()


def _record(
    store: Store, *, files: Callable[[], FileStore], ready: ReadyStatement, pages: DrawnPages
) -> int:
    return record_drawn(store, files=files(), ready=ready, pages=pages)


def _note(store: Store, *, problem: Problem) -> None:
    note_problem(store, problem=problem)
