"""How does a hub get a desk of its own, in step with some buckets, to cut segments from?

It is a profile like any other, but nobody works with it: its requests are answered by the hub's
engine directly. It stays from one time to the next and reads only what changed since.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from loyaldesk.errors import Unavailable
from loyaldesk.protocol.kinds import SCHEMA
from loyaldesk.settings import make_private_folder, write_atomically
from loyaldesk.store.store import Store
from loyaldesk.store.sync_state import StateKey, write_state
from loyaldesk.sync.engine.desk import Limits
from loyaldesk.sync.engine.exchange import Sleep
from loyaldesk.sync.engine.rounds import sync_round
from loyaldesk.sync.profile_desk import profile_desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loyaldesk.protocol.messages import Call
    from loyaldesk.sync.engine.exchange import Answer, Round

__all__ = ["bring_in_step", "open_mirror"]

KEY_NAME = "key"
MOST_ROUNDS = 1000
# Nobody waits for this desk's writing, so it may take much at once.
LIMITS = Limits(page_rows=5_000, page_bytes=4_000_000, chunk_rows=5_000)


def open_mirror(folder: Path, client: str) -> Store:
    """Open the mirror in a folder, made if there is none; it lies beside what it mirrors."""
    make_private_folder(folder)
    kept = folder / KEY_NAME
    if not kept.exists():
        write_atomically(kept, secrets.token_bytes(32))
    store = Store.open(folder, kept.read_bytes(), actor="hub")
    with store.remote_transaction("Mirror the hub") as tx:
        write_state(tx.connection, StateKey.CLIENT, client)
        write_state(tx.connection, StateKey.SCHEMA, SCHEMA)
    return store


def bring_in_step(store: Store, answer: Callable[[Call], Answer]) -> None:
    """Read what the mirror lacks, until it has what the hub has."""
    desk = profile_desk(store, limits=LIMITS)
    for _ in range(MOST_ROUNDS):
        steps, reply = sync_round(desk), None
        try:
            while True:
                wish = steps.send(reply)
                reply = None if isinstance(wish, Sleep) else answer(wish)
        except StopIteration as end:
            found: Round = end.value
        if found.is_in_step:
            return
        if found.problem is not None:
            break
    raise Unavailable(
        "The hub's own copy could not be brought in step, so no segments were made. Those that "
        "were there are still offered; desks without take pages. Try again later."
    )
