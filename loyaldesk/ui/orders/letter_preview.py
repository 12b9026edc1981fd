"""How does the last letter look, as it was sent?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout

from loyaldesk.ui.papers.page_drawer import PageDrawer
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Ground, Sheet
from loyaldesk.ui.widgets.paper_view import PaperView
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.documents.sealing import SealedFile
    from loyaldesk.documents.shapes import DocumentShape
    from loyaldesk.ui.desk import Desk

__all__ = ["LetterPreview"]


class LetterPreview(Sheet):
    """The pages of the letter, drawn in the child process and fitted to the width."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, Ground.WINDOW, parent)
        self._desk, self._sha256 = desk, b""
        self._words = TextLabel(desk.theme, "", TextStyle.SMALL_MEDIUM, Tone.SECONDARY)
        self.paper = PaperView(desk.theme, name=self.tr("Last acknowledgement, as sent"))
        self._drawer = PageDrawer(desk, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._words)
        column.addWidget(self.paper, 1)
        self.paper.image_wanted.connect(self._drawer.want)
        self._drawer.drawn.connect(self.paper.set_image)
        self._drawer.failed.connect(self._refuse)
        self._hide()

    def show_letter(self, sha256: bytes | None) -> None:
        """Show the letter with this content, or nothing, also while amounts are hidden."""
        if sha256 is None or self._desk.formats.hides_amounts:
            self._sha256 = b""
            self._hide()
        elif sha256 != self._sha256:
            self._sha256 = sha256
            self._desk.jobs.read(
                _seal_of,
                owner=self,
                then=self._describe,
                failed=self._refuse,
                replaces="letter",
                files=self._desk.files,
                sha256=sha256,
            )

    def _describe(self, source: SealedFile) -> None:
        self._drawer.take(source)
        self._desk.jobs.child(
            "loyaldesk.documents.pages:describe",
            owner=self,
            then=self._show,
            failed=self._refuse,
            replaces="describe",
            source=source,
        )

    def _show(self, shape: DocumentShape) -> None:
        self._words.setText(self.tr("As sent · {0} pages").format(len(shape.sizes)))
        if len(shape.sizes) == 1:
            self._words.setText(self.tr("As sent · 1 page"))
        self.paper.show_pages([(size.width_pt, size.height_pt) for size in shape.sizes])
        self.paper.show()
        self.paper.fit_width()

    def _refuse(self, error: Exception) -> None:
        self._hide()
        self._words.setText(str(error))

    def _hide(self) -> None:
        self._drawer.take(None)
        self._words.setText("")
        self.paper.hide()


def _seal_of(_source: Any, *, files: Callable[[], FileStore], sha256: bytes) -> SealedFile:
    return files().sealed(sha256)
