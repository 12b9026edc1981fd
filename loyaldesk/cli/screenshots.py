"""`loyaldesk screenshots DIR`: every page of the demo company as a picture, light and dark."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from loyaldesk.cli.context import Context

__all__ = ["add_parser"]


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "screenshots", help="draw every page of the demo company, light and dark"
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--only", metavar="WORD", help="only pictures whose name holds the word")
    parser.set_defaults(run=_run)


def _run(args: argparse.Namespace, context: Context) -> int:
    """Draw off screen, on a demo company of its own that is gone afterwards."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["LOYALDESK_KEY"] = secrets.token_hex(32)
    from loyaldesk.app import take_pictures

    args.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="loyaldesk-pictures-") as profile:
        taken = take_pictures(Path(profile), args.folder, only=args.only or "")
    context.show([path.name for path in taken], f"{len(taken)} pictures in {args.folder}")
    return 0
