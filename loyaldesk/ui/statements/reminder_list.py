"""Whom shall a reminder go to? A list with marks: Space or a click takes one in or out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from loyaldesk.ui.statements.reminder_columns import MARK_COLUMN, reminder_columns
from loyaldesk.ui.tables.model import PagedTableModel
from loyaldesk.ui.tables.view import PagedTableView
from loyaldesk.ui.widgets.announce import announce

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from loyaldesk.queries.dunning import Candidate
    from loyaldesk.ui.desk import Desk

__all__ = ["ReminderList"]

Key = tuple[int, str]


class ReminderList(QWidget):
    """The candidates in the order of the query; marks stay with their customer and currency."""

    marks_changed = Signal()
    current_changed = Signal()
    opened = Signal(int)
    context_wanted = Signal(object, QPoint)
    print_wanted = Signal()
    mail_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Candidate] = ()
        self._marks: set[Key] = set()
        self._ids: dict[Key, int] = {}
        self._by_id: dict[int, Candidate] = {}
        columns = reminder_columns(desk, self.is_marked)
        self.model = PagedTableModel(columns, self._fetch, parent=self)
        self.view = PagedTableView(desk.theme, self.model, name=self.tr("Payment reminders"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.setFocusProxy(self.view)
        self.view.clicked.connect(self._click)
        self.view.current_changed.connect(lambda _: self.current_changed.emit())
        self.view.row_activated.connect(lambda at: self.opened.emit(self._by_id[at].customer_id))
        self.view.context_wanted.connect(
            lambda row, at: self.context_wanted.emit(self._by_id[row], at)
        )
        self.view.installEventFilter(self)

    @property
    def rows(self) -> Sequence[Candidate]:
        """The candidates from first to last."""
        return self._rows

    @property
    def current(self) -> Candidate | None:
        """The candidate under the cursor."""
        return self._by_id.get(self.view.current_id())

    @property
    def marked(self) -> list[Candidate]:
        """The marked candidates in the order of the list."""
        return [row for row in self._rows if self.is_marked(row)]

    def is_marked(self, candidate: Candidate) -> bool:
        """Whether a letter to this customer is wanted."""
        return candidate.hold is None and _key(candidate) in self._marks

    def show_rows(self, rows: Sequence[Candidate]) -> None:
        """Show these candidates; the cursor stays on its customer if that is still there."""
        self._rows = rows
        # A customer and currency keep their number, so that cursor and selection stay with them.
        ids = [self._ids.setdefault(_key(row), len(self._ids)) for row in rows]
        self._by_id = dict(zip(ids, rows, strict=True))
        self.view.show_ids(ids)
        self.model.invalidate()
        self.current_changed.emit()

    def mark(self, candidates: Sequence[Candidate], *, wanted: bool) -> None:
        """Mark these, or take their marks away."""
        keys = {_key(each) for each in candidates if each.hold is None}
        self._marks = self._marks | keys if wanted else self._marks - keys
        self.model.invalidate()
        self.marks_changed.emit()

    def toggle_current(self) -> None:
        """Mark the row under the cursor, or take its mark away."""
        current = self.current
        if current is None or current.hold is not None:
            return
        wanted = not self.is_marked(current)
        self.mark([current], wanted=wanted)
        announce(self.view, self.tr("Marked") if wanted else self.tr("Not marked"))

    def choose_first(self) -> None:
        """Put the cursor on the first row, if it is on none."""
        if self.view.current_id() < 0 and self._rows:
            self.view.choose_id(self._ids[_key(self._rows[0])])

    @Slot(QModelIndex)
    def _click(self, index: QModelIndex) -> None:
        if index.column() == MARK_COLUMN:
            self.toggle_current()

    def _fetch(self, ids: list[int], then: Callable[[Mapping[int, Any]], None]) -> None:
        then({row: self._by_id[row] for row in ids if row in self._by_id})

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        key = _key_of(event) if watched is self.view else None
        works: dict[int | None, Callable[[], object]] = {
            Qt.Key.Key_Space: self.toggle_current,
            Qt.Key.Key_P: self.print_wanted.emit,
            Qt.Key.Key_E: self.mail_wanted.emit,
        }
        work = works.get(key)
        if work is None:
            return super().eventFilter(watched, event)
        work()
        return True


def _key(candidate: Candidate) -> Key:
    return candidate.customer_id, candidate.currency


def _key_of(event: QEvent) -> int | None:
    """Return the key that is pressed alone, if one is."""
    if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
        return None
    return None if event.modifiers() else event.key()
