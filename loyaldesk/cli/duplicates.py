"""`loyaldesk duplicates`: which customers may be here twice, and make one of two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.errors import Refused
from loyaldesk.queries.customer_page import find_customer
from loyaldesk.queries.duplicates import list_merged, list_pairs

if TYPE_CHECKING:
    import argparse

    from loyaldesk.cli.context import Context
    from loyaldesk.queries.duplicates import Candidate, Merged

__all__ = ["add_parser"]

MOST = 100


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("duplicates", help="customers who may be here twice")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    pairs = verbs.add_parser(
        "list", help="pairs that share a name, telephone, e-mail or tax number"
    )
    pairs.add_argument("--limit", type=int, default=MOST, metavar="N", help=f"at most ({MOST})")
    pairs.set_defaults(run=_run_list)
    merge = verbs.add_parser("merge", help="move everything of one customer to another")
    merge.add_argument("kept", help="the number of the customer that is kept")
    merge.add_argument("gone", help="the number of the customer that goes into it")
    merge.set_defaults(run=_run_merge)
    part = verbs.add_parser("part", help="make two again of what was merged in the last 30 days")
    part.add_argument("gone", help="the number of the customer that went")
    part.set_defaults(run=_run_part)
    merged = verbs.add_parser("merged", help="what was merged, the newest first")
    merged.set_defaults(run=_run_merged)


def _run_list(args: argparse.Namespace, context: Context) -> int:
    pairs = list_pairs(context.reader(), most=args.limit)
    lines = [
        f"{pair.score:4}  {_named(pair.first)}  =  {_named(pair.second)}  "
        f"({', '.join(shared.name.lower().replace('_', ' ') for shared in pair.first.shared)})"
        for pair in pairs
    ]
    context.show(pairs, "\n".join(lines) or "No customer seems to be here twice.")
    return 0


def _run_merge(args: argparse.Namespace, context: Context) -> int:
    from loyaldesk.operations.merging import merge_customers

    store = context.open_store()
    with store.transaction("Merge customers") as tx:
        kept_id = find_customer(tx, number=args.kept)
        gone_id = find_customer(tx, number=args.gone)
        merge_customers(tx, kept_id=kept_id, gone_id=gone_id)
        label = tx.label
    context.show({"kept": args.kept, "gone": args.gone}, f"Done: {label}.")
    return 0


def _run_part(args: argparse.Namespace, context: Context) -> int:
    from loyaldesk.operations.merging import part_customers

    store = context.open_store()
    with store.transaction("Part customers") as tx:
        merged = [m for m in list_merged(tx) if m.gone_number == args.gone and not m.undone_at]
        if not merged:
            raise Refused(f"No customer {args.gone} was merged into another. Nothing was changed.")
        part_customers(tx, merge_id=merged[0].id)
    context.show(
        {"kept": merged[0].kept_number, "gone": args.gone},
        f"{args.gone} and {merged[0].kept_number} are two customers again.",
    )
    return 0


def _run_merged(_: argparse.Namespace, context: Context) -> int:
    found = list_merged(context.reader())
    context.show(found, "\n".join(map(_merged_line, found)) or "No customers were merged.")
    return 0


def _named(candidate: Candidate) -> str:
    return f"{candidate.number} {candidate.name}"


def _merged_line(merged: Merged) -> str:
    undone = f", parted {merged.undone_at:%Y-%m-%d}" if merged.undone_at else ""
    return (
        f"{merged.merged_at:%Y-%m-%d}  {merged.gone_number} {merged.gone_name}  into  "
        f"{merged.kept_number} {merged.kept_name}  by {merged.merged_by}{undone}"
    )
