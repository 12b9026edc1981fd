"""Who hears of a bug that nobody caught, on whichever thread it happened?"""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["BugCatcher"]


class BugCatcher(QObject):
    """While it is installed every uncaught exception is told by `caught` on the main thread."""

    caught = Signal(object)

    def install(self) -> None:
        """Take over from Python, which would only print the traceback."""
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._catch
        threading.excepthook = self._catch_on_thread

    def remove(self) -> None:
        """Give both back to whoever had them."""
        sys.excepthook, threading.excepthook = self._before

    def _catch(
        self,
        _kind: type[BaseException],
        error: BaseException,
        _trace: TracebackType | None,
    ) -> None:
        if not isinstance(error, KeyboardInterrupt):
            self.caught.emit(error)

    def _catch_on_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.caught.emit(arguments.exc_value)
