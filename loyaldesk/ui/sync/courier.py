"""When does the open window speak with the hub, and who is told how it is?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from loyaldesk.sync.state import Phase

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.ui.desk import Desk

__all__ = ["Courier"]


class Courier(QObject):
    """Keeps the desk even with its hub on a lane of its own for as long as the window is open.

    `erased` tells that the company had the records erased; the window has nothing to show then.
    """

    erased = Signal()

    def __init__(self, desk: Desk, profile: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._profile = desk, profile
        self._line: Any = None
        self._is_running = self._wants_again = False
        desk.ways.sync_wanted.connect(self.sync_now)
        desk.news.hub_changed.connect(self._begin_anew)
        desk.ways.work_offline_wanted.connect(self._work_offline)
        self._begin()

    @property
    def is_running(self) -> bool:
        """Whether the line to the hub stands, or is being put up."""
        return self._is_running

    def sync_now(self) -> None:
        """Speak with the hub at once; say why not where working offline is wished."""
        if self._desk.news.sync.phase is Phase.BY_CHOICE:
            words = self.tr("Working offline: untick “Work offline” on the Sync page first.")
            self._desk.news.said.emit(words, False)
        elif self._line is None:
            self._begin()
        else:
            self._line.driver.sync_now()

    def _begin_anew(self) -> None:
        """Put up the line anew: this desk was connected, signed in or signed out."""
        self._wants_again = True
        if self._line is not None:
            self._line.stop()
        else:
            self._begin()

    def _begin(self) -> None:
        if self._is_running:
            self._wants_again = True
            return
        self._is_running, self._wants_again = True, False
        self._desk.jobs.network(
            _keep_even,
            lane="sync",
            owner=self,
            then=self._ended,
            failed=self._failed,
            profile=self._profile,
            tell=self._tell,
            ready=self._ready,
        )

    def _ready(self, line: Any) -> None:
        """Take the line; called on its own thread."""
        self._desk.jobs.announce(partial(setattr, self, "_line", line))

    def _tell(self, state: Any) -> None:
        self._desk.jobs.announce(partial(self._desk.news.tell_sync, state))

    def _ended(self, how: str) -> None:
        self._line, self._is_running = None, False
        if how == "wipe":
            self.erased.emit()
        elif self._wants_again:
            self._begin()

    def _failed(self, error: LoyalDeskError) -> None:
        self._line, self._is_running = None, False
        self._desk.news.said.emit(str(error), False)

    def _work_offline(self, on: bool) -> None:
        if self._line is not None:
            self._line.driver.work_offline(on)


def _keep_even(
    store: Any,
    *,
    wire: Any,
    profile: Path,
    tell: Callable[[Any], object],
    ready: Callable[[Any], object],
) -> str:
    """Keep desk and hub even until stopped; return the problem that ended it, if one did."""
    # Imported on the lane, so that the window does not stand still meanwhile.
    from loyaldesk.credentials import database_key
    from loyaldesk.sync.line import HubLine

    if store.link is None:
        return ""
    with HubLine(store, profile=profile, database_key=database_key(profile), tell=tell) as line:
        wire.end_with(line.stop)
        ready(line)
        tell(line.driver.state)
        last = line.run()
    return last.problem.err if last.problem is not None else ""
