"""How does a table of a million rows answer Qt without ever reading in `data()`?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from loyaldesk.ui.tables.column import EMPTY_CELL, Cell
from loyaldesk.ui.tables.pages import Fetch, PagedRows
from loyaldesk.ui.widgets.plain_text import plain_tooltip
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Sequence

    from loyaldesk.ui.tables.column import Column

__all__ = ["PagedTableModel"]

# An enum look-up costs more than the answer: the roles are bound to plain integers once.
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_ID = int(Qt.ItemDataRole.UserRole)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_HORIZONTAL = Qt.Orientation.Horizontal
_KEPT_CELLS = 64 * 128

_Index = QModelIndex | QPersistentModelIndex


class PagedTableModel(QAbstractTableModel):
    """A list of ids in order, with rows fetched by the page; `data()` only looks up."""

    def __init__(
        self, columns: Sequence[Column], fetch: Fetch, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.pages = PagedRows(fetch, self._announce_rows)
        self._cells: dict[int, tuple[Cell, ...]] = {}
        self._gone = (Cell(self.tr("No longer there"), tone=Tone.MUTED),) + (EMPTY_CELL,) * (
            len(self.columns) - 1
        )
        self._count = 0

    def set_ids(self, ids: array[int] | Sequence[int]) -> None:
        """Show another list of ids, in this order."""
        self.beginResetModel()
        self.pages.replace_ids(ids)
        self._cells.clear()
        self._count = len(self.pages.ids)
        self.endResetModel()

    def invalidate(self, ids: Iterable[int] | None = None) -> None:
        """Have these rows, or all, read again; the old ones show until the new ones are here."""
        self.pages.mark_stale(ids)
        if self._count:
            self._announce(0, self._count - 1)

    def id_at(self, row: int) -> int:
        """Return the id of a row."""
        return self.pages.ids[row]

    def row_at(self, row: int) -> Any:
        """Return a row that is in memory, or None while it is on its way."""
        return self.pages.row(row)

    def cells(self, row: int) -> tuple[Cell, ...] | None:
        """Return a row's cells in the order of `columns`, or None while it is not in memory."""
        found = self._cells.get(row)
        if found is None:
            record = self.pages.row(row)
            if record is None:
                return self._gone if self.pages.is_loaded(row) else None
            if len(self._cells) >= _KEPT_CELLS:
                self._cells.clear()
            found = self._cells[row] = tuple(column.cell(record) for column in self.columns)
        return found

    def sentence(self, row: int) -> str:
        """Return a row as a screen reader says it: "Acme Ltd, Town Bristol, Overdue €312.00"."""
        cells = self.cells(row)
        if cells is None:
            return ""
        first, *rest = zip(self.columns, cells, strict=True)
        named = [f"{column.title} {cell.words}" for column, cell in rest if not column.hidden]
        return ", ".join([first[1].words, *named])

    def _announce_rows(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            self._cells.pop(row, None)
        self._announce(first, last)

    def _announce(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: _Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = _DISPLAY) -> Any:
        if role == _DISPLAY:
            cells = self.cells(index.row())
            return cells[index.column()].words if cells else None
        if role == _ID:
            return self.id_at(index.row())
        if role == _SPOKEN:
            return self._spoken(index)
        if role == _TIP:
            cells = self.cells(index.row())
            return plain_tooltip(cells[index.column()].tip) if cells else None
        if role == _ALIGNMENT:
            return _RIGHT if self.columns[index.column()].is_right else _LEFT
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation == _HORIZONTAL and role == _DISPLAY:
            return self.columns[section].title
        return None

    def _spoken(self, index: _Index) -> str:
        if index.column() == 0:
            return self.sentence(index.row())
        cells = self.cells(index.row())
        column = self.columns[index.column()]
        return f"{column.title} {cells[index.column()].words}" if cells else ""
