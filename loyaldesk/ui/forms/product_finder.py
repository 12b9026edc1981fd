"""How is a product found while its number or name is typed into a line?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, QStringListModel, Qt, Signal, Slot
from PySide6.QtWidgets import QCompleter, QListView

from loyaldesk.queries.products import FoundProduct, find_products

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit

    from loyaldesk.ui.desk import Desk

__all__ = ["ProductFinder"]

SHORTEST = 2


class ProductFinder(QObject):
    """Offers products below a field; `chosen` tells the one that was taken, by key or mouse.

    Whatever is typed may also stay as it is: a line needs no product.
    """

    chosen = Signal(object)

    def __init__(self, desk: Desk, field: QLineEdit) -> None:
        super().__init__(field)
        self._desk, self._field = desk, field
        self.found: list[FoundProduct] = []
        self._words = QStringListModel(self)
        self.offer = QCompleter(self._words, self)
        self.offer.setWidget(field)
        self.offer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._popup = QListView()
        self._popup.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._popup.setAccessibleName(self.tr("Products"))
        self.offer.setPopup(self._popup)
        # One signal of this name tells the text, the other the row; the stubs know but one.
        activated: Any = self.offer.activated
        activated[QModelIndex].connect(self._take)
        field.textEdited.connect(self._find)

    @Slot(str)
    def _find(self, text: str) -> None:
        if len(text.strip()) < SHORTEST:
            self._popup.hide()
            return
        self._desk.jobs.read(
            find_products, owner=self, then=self._show, replaces="products", text=text
        )

    def _show(self, found: list[FoundProduct]) -> None:
        self.found = found
        self._words.setStringList([f"{product.number}   {product.name}" for product in found])
        if found and self._field.hasFocus():
            self._popup.setMinimumWidth(self._desk.theme.px(320))
            self.offer.complete()
        else:
            self._popup.hide()

    @Slot(QModelIndex)
    def _take(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self.found):
            self.chosen.emit(self.found[index.row()])
