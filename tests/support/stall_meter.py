"""How long could the main thread not react?"""

from __future__ import annotations

from time import perf_counter
from typing import Self

from PySide6.QtCore import QObject, Qt, QTimer, Slot


class StallMeter(QObject):
    """Measures, while it is entered, the longest time in seconds between two turns of the loop."""

    def __init__(self) -> None:
        super().__init__()
        self.worst_s = 0.0
        self._last_s = 0.0
        self._timer = QTimer(self, interval=5, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def __enter__(self) -> Self:
        self._last_s = perf_counter()
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._beat()
        self._timer.stop()

    @Slot()
    def _beat(self) -> None:
        now_s = perf_counter()
        self.worst_s = max(self.worst_s, now_s - self._last_s)
        self._last_s = now_s
