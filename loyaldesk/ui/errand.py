"""What is long work that a page begins and need not stay for?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Slot

if TYPE_CHECKING:
    from loyaldesk.ui.desk import Desk

__all__ = ["Errand"]


class Errand(QObject):
    """Long work that outlives the page it was begun on; the status bar shows it and can stop it.

    A subclass calls `tell_begin`, then `tell_how_far` as often as it likes, and `tell_end` once.
    """

    def __init__(self, desk: Desk) -> None:
        # Never a child of the desk's own objects: an errand may be the last that holds the desk,
        # and when a child takes its parent along while it is deleted, it is deleted twice.
        super().__init__(QCoreApplication.instance())
        self._desk = desk
        self._is_cancelled = False

    @property
    def is_cancelled(self) -> bool:
        """Whether the person asked for an end."""
        return self._is_cancelled

    @Slot()
    def cancel(self) -> None:
        """Ask for an end; what that means for what was done so far is the errand's to know."""
        self._is_cancelled = True

    def tell_begin(self, words: str) -> None:
        """Show what is being done."""
        self._desk.news.work_began.emit(words, self.cancel)

    def tell_how_far(self, done: int, total: int | None) -> None:
        """Show how far it is."""
        self._desk.news.work_went.emit(done, total)

    def tell_end(self) -> None:
        """Clear the status bar and go; what there is to say is said by the errand itself."""
        self._desk.news.work_ended.emit()
        self.deleteLater()
