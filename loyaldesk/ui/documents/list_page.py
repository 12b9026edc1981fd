"""All documents in one list, with the pages of the one under the cursor beside it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QFileDialog

from loyaldesk.queries.list_search import count_documents, search_document_ids
from loyaldesk.queries.lists import read_document_rows
from loyaldesk.ui.documents.columns import document_columns, export_headings, export_values
from loyaldesk.ui.lists.list_page import ListPage
from loyaldesk.ui.lists.plan import FilterChoice, ListPlan, ListWish
from loyaldesk.ui.lists.preview_pane import PreviewPane
from loyaldesk.ui.papers.drop import DropTarget
from loyaldesk.ui.papers.kinds import KINDS, icon_of_kind, kind_words
from loyaldesk.ui.papers.whereabouts import is_connected, with_places

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from loyaldesk.queries.lists import DocumentRow
    from loyaldesk.store.reader import Source
    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.documents.actions import DocumentActions
    from loyaldesk.ui.documents.preview import DocumentPreview

__all__ = ["DocumentsPage"]

PREVIEW_WIDTH = 360
TABLES = ("document", "document_link", "customer", "sales_order", "stored_file")

translate = QCoreApplication.translate


class DocumentsPage(ListPage):
    """The list of documents; Enter opens one, Space shows or hides its pages beside the list."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, _plan(desk), parent)
        self.preview: DocumentPreview | None = None
        self.actions_of_document: DocumentActions | None = None
        attach = self.head.add_primary(desk.theme, self.tr("Attach…"), "paperclip")
        attach.clicked.connect(self.attach)
        words = self.tr("Drop to file; you are asked with whom")
        self.drop = DropTarget(desk.theme, self, words=words, on_files=self.ask_owner)
        self.opened.connect(desk.ways.document_wanted)
        self.pane = PreviewPane(
            desk,
            self,
            width=PREVIEW_WIDTH,
            make=self._make_preview,
            show_current=self._show_current,
        )
        # A row may come after the cursor stands on it.
        for came in (self.list.model.dataChanged, self.list.model.modelReset, self.list.ids_shown):
            came.connect(self.pane.follow)

    @Slot()
    def attach(self) -> None:
        """Choose files; whose they are is asked next."""
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Attach documents"))
        if names:
            self.ask_owner([Path(name) for name in names])

    @Slot()
    def begin(self) -> None:
        """Attach the first document."""
        self.attach()

    @Slot()
    def send_mail(self) -> None:
        """Write the mail that carries the document under the cursor to its customer."""
        document_id = self.list.view.current_id()
        if document_id >= 0:
            self._desk.ways.document_mail_wanted.emit(document_id)

    def ask_owner(self, paths: Sequence[Path]) -> None:
        """Ask with which customer or order the files are filed, and file them."""
        from loyaldesk.ui.documents.file_dialog import FileDialog

        FileDialog(self._desk, paths, parent=self).open()

    def choices(self, row_id: int) -> Sequence[tuple[str, Callable[[], object]]]:
        """Offer what can be done with a document without opening it."""
        document = self._row(row_id)
        if document is None:
            return ()
        do = self._actions()
        pin = self.tr("Let go from the top") if document.is_pinned else self.tr("Keep on top")
        whose = self.tr("Only those of {0}").format(document.customer_name.replace("&", "&&"))
        return (
            (self.tr("E-mail this document…"), self.send_mail),
            (self.tr("Save a copy…"), partial(do.save_copy, document)),
            (self.tr("Open in another program"), partial(do.open_outside, document)),
            (pin, partial(do.pin, document, pinned=not document.is_pinned)),
            *self._offline_choices(document),
            (self.tr("Take off file"), partial(do.take_off_file, document)),
            (
                self.tr("Go to the customer"),
                partial(self._desk.ways.customer_wanted.emit, document.customer_id),
            ),
            (whose, partial(self.filters.box.setText, document.customer_number)),
        )

    def _offline_choices(self, document: DocumentRow) -> list[tuple[str, Callable[[], object]]]:
        if document.place is None:
            return []
        is_kept = document.place.is_kept
        words = self.tr("Let leave this computer") if is_kept else self.tr("Keep for offline")
        return [(words, partial(self._actions().keep, document, kept=not is_kept))]

    def _row(self, document_id: int) -> DocumentRow | None:
        ids = self.list.ids
        if document_id not in ids:
            return None
        row: DocumentRow | None = self.list.model.row_at(ids.index(document_id))
        return row

    def _actions(self) -> DocumentActions:
        # Imported here: the first rows do not wait for printing and saving.
        from loyaldesk.ui.documents.actions import DocumentActions

        if self.actions_of_document is None:
            self.actions_of_document = DocumentActions(self._desk, self)
            self.actions_of_document.refused.connect(self._say_refusal)
        return self.actions_of_document

    @Slot(str)
    def _say_refusal(self, sentence: str) -> None:
        self._desk.news.said.emit(sentence, False)

    def _make_preview(self) -> DocumentPreview:
        # Imported here: the first rows do not wait for what the preview needs.
        from loyaldesk.ui.documents.preview import DocumentPreview

        self.preview = DocumentPreview(self._desk)
        self.preview.opened.connect(self.opened)
        self.preview.saving_wanted.connect(lambda row: self._actions().save_copy(row))
        return self.preview

    def _show_current(self) -> None:
        """Show the document under the cursor once its row is here."""
        if self.preview is None:
            return
        current = self.list.view.currentIndex().row()
        row = self.list.model.row_at(current) if current >= 0 else None
        if (row is not None or current < 0) and row != self.preview.document:
            self.preview.show_document(row)


def _plan(desk: Desk) -> ListPlan:
    def words(text: str) -> str:
        return translate("DocumentsPage", text)

    def read_rows(source: Source, *, ids: list[int], today: date) -> dict[int, DocumentRow]:
        del today
        rows = read_document_rows(source, ids=ids)
        return with_places(source, rows, files=desk.files) if is_connected(desk) else rows

    return ListPlan(
        key="documents",
        title=words("Documents"),
        nouns=(words("document"), words("documents")),
        columns=document_columns(desk.formats),
        filters=[
            FilterChoice(f"kind_{kind}", kind_words(kind), icon_of_kind(kind)) for kind in KINDS
        ],
        first=ListWish("filed_on", descending=True),
        list_ids=search_document_ids,
        read_rows=read_rows,
        count=count_documents,
        headings=export_headings(),
        values=export_values,
        tables=TABLES,
        nothing=(
            words("Nothing is on file yet"),
            words("Drop papers on a customer or an order, or here. Letters file themselves."),
            words("Attach…"),
            "folder",
        ),
    )
