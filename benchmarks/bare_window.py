"""The raw limit of the window: a main window with an empty table, painted once.

Run as a process of its own; it prints one line of JSON for its first frame.
"""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

from benchmarks.reports import report, watch_first_frame

_SIZE = (1440, 900)


def main() -> None:
    """Show the window, report its first frame and its memory, and end."""
    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(QTableView(window))
    window.resize(*_SIZE)
    watch_first_frame(window, then=lambda: (report("memory"), app.quit()))
    window.show()
    app.exec()


if __name__ == "__main__":
    main()
