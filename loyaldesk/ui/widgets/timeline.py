"""What happened with this customer? One line each under its day, opened for its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot

from loyaldesk.ui.widgets.row_list import RowList
from loyaldesk.ui.widgets.timeline_delegate import TimelineDelegate
from loyaldesk.ui.widgets.timeline_entries import DayHead, TimelineEntry, TimelineRow

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["TimelineView"]

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
_NEAR_END = 4


class TimelineView(RowList):
    """The rows under their days; Enter, Space or a click opens a row's body or folds a day.

    `row_activated` tells rows without a body; `more_wanted` that the end is in sight.
    """

    more_wanted = Signal()

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name=name, parent=parent)
        self._shown: list[TimelineRow] = []
        self._folded_days: set[str] = set()
        self.open_keys: set[Hashable] = set()
        self.setItemDelegate(TimelineDelegate(theme, self, self.open_keys))
        self.clicked.connect(self._toggle_at)
        self.verticalScrollBar().valueChanged.connect(self._ask_for_more)

    def show_rows(self, rows: Sequence[TimelineRow]) -> None:
        """Show these rows, newest first; opened rows stay open."""
        self._shown = list(rows)
        self.open_keys &= {row.key for row in rows}
        self._regroup()

    def add_rows(self, rows: Iterable[TimelineRow]) -> None:
        """Show older rows under those that are there."""
        self._shown.extend(rows)
        self._regroup()

    def toggle_body(self, key: Hashable) -> None:
        """Open or fold the text of a row."""
        self.open_keys ^= {key}
        self._fit_theme()

    def toggle_day(self, day: str) -> None:
        """Fold or open a day."""
        self._folded_days ^= {day}
        self._regroup()

    def _regroup(self) -> None:
        entries: list[TimelineEntry] = []
        last = None
        for row in self._shown:
            folded = row.day in self._folded_days
            if row.day != last:
                entries.append(DayHead(("day", row.day), row.day, folded=folded))
                last = row.day
            if not folded:
                entries.append(row)
        self.show_entries(entries)

    @Slot(QModelIndex)
    def _toggle_at(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        entry = self.entries[index.row()]
        if isinstance(entry, DayHead):
            self.toggle_day(entry.day)
        elif entry.body:
            self.toggle_body(entry.key)

    @Slot()
    def _ask_for_more(self) -> None:
        bar = self.verticalScrollBar()
        if bar.maximum() and bar.maximum() - bar.value() < _NEAR_END * self._theme.metrics.list_row:
            self.more_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        entry = self.entries[index.row()] if index.isValid() else None
        opens = isinstance(entry, DayHead) or (isinstance(entry, TimelineRow) and bool(entry.body))
        if opens and event.key() in _ENTER:
            self._toggle_at(index)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.open_keys:  # an open text breaks its lines anew
            self.scheduleDelayedItemsLayout()
