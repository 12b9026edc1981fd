"""How does the command line drive a run of statements: with processes that draw, until Ctrl+C?"""

from __future__ import annotations

import os
import signal
from collections import Counter
from contextlib import contextmanager
from decimal import Decimal
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Any

from loyaldesk.background.child_pool import ChildPool
from loyaldesk.cli.outputs import checked_folder
from loyaldesk.domain.money import Money
from loyaldesk.domain.statement import StatementKind
from loyaldesk.domain.statement_run import Papers, Selection, SortBy, Who
from loyaldesk.errors import Refused
from loyaldesk.models import RunOutcome, RunState
from loyaldesk.operations.statement_runs import prepare_run, retry_failures
from loyaldesk.queries.statement_check import check_run
from loyaldesk.queries.statement_runs import (
    count_outcomes,
    list_run_items,
    read_run,
    run_to_go_on,
)
from loyaldesk.runs.joined import JOIN
from loyaldesk.runs.statement_hand_over import Way, check_way, hand_over_issued
from loyaldesk.runs.statement_line import drive_run
from loyaldesk.runs.statement_steps import DRAW

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from loyaldesk.cli.context import Context
    from loyaldesk.pdf.compose_statement import ComposedStatement
    from loyaldesk.pdf.issuing import DrawnPages
    from loyaldesk.queries.statement_check import CurrencyCheck, RunCheck
    from loyaldesk.queries.statement_runs import RunItem

__all__ = ["run_statements"]

FAILED, STOPPED = 1, 3
FAILURES = (RunOutcome.FAILED, RunOutcome.NO_ADDRESS)
MOST_WORKERS = 4
# Each process has one letter in hand and one on its desk, so none waits for the next.
LETTERS_PER_WORKER = 2
PAGE = 500


def run_statements(args: argparse.Namespace, context: Context) -> int:
    """Prepare a run or take up the newest, drive it, tell what came of everybody."""
    way = Way(folder=_folder(args, context), by_mail=args.mail, in_one_file=args.one_file)
    context.open_store()
    check_way(context.reader(), way=way)
    run_id = _chosen_run(args, context)
    check = check_run(context.reader(), run_id=run_id)
    _tell_check(context, check)
    if not args.check:
        _drive(args, context, run_id, way)
    return _show(context, run_id, check, way)


def _folder(args: argparse.Namespace, context: Context) -> Path | None:
    if args.check:
        return None
    folder: Path | None = args.out
    if folder is None:
        raise Refused("The folder for the letters is missing. Nothing was issued; give --out DIR.")
    return checked_folder(folder, profile=context.profile)


def _chosen_run(args: argparse.Namespace, context: Context) -> int:
    store = context.open_store()
    if not (args.resume or args.failures):
        _tell_unfinished(context)
        with store.transaction(prepare_run.label, undoable=False) as tx:
            return prepare_run(tx, selection=_selection(args, context))
    found = run_to_go_on(context.reader())
    if found is None:
        raise Refused("There is no run to go on with. Nothing was issued; prepare one first.")
    if args.failures:
        _try_failures_again(context, found.id)
    return found.id


def _try_failures_again(context: Context, run_id: int) -> None:
    """Put failed customers back, and nobody else: who merely waits belongs to `--resume`."""
    waiting = count_outcomes(context.reader(), run_id=run_id).get(RunOutcome.WAITING, 0)
    if waiting:
        raise Refused(
            f"Run {run_id} is not finished: {waiting} still wait. Nothing was issued; go on with "
            "--resume first, then try its failures again."
        )
    with context.open_store().transaction(retry_failures.label, undoable=False) as tx:
        count = retry_failures(tx, run_id=run_id)
    if not count:
        raise Refused(f"Nobody failed in run {run_id}. Nothing was issued.")
    context.tell(f"{count} customer(s) are tried again.")


def _tell_unfinished(context: Context) -> None:
    newest = run_to_go_on(context.reader())
    if newest is not None and newest.state in {RunState.RUNNING, RunState.STOPPED}:
        day = newest.selection.as_of.isoformat()
        context.tell(f"Run {newest.id} of {day} is not finished; --resume would go on with it.")


