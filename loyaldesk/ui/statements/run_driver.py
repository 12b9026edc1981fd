"""Who drives the run on screen, and how does the page hear how far it is?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from loyaldesk.ui.statements.run_errand import StatementErrand
from loyaldesk.ui.statements.run_view import RunView, read_progress

if TYPE_CHECKING:
    from loyaldesk.ui.desk import Desk

__all__ = ["RunDriver"]

# Often enough to see it move; seldom enough that reading costs nothing.
PROGRESS_MS = 250


class RunDriver(QObject):
    """Begins and stops the errand of one run at a time.

    `progressed` carries where the run stands by now, `refused` why it could not go on; `ended`
    tells that it finished or stopped.
    """

    progressed = Signal(object)
    refused = Signal(object)
    ended = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view: RunView | None = None
        self._errand: StatementErrand | None = None
        self._moved = QTimer(self, interval=PROGRESS_MS, singleShot=True)
        self._moved.timeout.connect(self._read)

    @property
    def is_driving(self) -> bool:
        """Whether letters are being made now."""
        return self._errand is not None

    def drive(self, view: RunView) -> None:
        """Make the letters of everybody who waits, until done or stopped."""
        errand = StatementErrand(self._desk, view.run.id, waiting=view.counts.get("waiting", 0))
        self._view, self._errand = view, errand
        errand.item_done.connect(self._item_done)
        errand.refused.connect(self.refused)
        errand.ended.connect(self._end)
        errand.start()

    @Slot()
    def stop(self) -> None:
        """Stop after the letter in hand."""
        if self._errand is not None:
            self._errand.cancel()

    @Slot(object)
    def _item_done(self, _item: object) -> None:
        if not self._moved.isActive():
            self._moved.start()

    @Slot()
    def _read(self) -> None:
        if self._errand is not None and self._view is not None:
            self._desk.jobs.read(
                read_progress,
                owner=self,
                then=self.progressed.emit,
                replaces="progress",
                view=self._view,
            )

    @Slot()
    def _end(self) -> None:
        self._errand = None
        self.ended.emit()
