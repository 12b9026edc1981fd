"""What does the context menu of a row offer? The same as its pane."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtWidgets import QMenu

from loyaldesk.queries.sync_conflicts import FieldConflict, RecordConflicts
from loyaldesk.queries.sync_edits import RefusedEdit, WaitingGroup
from loyaldesk.ui.sync.pane_head import open_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.sync.panes import Panes
    from loyaldesk.ui.sync.sync_ways import SyncWays

__all__ = ["SideMenu"]

Choices = list[tuple[str, "Callable[[], object]"]]


class SideMenu(QObject):
    """Opens over a row of the lists."""

    def __init__(self, desk: Desk, ways: SyncWays, panes: Panes, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._ways, self._panes, self._window = desk, ways, panes, window

    @Slot(object, QPoint)
    def open_at(self, key: tuple[Any, ...], at: QPoint) -> None:
        """Open the menu of the row under a key."""
        choices = self.choices(key)
        if not choices:
            return
        menu = QMenu(self._window)
        for words, then in choices:
            menu.addAction(words).triggered.connect(lambda _=False, run=then: run())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def choices(self, key: tuple[Any, ...]) -> Choices:
        """Return what can be done with the row under a key."""
        found = self._panes.found(key)
        if isinstance(found, WaitingGroup):
            return self._of_waiting(found)
        if isinstance(found, RefusedEdit):
            return self._of_refused(found)
        if isinstance(found, RecordConflicts):
            ids = [conflict.id for conflict in found.conflicts]
            leave = (self.tr("Leave it as it stands"), partial(self._ways.leave, ids))
            return [self._open(found.record), leave]
        return self._of_merge(found) if isinstance(found, FieldConflict) else []

    def _of_waiting(self, group: WaitingGroup) -> Choices:
        do = partial(self._ways.on_waiting, group)
        return [
            (self.tr("Try now"), partial(do, "retry")),
            (self.tr("Export to a file…"), partial(do, "export")),
            (self.tr("Discard…"), partial(do, "discard")),
            self._open(group.record),
        ]

    def _of_refused(self, refused: RefusedEdit) -> Choices:
        do = partial(self._ways.on_refused, refused)
        note = [(self.tr("Write as a new note"), partial(do, "note"))] if refused.note else []
        return [
            *note,
            (self.tr("Send again"), partial(do, "send")),
            (self.tr("Copy the text"), partial(do, "copy")),
            (self.tr("Export to a file…"), partial(do, "export")),
            (self.tr("Put aside"), partial(do, "aside")),
        ]

    def _of_merge(self, merge: FieldConflict) -> Choices:
        undo = (self.tr("Undo this merge"), partial(self._ways.undo_merge, merge.id))
        return [self._open(merge.record), *([] if merge.keeps_both else [undo])]

    def _open(self, record: Any) -> tuple[str, Callable[[], object]]:
        return self.tr("Open the record"), partial(open_record, self._desk, record)
