"""What can still be read of a damaged database: the edits that the hub has not answered?"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from loyaldesk.errors import LoyalDeskError
from loyaldesk.store.reader import Reader, open_reader
from loyaldesk.sync.recovery.side_file import SideFile
from loyaldesk.sync.recovery.unsent import UNSENT

if TYPE_CHECKING:
    from pathlib import Path

    from loyaldesk.sync.recovery.side_file import Entry

__all__ = ["salvage"]

# Rows at a time: one bad page costs the rows around it only once.
STEP_ROWS = 20


def salvage(path: Path, key: bytes) -> list[Entry]:
    """Return the unsent edits of the database and of its side file, each once, in their order."""
    found: dict[str, Entry] = {}
    for entry in (*SideFile(path.parent, key).read(), *_of_database(path, key)):
        known = found.get(entry["uuid"])
        # Refused is what became of an edit that waited before.
        if known is None or known["table"] == "outbox":
            found[entry["uuid"]] = entry
    return sorted(found.values(), key=lambda entry: (entry["table"], entry.get("no", 0)))


def _of_database(path: Path, key: bytes) -> list[Entry]:
    entries: list[Entry] = []
    with suppress(LoyalDeskError), open_reader(path, key) as reader:
        for table in UNSENT:
            entries += _of_table(reader, table)
    return entries


def _of_table(reader: Reader, table: str) -> list[Entry]:
    """Read from both ends until the damage."""
    names = UNSENT[table]
    forward = _walk(reader, table, ">", "ASC")
    backward = _walk(reader, table, "<", "DESC")
    rows = {row[names.index("uuid")]: row for row in (*forward, *backward)}
    return [{"table": table, **dict(zip(names, row, strict=True))} for row in rows.values()]


def _walk(reader: Reader, table: str, sign: str, order: str) -> list[tuple[object, ...]]:
    names = UNSENT[table]
    rows: list[tuple[object, ...]] = []
    with suppress(LoyalDeskError):
        while True:
            where = f"WHERE {names[0]} {sign} ?" if rows else ""
            some = reader.rows(
                f"SELECT {', '.join(names)} FROM {table} {where}"
                f" ORDER BY {names[0]} {order} LIMIT {STEP_ROWS}",
                [rows[-1][0]] if rows else [],
            )
            if not some:
                break
            rows += some
    return rows
