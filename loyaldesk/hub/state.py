"""Which hub is this, and in which epoch? After a restore from a backup a new epoch begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loyaldesk.hub.store import HubStore
    from loyaldesk.hub.transaction import Tx

__all__ = ["epoch_of", "hub_name", "restore_finished"]


def epoch_of(tx: Tx) -> str:
    """Return the epoch: it changes when the hub's memory went back to an earlier day."""
    return _value(tx, "epoch")


def hub_name(tx: Tx) -> str:
    """Return the 32 hexadecimal digits that tell this hub from every other."""
    return _value(tx, "hub")


def restore_finished(hub: HubStore) -> str:
    """Begin a new epoch after the database came from a backup; return it.

    Every desk then asks which of its answered edits are still known, sends the others again, and
    reads everything anew.
    """
    epoch = hub.new_uid()
    with hub.transaction("restore-finished") as tx:
        tx.run("UPDATE hub_state SET value = ? WHERE key = 'epoch'", (epoch,))
    return epoch


def _value(tx: Tx, key: str) -> str:
    found = tx.row("SELECT value FROM hub_state WHERE key = ?", (key,))
    return "" if found is None else str(found[0])
