"""How are orders of the queue listed, marked and opened with single keys?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from loyaldesk.ui.acknowledgements.columns import MARK, queue_columns
from loyaldesk.ui.tables.model import PagedTableModel
from loyaldesk.ui.tables.view import PagedTableView
from loyaldesk.ui.widgets.announce import announce

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QWidget

    from loyaldesk.queries.acknowledgements import QueueRow
    from loyaldesk.ui.desk import Desk

__all__ = ["QueueTable"]

_COMMANDS = {Qt.Key.Key_P: "print_marked", Qt.Key.Key_E: "mail_marked", Qt.Key.Key_R: "reprint"}


class QueueTable(PagedTableView):
    """The rows in memory, with marks that stay when the list is read again.

    `command_wanted` carries the name of the page's command for P, E and R, which mean something
    only while the list has the keyboard.
    """

    marks_changed = Signal()
    command_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._by_id: dict[int, QueueRow] = {}
        self.marked: set[int] = set()
        self.refusals: dict[int, str] = {}
        self.rows = PagedTableModel(
            queue_columns(desk, self.marked, self.refusals), self._give_rows
        )
        super().__init__(desk.theme, self.rows, name="", parent=parent)
        self.rows.setParent(self)
        self.setAccessibleName(self.tr("Orders to acknowledge"))

    def show_rows(self, rows: Sequence[QueueRow]) -> None:
        """Show these orders in this order; a mark on one that left goes."""
        self._by_id = {row.order_id: row for row in rows}
        self.rows.pages.mark_stale()
        self.show_ids([row.order_id for row in rows])
        self._take_rows()
        if self.current_id() < 0 and rows:
            self.setCurrentIndex(self.rows.index(0, 0))
        self.viewport().update()

    @property
    def listed(self) -> tuple[QueueRow, ...]:
        """The orders of the list, in its order."""
        return tuple(self._by_id.values())

    def current_row(self) -> QueueRow | None:
        """Return the order under the cursor."""
        return self._by_id.get(self.current_id())

    def rows_of(self, order_ids: Iterable[int]) -> list[QueueRow]:
        """Return the listed ones of these orders, in the order of the list."""
        wanted = set(order_ids)
        return [row for row in self._by_id.values() if row.order_id in wanted]

    def mark_only(self, order_ids: Iterable[int]) -> None:
        """Mark these orders and no others."""
        kept = set(order_ids)
        if kept != self.marked:
            self.marked.clear()
            self.marked.update(kept)
            self._repaint_rows()
            self.marks_changed.emit()

    def toggle_marks(self) -> None:
        """Mark the chosen rows, or take their marks away if all of them have one."""
        chosen = set(self.selected_ids()) or {self.current_id()}
        chosen &= self._by_id.keys()
        if chosen <= self.marked:
            self.mark_only(self.marked - chosen)
        else:
            self.mark_only(self.marked | chosen)
        announce(self, self.tr("{0} marked").format(len(self.marked)))

    def refuse(self, refusals: Mapping[int, str]) -> None:
        """Say beside these orders why their letter could not be made; they lose their mark."""
        if refusals:
            self.refusals.update(refusals)
            self.marked.difference_update(refusals)
            self._repaint_rows()
            self.marks_changed.emit()

    def forget_refusals(self) -> None:
        """Let every order be tried again: something in them may have changed."""
        self.refusals.clear()

    def _give_rows(self, ids: list[int], then: Callable[[Mapping[int, QueueRow]], None]) -> None:
        then({row_id: self._by_id[row_id] for row_id in ids if row_id in self._by_id})

    def _repaint_rows(self) -> None:
        self.rows.invalidate()
        self._take_rows()
        self.viewport().update()

    def _take_rows(self) -> None:
        """Have every row at hand at once: they are in memory, and never many."""
        self.rows.pages.want(0, self.rows.rowCount() - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = _COMMANDS.get(Qt.Key(event.key())) if not event.modifiers() else None
        if command is not None:
            self.command_wanted.emit(command)
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.toggle_marks()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        is_plain = event.button() is Qt.MouseButton.LeftButton and not event.modifiers()
        if is_plain and index.isValid() and index.column() == MARK:
            self.toggle_marks()
