"""What was open last time, and how does it come back?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Slot

from loyaldesk.ui.shell.window_state import keep_window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.queries.open_tabs import OpenTab
    from loyaldesk.settings import UiState
    from loyaldesk.ui.shell.parts import Parts

__all__ = ["Session"]

TABS, FRONT = "tabs", "front"
SAVE_MS = 500


class Session(QObject):
    """Keeps tabs and window whenever they change, so that not even a crash forgets them.

    Only ids are kept: the file is not encrypted, and a name is a customer's data.
    """

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._parts, self._state = parts, parts.desk.state
        self._front = self._kept_front()
        self._clock = QTimer(self, singleShot=True, interval=SAVE_MS)
        self._clock.timeout.connect(self._save)
        self._is_restored = False

    def restore(self) -> None:
        """Open the tabs of the last time, and the customer that was in front."""
        from loyaldesk.queries.open_tabs import read_tabs

        kept = self._state.get(TABS, [])
        ids = [key for key in kept if isinstance(key, int)] if isinstance(kept, list) else []
        self._parts.desk.jobs.read(read_tabs, owner=self, then=self._show, ids=ids)

    def keep(self) -> None:
        """Put what is open now into the state, to be written soon or at the end."""
        if self._is_restored:
            self._state.put(TABS, self._parts.tabs.customer_ids)
            self._state.put(FRONT, self._parts.guide.place.customer_id)
        keep_window(self._parts.window, self._state)

    @Slot()
    def touch(self) -> None:
        """Keep and write what changed within half a second."""
        if not self._clock.isActive():
            self._clock.start()

    def _kept_front(self) -> int:
        front = self._state.get(FRONT, 0)
        return front if isinstance(front, int) else 0

    def _show(self, tabs: Sequence[OpenTab]) -> None:
        bar = self._parts.tabs
        for tab in tabs:
            bar.add_customer(tab.customer_id, tab.name)
            bar.set_unsaved(tab.customer_id, unsaved=tab.has_note)
        if any(tab.customer_id == self._front for tab in tabs):
            self._parts.guide.go_to_customer(self._front)
        self._is_restored = True
        bar.changed.connect(self.touch)
        self._parts.guide.went.connect(self.touch)

    @Slot()
    def _save(self) -> None:
        self.keep()
        self._parts.desk.jobs.run(_write, owner=self, state=self._state)


def _write(_store: Any, state: UiState) -> None:
    state.save()
