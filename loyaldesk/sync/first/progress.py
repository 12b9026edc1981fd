"""How much of a set of segments is loaded? It is kept with the rows, so that it is always right."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from loyaldesk.store.sync_state import StateKey, read_state, write_state

if TYPE_CHECKING:
    from loyaldesk.store.connection import Connection

__all__ = ["Loaded", "forget_loaded", "read_loaded", "write_loaded"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many segments of the set of that name are there; `since` is the last change before."""

    name: str
    segments: int
    since: int


def read_loaded(connection: Connection) -> Loaded | None:
    """Return how much is loaded, or None if no set was begun."""
    kept = json.loads(read_state(connection, StateKey.SEGMENTS) or "null")
    if isinstance(kept, list):
        # Begun by a version that cut otherwise: no set is like it, so pages go through it.
        return Loaded("", len(kept), 0)
    return Loaded(**kept) if kept else None


def write_loaded(connection: Connection, loaded: Loaded) -> None:
    """Keep how much is loaded, in the transaction that loaded it."""
    write_state(connection, StateKey.SEGMENTS, json.dumps(asdict(loaded)))


def forget_loaded(connection: Connection) -> None:
    """Keep nothing any more: all is there, or pages bring it."""
    write_state(connection, StateKey.SEGMENTS, "")
