"""How a paper is shown: drawn page by page in a process of its own, found in, turned over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from loyaldesk.documents.shapes import DocumentShape, TextHit, ViewKind
from loyaldesk.ui.papers.find_bar import FindBar
from loyaldesk.ui.papers.page_drawer import PageDrawer
from loyaldesk.ui.papers.paper_bar import PaperBar
from loyaldesk.ui.papers.text_sheet import TextSheet
from loyaldesk.ui.widgets.empty_state import EmptyReason, EmptyState
from loyaldesk.ui.widgets.panel import Ground, Hairline, Sheet
from loyaldesk.ui.widgets.paper_view import Hit, PaperView

if TYPE_CHECKING:
    from loyaldesk.documents.sealing import SealedFile
    from loyaldesk.ui.desk import Desk

__all__ = ["PaperReader"]

PAGES = "loyaldesk.documents.pages"


class PaperReader(QWidget):
    """Pages, zoom, fit width, find, page box; whatever cannot be shown says why."""

    shape_known = Signal(object)
    refused = Signal(str)

    def __init__(self, desk: Desk, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._source: bytes | SealedFile | None = None
        self._hits: tuple[TextHit, ...] = ()
        theme = desk.theme
        self.paper = PaperView(theme, name=name)
        self.text = TextSheet(theme, name=name)
        self._nothing = EmptyState(theme)
        self._blank = Sheet(theme, Ground.SUNKEN)
        self.bar = PaperBar(theme, self.paper)
        self.find_bar = FindBar(theme)
        self._drawer = PageDrawer(desk, self)
        self._stack = QStackedWidget()
        for shown in (self._blank, self.paper, self.text, self._nothing):
            self._stack.addWidget(shown)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.bar, self.find_bar, Hairline(theme)):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        self._connect()

    @property
    def source(self) -> bytes | SealedFile | None:
        """What is shown: bytes, or the sealed file; None before and between papers."""
        return self._source

    @property
    def why_not(self) -> str:
        """The sentence that says why nothing is shown, or nothing."""
        return self._nothing.words[1] if self._stack.currentWidget() is self._nothing else ""

    def show_source(self, source: bytes | SealedFile) -> None:
        """Show a paper: its bytes, or the sealed file that only the child process opens."""
        self._source, self._hits = source, ()
        self._drawer.take(source)
        self._desk.jobs.child(
            f"{PAGES}:describe",
            owner=self,
            then=self._show_shape,
            failed=self.show_refusal,
            replaces="describe",
            source=source,
        )

    def show_nothing(self) -> None:
        """Show an empty ground until the next paper."""
        self._source, self._hits = None, ()
        self._drawer.take(None)
        self._stack.setCurrentWidget(self._blank)
        self.bar.hide()

    def show_waiting(self, title: str, words: str) -> None:
        """Say in place of the pages that they are not here yet."""
        self.show_nothing()
        self._nothing.explain(EmptyReason.NOT_SYNCED, title, words, icon="cloud-download")
        self._stack.setCurrentWidget(self._nothing)

    def show_refusal(self, error: Exception) -> None:
        """Say in place of the pages why they are not shown."""
        self._drawer.take(None)
        self._nothing.explain(
            EmptyReason.NO_RIGHT, self.tr("This can't be shown here"), str(error), icon="file-x"
        )
        self._stack.setCurrentWidget(self._nothing)
        self.bar.hide()
        self.find_bar.hide()
        self.refused.emit(str(error))

    @Slot()
    def go_to_find(self) -> None:
        """Open the find bar and put the keyboard into it."""
        if self._stack.currentWidget() in {self.paper, self.text}:
            self.find_bar.open()

    @Slot()
    def focus_paper(self) -> None:
        """Put the keyboard on the pages."""
        shown = self._stack.currentWidget()
        if shown is not None:
            shown.setFocus()

    @Slot()
    def copy_page_text(self) -> None:
        """Copy the words of the page in sight; a picture says that it has none."""
        if self._stack.currentWidget() is self.text:
            self._keep_copy(self.text.toPlainText())
            return
        self._desk.jobs.child(
            f"{PAGES}:read_page_text",
            owner=self,
            then=self._keep_copy,
            failed=lambda error: self._desk.news.said.emit(str(error), False),
            source=self._source,
            page=self.paper.page,
        )

    def _connect(self) -> None:
        self.paper.installEventFilter(self)
        self.paper.image_wanted.connect(self._drawer.want)
        self._drawer.drawn.connect(self.paper.set_image)
        self._drawer.failed.connect(self.show_refusal)
        self.bar.find_wanted.connect(self.go_to_find)
        self.bar.copy_wanted.connect(self.copy_page_text)
        self.find_bar.words_typed.connect(self._find)
        self.find_bar.hit_wanted.connect(self._show_hit)
        self.find_bar.closed.connect(self.focus_paper)
        self.show_nothing()

    def _show_shape(self, shape: DocumentShape) -> None:
        has_pages = shape.kind is not ViewKind.TEXT
        if has_pages:
            self.paper.show_pages([(size.width_pt, size.height_pt) for size in shape.sizes])
            self.bar.page_box.show_page(0, self.paper.page_count)
        else:
            self.text.show_text(shape.text)
        self._stack.setCurrentWidget(self.paper if has_pages else self.text)
        self.bar.show_pages(are_there=has_pages)
        self.bar.show()
        if self.find_bar.isVisible():
            self._find(self.find_bar.words)
        self.shape_known.emit(shape)

    def _keep_copy(self, words: str) -> None:
        if words.strip():
            QGuiApplication.clipboard().setText(words)
            self._desk.news.said.emit(self.tr("The text of this page is copied"), False)
        else:
            said = self.tr("This page is a picture. It has no text to copy.")
            self._desk.news.said.emit(said, False)

    @Slot(str)
    def _find(self, words: str) -> None:
        if self._stack.currentWidget() is self.text:
            self.find_bar.show_count(self.text.find_all(words))
        elif not words or self._source is None:
            self._show_hits(())
        else:
            self._desk.jobs.child(
                f"{PAGES}:find_text",
                owner=self,
                then=self._show_hits,
                failed=lambda error: self._desk.news.said.emit(str(error), False),
                replaces="find",
                source=self._source,
                text=words,
            )

    def _show_hits(self, hits: tuple[TextHit, ...]) -> None:
        self._hits = hits
        self.find_bar.show_count(len(hits))
        self._show_hit(0)

    @Slot(int)
    def _show_hit(self, number: int) -> None:
        if self._stack.currentWidget() is self.text:
            self.text.show_hit(number)
            return
        before = sum(len(hit.boxes) for hit in self._hits[:number])
        boxes = [
            Hit(hit.page, QRectF(box.left, box.top, box.width, box.height))
            for hit in self._hits
            for box in hit.boxes
        ]
        self.paper.set_hits(boxes, before)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # On a paper these keys mean the paper, though the menu has them for the text size.
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            keys = QKeySequence.StandardKey
            if event.matches(keys.ZoomIn) or event.matches(keys.ZoomOut):
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # In the main window the menu has this key; in a dialog nobody else does.
        if event.matches(QKeySequence.StandardKey.Find):
            self.go_to_find()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_page_text()
        else:
            super().keyPressEvent(event)
