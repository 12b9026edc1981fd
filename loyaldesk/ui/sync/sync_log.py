"""What went on between this desk and its hub since the window was opened, without any record?"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from datetime import datetime

    from loyaldesk.sync.state import SyncState
    from loyaldesk.ui.desk import Desk

__all__ = ["LogLine", "SyncLog"]

MOST_LINES = 300
# Host names and addresses, with the scheme before and the port behind.
_HOST = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/\S*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class LogLine:
    """What was told at an instant."""

    at: datetime
    state: SyncState

    @property
    def words(self) -> str:
        """The line as it may be sent to anybody: states and counts, no names and no records."""
        state = self.state
        counts = f"waiting {state.waiting}, refused {state.attention}, conflicts {state.conflicts}"
        progress = f", {state.progress.done} of {state.progress.total}" if state.progress else ""
        problem = f" – {state.problem}" if state.problem else ""
        return f"{self.at:%Y-%m-%d %H:%M:%S} {state.phase}{progress} ({counts}){problem}"


class SyncLog(QObject):
    """Keeps the last states, each step once."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.lines: deque[LogLine] = deque(maxlen=MOST_LINES)
        desk.news.sync_changed.connect(self._keep)

    def text(self) -> str:
        """Return the log, oldest first, with addresses, hub and user left out."""
        words = _HOST.sub("[host]", "\n".join(line.words for line in self.lines))
        state = self._desk.news.sync
        for name, instead in ((state.hub, "[hub]"), (state.user, "[user]")):
            words = re.sub(rf"\b{re.escape(name)}\b", instead, words) if name else words
        return words

    @Slot(object)
    def _keep(self, state: SyncState) -> None:
        if self.lines and self.lines[-1].state.phase is state.phase and state.progress:
            self.lines.pop()
        self.lines.append(LogLine(self._desk.now(), state))
