"""How does a table of a million rows scroll, select and sort at the speed of a short one?

It is Qt's own table view for keys, selection, header and accessibility, but it paints its visible
rows itself from the model's cache: a delegate would be asked two thousand things a frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QItemSelection, QModelIndex, QPoint, Qt, Signal
from PySide6.QtCore import Slot as QtSlot
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent

from loyaldesk.ui.tables.clipboard import rows_as_text
from loyaldesk.ui.tables.painted_rows import PaintedRowsView
from loyaldesk.ui.tables.selection import KeptSelection

if TYPE_CHECKING:
    from array import array
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.tables.model import PagedTableModel
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["PagedTableView"]

_MOST_COPIED = 10_000
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_STEPS: dict[int, Qt.Key] = {Qt.Key.Key_J: Qt.Key.Key_Down, Qt.Key.Key_K: Qt.Key.Key_Up}


class PagedTableView(PaintedRowsView):
    """A table of ids in order; the page answers `sort_wanted` with `show_ids`.

    `text_typed` tells letters typed into the list, for the page's filter box.
    """

    sort_wanted = Signal(str, bool)
    row_activated = Signal(int)
    current_changed = Signal(int)
    selection_count_changed = Signal(int)
    context_wanted = Signal(int, QPoint)
    rows_copied = Signal(int, int)
    text_typed = Signal(str)

    def __init__(
        self, theme: Theme, model: PagedTableModel, *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, model, parent)
        self._current = -1
        self._empty: QWidget | None = None
        self.setAccessibleName(name)
        self._connect_signals()

    def show_ids(self, ids: array[int] | Sequence[int]) -> None:
        """Show these ids; what was chosen stays chosen and the rows on screen stay in place."""
        kept = KeptSelection.of(self._rows, self._ranges, self.currentIndex().row())
        top_id, within = self._top_row()
        self._loading = ""
        self._laid_out.clear()
        self._rows.set_ids(ids)
        kept.choose_again(self._rows, self.selectionModel())
        self._take_selection()
        self._tell_current()
        for row in self._rows.pages.numbers_of(set() if top_id is None else {top_id}):
            self.verticalScrollBar().setValue(row * self.row_height() + within)
        self._place_empty()
        self._asking.start()

    def show_sort(self, key: str, *, descending: bool = False) -> None:
        """Show by which column the rows are in order."""
        self.head.show_sort(key, descending=descending)

    def set_empty(self, explanation: QWidget | None) -> None:
        """Give the widget that explains an empty list; it is shown while there are no rows."""
        self._empty = explanation
        if explanation is not None:
            explanation.setParent(self.viewport())
        self._place_empty()

    def selected_ids(self, most: int = _MOST_COPIED) -> list[int]:
        """Return the chosen ids in the list's order, at most so many."""
        return [self._rows.id_at(row) for row in self._ranges.rows(most)]

    def selected_count(self) -> int:
        """Return how many rows are chosen."""
        return len(self._ranges)

    def current_id(self) -> int:
        """Return the id under the cursor, or -1."""
        row = self.currentIndex().row()
        return self._rows.id_at(row) if 0 <= row < self._rows.rowCount() else -1

    def choose_id(self, row_id: int) -> bool:
        """Put the cursor on an id and show it; False if the list has no such id."""
        for row in self._rows.pages.numbers_of({row_id}):
            self.setCurrentIndex(self._rows.index(row, 0))
            return True
        return False

    def copy_rows(self) -> None:
        """Copy the chosen rows as a table, at most 10,000; `rows_copied` tells how many."""
        ids, chosen = self.selected_ids(), self.selected_count()
        columns = [self._rows.columns[slot.column] for slot in self.visible_slots()]

        def copy(rows: Mapping[int, Any]) -> None:
            found = [rows[row_id] for row_id in ids if row_id in rows]
            QGuiApplication.clipboard().setText(rows_as_text(columns, found))
            self.rows_copied.emit(len(found), chosen)

        if ids:
            self._rows.pages.fetch_rows(ids, copy)

    def _connect_signals(self) -> None:
        self.head.sort_wanted.connect(self.sort_wanted)
        self.selectionModel().currentChanged.connect(self._tell_current)
        self.doubleClicked.connect(self._activate)

    def _top_row(self) -> tuple[int | None, int]:
        row, within = divmod(self.verticalScrollBar().value(), self.row_height())
        # At the very top the list's beginning stays in sight, whoever comes first now.
        known = 0 < row < self._rows.rowCount()
        return (self._rows.id_at(row), within) if known else (None, 0)

    def _take_selection(self) -> None:
        self._ranges.take(self.selectionModel().selection())
        self.viewport().update()
        self.selection_count_changed.emit(len(self._ranges))

    @QtSlot()
    def _tell_current(self) -> None:
        current = self.current_id()
        if current != self._current:
            self._current = current
            self.current_changed.emit(current)

    @QtSlot(QModelIndex)
    def _activate(self, index: QModelIndex) -> None:
        if index.isValid():
            self.row_activated.emit(self._rows.id_at(index.row()))

    def _place_empty(self) -> None:
        if self._empty is not None:
            self._empty.setVisible(self._rows.rowCount() == 0 and not self._loading)
            self._empty.setGeometry(self.viewport().rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_empty()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._take_selection()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(event.key())
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
        elif event.key() in _ENTER and not event.modifiers() & _COMMAND_KEYS:
            self._activate(self.currentIndex())
        elif step is not None and not event.modifiers():
            super().keyPressEvent(QKeyEvent(event.type(), step, event.modifiers()))
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        # Qt would compare the text of every row; the page filters in SQL instead.
        self.text_typed.emit(search)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if index.isValid():
            below = self.visualRect(index).bottomLeft()
            at = event.globalPos() if by_mouse else self.viewport().mapToGlobal(below)
            self.context_wanted.emit(self._rows.id_at(index.row()), at)


_COMMAND_KEYS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
