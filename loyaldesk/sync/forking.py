"""What does a desk do whose numbers the hub knows otherwise: restored from a backup, or copied?

It becomes another client, numbers its waiting edits from 1, and keeps their uuids: what the hub
has already is answered, not made again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.store.outbox import renumber
from loyaldesk.store.sync_state import StateKey

if TYPE_CHECKING:
    from loyaldesk.sync.desk import Desk, Tx

__all__ = ["become_new_client", "take_new_client"]


def become_new_client(desk: Desk) -> None:
    """Take a new identity and number what waits anew."""
    with desk.transaction("fork") as tx:
        take_new_client(desk, tx)


def take_new_client(desk: Desk, tx: Tx) -> None:
    """Take a new identity inside a transaction."""
    tx.remember(StateKey.CLIENT, desk.new_uid())
    tx.remember(StateKey.CHAIN, "")
    renumber(tx.connection, 1)
