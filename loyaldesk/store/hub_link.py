"""Does this file have a hub, and under which code does it number its papers there?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.store.sync_state import StateKey, read_state

if TYPE_CHECKING:
    from loyaldesk.store.connection import Connection

__all__ = ["HubLink", "read_link"]


@dataclass(frozen=True, slots=True)
class HubLink:
    """A desk of a hub: its number as a client, and the code that its papers carry."""

    client: str
    desk_code: str


def read_link(connection: Connection) -> HubLink | None:
    """Return how the file is linked to its hub, or None where it has none."""
    client = read_state(connection, StateKey.CLIENT)
    return HubLink(client, read_state(connection, StateKey.DESK_CODE)) if client else None
