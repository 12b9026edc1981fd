"""What becomes of a refused edit that somebody has read?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyaldesk.store.store import Store

__all__ = ["put_aside"]


def put_aside(store: Store, *, uuids: Iterable[str]) -> None:
    """List these refused edits no more; what was typed stays in the file."""
    with store.remote_transaction("Put aside") as tx:
        tx.executemany("UPDATE attention SET seen = 1 WHERE uuid = ?", [[uuid] for uuid in uuids])
        # Its rows have no ids of their own; whoever counts them hears that some changed.
        tx.touch("attention", [0])
