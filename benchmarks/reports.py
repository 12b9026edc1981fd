"""How a measured process says when something was on screen, and what it had cost by then."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

__all__ = ["STARTED_VARIABLE", "report", "watch_first_frame"]

STARTED_VARIABLE = "LOYALDESK_BENCHMARK_STARTED"


def report(event: str) -> None:
    """Print a line: the event, CPU of this process, time since its parent started it, memory."""
    facts: dict[str, str | float] = {
        "event": event,
        "cpu_ms": time.process_time() * 1000,
        "wall_ms": (time.time() - float(os.environ[STARTED_VARIABLE])) * 1000,
    }
    if event == "memory":
        facts["memory_mb"] = _memory() / 1e6
    print(json.dumps(facts), flush=True)


def _memory() -> int:
    """Return the bytes that this process holds in memory, as a task manager shows them."""
    # Imported after the times were taken: reading them must not cost the measured process.
    import psutil

    return int(psutil.Process().memory_info().rss)


def watch_first_frame(window: QWidget, *, then: Callable[[], object]) -> None:
    """Report the window's first painted frame, and go on after it."""
    _FirstFrame(window, then)


class _FirstFrame(QObject):
    """Waits for the first paint of a window."""

    def __init__(self, window: QWidget, then: Callable[[], object]) -> None:
        super().__init__(window)
        self._then = then
        self._was_seen = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the paint; it is done when the next timer fires."""
        if event.type() is QEvent.Type.Paint and not self._was_seen:
            self._was_seen = True
            QTimer.singleShot(0, self._tell)
        return False

    def _tell(self) -> None:
        report("frame")
        self._then()
