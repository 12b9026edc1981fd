"""What does each statement of the run look like, before it is made and after? The third pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loyaldesk.errors import Refused
from loyaldesk.runs.statement_steps import DRAW, Problem, ReadyStatement, compose_item
from loyaldesk.ui.papers.reader import PaperReader
from loyaldesk.ui.widgets.buttons import IconButton, LinkButton
from loyaldesk.ui.widgets.labels import ElidedLabel, TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.documents.sealing import SealedFile
    from loyaldesk.domain.statement_run import Selection
    from loyaldesk.pdf.issuing import DrawnPages
    from loyaldesk.queries.statement_runs import RunItem
    from loyaldesk.store.reader import Source
    from loyaldesk.ui.desk import Desk

__all__ = ["RunPreview"]


class RunPreview(QWidget):
    """The letter of the customer chosen in the list: as it would be, or as it was issued.

    `step_wanted` asks for the next or the previous customer, `dispute_wanted` for the place where
    a customer's objection to an invoice is noted.
    """

    step_wanted = Signal(int)
    dispute_wanted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._item: RunItem | None = None
        theme = desk.theme
        self.reader = PaperReader(desk, name=self.tr("The statement"))
        self._whose = ElidedLabel(theme, "", TextStyle.NAME)
        self._place = TextLabel(theme, "", TextStyle.SMALL, Tone.SECONDARY)
        self.previous = IconButton(theme, "chevron-left", self.tr("Previous statement"))
        self.following = IconButton(theme, "chevron-right", self.tr("Next statement"))
        self.dispute = LinkButton(theme, self.tr("Customer disputes a line…"))
        self._lay_out()
        self.previous.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.following.clicked.connect(lambda: self.step_wanted.emit(1))
        self.dispute.clicked.connect(self._want_dispute)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Show that nobody is chosen."""
        self._item = None
        self._whose.set_full_text(self.tr("Nobody chosen"))
        self._place.setText("")
        self.reader.show_nothing()
        self.dispute.setEnabled(False)

    def show_item(self, item: RunItem, selection: Selection, *, run_id: int, count: int) -> None:
        """Show the customer's letter; who gets none shows why."""
        is_same = self._item == item
        self._item = item
        self._whose.set_full_text(f"{item.name} {item.number}")
        self._place.setText(self.tr("{0} of {1}").format(item.position, count))
        self.dispute.setEnabled(True)
        if is_same and self.reader.source is not None:
            return
        if item.document_id is not None:
            self._show_kept(item.document_id)
        elif item.reason:
            self.reader.show_refusal(Refused(item.reason))
        else:
            self._compose(item, selection, run_id)

    def _show_kept(self, document_id: int) -> None:
        self._desk.jobs.read(
            _sealed,
            owner=self,
            then=self.reader.show_source,
            failed=self.reader.show_refusal,
            replaces="letter",
            files=self._desk.files,
            document_id=document_id,
        )

    def _compose(self, item: RunItem, selection: Selection, run_id: int) -> None:
        self._desk.jobs.read(
            compose_item,
            owner=self,
            then=self._draw,
            failed=self.reader.show_refusal,
            replaces="letter",
            run_id=run_id,
            item=item,
            selection=selection,
            now=self._desk.now(),
        )

    def _draw(self, found: ReadyStatement | Problem) -> None:
        if isinstance(found, Problem):
            self.reader.show_refusal(Refused(found.reason))
            return
        self._desk.jobs.child(
            DRAW,
            owner=self,
            then=self._show_drawn,
            failed=self.reader.show_refusal,
            replaces="draw",
            composed=found.composed,
        )

    def _show_drawn(self, pages: DrawnPages) -> None:
        self.reader.show_source(pages.pdf)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 8, 8)
        head.addWidget(self._whose, 1)
        head.addWidget(self._place)
        head.addWidget(self.previous)
        head.addWidget(self.following)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 6, 12, 6)
        foot.addStretch(1)
        foot.addWidget(self.dispute)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.reader, 1)
        column.addLayout(foot)

    @Slot()
    def _want_dispute(self) -> None:
        if self._item is not None:
            self.dispute_wanted.emit(self._item.customer_id)


def _sealed(source: Source, *, files: Callable[[], FileStore], document_id: int) -> SealedFile:
    """Return the kept paper of an issued statement; only the child process opens it."""
    found = source.value(
        "SELECT file.sha256 FROM document JOIN stored_file file ON file.id = document.file_id"
        " WHERE document.id = ?",
        [document_id],
    )
    if found is None:
        raise Refused("The paper of this statement was taken off file. Nothing else is missing.")
    return files().sealed(found)
