"""`loyaldesk hub recover FILE`: what had an erased computer not sent yet?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from loyaldesk.cli.hub_context import add_data, read_hub
from loyaldesk.errors import Refused
from loyaldesk.settings import disk_trouble

if TYPE_CHECKING:
    import argparse

    from loyaldesk.cli.context import Context

__all__ = ["add_parser"]


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb."""
    recover = add_data(
        verbs.add_parser("recover", help="show what an erased computer had not sent")
    )
    recover.add_argument("file", metavar="FILE", type=Path, help="its unsent-*.ldrecovery")
    recover.set_defaults(run=_run)


def _run(args: argparse.Namespace, context: Context) -> int:
    from loyaldesk.hub.identity import found_identity
    from loyaldesk.protocol.recovery import open_box

    with disk_trouble():
        raw = args.file.read_bytes()
    identity = read_hub(args, found_identity)
    plain = open_box(raw, identity.signing_key) if identity else None
    if plain is None:
        raise Refused(
            f"“{args.file}” was not sealed for this hub, or is damaged. Nothing was changed. Ask "
            "for the file as the computer wrote it, and name the right hub with --data."
        )
    told = json.loads(plain)
    lines = [
        f"{edit['edited_at']}  {edit['label']}  {edit['kind']}  {edit['body']}"
        for edit in told["edits"]
    ]
    head = f"{len(lines)} edits of {told['user']}, desk {told['desk']}, {told['sealed_at']}:"
    context.show(told, "\n".join([head, *lines]))
    return 0
