"""The desk of an open profile: its store is what the engine reads and writes."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from loyaldesk.store.uids import new_uid
from loyaldesk.sync.engine.desk import Desk, Limits
from loyaldesk.sync.view.store_view import StoreView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loyaldesk.store.store import Store
    from loyaldesk.sync.engine.desk import Crash

__all__ = ["profile_desk"]

LABEL = "Receive changes"
# More at once costs little less.
CHUNK_ROWS = 1_000


def go_on(name: str, moment: str) -> None:
    """Let the transaction go on: nothing crashes here."""


def _now() -> datetime:
    return datetime.now(UTC)


def profile_desk(
    store: Store,
    *,
    clock: Callable[[], datetime] = _now,
    limits: Limits | None = None,
    crash: Crash = go_on,
) -> Desk:
    """Return the desk over this store, for one thread; pages are read and edited meanwhile."""
    view = StoreView()

    @contextmanager
    def opened(_: str) -> Iterator[None]:
        with store.remote_transaction(LABEL) as tx, view.over(tx):
            yield

    return Desk(
        store.connection,
        view,
        clock=clock,
        new_uid=lambda: new_uid(clock()).hex(),
        limits=limits or Limits(chunk_rows=CHUNK_ROWS),
        opened=opened,
        crash=crash,
        is_awaited=lambda: store.turn.waiting > 0,
    )
