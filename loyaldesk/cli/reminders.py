"""`loyaldesk reminder`: who is due a payment reminder, their letters as PDFs, and pauses."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from loyaldesk.cli.outputs import checked_folder
from loyaldesk.errors import LoyalDeskError
from loyaldesk.operations.dunning import (
    pause_customer,
    pause_invoice,
    resume_customer,
    resume_invoice,
)
from loyaldesk.pdf.compose_reminder import compose_reminder
from loyaldesk.pdf.issuing import draw_pages
from loyaldesk.queries.dunning import (
    find_debt,
    list_candidates,
    list_customer_reminders,
    read_invoice_reminders,
)
from loyaldesk.runs.reminder_run import write_reminder

if TYPE_CHECKING:
    from loyaldesk.cli.context import Context
    from loyaldesk.queries.dunning import Candidate, SentReminder

__all__ = ["add_parser"]


@dataclass(frozen=True, slots=True)
class Written:
    """How it ended for one customer and currency: the letter's number and file, or why none."""

    customer: str
    currency: str
    level: int
    number: str = ""
    file: str = ""
    reason: str = ""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command with its verbs."""
    parser = subparsers.add_parser("reminder", help="payment reminders: who is due one, letters")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    listing = verbs.add_parser("list", help="everybody who is late, and why somebody is held")
    listing.add_argument(
        "--as-of", type=_day, metavar="DATE", help="today, or a day to come if nobody pays"
    )
    listing.set_defaults(run=_run_list)
    run = verbs.add_parser("run", help="issue the letters that are due today into a folder")
    run.add_argument("--out", type=Path, required=True, metavar="DIR")
    run.add_argument("--level", type=int, metavar="N", help="only letters of this level")
    run.set_defaults(run=_run_letters)
    history = verbs.add_parser("history", help="the reminders of a customer or an invoice")
    history.add_argument("number", help="the number of a customer or an invoice")
    history.set_defaults(run=_run_history)
    pause = verbs.add_parser("pause", help="send no reminder through a day")
    pause.add_argument("number", help="the number of a customer or an invoice")
    pause.add_argument("--until", type=_day, required=True, metavar="DATE")
    pause.add_argument("--why", required=True, metavar="TEXT")
    pause.set_defaults(run=_run_pause)
    resume = verbs.add_parser("resume", help="end a pause today")
    resume.add_argument("number", help="the number of a customer or an invoice")
    resume.set_defaults(run=_run_resume)


def _run_history(args: argparse.Namespace, context: Context) -> int:
    reader = context.reader()
    customer_id, invoice_id = find_debt(reader, number=args.number)
    if invoice_id is None:
        sent = list_customer_reminders(reader, customer_id=customer_id)
    else:
        sent = list(read_invoice_reminders(reader, invoice_id=invoice_id).sent)
    context.show(sent, "\n".join(map(_sent, sent)) or f"No reminder to {args.number} yet.")
    return 0


def _run_list(args: argparse.Namespace, context: Context) -> int:
    today = context.today
    found = list_candidates(context.reader(), on=args.as_of or today, today=today)
    text = "\n".join(map(_line, found)) or "Nobody is late enough for a reminder."
    context.show(found, text)
    return 0


def _run_letters(args: argparse.Namespace, context: Context) -> int:
    checked_folder(args.out, profile=context.profile)
    context.open_store()
    today = context.today
    due = [
        candidate
        for candidate in list_candidates(context.reader(), on=today, today=today)
        if candidate.hold is None and args.level in {None, candidate.level}
    ]
    done = [_issue(candidate, args.out, context) for candidate in due]
    context.show(done, "\n".join(map(_said, done)) or "No reminder is due. Nothing was issued.")
    return 1 if any(each.reason for each in done) else 0


def _issue(candidate: Candidate, folder: Path, context: Context) -> Written:
    """Write one letter and put it on record; what stands in its way is its outcome."""
    written = Written(candidate.customer_number, candidate.currency, candidate.level)
    try:
        composed = compose_reminder(
            context.reader(),
            customer_id=candidate.customer_id,
            currency=candidate.currency,
            now=datetime.now(UTC),
        )
        path = write_reminder(
            context.open_store(),
            files=context.files,
            composed=composed,
            pages=draw_pages(composed=composed),
            folder=folder,
        )
    except LoyalDeskError as error:
        return replace(written, reason=str(error))
    number = composed.letter.frame.number
    return replace(written, level=composed.issued.level, number=number, file=str(path))


def _run_pause(args: argparse.Namespace, context: Context) -> int:
    store = context.open_store()
    customer_id, invoice_id = find_debt(context.reader(), number=args.number)
    if invoice_id is None:
        with store.transaction(pause_customer.label) as tx:
            pause_customer(tx, customer_id=customer_id, until=args.until, reason=args.why)
    else:
        with store.transaction(pause_invoice.label) as tx:
            pause_invoice(tx, invoice_id=invoice_id, until=args.until, reason=args.why)
    what = "customer" if invoice_id is None else "invoice"
    context.show(
        {what: args.number, "until": args.until, "why": args.why},
        f"No reminder of {what} {args.number} through {args.until}.",
    )
    return 0


def _run_resume(args: argparse.Namespace, context: Context) -> int:
    store = context.open_store()
    customer_id, invoice_id = find_debt(context.reader(), number=args.number)
    if invoice_id is None:
        with store.transaction(resume_customer.label) as tx:
            resume_customer(tx, customer_id=customer_id)
    else:
        with store.transaction(resume_invoice.label) as tx:
            resume_invoice(tx, invoice_id=invoice_id)
    context.show({"resumed": args.number}, f"Reminders of {args.number} go again.")
    return 0


def _line(candidate: Candidate) -> str:
    state = f"level {candidate.level}"
    if candidate.hold:
        until = f" until {candidate.held_until}" if candidate.held_until else ""
        state = candidate.hold.replace("_", " ") + until
    amount = candidate.overdue if candidate.hold else candidate.to_pay
    return (
        f"{candidate.customer_number}  {candidate.customer_name}  {amount} {candidate.currency}  "
        f"{candidate.days_late} days late  {state}"
    )


def _sent(sent: SentReminder) -> str:
    line = f"{sent.on}  {sent.number}  level {sent.level}  {sent.open} {sent.open.currency}"
    return f"{line}  sent in error: {sent.revoke_reason}" if sent.revoked_on else line


def _said(written: Written) -> str:
    if written.reason:
        return f"{written.customer}: {written.reason}"
    return f"{written.number}, level {written.level}, written to {written.file}"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date such as 2026-03-31") from None
