"""How do several states stand side by side, in as many lines as they need?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QWidget

from loyaldesk.ui.widgets.chips import Chip, ChipLabel
from loyaldesk.ui.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["ChipRow"]

_BETWEEN = 6


class ChipRow(QWidget):
    """A row of chips; it breaks where there is no room."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._labels: list[ChipLabel] = []
        self._flow = FlowLayout(self, spacing=_BETWEEN)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def words(self) -> list[str]:
        """What the chips say, from left to right."""
        return [label.chip.text for label in self._labels]

    def show_chips(self, chips: Iterable[Chip]) -> None:
        """Show these states."""
        for label in self._labels:
            self._flow.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels = [ChipLabel(self._theme, chip) for chip in chips]
        for label in self._labels:
            self._flow.addWidget(label)
        self.setAccessibleName(", ".join(self.words))
        self.updateGeometry()
