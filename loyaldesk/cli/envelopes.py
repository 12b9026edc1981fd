"""`loyaldesk envelope-test`: the page that shows whether printer and window envelope fit."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from loyaldesk.cli.outputs import checked_output
from loyaldesk.domain.letter import Sender
from loyaldesk.domain.postal import letter_locale
from loyaldesk.pdf.envelope_test import draw_envelope_test
from loyaldesk.pdf.envelopes import envelope_names
from loyaldesk.queries.company import read_company
from loyaldesk.settings import disk_trouble, write_atomically

if TYPE_CHECKING:
    import argparse

    from loyaldesk.cli.context import Context

__all__ = ["add_parser"]

LANGUAGES = ("en", "de", "fr", "es")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "envelope-test",
        help="draw the page that shows whether printer and window envelope fit",
        description=(
            "Draws the window, what of it always shows, the folds and rulers. Print it at 100 %, "
            "measure, fold it and put it into the envelope. "
            f"Known envelopes: {', '.join(envelope_names())}."
        ),
    )
    parser.add_argument("envelope", metavar="PROFILE", help="the envelope, such as din-5008-b")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="English if left out")
    parser.set_defaults(run=_run)


def _run(args: argparse.Namespace, context: Context) -> int:
    checked_output(args.out, profile=context.profile)
    sender = read_company(context.reader()) or Sender(name="LoyalDesk")
    pdf = draw_envelope_test(
        args.envelope,
        sender=sender,
        locale=letter_locale(args.language, sender.country),
        printed_at=datetime.now(UTC).astimezone(),
    )
    with disk_trouble():
        write_atomically(args.out, pdf)
    context.show(
        {"envelope": args.envelope, "file": str(args.out)},
        f"Test page for {args.envelope} written to {args.out}. Print it at 100 %.",
    )
    return 0
