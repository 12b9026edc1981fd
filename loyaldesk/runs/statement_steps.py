"""What are the small steps by which a statement run comes from one customer to the next?

A driver composes the next letter with a reader, has `DRAW` run with it in a child process, and
records what came back; nothing of a step stays in memory. What goes wrong with one customer is
its outcome and never ends the run.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.domain.money import Money
from loyaldesk.errors import Conflict, LoyalDeskError, Refused
from loyaldesk.models import RunOutcome
from loyaldesk.operations.statement_runs import mark_issued, settle_item
from loyaldesk.pdf.compose_statement import compose_statement
from loyaldesk.pdf.composing import NoAddressError
from loyaldesk.pdf.issuing import drawn_letter, issue_letter
from loyaldesk.queries.statement_check import account_differences
from loyaldesk.queries.statement_runs import list_waiting, read_run, statement_of_other_run

if TYPE_CHECKING:
    from datetime import datetime

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.domain.statement_run import Selection
    from loyaldesk.pdf.compose_statement import ComposedStatement
    from loyaldesk.pdf.issuing import DrawnPages
    from loyaldesk.queries.statement_runs import RunItem
    from loyaldesk.store.gate import Transaction
    from loyaldesk.store.reader import Source
    from loyaldesk.store.store import Store

__all__ = [
    "DRAW", "Problem", "ReadyStatement", "compose_item", "compose_next", "note_problem",
    "problem_of", "record_drawn",
]  # fmt: skip

DRAW = "loyaldesk.pdf.issuing:draw_pages"


@dataclass(frozen=True, slots=True)
class ReadyStatement:
    """A customer of a run with the letter to draw: `composed` is what `DRAW` is given."""

    item: RunItem
    composed: ComposedStatement


@dataclass(frozen=True, slots=True)
class Problem:
    """A customer of a run that gets no letter now, how that is called, and why."""

    item: RunItem
    outcome: RunOutcome
    reason: str


def compose_next(
    source: Source, *, run_id: int, now: datetime, after: int = 0
) -> ReadyStatement | Problem | None:
    """Return the next waiting customer's letter, or why there is none; None when all are done.

    `after` is the position of the one before, or 0.
    """
    item = next(iter(list_waiting(source, run_id=run_id, after=after, limit=1)), None)
    if item is None:
        return None
    selection = read_run(source, run_id=run_id).selection
    return compose_item(source, run_id=run_id, item=item, selection=selection, now=now)


def compose_item(
    source: Source,
    *,
    run_id: int,
    item: RunItem,
    selection: Selection,
    now: datetime,
    ahead: int = 0,
) -> ReadyStatement | Problem:
    """Return one customer's letter, or why there is none; `ahead` letters are recorded before it.

    An account that does not agree with its papers, or has moved since the run was prepared, is
    held: what was checked is what goes out.
    """
    other = statement_of_other_run(
        source, run_id=run_id, customer_id=item.customer_id, as_of=selection.as_of
    )
    if other and not selection.again:
        reason = f"Another run issued {other} of this day meanwhile."
        return Problem(item, RunOutcome.HAS_ONE, reason)
    try:
        composed = compose_statement(
            source,
            customer_id=item.customer_id,
            as_of=selection.as_of,
            now=now,
            kind=selection.kind,
            start=selection.start,
            ahead=ahead,
        )
        _check_account(source, run_id, composed)
    except (Refused, Conflict) as error:
        return problem_of(item, error)
    return ReadyStatement(item, composed)


def problem_of(item: RunItem, error: Exception) -> Problem:
    """Return what an error means for the customer: no address, or failed with the reason."""
    if isinstance(error, NoAddressError):
        return Problem(item, RunOutcome.NO_ADDRESS, str(error))
    if isinstance(error, LoyalDeskError):
        return Problem(item, RunOutcome.FAILED, str(error))
    # What a bug says is for its finder and may name the customer's data; its kind is enough here.
    reason = f"The letter could not be drawn: an error in LoyalDesk ({type(error).__name__})."
    return Problem(item, RunOutcome.FAILED, f"{reason} Nothing was issued; please report it.")


def note_problem(store: Store, *, problem: Problem) -> None:
    """Put on record why a customer gets no letter."""
    with store.transaction(settle_item.label, undoable=False) as tx:
        settle_item(tx, item_id=problem.item.id, outcome=problem.outcome, reason=problem.reason)


def record_drawn(
    store: Store, *, files: FileStore, ready: ReadyStatement, pages: DrawnPages
) -> int:
    """File the drawn letter and put it on record with the customer's outcome; return its id.

    Conflict means nothing was issued: the number was taken meanwhile, or the customer was dealt
    with. Compose again and look.
    """

    def with_outcome(tx: Transaction, letter_id: int) -> None:
        mark_issued(tx, item_id=ready.item.id, letter_id=letter_id)

    drawn = drawn_letter(ready.composed, pages)
    return issue_letter(store, files=files, drawn=drawn, handing=with_outcome)


def _check_account(source: Source, run_id: int, composed: ComposedStatement) -> None:
    differences = account_differences(source, customer_ids=composed.customer_ids)
    if differences:
        raise Refused(differences[0].reason)
    prepared = _prepared_balances(source, run_id, composed.customer_id)
    told = {s.currency: s.closing.minor for s in composed.letter.statement.sections if s.closing}
    for code in sorted({*told, *prepared}):
        was, is_now = (Money(sums.get(code, 0), code) for sums in (prepared, told))
        if was != is_now:
            raise Refused(
                f"The balance was {was} {code} when the run was prepared and is {is_now} now. "
                "Nothing was issued; re-run failures to take the new one."
            )


def _prepared_balances(source: Source, run_id: int, customer_id: int) -> dict[str, int]:
    """Return what the run's check counted for this statement, members' items with it."""
    found = source.rows(
        "SELECT balances FROM statement_run_item"
        " WHERE run_id = ?1 AND (customer_id = ?2 OR parent_id = ?2)",
        [run_id, customer_id],
    )
    sums: dict[str, int] = {}
    for (balances,) in found:
        for code, minor in json.loads(balances).items():
            sums[code] = sums.get(code, 0) + minor
    return {code: minor for code, minor in sums.items() if minor}
