"""`loyaldesk document`: file a paper, list what is on file, save a paper."""

from __future__ import annotations

import argparse
import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from loyaldesk.cli.contents import files_with
from loyaldesk.cli.outputs import checked_output
from loyaldesk.documents.filing import file_paths
from loyaldesk.errors import Refused
from loyaldesk.models import DocumentKind
from loyaldesk.queries.customer_page import find_customer
from loyaldesk.queries.lists import ListQuery, list_document_ids, read_document_rows
from loyaldesk.queries.order_page import find_order

if TYPE_CHECKING:
    from loyaldesk.cli.context import Context
    from loyaldesk.queries.lists import DocumentRow

__all__ = ["add_parser"]

USUAL_LIMIT, LARGEST_LIMIT = 10_000, 10_000_000


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    parser = subparsers.add_parser("document", help="file, list and save papers")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    add = verbs.add_parser("add", help="file a paper with a customer")
    add.add_argument("file", type=Path)
    add.add_argument("--customer", required=True, metavar="NUMBER")
    add.add_argument("--order", metavar="NUMBER")
    add.add_argument(
        "--kind",
        choices=[kind.value for kind in DocumentKind],
        help="judged by the file's name if left out",
    )
    add.set_defaults(run=_run_add)
    listed = verbs.add_parser("list", help="what is on file, the newest first")
    listed.add_argument("--customer", metavar="NUMBER")
    listed.add_argument(
        "--limit", type=_count, default=USUAL_LIMIT, metavar="N", help="at most N papers"
    )
    listed.set_defaults(run=_run_list)
    save = verbs.add_parser("save", help="write a paper to a file")
    save.add_argument("id", type=int)
    save.add_argument("--out", type=Path, required=True, metavar="FILE")
    save.set_defaults(run=_run_save)


def _count(text: str) -> int:
    count = int(text) if re.fullmatch("[0-9]{1,9}", text) else 0
    if not 1 <= count <= LARGEST_LIMIT:
        raise argparse.ArgumentTypeError(f"between 1 and {LARGEST_LIMIT:,} papers can be listed")
    return count


def _run_add(args: argparse.Namespace, context: Context) -> int:
    store, reader = context.open_store(), context.reader()
    order_id = None if args.order is None else find_order(reader, number=args.order)
    report = file_paths(
        store,
        files=context.files,
        paths=[args.file],
        customer_id=find_customer(reader, number=args.customer),
        order_id=order_id,
        kind=DocumentKind(args.kind) if args.kind else None,
    )
    for left in report.left_out:
        raise Refused(left.reason)
    (filed,) = report.filed
    found = _document(context, filed.document_id)
    words = "On file already" if filed.was_there else "Filed"
    context.show(found, f"{words} as document {found.id}: {found.name}")
    return 0


def _run_list(args: argparse.Namespace, context: Context) -> int:
    reader = context.reader()
    query = ListQuery("filed_on", descending=True)
    if args.customer is not None:
        owner = find_customer(reader, number=args.customer)
        query = ListQuery(
            "filed_on", descending=True, filters=("customer",), values=(("customer_id", owner),)
        )
    ids = list_document_ids(reader, query=query, today=context.today, most=args.limit)
    rows = read_document_rows(reader, ids=ids)
    found = [rows[key] for key in ids]
    lines = [f"{d.id:>7}  {d.filed_on}  {d.customer_number:<10}  {d.name}" for d in found]
    context.show([_facts(d) for d in found], "\n".join(lines) or "Nothing is on file yet.")
    return 0


def _facts(document: DocumentRow) -> dict[str, object]:
    """Return what is on record of a document; where its content is, only a window asks."""
    return {name: value for name, value in asdict(document).items() if name != "place"}


def _run_save(args: argparse.Namespace, context: Context) -> int:
    found = _document(context, args.id)
    checked_output(args.out, profile=context.profile)
    files_with(context, found.sha256).export(found.sha256, args.out, may_replace=True)
    context.show({"id": found.id, "file": str(args.out)}, f"{found.name} written to {args.out}")
    return 0


def _document(context: Context, document_id: int) -> DocumentRow:
    found = read_document_rows(context.reader(), ids=[document_id]).get(document_id)
    if found is None:
        raise Refused(f"There is no document {document_id}. “document list” shows what is on file.")
    return found
