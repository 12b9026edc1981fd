"""What is known at the moment about desk and hub, and who is told when it changes?"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from loyaldesk.queries.conflict_sides import read_own_name
from loyaldesk.queries.sync_conflicts import count_conflicts
from loyaldesk.queries.sync_edits import count_waiting
from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.state import SHUT_OUT_WORDS, Phase, SyncState

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.store.reader import Source
    from loyaldesk.sync.reach.access_file import HubAccess

__all__ = ["Bulletin", "read_sync_state"]

_STATE = "SELECT value FROM sync_state WHERE key = ?"


def read_sync_state(source: Source, access: HubAccess | None) -> SyncState:
    """Return how it was when the desk last did something about its hub."""
    if access is None or not _state(source, StateKey.CLIENT):
        return SyncState()
    last = _state(source, StateKey.LAST_SYNC)
    state = SyncState(
        waiting=count_waiting(source),
        attention=int(source.value("SELECT count(*) FROM attention WHERE seen = 0")),
        conflicts=count_conflicts(source),
        last_success_at=datetime.fromisoformat(last) if last else None,
        hub=access.hub_name or access.url,
        user=access.user,
        name=read_own_name(source),
        desk=access.desk,
    )
    phase = _phase(source, state, is_signed_in=bool(access.refresh))
    problem = SHUT_OUT_WORDS if phase is Phase.REVOKED else ""
    return replace(state, phase=phase, problem=problem)


def _phase(source: Source, state: SyncState, *, is_signed_in: bool) -> Phase:
    if not is_signed_in:
        return Phase.SIGNED_OUT
    if _state(source, StateKey.WORK_OFFLINE):
        return Phase.BY_CHOICE
    if _state(source, StateKey.SHUT_OUT):
        return Phase.REVOKED
    if state.last_success_at is None:
        return Phase.FIRST
    if int(_state(source, StateKey.FAILURES) or 0):
        return Phase.OFFLINE
    return Phase.WAITING if state.waiting else Phase.IN_STEP


class Bulletin:
    """The newest state; `tell` hears each one that differs from the one before."""

    def __init__(
        self, source: Source, access: HubAccess, tell: Callable[[SyncState], object]
    ) -> None:
        self._source, self._access, self._tell = source, access, tell
        self.state = read_sync_state(source, access)

    def show(self, phase: Phase, **changes: Any) -> None:
        """Show a phase with what belongs to it, and count anew what waits."""
        fresh = read_sync_state(self._source, self._access)
        self._publish(replace(fresh, **{"phase": phase, "problem": "", **changes}))

    def move(self, phase: Phase, **changes: Any) -> None:
        """Show a step on the way, without asking the database for anything."""
        self._publish(replace(self.state, phase=phase, **changes))

    def count(self) -> None:
        """Count anew what waits; everything else stays as it is."""
        fresh = read_sync_state(self._source, self._access)
        counts = {name: getattr(fresh, name) for name in ("waiting", "attention", "conflicts")}
        self._publish(replace(self.state, **counts))

    def _publish(self, state: SyncState) -> None:
        if state != self.state:
            self.state = state
            self._tell(state)


def _state(source: Source, key: StateKey) -> str:
    return str(source.value(_STATE, [key]) or "")
