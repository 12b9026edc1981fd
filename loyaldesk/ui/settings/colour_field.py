"""How is a colour typed as six digits, seen beside them, and picked in the system's dialog?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QColorDialog

from loyaldesk.ui.widgets.fields import LineEdit
from loyaldesk.ui.widgets.strokes import paint_box

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["ColourField"]

SWATCH = 16


class ColourField(LineEdit):
    """Six hexadecimal digits with a swatch of the colour."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, placeholder="17506B", icon="palette", parent=parent)
        self.add_end_button("ellipsis", self.tr("Pick a colour")).clicked.connect(self._pick)

    def colour(self) -> QColor:
        """Return the colour that is typed; invalid while it is none."""
        return QColor(f"#{self.text().strip().lstrip('#')}")

    @Slot()
    def _pick(self) -> None:
        picked = QColorDialog.getColor(self.colour(), self, self.tr("Colour of letters"))
        if picked.isValid():
            self.setText(picked.name().removeprefix("#").upper())
            self.editingFinished.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        colour = self.colour()
        if colour.isValid():
            side = self._theme.px(SWATCH)
            rect = QRect(8, (self.height() - side) // 2, side, side)
            paint_box(QPainter(self), rect, ground=colour, edge=self._theme.tokens.line2)
