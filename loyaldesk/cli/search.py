"""`loyaldesk search`: customers, people, orders, invoices and documents by any scrap of them."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from loyaldesk.queries.search import search

if TYPE_CHECKING:
    from loyaldesk.cli.context import Context
    from loyaldesk.queries.search import Hit, SearchResult

__all__ = ["add_parser"]

MOST = 50


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "search", help="find by name, number, phone, e-mail, town or order number"
    )
    parser.add_argument("text", nargs="+", help="what to find; # before it: orders, @: people")
    parser.add_argument("--limit", type=_count, default=MOST, metavar="N", help="at most N hits")
    parser.set_defaults(run=_run)


def _count(text: str) -> int:
    # No longer than the database can count.
    if not re.fullmatch("[1-9][0-9]{0,11}", text):
        raise argparse.ArgumentTypeError("takes a whole number from 1")
    return int(text)


def _run(args: argparse.Namespace, context: Context) -> int:
    text = " ".join(args.text)
    result = search(context.reader(), text, limit=args.limit)
    context.show(_as_data(text, result), _as_text(text, result))
    return 0


def _as_data(text: str, result: SearchResult) -> dict[str, object]:
    return {
        "text": text,
        "forgiven": result.forgiven,
        "total_at_least": result.total_at_least,
        "hits": [_hit_data(hit) for hit in result.hits],
    }


def _hit_data(hit: Hit) -> dict[str, object]:
    return {
        "kind": hit.kind,
        "id": hit.record_id,
        "customer_id": hit.customer_id,
        "number": hit.number,
        "title": hit.title,
        "second_line": hit.second_line,
        "matched": hit.why,
        "day": hit.day,
        "status": hit.status,
    }


def _as_text(text: str, result: SearchResult) -> str:
    if not result.hits:
        return f"Nothing found for “{text}”. Try fewer letters, a number or a phone."
    lines = [_hit_line(hit) for hit in result.hits]
    if result.forgiven is not None:
        lines.insert(0, f"Found with forgiving spelling, as “{result.forgiven}”:")
    return "\n".join(lines)


def _hit_line(hit: Hit) -> str:
    day = "" if hit.day is None else hit.day.isoformat()
    ends = [part for part in (hit.second_line, day, hit.status) if part]
    return f"{hit.kind.value:9} {hit.title} · {' · '.join(ends)}"
