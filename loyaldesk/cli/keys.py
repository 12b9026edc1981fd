"""`loyaldesk key new`: a key for machines without a keyring."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from loyaldesk.cli.context import Context

__all__ = ["add_parser"]

KEY_BYTES = 32


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser("key", help="make a key for machines without a keyring")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    new = verbs.add_parser("new", help="print a new key; keep it as LOYALDESK_KEY")
    new.set_defaults(run=_run_new)


def _run_new(_: argparse.Namespace, context: Context) -> int:
    key = secrets.token_hex(KEY_BYTES)
    context.show({"key": key}, key)
    return 0
