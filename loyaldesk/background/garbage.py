"""When are reference cycles collected, and on which thread?"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

__all__ = ["GarbageTimer"]


class GarbageTimer(QObject):
    """Collects cycles on the main thread only, so that no QObject dies on a worker.

    While it lives Python's own collector is off: that one runs on whichever thread allocates.
    """

    def __init__(self, parent: QObject | None = None, *, every_ms: int = 1_000) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=every_ms)
        self._timer.timeout.connect(self.collect_if_due)
        self._timer.start()

    def stop(self) -> None:
        """Give collecting back to Python."""
        self._timer.stop()
        gc.enable()

    @Slot()
    def collect_if_due(self) -> None:
        """Collect the oldest generation that is due, as Python itself would choose it."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return
