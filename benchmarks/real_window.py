"""LoyalDesk's own window, started as a person starts it, watched from inside.

Run as a process of its own with a profile; it prints a line of JSON for its first frame, for the
first customers on screen, and for its memory once the store is open behind it.
"""

from __future__ import annotations

import os
import sys
import traceback

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.reports import report, watch_first_frame
from loyaldesk import app as program

_LINGER_MS, _GIVE_UP_MS = 3_000, 30_000


class _Watched(program.Desktop):
    """The desktop, reporting."""

    def open(self) -> None:
        """Open the window and watch it."""
        watch_first_frame(self.window, then=lambda: None)
        # Emitted once the first customers are painted.
        self.window.first_rows_shown.connect(self._rows_shown)
        QTimer.singleShot(_GIVE_UP_MS, _give_up)
        super().open()

    def _rows_shown(self) -> None:
        self.window.first_rows_shown.disconnect(self._rows_shown)
        report("rows")
        QTimer.singleShot(_LINGER_MS if "--linger" in sys.argv else 0, self._end)

    def _end(self) -> None:
        report("memory")
        self.window.close()
        QApplication.quit()

    def _tell_crash(self, error: BaseException) -> None:
        # Nobody sees a dialog here: the measurement fails instead.
        traceback.print_exception(error)
        sys.stderr.flush()
        os._exit(1)


def _give_up() -> None:
    sys.stderr.write("no customers on screen in time\n")
    sys.stderr.flush()
    os._exit(1)


def main() -> int:
    """Start the program with the watched desktop."""
    program.Desktop = _Watched  # type: ignore[misc]
    return program.run_window(profile=sys.argv[1], demo=False)


if __name__ == "__main__":
    sys.exit(main())
