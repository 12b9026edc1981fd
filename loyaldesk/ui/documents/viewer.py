"""One document: its pages, what it belongs to, and what can be done with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from loyaldesk.documents.shapes import DocumentShape, ViewKind
from loyaldesk.queries.document_page import DocumentPage, read_document_page
from loyaldesk.ui.documents.actions import DocumentActions
from loyaldesk.ui.documents.facts_pane import FactsPane
from loyaldesk.ui.documents.viewer_head import ViewerHead
from loyaldesk.ui.papers.opening import PaperOpening
from loyaldesk.ui.papers.reader import PaperReader
from loyaldesk.ui.papers.whereabouts import is_connected, with_places
from loyaldesk.ui.widgets.banner import Banner, BannerKind
from loyaldesk.ui.widgets.empty_state import EmptyReason, EmptyState
from loyaldesk.ui.widgets.panel import Ground, Hairline, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.store.changes import Changes
    from loyaldesk.store.reader import Source
    from loyaldesk.ui.desk import Desk

__all__ = ["DocumentViewer"]

NARROW = 900
RECORDS = {
    "customer": "customer_wanted",
    "order": "order_wanted",
    "invoice": "invoice_wanted",
}


def _read_page(
    source: Source, *, document_id: int, files: Callable[[], FileStore] | None
) -> DocumentPage:
    """Return the page; with `files`, on a desk with a hub, also where its content is."""
    page = read_document_page(source, document_id=document_id)
    if files is None:
        return page
    placed = with_places(source, {document_id: page.document}, files=files)
    return replace(page, document=placed[document_id])


class DocumentViewer(Sheet):
    """A document in its customer's tab; it reads itself again when its rows change."""

    def __init__(self, desk: Desk, document_id: int, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, Ground.WINDOW, parent)
        self._desk, self._document_id = desk, document_id
        self._page: DocumentPage | None = None
        self._shape: DocumentShape | None = None
        self.head = ViewerHead(desk)
        self.reader = PaperReader(desk, name=self.tr("Pages of the document"))
        self.facts = FactsPane(desk)
        self.actions_of_document = DocumentActions(desk, self)
        self._opening = PaperOpening(desk, self)
        self._is_wide = True
        self._gone = EmptyState(desk.theme)
        self._banners = QVBoxLayout()
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.refresh()

    def page_title(self) -> str:
        """Return the document's name."""
        return self._page.document.name if self._page else ""

    @Slot()
    def refresh(self) -> None:
        """Read the document's rows again; its content never changes."""
        self._desk.jobs.read(
            _read_page,
            owner=self,
            then=self._show,
            failed=self._explain,
            replaces="document",
            document_id=self._document_id,
            files=self._desk.files if is_connected(self._desk) else None,
        )

    def focus_first(self) -> None:
        """Put the keyboard on the pages."""
        self.reader.focus_paper()

    @Slot()
    def print(self) -> None:
        """Ask the printer and print."""
        if self._page is not None and self._shape is not None:
            self.actions_of_document.print_paper(self._page.document, self.reader, self._shape)

    @Slot()
    def save_copy(self) -> None:
        """Ask where to, and save the document as it came."""
        if self._page is not None:
            self.actions_of_document.save_copy(self._page.document)

    @Slot()
    def send_mail(self) -> None:
        """Write the mail that carries the document to its customer."""
        if self._page is not None:
            self._desk.ways.document_mail_wanted.emit(self._page.document.id)

    @Slot()
    def find(self) -> None:  # type: ignore[override]  # the menu's word; nobody asks Qt's by it
        """Look for words in the document."""
        self.reader.go_to_find()

    def _lay_out(self) -> None:
        theme = self._desk.theme
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(self._banners)
        left.addWidget(self.reader, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addLayout(left, 1)
        self._edge = Hairline(theme, vertical=True)
        middle.addWidget(self._edge)
        middle.addWidget(self.facts)
        page = Sheet(theme, Ground.WINDOW)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(Hairline(theme))
        column.addLayout(middle, 1)
        self._stack.addWidget(page)
        self._stack.addWidget(self._gone)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _connect(self) -> None:
        head, do = self.head, self.actions_of_document
        head.wanted.connect(self._run)
        head.facts_toggled.connect(self._show_facts)
        self.facts.name_changed.connect(lambda name: self._act(do.rename, name))
        self.facts.kind_chosen.connect(lambda kind: self._act(do.classify, kind))
        ways = self._desk.ways
        self.facts.record_wanted.connect(lambda kind, row: getattr(ways, RECORDS[kind]).emit(row))
        do.refused.connect(self._warn)
        do.name_refused.connect(self.facts.show_name_refusal)
        opening, reader = self._opening, self.reader
        opening.found.connect(reader.show_source)
        opening.waits.connect(reader.show_waiting)
        opening.waits.connect(lambda *_: head.offer_printing(able=False))
        opening.refused.connect(reader.show_refusal)
        reader.shape_known.connect(self._keep_shape)
        reader.refused.connect(lambda _: head.offer_printing(able=False))
        self._desk.news.changed.connect(self._hear)
        self._desk.theme.changed.connect(self._fold)

    @Slot(str)
    def _run(self, command: str) -> None:
        do = self.actions_of_document
        if command in {"print", "save_copy", "send_mail"}:
            getattr(self, command)()
        elif command == "rename":
            self.head.facts_button.setChecked(True)
            self.facts.start_renaming()
        elif command == "copy_text":
            self.reader.copy_page_text()
        elif command == "open":
            self._act(do.open_outside)
        elif command == "unfile":
            self._act(do.take_off_file)
        elif command in {"pin", "keep"}:
            self._act(getattr(do, f"turn_{command}"))
        elif command == "reprint" and self._page and self._page.letter and self._shape:
            do.reprint(self._page.document, self._page.letter, self._shape)

    def _act(self, action: Callable[..., None], *arguments: Any) -> None:
        if self._page is not None:
            self._clear_banners()
            action(self._page.document, *arguments)

    def _show(self, page: DocumentPage) -> None:
        known = self._page.document.sha256 if self._page else None
        self._page = page
        self._stack.setCurrentIndex(0)
        self.head.show_page(page)
        self.facts.show_page(page)
        if known != page.document.sha256:
            self._opening.open(page.document.sha256, filed_by=page.document.filed_by)

    @Slot(object)
    def _keep_shape(self, shape: DocumentShape) -> None:
        self._shape = shape
        self.head.offer_printing(able=True)
        pages = len(shape.sizes)
        if self._page is not None:
            self.actions_of_document.note_use(self._page.document, "viewed")
        if self._page is None or shape.kind is ViewKind.TEXT or pages == self._page.document.pages:
            return
        # Nobody's action, so nothing is said about it.
        from loyaldesk.operations.documents import count_pages

        self._desk.jobs.write(count_pages, owner=self, document_id=self._document_id, pages=pages)

    def _explain(self, error: LoyalDeskError) -> None:
        """Say in place of the document that it is gone; undo brings it back by itself."""
        self._page = None
        title = self.tr("Not on file any more")
        self._gone.explain(EmptyReason.NOTHING_YET, title, str(error), icon="file-x")
        self._stack.setCurrentWidget(self._gone)

    @Slot(str)
    def _warn(self, sentence: str) -> None:
        self._clear_banners()
        close = self.tr("Close")
        banner = Banner(self._desk.theme, BannerKind.WARN, happened=sentence, actions=(close,))
        banner.action_chosen.connect(self._clear_banners)
        self._banners.addWidget(banner)
        banner.speak()

    @Slot()
    def _clear_banners(self) -> None:
        while (item := self._banners.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        is_mine = changes.touches_row("document", self._document_id)
        if is_mine or changes.touches("document_link", "letter", "stored_file"):
            self.refresh()

    @Slot(bool)
    def _show_facts(self, shown: bool) -> None:
        self.facts.setVisible(shown)
        self._edge.setVisible(shown)

    @Slot()
    def _fold(self) -> None:
        """Hide the facts when the window becomes too narrow for both, and bring them back."""
        is_wide = self.width() >= self._desk.theme.px(NARROW)
        if is_wide != self._is_wide:
            self._is_wide = is_wide
            self.head.facts_button.setChecked(is_wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
