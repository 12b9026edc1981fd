"""Where does the run on screen stand: its sums, its counts, the ways of its letters?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from loyaldesk.queries.statement_check import RunCheck, check_run
from loyaldesk.queries.statement_run_lists import RunWays, read_run_ways
from loyaldesk.queries.statement_runs import RunRow, count_outcomes, read_run, run_to_go_on

if TYPE_CHECKING:
    from loyaldesk.store.reader import Source

__all__ = ["RunView", "read_newest_view", "read_progress", "read_run_view"]


@dataclass(frozen=True, slots=True)
class RunView:
    """A run with its check and the ways of the letters that have not left."""

    run: RunRow
    check: RunCheck
    ways: RunWays

    @property
    def counts(self) -> dict[str, int]:
        """How many customers ended, or wait, in each way."""
        return self.check.counts


def read_run_view(source: Source, *, run_id: int) -> RunView:
    """Return where a run stands."""
    run = read_run(source, run_id=run_id)
    return RunView(run, check_run(source, run_id=run_id), read_run_ways(source, run_id=run_id))


def read_newest_view(source: Source) -> RunView | None:
    """Return where the run to go on with stands, or the last one; None before the first."""
    newest = run_to_go_on(source)
    return None if newest is None else read_run_view(source, run_id=newest.id)


def read_progress(source: Source, *, view: RunView) -> RunView:
    """Return where a run stands by now, with the sums as they were checked."""
    run_id = view.run.id
    check = replace(view.check, counts=count_outcomes(source, run_id=run_id))
    run = read_run(source, run_id=run_id)
    return RunView(run, check, read_run_ways(source, run_id=run_id))
