"""What does the hub have under a row that people see otherwise, or not yet, or not much longer?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.store.outbox import LEAVING
from loyaldesk.store.outbox_body import decode_row, encode_row

if TYPE_CHECKING:
    from loyaldesk.protocol.kinds import Row
    from loyaldesk.store.connection import Connection

__all__ = ["Base", "erase_base", "has_bases", "has_kept", "leave", "read_base", "write_base"]


@dataclass(frozen=True, slots=True)
class Base:
    """The hub's row (None: gone), its version, and why it is kept: see `store.outbox`."""

    rv: int
    row: Row | None
    why: int


def has_bases(connection: Connection) -> bool:
    """Tell whether any row is kept, which a first download can ask once for many rows."""
    return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM sync_base)").fetchone()[0])


def has_kept(connection: Connection, why: int) -> bool:
    """Tell whether any row is kept for that reason."""
    found = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM sync_base WHERE is_waiting = ?)", [why]
    )
    return bool(found.fetchone()[0])


def read_base(connection: Connection, kind: str, uid: str) -> Base | None:
    """Return the row that is kept, if one is."""
    found = connection.execute(
        "SELECT rv, body, is_waiting FROM sync_base WHERE kind = ? AND uid = ?", [kind, uid]
    ).fetchone()
    if found is None:
        return None
    rv, body, why = found
    return Base(rv, None if body is None else decode_row(body), why)


def write_base(connection: Connection, kind: str, uid: str, base: Base) -> None:
    """Keep the row."""
    body = None if base.row is None else encode_row(base.row)
    connection.execute(
        "INSERT OR REPLACE INTO sync_base (kind, uid, rv, body, is_waiting) VALUES (?, ?, ?, ?, ?)",
        [kind, uid, base.rv, body, base.why],
    )


def erase_base(connection: Connection, kind: str, uid: str) -> None:
    """Keep the row no more: what people see is what the hub has."""
    connection.execute("DELETE FROM sync_base WHERE kind = ? AND uid = ?", [kind, uid])


def leave(connection: Connection, kind: str, uid: str, rv: int) -> None:
    """Note a row that no bucket holds, unless edits of it wait: it goes at the end of a pull."""
    connection.execute(
        "INSERT INTO sync_base (kind, uid, rv, body, is_waiting)"
        " SELECT ?1, ?2, ?3, NULL, ?4"
        " WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE kind = ?1 AND uid = ?2)"
        " ON CONFLICT (kind, uid) DO UPDATE SET"
        " rv = max(rv, excluded.rv), body = NULL, is_waiting = excluded.is_waiting",
        [kind, uid, rv, LEAVING],
    )
