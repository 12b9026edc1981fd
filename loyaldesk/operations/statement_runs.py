"""Ways to prepare a run of statements and to put on record what came of each customer."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from loyaldesk.domain.statement_run import Selection, skip_of
from loyaldesk.errors import Conflict, Refused
from loyaldesk.models import (
    DispatchChannel,
    RunOutcome,
    RunState,
    StatementRun,
    StatementRunItem,
)
from loyaldesk.operations import operation
from loyaldesk.operations.dispatches import record_dispatch
from loyaldesk.queries.company import read_company
from loyaldesk.queries.statement_candidates import list_candidates
from loyaldesk.queries.statement_check import run_differences
from loyaldesk.queries.statement_runs import read_run, statements_of_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from loyaldesk.domain.statement_run import Candidate
    from loyaldesk.store.gate import Transaction

__all__ = [
    "HandedLetter", "begin_run", "confirm_printed", "end_run", "hand_over", "mark_issued",
    "note_reasons", "prepare_run", "retry_failures", "settle_item",
]  # fmt: skip

_COLUMNS = ("run_id", "customer_id", "position", "outcome", "reason", "parent_id", "balances")


@dataclass(frozen=True, slots=True)
class HandedLetter:
    """A letter of a run that left: as what, by which way, to whom; a mail has its dispatch."""

    item_id: int
    letter_id: int
    outcome: RunOutcome
    channel: DispatchChannel
    recipient: str
    reason: str = ""


@operation("Prepare statement run", undoable=False)
def prepare_run(tx: Transaction, *, selection: Selection) -> int:
    """Choose who gets a statement, with the balances of the day, and return the run's id.

    Each chosen customer is an item once; who gets none has the reason, such as a statement of that
    day from an earlier run. A customer whose papers do not agree with their allocations is held.
    """
    _check_selection(tx, selection)
    run_id = tx.insert(
        StatementRun,
        as_of=selection.as_of,
        start=selection.start,
        selection=selection.as_json(),
        prepared_at=tx.now,
        prepared_by=tx.actor,
    )
    earlier = statements_of_day(tx, selection=selection)
    candidates = (
        replace(each, earlier=earlier.get(each.id, ""))
        for each in list_candidates(tx, selection=selection)
    )
    items = tx.insert_many(StatementRunItem, _COLUMNS, _items(run_id, candidates, selection))
    if not items:
        raise Refused("Nobody is to get a statement. Nothing was prepared; choose other customers.")
    _hold_differing(tx, run_id)
    tx.describe(f"Prepare statement run of {selection.as_of.isoformat()}")
    return run_id


@operation("Run statements", undoable=False)
def begin_run(tx: Transaction, *, run_id: int) -> None:
    """Mark a run as running; one that was stopped, or whose process died, is taken up again."""
    if read_company(tx) is None:
        raise Refused(
            "Nobody typed in the company yet, so every letter would be marked DRAFT. Nothing was "
            "issued; fill in Settings, Company first."
        )
    tx.update(StatementRun, run_id, state=RunState.RUNNING)


@operation("End statement run", undoable=False)
def end_run(tx: Transaction, *, run_id: int) -> RunState:
    """Mark a run as finished, or as stopped while somebody waits, and return which it is."""
    left = tx.value(
        "SELECT count(*) FROM statement_run_item WHERE run_id = ? AND outcome = 'waiting'",
        [run_id],
    )
    state = RunState.STOPPED if left else RunState.FINISHED
    tx.update(StatementRun, run_id, state=state, finished_at=None if left else tx.now)
    return state


@operation("Issue statement", undoable=False)
def mark_issued(tx: Transaction, *, item_id: int, letter_id: int) -> None:
    """Note the letter of a waiting customer, in the transaction that puts it on record.

    Whoever is not waiting any more gets no second letter: Conflict, and nothing is issued.
    """
    _require_waiting(tx, item_id)
    tx.update(StatementRunItem, item_id, outcome=RunOutcome.ISSUED, letter_id=letter_id, reason="")


@operation("Skip statement", undoable=False)
def settle_item(tx: Transaction, *, item_id: int, outcome: RunOutcome, reason: str) -> None:
    """Note why a waiting customer gets no letter; the run goes on with the next one."""
    _require_waiting(tx, item_id)
    tx.update(StatementRunItem, item_id, outcome=outcome, reason=reason)


@operation("Hand over statements", undoable=False)
def hand_over(tx: Transaction, *, letters: Sequence[HandedLetter]) -> None:
    """Note that issued letters left; a letter by mail has its dispatch from the outbox."""
    for each in letters:
        if each.channel is not DispatchChannel.EMAIL:
            record_dispatch(
                tx, letter_id=each.letter_id, channel=each.channel, recipient=each.recipient
            )
        tx.update(StatementRunItem, each.item_id, outcome=each.outcome, reason=each.reason)


@operation("Note reasons", undoable=False)
def note_reasons(tx: Transaction, *, reasons: Sequence[tuple[int, str]]) -> None:
    """Note beside items, by their ids, what kept a letter from leaving by the way wanted."""
    for item_id, reason in reasons:
        tx.update(StatementRunItem, item_id, reason=reason)


@operation("Confirm printed statements", undoable=False)
def confirm_printed(tx: Transaction, *, run_id: int, letter_ids: Sequence[int]) -> int:
    """Put issued letters of a run on printed once somebody has them in hand; return how many."""
    found = tx.rows(
        "SELECT id FROM statement_run_item WHERE run_id = ? AND outcome = 'issued'"
        " AND letter_id IN (SELECT value FROM json_each(?))",
        [run_id, json.dumps(list(letter_ids))],
    )
    for (item_id,) in found:
        tx.update(StatementRunItem, item_id, outcome=RunOutcome.PRINTED)
    return len(found)


@operation("Re-run failures", undoable=False)
def retry_failures(tx: Transaction, *, run_id: int) -> int:
    """Put failed customers, and those without an address, back to waiting; return how many.

    Their balances are read anew; nobody else is touched, and whoever has a letter keeps it.
    """
    selection = read_run(tx, run_id=run_id).selection
    failed = tx.rows(
        "SELECT item.id, customer.number FROM statement_run_item item"
        " JOIN customer ON customer.id = item.customer_id WHERE item.run_id = ?"
        " AND item.letter_id IS NULL AND item.outcome IN ('failed', 'no_address')",
        [run_id],
    )
    if not failed:
        return 0
    again = Selection(as_of=selection.as_of, customers=tuple(number for _, number in failed))
    kept = "SELECT id FROM statement_run_item WHERE run_id = ? AND customer_id = ?"
    for candidate in list(list_candidates(tx, selection=again)):
        item_id = tx.value(kept, [run_id, candidate.id])
        if item_id is not None:
            tx.update(StatementRunItem, item_id, balances=_balances(candidate))
    for item_id, _ in failed:
        tx.update(StatementRunItem, item_id, outcome=RunOutcome.WAITING, reason="")
    tx.update(StatementRun, run_id, state=RunState.STOPPED, finished_at=None)
    return len(failed)


def _check_selection(tx: Transaction, selection: Selection) -> None:
    if selection.as_of > tx.today:
        raise Refused(
            "Statements are of today or of a day past. Nothing was prepared; choose an earlier "
            "day.",
            field="as_of",
        )
    unknown = tx.value(
        "SELECT value FROM json_each(?)"
        " WHERE NOT EXISTS (SELECT 1 FROM customer WHERE number = value) LIMIT 1",
        [json.dumps(selection.customers)],
    )
    if unknown is not None:
        raise Refused(
            f"There is no customer {unknown}. Nothing was prepared; check the number.",
            field="customers",
        )


def _items(
    run_id: int, candidates: Iterable[Candidate], selection: Selection
) -> Iterator[tuple[Any, ...]]:
    for position, candidate in enumerate(candidates, 1):
        skip, reason = skip_of(candidate, selection) or (RunOutcome.WAITING, "")
        kept = (candidate.parent_id, _balances(candidate))
        yield (run_id, candidate.id, position, skip.value, reason, *kept)


def _balances(candidate: Candidate) -> str:
    return json.dumps(candidate.own, separators=(",", ":"))


def _hold_differing(tx: Transaction, run_id: int) -> None:
    """Hold whoever has a paper that does not agree, or a member with one on its statement."""
    reasons = {each.customer_id: each.reason for each in run_differences(tx, run_id=run_id)}
    found = tx.rows(
        "SELECT item.id, told.value FROM json_each(?1) told JOIN statement_run_item own"
        " ON own.run_id = ?2 AND own.customer_id = told.value JOIN statement_run_item item"
        " ON item.run_id = ?2 AND item.customer_id = coalesce(own.parent_id, own.customer_id)"
        " WHERE item.outcome = 'waiting'",
        [json.dumps(list(reasons)), run_id],
    )
    for item_id, customer_id in found:
        tx.update(StatementRunItem, item_id, outcome=RunOutcome.FAILED, reason=reasons[customer_id])


def _require_waiting(tx: Transaction, item_id: int) -> None:
    outcome = tx.value("SELECT outcome FROM statement_run_item WHERE id = ?", [item_id])
    if outcome != RunOutcome.WAITING:
        raise Conflict("This customer of the run was dealt with meanwhile. Nothing was issued.")
