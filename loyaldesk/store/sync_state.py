"""What a desk remembers about itself and its hub, one text by key."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyaldesk.store.connection import Connection

__all__ = ["StateKey", "read_number", "read_state", "write_state"]


class StateKey(enum.StrEnum):
    """The keys of `sync_state`."""

    CLIENT = "client"  # this installation and user; without it the desk is connected to no hub
    EPOCH = "epoch"  # of the hub; another one means that the hub was restored
    HUB = "hub"  # the hub's address, as the user gave it
    USER = "user"  # the name that signed in
    DESK_CODE = "desk_code"  # stands in the numbers this desk gives, such as B7
    MACHINE = "machine"  # fingerprint of the computer whose clock was measured
    OFFSET = "offset_ms"  # how far this clock is ahead of the hub's
    NEXT_NO = "next_no"  # of the next edit
    NEXT_GROUP = "next_group"
    CHAIN = "chain"  # running hash over the uuids the hub has answered
    SCHEMA = "schema"  # of the rows in the cache
    NEXT_AT = "next_at"  # when to sync next; set whenever something is left to do
    FAILURES = "failures"  # exchanges in a row that failed
    SHUT_OUT = "shut_out"  # set while the hub takes nothing from this computer any more
    LAST_SYNC = "last_sync_at"  # hub's clock, when everything was in step
    WORK_OFFLINE = "work_offline"
    STAGE = "stage"  # of the pull under way, as JSON
    REPLAY = "replay"  # journal position that was asked for after the hub was restored
    SEGMENTS = "segments"  # a first sync under way: how much is loaded, as JSON
    BLOB_STOCK = "blob_stock"  # the last stored content that was looked at
    BLOB_EPOCH = "blob_epoch"  # of the hub when it was last asked which contents it has
    BLOB_QUOTA = "blob_quota"  # how many bytes of contents this desk keeps of what the hub has
    BLOB_PLANNED = "blob_planned_at"  # when it was last worked out what to keep for offline
    RESIDUE = "search_residue"  # the indexes that still hold words of rows that left
    RESIDUE_ON = "search_residue_on"  # the day the last of such words went
    TROUBLE = "trouble"  # what did not agree with the hub, and when, as JSON


def read_state(connection: Connection, key: StateKey) -> str:
    """Return what is remembered under the key, or an empty text."""
    found = connection.execute("SELECT value FROM sync_state WHERE key = ?", [key]).fetchone()
    return str(found[0]) if found else ""


def read_number(connection: Connection, key: StateKey, default: int = 0) -> int:
    """Return the whole number remembered under the key, or the default."""
    return int(read_state(connection, key) or default)


def write_state(connection: Connection, key: StateKey, value: object) -> None:
    """Remember the value; an empty text forgets the key, and nothing is written twice."""
    text = str(value)
    if text == read_state(connection, key):
        return
    if text:
        connection.execute("INSERT OR REPLACE INTO sync_state VALUES (?, ?)", [key, text])
    else:
        connection.execute("DELETE FROM sync_state WHERE key = ?", [key])
