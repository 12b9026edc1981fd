"""With whom are files filed that were dropped where no customer is on screen?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from loyaldesk.ui.papers.attach import attach_files
from loyaldesk.ui.widgets.dialog import Dialog, DialogWidth
from loyaldesk.ui.widgets.fields import LabelledField, LineEdit
from loyaldesk.ui.widgets.item_list import Item, ItemList
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from loyaldesk.queries.search_hits import Hit, SearchResult
    from loyaldesk.store.reader import Source
    from loyaldesk.ui.desk import Desk

__all__ = ["FileDialog"]

PAUSE_MS = 80
MOST_HITS = 20
LIST_HEIGHT = 264
STEPS = {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}


class FileDialog(Dialog):
    """Asks for the customer or the order by any scrap, then files everything there."""

    def __init__(self, desk: Desk, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        count = len(paths)
        one, many = self.tr("File this document"), self.tr("File {0} documents").format(count)
        super().__init__(
            desk.theme,
            title=self.tr("Whose is it?") if count == 1 else self.tr("Whose are they?"),
            body=", ".join(path.name for path in paths[:3]) + (", …" if count > 3 else ""),
            verb=one if count == 1 else many,
            width=DialogWidth.MEDIUM,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._paths = desk, list(paths)
        self._hits: dict[tuple[str, int], Hit] = {}
        self.box = LineEdit(
            desk.theme, placeholder=self.tr("name, number, phone, order, PO"), icon="search"
        )
        self.found = ItemList(desk.theme, name=self.tr("Customers and orders found"))
        self.found.set_scrolling(scrolling=True)
        self.found.setFixedHeight(desk.theme.px(LIST_HEIGHT))
        self._told = TextLabel(desk.theme, "", TextStyle.SMALL, Tone.SECONDARY)
        self.content.addWidget(LabelledField(desk.theme, self.tr("Customer or order"), self.box))
        self.content.addWidget(self.found)
        self.content.addWidget(self._told)
        self._typing = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self.box.textChanged.connect(self._typing.start)
        self.box.installEventFilter(self)
        self._typing.timeout.connect(self._search)
        self.found.row_activated.connect(self.accept)
        self._show(None)
        self.box.setFocus()

    @property
    def told(self) -> str:
        """What it says about the search."""
        return self._told.text()

    def accept(self) -> None:
        """File everything with the chosen customer or order."""
        key = self.found.chosen_key
        hit = self._hits.get(key) if isinstance(key, tuple) else None
        if hit is None:
            return
        super().accept()
        attach_files(
            self._desk,
            self.parentWidget() or self,
            self._paths,
            customer_id=hit.customer_id,
            order_id=hit.record_id if hit.kind.value == "order" else None,
        )

    @Slot()
    def _search(self) -> None:
        text = self.box.text().strip()
        if not text:
            self._show(None)
            return
        self._desk.jobs.read(
            _find_owners,
            owner=self,
            then=self._show,
            failed=lambda error: self._told.setText(str(error)),
            replaces="search",
            text=text,
        )

    def _show(self, result: SearchResult | None) -> None:
        hits = result.hits if result is not None else ()
        self._hits = {(hit.kind.value, hit.record_id): hit for hit in hits}
        icons = {"customer": "building-2", "order": "package"}
        self.found.show_items(
            [
                Item(
                    key,
                    [Span(hit.title, style=TextStyle.NAME)],
                    second=hit.second_line,
                    icon=icons[key[0]],
                )
                for key, hit in self._hits.items()
            ]
        )
        self.verb_button.setEnabled(bool(hits))
        if hits:
            self.found.setCurrentIndex(self.found.model().index(0, 0))
        nobody = self.tr("Nobody by these words. Type less, or another number.")
        self._told.setText(nobody if result is not None and not hits else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_press = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if is_press and event.key() in STEPS:  # type: ignore[attr-defined]  # a QKeyEvent
            QApplication.sendEvent(self.found, event)
            return True
        return super().eventFilter(watched, event)


def _find_owners(source: Source, *, text: str) -> SearchResult:
    # Only who files without a customer on screen needs the search.
    from loyaldesk.queries.search import search
    from loyaldesk.queries.search_hits import HitKind

    return search(source, text, limit=MOST_HITS, kinds={HitKind.CUSTOMER, HitKind.ORDER})
