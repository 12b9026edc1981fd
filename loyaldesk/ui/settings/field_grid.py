"""How do many fields stand in two columns, or in one where there is no room for two?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["FieldGrid"]

LEAST_COLUMN = 220


class FieldGrid(QWidget):
    """Fields in reading order; they move together when the text grows or the window shrinks."""

    def __init__(
        self, theme: Theme, fields: Sequence[QWidget], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._fields, self.columns = theme, list(fields), 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(10)
        theme.changed.connect(self._place)
        self._place()

    @Slot()
    def _place(self) -> None:
        columns = 2 if self.width() >= self._theme.px(2 * LEAST_COLUMN) else 1
        if columns == self.columns:
            return
        self.columns = columns
        for place, field in enumerate(self._fields):
            row, column = divmod(place, columns)
            self._grid.addWidget(field, row, column, Qt.AlignmentFlag.AlignTop)
        for column in range(2):
            self._grid.setColumnStretch(column, int(column < columns))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
