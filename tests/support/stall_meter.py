"""How long could the main thread not react?"""

from __future__ import annotations

from time import perf_counter, thread_time
from typing import Self

from PySide6.QtCore import QObject, Qt, QTimer, Slot


class StallMeter(QObject):
    """Measures, while it is entered, the longest time in seconds between two turns of the loop.

    `worst_cpu_s` is how long this thread itself computed between two turns: other programs on the
    machine make the first longer, but not the second.
    """

    def __init__(self) -> None:
        super().__init__()
        self.worst_s = self.worst_cpu_s = 0.0
        self._last_s = self._last_cpu_s = 0.0
        self._timer = QTimer(self, interval=5, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def __enter__(self) -> Self:
        self._last_s, self._last_cpu_s = perf_counter(), thread_time()
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._beat()
        self._timer.stop()

    @Slot()
    def _beat(self) -> None:
        now_s, cpu_s = perf_counter(), thread_time()
        self.worst_s = max(self.worst_s, now_s - self._last_s)
        self.worst_cpu_s = max(self.worst_cpu_s, cpu_s - self._last_cpu_s)
        self._last_s, self._last_cpu_s = now_s, cpu_s
