"""What stands beside the lists: the conflict, edit or merge under the cursor, or nothing?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from loyaldesk.queries.sync_edits import RowEdit, WaitingGroup, read_group
from loyaldesk.ui.sync.conflict_pane import ConflictPane
from loyaldesk.ui.sync.edit_pane import EditPane, refused_pane, waiting_pane
from loyaldesk.ui.sync.merge_pane import MergePane
from loyaldesk.ui.widgets.empty_state import EmptyReason, EmptyState
from loyaldesk.ui.widgets.panel import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.queries.sync_page import SyncPageRows
    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.sync.sync_ways import SyncWays

__all__ = ["Panes"]


Pane = ConflictPane | EditPane | MergePane


class Panes(Sheet):
    """Shows one thing; what is typed in a conflict stays while the same conflict is shown."""

    def __init__(self, desk: Desk, ways: SyncWays, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, parent=parent)
        self._desk, self._ways = desk, ways
        self._found: dict[tuple[Any, ...], Any] = {}
        self._shown: Any = None
        self.pane: Pane | None = None
        self.empty = EmptyState(desk.theme)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.empty)
        self.empty.explain(
            EmptyReason.NOTHING_YET,
            self.tr("Nothing needs you"),
            self.tr("Changes go out and come in by themselves."),
            icon="circle-check",
        )
        self.empty.hide()

    def take(self, rows: SyncPageRows) -> None:
        """Take what can be shown, by the keys of the lists."""
        found: dict[tuple[Any, ...], Any] = {
            ("conflict", each.record.kind, each.record.uid): each for each in rows.conflicts
        }
        found |= {("refused", each.uuid): each for each in rows.refused}
        found |= {("waiting", each.grp): each for each in rows.waiting}
        found |= {("merge", each.id): each for each in rows.merges}
        self._found = found
        # Not before: what was never read cannot be said to be empty.
        self.empty.setVisible(self.pane is None)

    def found(self, key: tuple[Any, ...]) -> Any:
        """Return what stands under a key, or None."""
        return self._found.get(key)

    @Slot(object)
    def show_key(self, key: tuple[Any, ...] | None) -> None:
        """Show what stands under a key; the same thing is not made anew."""
        wanted = self._found.get(key) if key is not None else None
        if wanted == self._shown:
            return
        self._shown = wanted
        self._clear()
        self.empty.setVisible(wanted is None)
        if key is not None and wanted is not None:
            self.pane = self._make(key[0], wanted)
            self._column.addWidget(self.pane)

    def focus_first(self) -> bool:
        """Put the keyboard into what is shown; False if nothing is."""
        if self.pane is None:
            return False
        self.pane.focus_first()
        return True

    def _clear(self) -> None:
        if self.pane is not None:
            self._column.removeWidget(self.pane)
            self.pane.hide()
            self.pane.deleteLater()
            self.pane = None

    def _make(self, sort: str, wanted: Any) -> Pane:
        makers: dict[str, Callable[[Any], Pane]] = {
            "conflict": self._conflict, "refused": self._refused,
            "waiting": self._waiting, "merge": self._merge,
        }  # fmt: skip
        return makers[sort](wanted)

    def _conflict(self, found: Any) -> Pane:
        pane = ConflictPane(self._desk, found)
        pane.keep_wanted.connect(self._ways.keep)
        pane.leave_wanted.connect(self._ways.leave)
        return pane

    def _refused(self, refused: Any) -> Pane:
        pane = refused_pane(self._desk, refused)
        pane.wanted.connect(partial(self._ways.on_refused, refused))
        return pane

    def _waiting(self, group: WaitingGroup) -> Pane:
        pane = waiting_pane(self._desk, group)
        pane.wanted.connect(partial(self._ways.on_waiting, group))
        self._desk.jobs.read(
            read_group, owner=pane, then=partial(self._fill, pane), replaces="group", grp=group.grp
        )
        return pane

    def _fill(self, pane: EditPane, edits: list[RowEdit]) -> None:
        pane.show_edits(edits)

    def _merge(self, merge: Any) -> Pane:
        pane = MergePane(self._desk, merge)
        pane.undo_wanted.connect(self._ways.undo_merge)
        pane.keep_wanted.connect(self._ways.keep)
        return pane
