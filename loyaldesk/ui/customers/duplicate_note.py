"""Is the customer that is being typed here already? Said while it is typed, never in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from loyaldesk.domain.duplicates import Identity
from loyaldesk.queries.duplicates import find_candidates
from loyaldesk.ui.customers.duplicate_words import place_words, shared_words
from loyaldesk.ui.widgets.item_list import Item, ItemList
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.queries.duplicates import Candidate
    from loyaldesk.ui.desk import Desk

__all__ = ["DuplicateNote"]

PAUSE_MS, MOST = 250, 3


class DuplicateNote(QWidget):
    """The customers who may be the one that is typed; choosing one asks to go there instead."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._typed = Identity("")
        words = self.tr("Here already? Look before you make it twice.")
        self._title = TextLabel(desk.theme, words, TextStyle.SMALL_STRONG, Tone.WARN, wrap=True)
        self.list = ItemList(desk.theme, name=self.tr("Customers who may be the same"))
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.list.row_activated.connect(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self.list)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.hide()

    def look(self, typed: Identity) -> None:
        """Look for customers like this one, once the typing pauses."""
        if typed != self._typed:
            self._typed = typed
            self._pause.start()

    def _look(self) -> None:
        self._desk.jobs.read(
            find_candidates,
            owner=self,
            then=self._show,
            replaces="candidates",
            identity=self._typed,
            most=MOST,
        )

    def _show(self, found: list[Candidate]) -> None:
        self.list.show_items([_item(candidate) for candidate in found])
        self.setVisible(bool(found))


def _item(candidate: Candidate) -> Item:
    return Item(
        candidate.id,
        [Span(candidate.name, style=TextStyle.NAME)],
        second=place_words(candidate),
        right=shared_words(candidate),
        icon="building-2",
        tip=candidate.name,
    )
