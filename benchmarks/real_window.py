"""LoyalDesk's own window, started as a person starts it, watched from inside.

Run as a process of its own with a profile; it prints a line of JSON for its first frame, for the
first customers on screen, and for its memory once the store is open behind it.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.reports import report, watch_first_frame
from loyaldesk import app as program

_LINGER_MS = 4_000


class _Watched(program.Desktop):
    """The desktop, reporting."""

    def open(self) -> None:
        """Open the window and watch it."""
        watch_first_frame(self.window, then=lambda: None)
        self.window.first_rows_shown.connect(self._rows_arrived)
        super().open()

    def _rows_arrived(self) -> None:
        self.window.first_rows_shown.disconnect(self._rows_arrived)
        # Painting comes before a timer that waits for nothing.
        QTimer.singleShot(0, self._rows_painted)

    def _rows_painted(self) -> None:
        report("rows")
        QTimer.singleShot(_LINGER_MS if "--linger" in sys.argv else 0, self._end)

    def _end(self) -> None:
        report("memory")
        self.window.close()
        QApplication.quit()


def main() -> int:
    """Start the program with the watched desktop."""
    program.Desktop = _Watched  # type: ignore[misc]
    return program.run_window(profile=sys.argv[1], demo=False)


if __name__ == "__main__":
    sys.exit(main())
