"""`loyaldesk letters list|show|save`: the register of letters, and each as it was issued."""

from __future__ import annotations

import argparse
import hashlib
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loyaldesk.cli.contents import files_with
from loyaldesk.cli.outputs import checked_output
from loyaldesk.queries.customer_page import find_customer
from loyaldesk.queries.letters_register import (
    find_letter,
    list_letters,
    read_dispatches,
    read_register_rows,
)
from loyaldesk.settings import disk_trouble, write_atomically

if TYPE_CHECKING:
    from loyaldesk.cli.context import Context
    from loyaldesk.queries.letters_register import RegisterRow

__all__ = ["add_parser"]

KINDS = ("acknowledgement", "statement", "reminder")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command with its three verbs."""
    letters = subparsers.add_parser(
        "letters", help="list the letters that were issued, show one, or write it to a file"
    )
    verbs = letters.add_subparsers(dest="verb", required=True, metavar="list|show|save")
    listing = verbs.add_parser("list", help="list issued letters, the newest first")
    listing.add_argument("--kind", choices=KINDS, help="only letters of this kind")
    listing.add_argument("--customer", metavar="NUMBER", help="only those to this customer")
    listing.add_argument("--from", dest="first", type=_day, metavar="DATE", help="first day")
    listing.add_argument("--to", dest="last", type=_day, metavar="DATE", help="last day")
    listing.set_defaults(run=_run_list)
    show = verbs.add_parser("show", help="show one letter with every time it left")
    _add_letter(show)
    show.set_defaults(run=_run_show)
    save = verbs.add_parser(
        "save",
        help="write a letter to a file, byte for byte as it was issued",
        description=(
            "The hash of the bytes is compared with the register before they are written. With "
            "--copy the file is a reprint marked COPY, and is counted as one."
        ),
    )
    _add_letter(save)
    save.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    save.add_argument("--copy", action="store_true", help="mark it COPY and count the copy")
    save.set_defaults(run=_run_save)


def _add_letter(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("number", help="the letter's number, such as A-2026-00001")
    parser.add_argument(
        "--revision", type=int, metavar="N", help="an earlier revision; the newest if left out"
    )


def _run_list(args: argparse.Namespace, context: Context) -> int:
    reader = context.reader()
    customer_id = find_customer(reader, number=args.customer) if args.customer else None
    found = list_letters(
        reader, kind=args.kind or "", customer_id=customer_id, first=args.first, last=args.last
    )
    lines = [_line(row) for row in found]
    context.show([_data(row) for row in found], "\n".join(lines) or "No letter was issued.")
    return 0


def _run_show(args: argparse.Namespace, context: Context) -> int:
    row = _letter(args, context)
    ways = [
        {
            "channel": each.channel,
            "state": each.state.value,
            "to": each.recipient,
            "copy": each.is_copy,
            "at": each.dispatched_at,
            "by": each.dispatched_by,
            "reason": each.reason,
        }
        for each in read_dispatches(context.reader(), letter_id=row.id)
    ]
    context.show({**_data(row), "pages": row.pages, "dispatches": ways})
    return 0


def _run_save(args: argparse.Namespace, context: Context) -> int:
    checked_output(args.out, profile=context.profile)
    row = _letter(args, context)
    # The file store gives nothing out that has another hash than the register names.
    files = files_with(context, row.sha256)
    pdf = _copy(row, args.out, context) if args.copy else files.read(row.sha256)
    with disk_trouble():
        write_atomically(args.out, pdf)
    said = {"number": row.number, "revision": row.revision, "copy": args.copy}
    written = "a COPY" if args.copy else "as issued"
    context.show(
        {**said, "sha256": hashlib.sha256(pdf).digest(), "file": str(args.out)},
        f"{row.number} revision {row.revision}, {written}, written to {args.out}",
    )
    return 0


def _copy(row: RegisterRow, out: Path, context: Context) -> bytes:
    # Only a copy needs the models, and so SQLAlchemy.
    from loyaldesk.models import DispatchChannel
    from loyaldesk.operations.dispatches import record_dispatch
    from loyaldesk.pdf.copies import reprint

    handing = partial(
        record_dispatch, channel=DispatchChannel.FILE, recipient=out.name, is_copy=True
    )
    store = context.open_store()
    return reprint(store, files=context.files(), letter_id=row.id, handing=handing)


def _letter(args: argparse.Namespace, context: Context) -> RegisterRow:
    reader = context.reader()
    letter_id = find_letter(reader, number=args.number, revision=args.revision)
    return read_register_rows(reader, ids=[letter_id])[letter_id]


def _data(row: RegisterRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "revision": row.revision,
        "kind": row.kind,
        "customer": row.customer_number,
        "name": row.customer_name,
        "order": row.order_number,
        "issued_at": row.issued_at,
        "issued_by": row.issued_by,
        "language": row.language,
        "channel": row.channel,
        "state": row.state.value if row.state else "",
        "to": row.recipient,
        "copies": row.copies,
        "sha256": row.sha256,
        "file": row.file_name,
    }


def _line(row: RegisterRow) -> str:
    way = " ".join(part for part in (row.channel, row.state.value if row.state else "") if part)
    parts = (
        f"{row.issued_at.astimezone():%Y-%m-%d %H:%M}",
        f"{row.number} rev {row.revision}",
        row.customer_number,
        row.customer_name,
        way or "-",
        row.recipient or "-",
        row.sha256.hex()[:8],
    )
    return "  ".join(parts)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date such as 2026-03-31") from None
