"""`loyaldesk check`: whether store, index and files are whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.errors import Unavailable
from loyaldesk.store.search_check import check_index

if TYPE_CHECKING:
    import argparse

    from loyaldesk.cli.context import Context

__all__ = ["add_parser"]


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("check", help="check that store, index and files are whole")
    parser.add_argument(
        "--rebuild-index", action="store_true", help="first make the search index anew"
    )
    parser.set_defaults(run=_run)


def _run(args: argparse.Namespace, context: Context) -> int:
    try:
        problems = _problems(args, context)
    except Unavailable as damage:
        problems = {"store": [str(damage)]}
    words = [f"{part}: {problem}" for part, found in problems.items() for problem in found]
    context.show(
        {"ok": not words, "problems": problems},
        "Store, index and files are whole." if not words else f"Problems found: {len(words)}",
    )
    if words:
        context.tell("\n".join(words))
    return 1 if words else 0


def _problems(args: argparse.Namespace, context: Context) -> dict[str, list[str]]:
    store = context.open_store()
    if args.rebuild_index:
        context.tell("Making the search index anew…")
        store.rebuild_index()
    reader, files = context.reader(), context.files()
    return {
        "store": list(store.check()),
        "index": list(check_index(reader)),
        "files": [
            f"{sha.hex()[:12]}: {problem}"
            for (sha,) in reader.rows("SELECT sha256 FROM stored_file ORDER BY id")
            if (problem := files.check(sha))
        ],
    }
