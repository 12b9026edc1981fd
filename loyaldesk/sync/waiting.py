"""How are edits that wait taken back, tried at once, or carried off in a file?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from loyaldesk.errors import Refused
from loyaldesk.settings import disk_trouble, write_atomically
from loyaldesk.store.connection import to_sql
from loyaldesk.store.outbox import Waiting, forget_edits, waiting_edits, waiting_of
from loyaldesk.sync.rebasing import rebase
from loyaldesk.sync.unsent import UNSENT, unsent_entries

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from loyaldesk.store.reader import Source
    from loyaldesk.sync.desk import Desk, Tx

__all__ = ["discard_group", "export_unsent", "hurry"]


def discard_group(desk: Desk, grp: int) -> int:
    """Take back a waiting action, and what was done later to rows it made; return the edits.

    One that was sent without an answer may have arrived all the same; it then comes back with
    the next exchange.
    """
    with desk.transaction("discard") as tx:
        edits = waiting_edits(tx.connection, grp=grp)
        if not edits:
            raise Refused(f"No action {grp} waits to go out. Nothing was changed.")
        gone = _with_what_follows(tx, edits)
        forget_edits(tx.connection, [edit.uuid for edit in gone])
        # What was made last goes first: it may refer to what was made before.
        for kind, uid in reversed(dict.fromkeys((edit.kind, edit.uid) for edit in gone)):
            rebase(tx, kind, uid)
    return len(gone)


def hurry(desk: Desk) -> None:
    """Let everything that waits be tried as if for the first time."""
    with desk.transaction("retry") as tx:
        tx.connection.execute(
            "UPDATE outbox SET tries = 0, answer = '' WHERE tries OR answer <> ''"
        )


def export_unsent(source: Source, path: Path, *, user: str, now: datetime) -> int:
    """Write what waits and what was refused to a JSON file; return how many edits those are."""
    edits = [_readable(entry) for table in UNSENT for entry in unsent_entries(source, table)]
    told = {"user": user, "exported_at": to_sql(now), "edits": edits}
    with disk_trouble():
        write_atomically(path, json.dumps(told, ensure_ascii=False, indent=2).encode())
    return len(edits)


def _with_what_follows(tx: Tx, edits: Sequence[Waiting]) -> list[Waiting]:
    found = {edit.uuid: edit for edit in edits}
    for edit in edits:
        if edit.op == "create":
            found.update(
                (each.uuid, each) for each in waiting_of(tx.connection, edit.kind, edit.uid)
            )
    return sorted(found.values(), key=lambda edit: edit.no)


def _readable(entry: dict[str, Any]) -> dict[str, Any]:
    return {**entry, "body": json.loads(entry["body"])}