def _selection(args: argparse.Namespace, context: Context) -> Selection:
    plain = [least for least in args.min if isinstance(least, Decimal)]
    return Selection(
        as_of=args.as_of or context.today,
        start=args.start,
        who=Who(args.who),
        segment=args.segment,
        territory=args.territory,
        account_manager=args.manager,
        customers=tuple(args.customer),
        minimum=plain[-1] if plain else None,
        minimums=tuple(least for least in args.min if isinstance(least, Money)),
        with_credits=not args.no_credits,
        with_zero=args.zero,
        again=args.again,
        kind=StatementKind(args.type) if args.type else None,
        papers=Papers(args.papers),
        sort=SortBy(args.sort),
    )


def _drive(args: argparse.Namespace, context: Context, run_id: int, way: Way) -> None:
    store, files = context.open_store(), context.files()
    total = sum(count_outcomes(context.reader(), run_id=run_id).values())
    workers = args.workers or min(os.cpu_count() or 1, MOST_WORKERS)
    with ChildPool(workers) as pool, _stop_at_interrupt(context) as stop:

        def draw(composed: ComposedStatement) -> Future[DrawnPages]:
            return pool.submit(DRAW, composed=composed)

        def join(parts: Sequence[bytes]) -> bytes:
            return bytes(pool.submit(JOIN, parts=list(parts)).result())

        drive_run(
            store,
            files=files,
            run_id=run_id,
            draw=draw,
            ahead=workers * LETTERS_PER_WORKER,
            told=lambda item: _tell(context, item, total),
            is_stopped=stop.is_set,
            hand_over=partial(
                hand_over_issued, store, files=files, run_id=run_id, way=way, join=join
            ),
        )


@contextmanager
def _stop_at_interrupt(context: Context) -> Iterator[Event]:
    """Give an event that the first Ctrl+C sets; the second one ends at once, as ever."""
    stop = Event()

    def note(*_: object) -> None:
        context.tell("Stopping after this letter. Press Ctrl+C again to stop at once.")
        stop.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def _tell(context: Context, item: RunItem, total: int) -> None:
    context.tell(f"{item.position} of {total}  {item.number} {item.name}")


def _tell_check(context: Context, check: RunCheck) -> None:
    for each in check.currencies:
        code = each.ledger.currency
        told = f"{code}: statements {each.statements}, skipped {each.skipped}, held {each.held}"
        verdict = "equal to" if each.agrees else "NOT equal to"
        context.tell(f"{told}; {verdict} the ledger, {each.ledger}")
    for difference in check.differences:
        context.tell(
            f"{difference.customer_number} {difference.customer_name}: {difference.reason}"
        )


def _items(context: Context, run_id: int) -> Iterator[RunItem]:
    after = 0
    while page := list_run_items(context.reader(), run_id=run_id, after=after, limit=PAGE):
        yield from page
        after = page[-1].position


def _show(context: Context, run_id: int, check: RunCheck, way: Way) -> int:
    """Tell what came of everybody and return the exit code."""
    run = read_run(context.reader(), run_id=run_id)
    items = list(_items(context, run_id))
    counts = Counter(item.outcome for item in items)
    failed = [item for item in items if item.outcome in FAILURES]
    summary = ", ".join(f"{counts[outcome]} {outcome}" for outcome in sorted(counts))
    lines = [f"Run {run_id} of {run.selection.as_of.isoformat()}, {run.state}: {summary}"]
    lines += [f"{item.number} {item.name}: {item.reason}" for item in failed]
    answer = {
        "run": run_id,
        "as_of": run.selection.as_of,
        "state": run.state,
        "folder": str(way.folder) if way.folder else None,
        "agrees": check.agrees,
        "totals": [_totals(each) for each in check.currencies],
        "counts": counts,
        "items": [_as_data(item) for item in items],
    }
    context.show(answer, "\n".join(lines))
    if run.state == RunState.STOPPED:
        first = next(item for item in items if item.outcome == RunOutcome.WAITING)
        again = f"statement run --resume --out {way.folder}{' --mail' * way.by_mail}"
        context.tell(
            f"Stopped. Every letter made so far is on record. “loyaldesk {again}” goes on at "
            f"{first.position} of {len(items)}."
        )
        return STOPPED
    return FAILED if failed else 0


def _totals(check: CurrencyCheck) -> dict[str, Any]:
    sums = {name: str(getattr(check, name)) for name in ("statements", "skipped", "held", "ledger")}
    return {"currency": check.ledger.currency, **sums, "dso_days": check.days_outstanding}


def _as_data(item: RunItem) -> dict[str, Any]:
    return {
        "position": item.position,
        "customer": item.number,
        "outcome": item.outcome,
        "reason": item.reason,
        "number": item.letter_number or None,
        "balances": {balance.currency: str(balance) for balance in item.balances},
    }
