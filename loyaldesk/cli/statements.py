"""`loyaldesk statement issue` and `statement run`: one statement of account, or many."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from loyaldesk.cli.letters import issue_to_file, parse_day
from loyaldesk.cli.outputs import checked_output
from loyaldesk.domain.money import Money
from loyaldesk.domain.statement import StatementKind
from loyaldesk.domain.statement_run import Papers, SortBy, Who
from loyaldesk.errors import LoyalDeskError
from loyaldesk.pdf.compose_statement import compose_statement
from loyaldesk.pdf.issuing import draw
from loyaldesk.queries.customer_page import find_customer

if TYPE_CHECKING:
    from loyaldesk.cli.context import Context

__all__ = ["add_parser"]

MOST_WORKERS = 16


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command with its two words."""
    statement = subparsers.add_parser(
        "statement", help="issue statements of account as PDFs, for any day: one, or a run of many"
    )
    words = statement.add_subparsers(dest="word", metavar="word", required=True)
    _add_issue(words)
    _add_run(words)


def _add_issue(words: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    issue = words.add_parser("issue", help="one customer; the word may be left out")
    issue.add_argument("customer", help="the customer's number")
    issue.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    _add_style(issue)
    issue.set_defaults(run=_run_issue)


def _add_run(words: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    run = words.add_parser(
        "run",
        help="many customers, each once, with a reason for everyone who gets none",
        description=(
            "Chooses customers, checks their sum against the ledger, and issues their statements. "
            "Ctrl+C stops after the current letter; --resume goes on with the next one. Ends with "
            "0 when done, 1 when somebody failed, 3 when stopped."
        ),
    )
    _add_style(run)
    _add_choice(run)
    run.add_argument("--out", type=Path, metavar="DIR", help="folder of the PDF files")
    run.add_argument("--one-file", action="store_true", help="letters of a batch in one file")
    run.add_argument("--mail", action="store_true", help="by mail to who gets letters by mail")
    run.add_argument("--check", action="store_true", help="choose and check, issue nothing")
    run.add_argument("--resume", action="store_true", help="go on with the newest run")
    run.add_argument("--failures", action="store_true", help="try the newest run's failures again")
    run.add_argument("--workers", type=_workers, metavar="N", help="processes that draw")
    run.set_defaults(run=_run_run)


def _add_style(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as-of", type=parse_day, metavar="DATE", help="ISO date; today if left out"
    )
    parser.add_argument("--from", dest="start", type=parse_day, metavar="DATE", help="first day")
    parser.add_argument(
        "--type",
        choices=[kind.value for kind in StatementKind],
        help="the customer's own if left out",
    )


def _add_choice(run: argparse.ArgumentParser) -> None:
    who = [each.value for each in Who]
    run.add_argument("--who", choices=who, default=who[0], help="open_items if left out")
    run.add_argument("--segment", default="", metavar="NAME")
    run.add_argument("--territory", default="", metavar="NAME")
    run.add_argument("--manager", default="", metavar="NAME", help="account manager")
    run.add_argument("--customer", action="append", default=[], metavar="NUMBER")
    run.add_argument(
        "--min",
        action="append",
        default=[],
        type=_least,
        metavar="[CUR=]AMOUNT",
        help="smallest balance, in the customer's currency unless one is named",
    )
    run.add_argument("--no-credits", action="store_true", help="none for credit balances")
    run.add_argument("--zero", action="store_true", help="also for balances of zero")
    run.add_argument(
        "--again", action="store_true", help="also who had one of this day in an earlier run"
    )
    papers = [each.value for each in Papers]
    run.add_argument("--papers", choices=papers, default=papers[0], help="of open invoices")
    sorts = [each.value for each in SortBy]
    run.add_argument("--sort", choices=sorts, default=sorts[0])


def _run_issue(args: argparse.Namespace, context: Context) -> int:
    checked_output(args.out, profile=context.profile)
    # Before anything is written: a profile open elsewhere must not leave an unrecorded letter.
    context.open_store()
    reader = context.reader()
    composed = compose_statement(
        reader,
        customer_id=find_customer(reader, number=args.customer),
        as_of=args.as_of or context.today,
        now=datetime.now(UTC),
        kind=StatementKind(args.type) if args.type else None,
        start=args.start,
    )
    request = composed.letter.statement.request
    said = {
        "customer": args.customer,
        "type": request.kind,
        "as_of": request.as_of,
        "from": request.start,
        **composed.figures,
    }
    issue_to_file(args, context, draw(composed), said)
    return 0


def _run_run(args: argparse.Namespace, context: Context) -> int:
    # Only a run of many pays for mail and for processes of its own.
    from loyaldesk.cli.statement_run import run_statements

    return run_statements(args, context)


def _least(text: str) -> Money | Decimal:
    currency, named, amount = text.rpartition("=")
    try:
        return Money.of(amount, currency.upper()) if named else Decimal(amount)
    except (InvalidOperation, LoyalDeskError):
        raise argparse.ArgumentTypeError(f"“{text}” is not like 50 or EUR=50") from None


def _workers(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_WORKERS:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number from 1 to {MOST_WORKERS}")
    return int(text)
