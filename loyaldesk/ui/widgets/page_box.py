"""How does a person jump to a page by typing its number?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QWidget

from loyaldesk.ui.widgets.fields import LineEdit
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["PageBox"]


class PageBox(QWidget):
    """A small field with the page's number and how many there are: "1 of 2"."""

    page_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count, self._page = 0, 0
        self._number = LineEdit(theme, name=self.tr("Page number"))
        self._number.setFixedWidth(theme.px(36))
        self._total = TextLabel(theme, "", tone=Tone.SECONDARY)
        self._number.editingFinished.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._number)
        row.addWidget(self._total)

    def show_page(self, page: int, count: int) -> None:
        """Show which page, counted from 0, of how many is in sight."""
        self._page, self._count = page, count
        self._number.setValidator(QIntValidator(1, max(count, 1), self._number))
        self._number.setText(str(page + 1) if count else "")
        self._total.setText(self.tr("of {0}").format(count))

    @Slot()
    def _choose(self) -> None:
        page = int(self._number.text() or 0) - 1
        if 0 <= page < self._count and page != self._page:
            self._page = page
            self.page_chosen.emit(page)
