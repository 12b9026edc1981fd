"""`loyaldesk check`: whether store, index and files are whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.errors import Unavailable
from loyaldesk.queries.stored_contents import read_named_contents
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
    at_hub = 0
    try:
        problems = _problems(args, context)
        problems["files"], at_hub = _check_files(context)
    except Unavailable as damage:
        problems = {"store": [str(damage)]}
    words = [f"{part}: {problem}" for part, found in problems.items() for problem in found]
    context.show(
        {"ok": not words, "problems": problems, "at_hub": at_hub},
        _whole(at_hub) if not words else f"Problems found: {len(words)}",
    )
    if words:
        context.tell("\n".join(words))
    return 1 if words else 0


def _whole(at_hub: int) -> str:
    words = "Store, index and files are whole."
    if not at_hub:
        return words
    papers = "1 paper is" if at_hub == 1 else f"{at_hub:,} papers are"
    return f"{words} {papers} only at the hub, to be fetched when opened or saved."


def _problems(args: argparse.Namespace, context: Context) -> dict[str, list[str]]:
    store = context.open_store()
    if args.rebuild_index:
        context.tell("Making the search index anew…")
        store.rebuild_index()
    return {"store": list(store.check()), "index": list(check_index(context.reader()))}


def _check_files(context: Context) -> tuple[list[str], int]:
    """Return what is wrong with contents, and how many are at the hub alone, where there is one."""
    files, is_connected = context.files(), context.open_store().link is not None
    problems, at_hub = [], 0
    for named in read_named_contents(context.reader()):
        if is_connected and named.may_be_at_hub and not files.has(named.sha256):
            at_hub += 1
        elif problem := files.check(named.sha256):
            problems.append(f"{named.sha256.hex()[:12]}: {problem}")
    return problems, at_hub
