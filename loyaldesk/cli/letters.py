"""`loyaldesk acknowledge`: letters, issued and written to a file."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loyaldesk.cli.contents import files_with
from loyaldesk.cli.outputs import checked_output
from loyaldesk.cli.pending import run_pending
from loyaldesk.domain.acknowledgement import Stance
from loyaldesk.models import DispatchChannel
from loyaldesk.operations.acknowledging import verify_order
from loyaldesk.operations.dispatches import record_dispatch
from loyaldesk.pdf.compose_acknowledgement import compose_acknowledgement
from loyaldesk.pdf.copies import reprint
from loyaldesk.pdf.issuing import DrawnLetter, draw, issue_letter, refuse_unready
from loyaldesk.queries.letters_register import read_register_rows
from loyaldesk.queries.order_page import find_order
from loyaldesk.settings import disk_trouble, write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.cli.context import Context

__all__ = ["add_parser", "issue_to_file", "parse_day"]


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    acknowledge = subparsers.add_parser(
        "acknowledge",
        help="issue the acknowledgement of an order as a PDF",
        description=(
            "Numbers the letter, keeps it as sent and writes it to a file. An order that says the "
            "same as its newest acknowledgement gives that one again, marked COPY."
        ),
    )
    acknowledge.add_argument("order", nargs="?", help="the order's number")
    acknowledge.add_argument(
        "--pending", action="store_true", help="every order that waits and needs nobody's look"
    )
    acknowledge.add_argument(
        "--out", type=Path, metavar="PATH", help="the PDF; with --pending a folder for them"
    )
    acknowledge.add_argument(
        "--mail",
        action="store_true",
        help="with --pending: by e-mail to those who get their letters so",
    )
    acknowledge.add_argument(
        "--receipt-only", action="store_true", help="say that the order came, not that we accept it"
    )
    acknowledge.add_argument(
        "--checked", metavar="NOTE", help="tick off what had to be looked at, with a note"
    )
    acknowledge.set_defaults(run=_run_acknowledge, wrong_use=acknowledge.error)


def _run_acknowledge(args: argparse.Namespace, context: Context) -> int:
    if args.pending == (args.order is not None):
        args.wrong_use("name one order, or say --pending")
    if args.pending:
        return run_pending(args, context)
    if args.out is None or args.mail:
        args.wrong_use("one order is written to a file: --out FILE.pdf; --mail goes with --pending")
    return _acknowledge_one(args, context)


def _acknowledge_one(args: argparse.Namespace, context: Context) -> int:
    checked_output(args.out, profile=context.profile)
    store = context.open_store()
    reader = context.reader()
    order_id = find_order(reader, number=args.order)
    if args.checked is not None:
        with store.transaction(verify_order.label) as tx:
            verify_order(tx, order_id=order_id, note=args.checked)
    composed = compose_acknowledgement(
        reader,
        order_id=order_id,
        now=datetime.now(UTC),
        stance=Stance.RECEIPT if args.receipt_only else None,
    )
    if composed.letter.has_shipped:
        context.tell(f"{args.order} was already delivered in full: the letter says so.")
    if composed.letter.stance is Stance.ON_HOLD:
        context.tell(f"{args.order} is on hold: the letter says “not yet accepted”.")
    if composed.is_unchanged and composed.last is not None:
        issued = read_register_rows(reader, ids=[composed.last.id])[composed.last.id]
        pdf = reprint(
            store,
            files=files_with(context, issued.sha256),
            letter_id=composed.last.id,
            handing=_as_file(args.out, is_copy=True),
        )
        _write(args.out, pdf)
        said = {"number": composed.last.number, "revision": composed.last.revision, "copy": True}
        context.show(
            {**said, "file": str(args.out)},
            f"{composed.last.number} says the same as before: written as a COPY to {args.out}",
        )
        return 0
    refuse_unready(store, composed)
    drawn = draw(composed)
    issue_to_file(args, context, drawn, {"revision": drawn.revision, "copy": False})
    return 0


def issue_to_file(
    args: argparse.Namespace, context: Context, drawn: DrawnLetter, said: dict[str, Any]
) -> None:
    """Write the file first: a letter is on record only when somebody has it in hand."""
    _write(args.out, drawn.pdf)
    issue_letter(
        context.open_store(), files=context.files(), drawn=drawn, handing=_as_file(args.out)
    )
    answer = {"number": drawn.number, **said, "pages": drawn.pages, "sha256": drawn.sha256}
    context.show(
        {**answer, "file": str(args.out)},
        f"{drawn.number}, {drawn.pages} page(s), written to {args.out}",
    )


def _as_file(path: Path, *, is_copy: bool = False) -> Callable[..., object]:
    """Return what puts on record that the letter left as this file."""
    return partial(
        record_dispatch, channel=DispatchChannel.FILE, recipient=path.name, is_copy=is_copy
    )


def _write(path: Path, pdf: bytes) -> None:
    with disk_trouble():
        write_atomically(path, pdf)


def parse_day(text: str) -> date:
    """Return the day that an option names in ISO form, or refuse the option."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date such as 2026-03-31") from None
