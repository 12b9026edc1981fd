"""How does a long list get its ids and rows: the first ones at once, the others behind them?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from loyaldesk.ui.lists.sums import Sums
from loyaldesk.ui.tables.kept_columns import remember_columns
from loyaldesk.ui.tables.model import PagedTableModel
from loyaldesk.ui.tables.pages import PAGE_ROWS
from loyaldesk.ui.tables.view import PagedTableView

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Mapping

    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.store.changes import Changes
    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.lists.plan import ListPlan, ListWish

__all__ = ["RecordList"]

_REREAD_MS = 200


class RecordList(QWidget):
    """A table of one plan; `show_wish` reads it, changes of its records read it again.

    `ids_shown(count)` tells that a list is complete, `rows_painted()` once that the first rows
    are on the screen.
    """

    ids_shown = Signal(int)
    total_known = Signal(int)
    rows_painted = Signal()
    failed = Signal(str)

    def __init__(self, desk: Desk, plan: ListPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._plan, self._wish = desk, plan, plan.first
        self._is_stale, self._is_waiting = False, True
        self._total: int | None = None
        self.model = PagedTableModel(plan.columns, self._fetch, parent=self)
        self.view = PagedTableView(desk.theme, self.model, name=plan.title)
        self.sums = Sums(desk, plan, self)
        self._reread = QTimer(self, interval=_REREAD_MS, singleShot=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.setFocusProxy(self.view)
        remember_columns(self.view.head, desk.state, f"{plan.key}.columns")
        self._connect()

    def show_wish(self, wish: ListWish) -> None:
        """Read and show what is wanted; the beginning first, where the list is long."""
        self._wish = wish
        self.view.show_sort(wish.sort, descending=wish.descending)
        self.view.show_loading(self.tr("Reading {0}…").format(self._plan.nouns[1]))
        if wish.text.strip():
            self._read(self._take_all)
        else:
            self._read(self._take_first, most=PAGE_ROWS)

    @Slot()
    def refresh(self) -> None:
        """Read the list again; what is on screen stays until the new rows are here."""
        self._is_stale, self._total = False, None
        self.model.invalidate()
        self._read(self._take_all)

    @property
    def ids(self) -> array[int]:
        """The ids shown, in their order."""
        return self.model.pages.ids

    def step(self, by: int) -> None:
        """Move the cursor to the next or the previous row."""
        row = self.view.currentIndex().row() + by
        if 0 <= row < self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(row, 0))

    def choose_first(self) -> None:
        """Put the cursor on the first row, if it is on none."""
        if self.view.current_id() < 0 and self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0, 0))

    def _connect(self) -> None:
        self.view.rows_copied.connect(self._say_copied)
        self._reread.timeout.connect(self.refresh)
        self._desk.news.changed.connect(self._hear)
        self.view.viewport().installEventFilter(self)

    def _read(self, then: Callable[[array[int]], None], **limits: int) -> None:
        self._desk.jobs.read(
            self._plan.list_ids,
            owner=self,
            then=then,
            failed=self._tell_failure,
            replaces="ids",
            wanted=self._wish.query(self._desk.actor),
            text=self._wish.text,
            today=self._desk.today(),
            **limits,
        )

    def _take_first(self, ids: array[int]) -> None:
        self.view.show_ids(ids)
        if len(ids) < PAGE_ROWS:
            self._take_all(ids)
        elif not self._is_waiting:
            self._read(self._take_all)

    def _take_all(self, ids: array[int]) -> None:
        if ids != self.ids or not ids:
            self.view.show_ids(ids)
        self.ids_shown.emit(len(ids))
        self.sums.add_up(ids, is_everything=self._wish.is_everything)
        if self._wish.is_everything:
            self._take_total(len(ids))
        elif self._total is None:
            self._desk.jobs.read(
                self._plan.count, owner=self, then=self._take_total, replaces="count"
            )

    def _take_total(self, total: int) -> None:
        self._total = total
        self.total_known.emit(total)

    def _fetch(self, ids: list[int], then: Callable[[Mapping[int, Any]], None]) -> None:
        self._desk.jobs.read(
            self._plan.read_rows,
            owner=self,
            then=then,
            failed=self._tell_failure,
            ids=ids,
            today=self._desk.today(),
        )

    def _tell_failure(self, error: LoyalDeskError) -> None:
        self.model.pages.ask_again()
        self.failed.emit(str(error))

    @Slot(int, int)
    def _say_copied(self, copied: int, chosen: int) -> None:
        number = self._desk.formats.number
        words = self.tr("{0} copied").format(self._plan.counted(copied, number(copied)))
        if copied < chosen:
            words = self.tr("The first {0} of {1} copied; export the list to have them all").format(
                number(copied), number(chosen)
            )
        self._desk.news.said.emit(words, False)

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        listed, *beside = self._plan.tables
        if not changes.touches(listed, *beside):
            return
        if not self.isVisible():
            self._is_stale = True
        elif self._wish.is_everything and not changes.touches(listed):
            # Whoever is listed stays so, in the same order; only what their rows say may change.
            self.model.invalidate()
            self.sums.add_up(self.ids, is_everything=True)
        else:
            self._reread.start()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and self._is_waiting and self._has_rows():
            self._is_waiting = False
            self.view.viewport().removeEventFilter(self)
            # After this very paint.
            QTimer.singleShot(0, self, self._tell_painted)
        return super().eventFilter(watched, event)

    def _tell_painted(self) -> None:
        self.rows_painted.emit()
        if self._total is None:
            self._read(self._take_all)

    def _has_rows(self) -> bool:
        if self.model.rowCount():
            return self.model.row_at(0) is not None
        return self._total == 0
