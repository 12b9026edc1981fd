"""How does an answer get from a worker to the main thread?"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Dispatcher"]


class Dispatcher(QObject):
    """Runs calls on the thread it was made on, in the order in which any thread posted them.

    One call per turn of the event loop: a burst of answers never keeps the keyboard waiting.
    """

    _posted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._calls: deque[Callable[[], object]] = deque()
        self._posted.connect(self._run_next, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Callable[[], object]) -> None:
        """Run the call at home, soon; may be called from any thread."""
        self._calls.append(call)
        self._posted.emit()

    def run_all(self) -> None:
        """Run at once what was posted so far; for the end, when no event loop turns any more."""
        while self._calls:
            self._run_next()

    @Slot()
    def _run_next(self) -> None:
        if self._calls:
            self._calls.popleft()()
