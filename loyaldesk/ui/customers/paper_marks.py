"""On a desk with a hub: where are this customer's papers, and shall they stay on this computer?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from loyaldesk.queries.paper_whereabouts import CustomerPapers, read_customer_papers
from loyaldesk.ui.papers.whereabouts import is_connected, place_icon, place_words
from loyaldesk.ui.widgets.buttons import IconButton

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.store.changes import Changes
    from loyaldesk.store.reader import Source
    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.widgets.item_list import Item

__all__ = ["PaperMarks"]


class PaperMarks(QObject):
    """Marks the rows of documents, and keeps their customer for offline; silent without a hub.

    `marked` carries the rows with their marks, when they are known.
    """

    marked = Signal(list)

    def __init__(self, desk: Desk, customer_id: int, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._customer_id = desk, customer_id
        self._items: Sequence[Item] = ()
        self._is_kept = False
        # An icon alone: the head of a narrow column has no room for its words.
        self.keep = IconButton(
            desk.theme, "pin", self.tr("Keep for offline"), checkable=True, small=True
        )
        self.keep.hide()
        self.keep.clicked.connect(self._turn)
        desk.news.changed.connect(self._hear)
        desk.news.sync_changed.connect(self._read)

    def show_items(self, items: Sequence[Item]) -> None:
        """Mark these rows, whose keys are ids of documents."""
        self._items = items
        self._read()

    @Slot()
    def _read(self) -> None:
        if not is_connected(self._desk):
            self.keep.hide()
            return
        self._desk.jobs.read(
            _read_papers,
            owner=self,
            then=self._mark,
            replaces="papers",
            customer_id=self._customer_id,
            documents=[item.key for item in self._items],
            files=self._desk.files,
        )

    def _mark(self, papers: CustomerPapers) -> None:
        self._is_kept = papers.is_kept
        kept = self.tr(
            "Kept for offline: papers of the last 90 days stay on this computer. Press to let them "
            "leave."
        )
        keep = self.tr(
            "Keep for offline: papers of the last 90 days are on this computer without a network"
        )
        self.keep.setChecked(papers.is_kept)
        self.keep.setToolTip(kept if papers.is_kept else keep)
        self.keep.show()
        places = papers.places
        self.marked.emit(
            [
                replace(
                    item,
                    title_icon=place_icon(places[item.key]),
                    tip=f"{item.tip}\n{place_words(places[item.key])}",
                )
                if item.key in places
                else item
                for item in self._items
            ]
        )

    @Slot()
    def _turn(self) -> None:
        # Ticked once it is so, not when it is asked for.
        self.keep.setChecked(self._is_kept)
        self._desk.jobs.run(
            _keep_customer, owner=self, customer_id=self._customer_id, kept=not self._is_kept
        )

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if changes.touches("stored_file"):
            self._read()


def _read_papers(
    source: Source, *, customer_id: int, documents: list[int], files: Callable[[], FileStore]
) -> CustomerPapers:
    return read_customer_papers(
        source, customer_id=customer_id, documents=documents, has=files().has
    )


def _keep_customer(store: Any, *, customer_id: int, kept: bool) -> None:
    # Imported on the write lane: the window starts without the half that speaks with a hub.
    from loyaldesk.sync.contents.wants import keep_customer

    keep_customer(store, customer_id=customer_id, kept=kept)
