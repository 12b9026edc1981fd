"""How a paper is shown: drawn page by page in a process of its own, found in, turned over."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from loyaldesk.documents.shapes import DocumentShape, PagePicture, TextHit, ViewKind
from loyaldesk.errors import Refused
from loyaldesk.ui.widgets.buttons import IconButton
from loyaldesk.ui.widgets.empty_state import EmptyReason, EmptyState
from loyaldesk.ui.widgets.fields import LineEdit
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.page_box import PageBox
from loyaldesk.ui.widgets.paper_view import Hit, PaperView
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.documents.sealing import SealedFile
    from loyaldesk.ui.desk import Desk

__all__ = ["PaperReader", "image_of"]

POINTS_PER_INCH = 72
PAGES = "loyaldesk.documents.pages"


def image_of(picture: PagePicture) -> QImage:
    """Return the pixels of a drawn page as an image of its own."""
    form = QImage.Format.Format_Grayscale8 if picture.is_grey else QImage.Format.Format_RGB32
    return QImage(picture.pixels, picture.width, picture.height, picture.stride, form).copy()


class PaperReader(QWidget):
    """Pages, zoom, fit width, find, page box; whatever cannot be shown says why."""

    shape_known = Signal(object)
    refused = Signal(str)

    def __init__(self, desk: Desk, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._source: bytes | SealedFile | None = None
        self._hits: tuple[TextHit, ...] = ()
        self._at = 0
        theme = desk.theme
        self.paper = PaperView(theme, name=name)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(name)
        self._nothing = EmptyState(theme)
        self._stack = QStackedWidget()
        for part in (self.paper, self.text, self._nothing):
            self._stack.addWidget(part)
        self.page_box = PageBox(theme)
        self.find_box = LineEdit(
            theme, placeholder=self.tr("Find"), icon="search", clearable=True, name=self.tr("Find")
        )
        self._found = TextLabel(theme, "", TextStyle.SMALL, Tone.SECONDARY)
        self.bar = self._make_bar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.bar)
        column.addWidget(self._stack, 1)
        self._connect()

    def show_source(self, source: bytes | SealedFile) -> None:
        """Show a paper: its bytes, or the sealed file that only the child process opens."""
        self._source, self._hits = source, ()
        self._desk.jobs.child(
            f"{PAGES}:describe",
            owner=self,
            then=self._show_shape,
            failed=self._cannot_show,
            replaces="describe",
            source=source,
        )

    def go_to_find(self) -> None:
        """Put the keyboard into the find box."""
        self.find_box.setFocus()
        self.find_box.selectAll()

    def focus_paper(self) -> None:
        """Put the keyboard on the pages."""
        shown = self._stack.currentWidget()
        if shown is not None:
            shown.setFocus()

    def _make_bar(self) -> QHBoxLayout:
        theme = self._desk.theme
        self._smaller = IconButton(theme, "zoom-out", self.tr("Smaller"), small=True)
        self._larger = IconButton(theme, "zoom-in", self.tr("Larger"), small=True)
        self._fit = IconButton(theme, "move-horizontal", self.tr("Fit width"), small=True)
        self._turn = IconButton(theme, "rotate-cw", self.tr("Turn"), small=True)
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 4, 8, 4)
        bar.setSpacing(4)
        for part in (self.page_box, self._smaller, self._larger, self._fit, self._turn):
            bar.addWidget(part)
        bar.addStretch(1)
        bar.addWidget(self._found)
        bar.addWidget(self.find_box)
        self.find_box.setMaximumWidth(theme.px(200))
        return bar

    def _connect(self) -> None:
        self.paper.image_wanted.connect(self._draw)
        self.paper.page_changed.connect(self._tell_page)
        self.page_box.page_chosen.connect(self.paper.go_to)
        self._smaller.clicked.connect(lambda: self.paper.set_zoom(self.paper.zoom / 1.25))
        self._larger.clicked.connect(lambda: self.paper.set_zoom(self.paper.zoom * 1.25))
        self._fit.clicked.connect(self.paper.fit_width)
        self._turn.clicked.connect(self.paper.turn)
        self.find_box.textChanged.connect(self._find)
        self.find_box.returnPressed.connect(self._next_hit)

    def _show_shape(self, shape: DocumentShape) -> None:
        if shape.kind is ViewKind.TEXT:
            self.text.setPlainText(shape.text)
            self._stack.setCurrentWidget(self.text)
            self.shape_known.emit(shape)
            return
        self.paper.show_pages([(size.width_pt, size.height_pt) for size in shape.sizes])
        self._stack.setCurrentWidget(self.paper)
        self._tell_page(0)
        self.shape_known.emit(shape)

    def _cannot_show(self, error: Exception) -> None:
        sentence = error.message if isinstance(error, Refused) else str(error)
        self._nothing.explain(
            EmptyReason.NO_RIGHT, self.tr("This can't be shown here"), sentence, icon="file-x"
        )
        self._stack.setCurrentWidget(self._nothing)
        self.refused.emit(sentence)

    @Slot(int)
    def _tell_page(self, page: int) -> None:
        self.page_box.show_page(page, self.paper.page_count)

    @Slot(int, float)
    def _draw(self, page: int, scale: float) -> None:
        self._desk.jobs.child(
            f"{PAGES}:render_page",
            owner=self,
            then=partial(self._show_page, page, scale),
            failed=self._cannot_show,
            replaces=f"page {page}",
            source=self._source,
            page=page,
            dpi=scale * POINTS_PER_INCH,
        )

    def _show_page(self, page: int, scale: float, picture: PagePicture) -> None:
        self.paper.set_image(page, scale, image_of(picture))

    @Slot(str)
    def _find(self, text: str) -> None:
        if not text.strip():
            self._show_hits(())
        elif self._stack.currentWidget() is self.text:
            self.text.find(text)
        else:
            self._desk.jobs.child(
                f"{PAGES}:find_text",
                owner=self,
                then=self._show_hits,
                replaces="find",
                source=self._source,
                text=text,
            )

    def _show_hits(self, hits: tuple[TextHit, ...]) -> None:
        self._hits, self._at = hits, 0
        words = self.tr("{n} found").format(n=len(hits)) if self.find_box.text() else ""
        self._found.setText(words)
        self._mark_hits()

    @Slot()
    def _next_hit(self) -> None:
        if self._stack.currentWidget() is self.text:
            self.text.find(self.find_box.text())
        elif self._hits:
            self._at = (self._at + 1) % len(self._hits)
            self._mark_hits()

    def _mark_hits(self) -> None:
        boxes: list[Hit] = []
        current = 0
        for number, hit in enumerate(self._hits):
            if number == self._at:
                current = len(boxes)
            boxes += [
                Hit(hit.page, QRectF(box.left, box.top, box.width, box.height)) for box in hit.boxes
            ]
        self.paper.set_hits(boxes, current)
        if boxes:
            self.paper.go_to(boxes[current].page)
