"""What came of each customer of the run: a long list with a chip for each way it can end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from loyaldesk.queries.statement_run_lists import list_run_item_ids
from loyaldesk.queries.statement_runs import count_outcomes, read_run_items
from loyaldesk.ui.statements.run_words import (
    RUN_FILTERS,
    balance_words,
    filter_title,
    outcome_chip,
    way_words,
)
from loyaldesk.ui.tables.column import Cell, Column, ColumnKind
from loyaldesk.ui.tables.model import PagedTableModel
from loyaldesk.ui.tables.view import PagedTableView
from loyaldesk.ui.widgets.choices import Segment
from loyaldesk.ui.widgets.empty_state import EmptyReason, EmptyState
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Mapping

    from loyaldesk.queries.statement_runs import RunItem
    from loyaldesk.ui.desk import Desk

__all__ = ["RunList"]


class RunList(QWidget):
    """The items of one run; `chosen` carries the customer under the cursor, or None."""

    chosen = Signal(object)
    customer_wanted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._run_id = 0
        theme = desk.theme
        choices = [(key, filter_title(key)) for key in RUN_FILTERS]
        self.filter = Segment(theme, choices, name=self.tr("Which customers"))
        self.model = PagedTableModel(self._columns(), self._fetch, parent=self)
        self.view = PagedTableView(theme, self.model, name=self.tr("Customers of the run"))
        empty = EmptyState(theme)
        empty.explain(
            EmptyReason.NOTHING_YET,
            self.tr("Nobody here"),
            self.tr("Choose who gets a statement at the left, then check."),
            icon="file-clock",
        )
        self.view.set_empty(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.filter)
        column.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        self.filter.chosen_changed.connect(lambda _: self._read_ids())
        self.view.current_changed.connect(self._tell_chosen)
        self.model.dataChanged.connect(self._tell_chosen)
        self.view.row_activated.connect(self._activate)

    def show_run(self, run_id: int) -> None:
        """Show the items of a run."""
        if run_id != self._run_id:
            self._run_id = run_id
            self.filter.choose("all")
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the run's items again."""
        self.model.invalidate()
        self._read_ids()
        self._desk.jobs.read(
            count_outcomes, owner=self, then=self._show_counts, replaces="counts",
            run_id=self._run_id,
        )  # fmt: skip

    def step(self, by: int) -> None:
        """Move to the next or the previous customer."""
        row = self.view.currentIndex().row() + by
        if 0 <= row < self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(row, 0))

    def _columns(self) -> tuple[Column, ...]:
        formats = self._desk.formats
        return (
            Column("number", self.tr("No."), width=66, sortable=False, tone=Tone.SECONDARY),
            Column("name", self.tr("Customer"), width=150, sortable=False),
            Column(
                "balances", self.tr("Balance"), ColumnKind.MONEY, width=104, sortable=False,
                show=lambda item: balance_words(item.balances, formats),
            ),
            Column(
                "letters_by", self.tr("By"), width=40, sortable=False, show=_way,
            ),
            Column(
                "outcome", self.tr("Result"), ColumnKind.CHIP, width=124, sortable=False,
                show=_outcome,
            ),
            Column("reason", self.tr("Why"), width=320, sortable=False, show=_reason),
        )  # fmt: skip

    def _fetch(self, ids: list[int], then: Callable[[Mapping[int, Any]], None]) -> None:
        self._desk.jobs.read(read_run_items, owner=self, then=then, ids=ids)

    def _read_ids(self) -> None:
        self._desk.jobs.read(
            list_run_item_ids,
            owner=self,
            then=self._show_ids,
            replaces="ids",
            run_id=self._run_id,
            outcomes=RUN_FILTERS[self.filter.chosen],
        )

    def _show_ids(self, ids: array[int]) -> None:
        self.view.show_ids(ids)
        if self.view.current_id() < 0 and len(ids):
            self.view.setCurrentIndex(self.model.index(0, 0))

    def _show_counts(self, counts: dict[str, int]) -> None:
        for key, outcomes in RUN_FILTERS.items():
            among = [counts.get(each, 0) for each in outcomes] if outcomes else counts.values()
            words = f"{filter_title(key)} {self._desk.formats.number(sum(among))}"
            self.filter.set_text(key, words)

    @Slot()
    def _tell_chosen(self) -> None:
        row = self.view.currentIndex().row()
        self.chosen.emit(self.model.row_at(row) if 0 <= row < self.model.rowCount() else None)

    def _activate(self, item_id: int) -> None:
        item: RunItem | None = read_row(self.model, item_id)
        if item is not None:
            self.customer_wanted.emit(item.customer_id)


def read_row(model: PagedTableModel, item_id: int) -> Any:
    """Return the row of an id that is in memory, or None."""
    return next((model.row_at(row) for row in model.pages.numbers_of({item_id})), None)


def _outcome(item: RunItem) -> Cell:
    return Cell(chip=outcome_chip(item.outcome), tip=item.reason)


def _way(item: RunItem) -> Cell:
    icon = "mail" if item.letters_by == "email" else "printer"
    return Cell(lead=icon, tip=way_words(item.letters_by))


def _reason(item: RunItem) -> Cell:
    return Cell(item.reason or item.letter_number, tone=Tone.SECONDARY, tip=item.reason)
