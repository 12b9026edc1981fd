"""How many records of each table are new, changed, the same or left out?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from loyaldesk.ui.imports.words import OUTCOMES, outcome_words, table_words
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyaldesk.connectors.results import Counts
    from loyaldesk.formats import Formats
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["CountsGrid"]

TONES = {"new": Tone.OK, "changed": Tone.INFO, "refused": Tone.BAD}
# Columns that are there only when something stands in them.
RARE = {"removed", "refused", "skipped"}


class CountsGrid(QWidget):
    """One line a table, one column an outcome; nothing is muted, what is bad is red."""

    def __init__(self, theme: Theme, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._formats = theme, formats
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(4)

    def show_counts(self, counts: Mapping[str, Counts]) -> None:
        """Show these counts instead of what is there."""
        self._clear()
        shown = [
            name
            for name in OUTCOMES
            if name not in RARE or any(getattr(count, name) for count in counts.values())
        ]
        for column, outcome in enumerate(shown, 1):
            self._put(outcome_words(outcome), 0, column, TextStyle.SMALL_MEDIUM, Tone.SECONDARY)
        for row, (table, count) in enumerate(counts.items(), 1):
            self._put(table_words(table), row, 0, TextStyle.NAME, Tone.TEXT)
            for column, outcome in enumerate(shown, 1):
                self._put_number(getattr(count, outcome), row, column, outcome)
        self._grid.setColumnStretch(len(OUTCOMES) + 1, 1)
        self.setAccessibleDescription(self.text)

    @property
    def text(self) -> str:
        """The counts as sentences, for a screen reader."""
        rows: dict[int, list[str]] = {}
        for index in range(self._grid.count()):
            item = self._grid.itemAt(index)
            label = item.widget() if item is not None else None
            row = self._grid.getItemPosition(index)[0]  # type: ignore[index]  # stubs say object
            if isinstance(label, TextLabel):
                rows.setdefault(row, []).append(label.text())
        return "; ".join(" ".join(words) for words in rows.values())

    def _put_number(self, number: int, row: int, column: int, outcome: str) -> None:
        tone = TONES.get(outcome, Tone.TEXT) if number else Tone.MUTED
        style = TextStyle.STRONG if number and outcome in TONES else TextStyle.BODY
        self._put(self._formats.number(number), row, column, style, tone)

    def _put(self, text: str, row: int, column: int, style: TextStyle, tone: Tone) -> None:
        label = TextLabel(self._theme, text, style, tone)
        side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
        self._grid.addWidget(label, row, column, side)

    def _clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
