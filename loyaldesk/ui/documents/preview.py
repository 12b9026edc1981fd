"""What should one see of the document under the cursor without opening it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from loyaldesk.ui.papers.kinds import kind_words
from loyaldesk.ui.papers.opening import PaperOpening
from loyaldesk.ui.papers.reader import PaperReader
from loyaldesk.ui.widgets.buttons import Button, ButtonKind
from loyaldesk.ui.widgets.labels import ElidedLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Ground, Hairline, Sheet
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.queries.lists import DocumentRow
    from loyaldesk.ui.desk import Desk

__all__ = ["DocumentPreview"]

# The cursor runs down the list; a paper is opened only where it stops.
PAUSE_MS = 150


class DocumentPreview(Sheet):
    """Name, whose it is, and the pages of one document."""

    opened = Signal(int)
    saving_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, Ground.WINDOW, parent)
        self._desk = desk
        theme = desk.theme
        self._document: DocumentRow | None = None
        self._opening = PaperOpening(desk, self)
        self._shown = b""
        self.name = ElidedLabel(theme, "", TextStyle.PANEL_TITLE)
        self._whose = ElidedLabel(theme, "", TextStyle.BODY, Tone.SECONDARY)
        self._open = Button(theme, self.tr("Open"), kind=ButtonKind.PRIMARY)
        self._save = Button(theme, self.tr("Save a copy…"), icon="save")
        self.reader = PaperReader(desk, name=self.tr("Preview of the document"))
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._lay_out()
        self._pause.timeout.connect(self._read)
        self._opening.found.connect(self.reader.show_source)
        self._opening.waits.connect(self.reader.show_waiting)
        self._opening.refused.connect(self.reader.show_refusal)
        self._open.clicked.connect(lambda: self.opened.emit(self._require().id))
        self._save.clicked.connect(lambda: self.saving_wanted.emit(self._require()))

    @property
    def document(self) -> DocumentRow | None:
        """The document that is shown."""
        return self._document

    @Slot(object)
    def show_document(self, document: DocumentRow | None) -> None:
        """Show a document as soon as the cursor rests; None shows an empty ground."""
        self._document = document
        for button in (self._open, self._save):
            button.setEnabled(document is not None)
        if document is None:
            self._shown = b""
            self._opening.forget()
            self._pause.stop()
            self.reader.show_nothing()
            self.name.set_full_text("")
            self._whose.set_full_text("")
            return
        self.name.set_full_text(document.name)
        parts = (kind_words(document.kind), document.customer_name)
        self._whose.set_full_text(" · ".join(parts))
        self._pause.start()

    def _require(self) -> DocumentRow:
        if self._document is None:
            raise RuntimeError("the buttons are disabled while there is no document")
        return self._document

    def _lay_out(self) -> None:
        theme = self._desk.theme
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._open)
        buttons.addWidget(self._save)
        buttons.addStretch(1)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.setSpacing(4)
        head.addWidget(self.name)
        head.addWidget(self._whose)
        head.addSpacing(4)
        head.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Hairline(theme))
        column.addWidget(self.reader, 1)

    @Slot()
    def _read(self) -> None:
        document = self._document
        if document is None or document.sha256 == self._shown:
            return
        self._shown = document.sha256
        self._opening.open(document.sha256, filed_by=document.filed_by)
