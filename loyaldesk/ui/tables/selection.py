"""Which ids are chosen in a long table, and how do they stay chosen when the list changes?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel

if TYPE_CHECKING:
    from loyaldesk.ui.tables.model import PagedTableModel

__all__ = ["KeptSelection", "RowRanges"]

_MOST_KEPT = 5_000
_ROWS = QItemSelectionModel.SelectionFlag.Rows
_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect | _ROWS


class RowRanges:
    """The selected rows as ranges, asked once a change instead of once a row."""

    def __init__(self) -> None:
        self._ranges: list[tuple[int, int]] = []

    def take(self, selection: QItemSelection) -> None:
        """Remember what is selected now."""
        parts = (selection.at(number) for number in range(selection.count()))
        self._ranges = sorted({(part.top(), part.bottom()) for part in parts})

    def __contains__(self, row: int) -> bool:
        return any(top <= row <= bottom for top, bottom in self._ranges)

    def __len__(self) -> int:
        return sum(bottom - top + 1 for top, bottom in self._ranges)

    def rows(self, most: int) -> list[int]:
        """Return the selected rows in order, at most so many."""
        found: list[int] = []
        for top, bottom in self._ranges:
            found.extend(range(top, min(bottom, top + most - len(found) - 1) + 1))
        return found


@dataclass(frozen=True, slots=True)
class KeptSelection:
    """What was chosen by id, so that it can be chosen again in another list.

    Everything selected stays everything; a part is kept up to 5,000 rows.
    """

    everything: bool
    ids: frozenset[int]
    current: int | None

    @classmethod
    def of(cls, model: PagedTableModel, ranges: RowRanges, current_row: int) -> KeptSelection:
        """Return what is chosen in this model."""
        count = len(ranges)
        everything = count > 1 and count == model.rowCount()
        rows = [] if everything or count > _MOST_KEPT else ranges.rows(_MOST_KEPT)
        current = model.id_at(current_row) if 0 <= current_row < model.rowCount() else None
        return cls(everything, frozenset(model.id_at(row) for row in rows), current)

    def choose_again(self, model: PagedTableModel, chooser: QItemSelectionModel) -> None:
        """Select the same ids where they stand now; those that left the list are dropped."""
        last = model.columnCount() - 1
        if self.current is not None:
            for row in model.pages.numbers_of({self.current}):
                chooser.setCurrentIndex(
                    model.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate
                )
        chosen = QItemSelection()
        if self.everything and model.rowCount():
            chosen.select(model.index(0, 0), model.index(model.rowCount() - 1, last))
        for row in model.pages.numbers_of(set(self.ids)):
            chosen.select(model.index(row, 0), model.index(row, last))
        chooser.select(chosen, _SELECT)
