"""What becomes of a connected profile whose database is damaged?

The damaged file is set aside, never deleted. A new one takes its place, the edits that the hub has
not answered are put back into it with the names the hub may know them by, and everything else
comes from the hub again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.settings import disk_trouble, make_private_folder
from loyaldesk.store.outbox import renumber
from loyaldesk.store.schema import FILE_NAME
from loyaldesk.store.store import Store
from loyaldesk.store.sync_state import StateKey, write_state
from loyaldesk.store.uids import new_uid
from loyaldesk.sync.engine.rebasing import rebase
from loyaldesk.sync.profile_desk import profile_desk
from loyaldesk.sync.reach.clock import machine_fingerprint
from loyaldesk.sync.recovery.salvaging import salvage
from loyaldesk.sync.recovery.unsent import UNSENT
from loyaldesk.sync.recovery.wiping import DAMAGED_FOLDER

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from loyaldesk.store.connection import Connection
    from loyaldesk.sync.engine.desk import Tx
    from loyaldesk.sync.reach.access_file import HubAccess
    from loyaldesk.sync.recovery.side_file import Entry

__all__ = ["Rebuilt", "rebuild"]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was saved: edits that wait again, edits that were refused; where the old file lies."""

    waiting: int
    attention: int
    set_aside: Path

    @property
    def sentence(self) -> str:
        """What the person is told."""
        return (
            "The file of the records was damaged and was made anew. The records come from the hub "
            f"again; {self.waiting} unsent edits were saved and go out. The damaged file is kept "
            f"as “{self.set_aside}”."
        )


def rebuild(profile: Path, key: bytes, access: HubAccess, *, now: datetime) -> Rebuilt:
    """Make the database of a connected profile anew and put its unsent edits back."""
    entries = salvage(profile / FILE_NAME, key)
    aside = _set_aside(profile, now)
    store = Store.open(profile, key, actor=access.user)
    try:
        desk = profile_desk(store)
        with desk.transaction("rebuild") as tx:
            _link(tx, access, new_uid(now).hex())
            _put_back(tx, entries)
    finally:
        store.close()
    count = sum(entry["table"] == "outbox" for entry in entries)
    return Rebuilt(count, len(entries) - count, aside)


def _set_aside(profile: Path, now: datetime) -> Path:
    folder = profile / DAMAGED_FOLDER
    path = folder / f"loyaldesk-{now:%Y%m%dT%H%M%S}.db"
    with disk_trouble():
        make_private_folder(folder)
        for ending in ("-wal", "-shm", ""):
            part = profile / f"{FILE_NAME}{ending}"
            if part.exists():
                part.replace(path.with_name(path.name + ending))
    return path


def _link(tx: Tx, access: HubAccess, client: str) -> None:
    """Be a new client of the hub: how far the old one had come, nobody knows for certain."""
    for key, value in (
        (StateKey.CLIENT, client),
        (StateKey.HUB, access.url),
        (StateKey.USER, access.user),
        (StateKey.DESK_CODE, access.desk),
        (StateKey.MACHINE, machine_fingerprint()),
    ):
        tx.remember(key, value)


def _put_back(tx: Tx, entries: list[Entry]) -> None:
    for entry in entries:
        _insert(tx.connection, entry)
    renumber(tx.connection, 1)
    last = max((entry["grp"] for entry in entries), default=0)
    write_state(tx.connection, StateKey.NEXT_GROUP, last + 1)
    rows = dict.fromkeys((e["kind"], e["uid"]) for e in entries if e["table"] == "outbox")
    for kind, uid in rows:
        # What was made here is seen at once; what was changed, when the hub's row is here again.
        rebase(tx, kind, uid)


def _insert(connection: Connection, entry: Entry) -> None:
    names = UNSENT[entry["table"]]
    marks = ", ".join("?" * len(names))
    connection.execute(
        f"INSERT INTO {entry['table']} ({', '.join(names)}) VALUES ({marks})",
        [entry[name] for name in names],
    )
