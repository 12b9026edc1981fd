"""How does a statement run keep several processes drawing and its numbers without a gap?

Letters are composed some ahead, each for the number it will have if all before it are issued, and
recorded strictly in order. When one before them fails, or somebody else takes a number meanwhile,
what was drawn ahead is dropped and composed again: a few pages of work, and no number is lost.
"""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from loyaldesk.errors import Cancelled, Conflict
from loyaldesk.operations.statement_runs import begin_run, end_run
from loyaldesk.queries.statement_runs import list_waiting, read_run
from loyaldesk.runs.statement_steps import (
    Problem,
    ReadyStatement,
    compose_item,
    note_problem,
    problem_of,
    record_drawn,
)
from loyaldesk.store.memory import give_memory_back

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.models import RunState
    from loyaldesk.pdf.compose_statement import ComposedStatement
    from loyaldesk.pdf.issuing import DrawnPages
    from loyaldesk.queries.statement_runs import RunItem
    from loyaldesk.store.reader import Reader
    from loyaldesk.store.store import Store

    Draw = Callable[[ComposedStatement], Future[DrawnPages]]

__all__ = ["HAND_OVER_EVERY", "drive_run"]

HAND_OVER_EVERY = 50
# What was written stays in the store's cache, ten kilobytes a letter, and is never read again.
MEMORY_BACK_EVERY = 500


def drive_run(
    store: Store,
    *,
    files: FileStore,
    run_id: int,
    draw: Draw,
    ahead: int,
    told: Callable[[RunItem], object] = lambda item: None,
    is_stopped: Callable[[], bool] = lambda: False,
    hand_over: Callable[[], object] = lambda: None,
) -> RunState:
    """Make every letter of a run that waits, in order, and return how the run stands then.

    `draw` starts drawing in another process and returns at once; `ahead` letters are drawn at the
    same time. `told` hears of each customer that is done. When `is_stopped` says so, the run ends
    after the current letter and can be driven on later. `hand_over` is called now and then with
    letters on record, and at the end.
    """
    with store.transaction(begin_run.label, undoable=False) as tx:
        begin_run(tx, run_id=run_id)
    try:
        with store.reader() as reader:
            line = _Line(store, reader=reader, files=files, run_id=run_id, draw=draw, ahead=ahead)
            _drive(line, told, is_stopped, hand_over)
            hand_over()
    finally:
        with store.transaction(end_run.label, undoable=False) as tx:
            state = end_run(tx, run_id=run_id)
    return state


def _drive(
    line: _Line,
    told: Callable[[RunItem], object],
    is_stopped: Callable[[], bool],
    hand_over: Callable[[], object],
) -> None:
    done = 0
    while not is_stopped() and (item := line.advance()) is not None:
        told(item)
        done += 1
        if done % HAND_OVER_EVERY == 0:
            hand_over()
        if done % MEMORY_BACK_EVERY == 0:
            line.give_memory_back()


class _Line:
    """The letters of a run on their way: waiting, being drawn, and the next to be recorded."""

    def __init__(
        self, store: Store, *, reader: Reader, files: FileStore, run_id: int, draw: Draw, ahead: int
    ) -> None:
        self._store, self._reader, self._files = store, reader, files
        self._run_id, self._draw, self._ahead = run_id, draw, ahead
        self._selection = read_run(reader, run_id=run_id).selection
        self._waiting: deque[RunItem] = deque()
        self._last = 0
        self._drawing: deque[tuple[ReadyStatement, Future[DrawnPages]]] = deque()

    def advance(self) -> RunItem | None:
        """Bring the next customer to an end and return it, or None when nobody waits."""
        while True:
            problem = self._fill()
            if problem is not None:
                note_problem(self._store, problem=problem)
                return problem.item
            if not self._drawing:
                return None
            item = self._record_first()
            if item is not None:
                return item

    def give_memory_back(self) -> None:
        """Let go of what was written: the last letter takes no more memory than the first."""
        with self._store.between_writes() as connection:
            give_memory_back(connection)

    def _fill(self) -> Problem | None:
        """Compose ahead and have it drawn; return at once a customer that gets no letter."""
        while len(self._drawing) < self._ahead and (item := self._next_item()) is not None:
            found = compose_item(
                self._reader,
                run_id=self._run_id,
                item=item,
                selection=self._selection,
                now=datetime.now(UTC),
                ahead=len(self._drawing),
            )
            if isinstance(found, Problem):
                return found
            self._drawing.append((found, self._draw(found.composed)))
        return None

    def _next_item(self) -> RunItem | None:
        if not self._waiting:
            self._waiting += list_waiting(self._reader, run_id=self._run_id, after=self._last)
        if not self._waiting:
            return None
        item = self._waiting.popleft()
        self._last = max(self._last, item.position)
        return item

    def _record_first(self) -> RunItem | None:
        """Record the first letter when it is drawn; None when it has to be composed again."""
        ready, drawing = self._drawing[0]
        try:
            pages = drawing.result()
        except Cancelled:
            raise
        except Exception as error:
            note_problem(self._store, problem=problem_of(ready.item, error))
            self._begin_again(after=ready.item.position)
            return ready.item
        try:
            record_drawn(self._store, files=self._files, ready=ready, pages=pages)
        except Conflict:
            self._begin_again(after=ready.item.position - 1)
            return None
        self._drawing.popleft()
        return ready.item

    def _begin_again(self, *, after: int) -> None:
        """Drop what was drawn ahead, whose numbers are not the next ones, and look who waits."""
        for _, drawing in self._drawing:
            drawing.cancel()
        self._drawing.clear()
        self._waiting.clear()
        self._last = after
