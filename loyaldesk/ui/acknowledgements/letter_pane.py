"""How does the letter of the order under the cursor look, and what can be done with just that one?

What nobody acknowledged yet is composed and drawn as it would be issued, and leaves no trace; what
is on record is shown byte for byte as it was issued.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from loyaldesk.domain.differences import differences
from loyaldesk.ui.acknowledgements.words import envelope_words, language_words
from loyaldesk.ui.papers.reader import PaperReader
from loyaldesk.ui.widgets.buttons import Button
from loyaldesk.ui.widgets.labels import ElidedLabel, SpanLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Ground, Hairline, Sheet
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.documents.sealing import SealedFile
    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.pdf.issuing import DrawnPages
    from loyaldesk.queries.acknowledgements import QueueRow
    from loyaldesk.store.reader import Source
    from loyaldesk.ui.desk import Desk

__all__ = ["LetterPane", "seal_of"]

# The cursor runs down the list; a letter is drawn only where it stops.
PAUSE_MS = 150


class LetterPane(Sheet):
    """Order and customer, three buttons, what to know, and the pages; the latest wish wins.

    `wanted` carries edit, print or email for the order on show; `refused` its id and why it has no
    letter.
    """

    wanted = Signal(str)
    refused = Signal(int, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, Ground.WINDOW, parent)
        self._desk = desk
        self._row: QueueRow | None = None
        theme = desk.theme
        self.title = ElidedLabel(theme, "", TextStyle.PANEL_TITLE)
        self.edit = Button(theme, self.tr("Edit"), icon="pencil", small=True)
        self.print = Button(theme, self.tr("Print"), icon="printer", small=True)
        self.mail = Button(theme, self.tr("E-mail"), icon="mail", small=True)
        self.facts = SpanLabel(theme, wrap=True)
        self.reader = PaperReader(desk, name=self.tr("The letter as it will be or was issued"))
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._read)
        self._lay_out()
        for button, command in ((self.edit, "edit"), (self.print, "print"), (self.mail, "email")):
            button.clicked.connect(partial(self.wanted.emit, command))
        self.show_row(None)

    @property
    def row(self) -> QueueRow | None:
        """The order whose letter is on show or on its way."""
        return self._row

    def show_row(self, row: QueueRow | None, refusal: str = "") -> None:
        """Show the letter of an order as soon as the cursor rests; None shows an empty ground."""
        if row is not None and row == self._row:
            self._enable(refusal)
            return
        self._row = row
        self.title.set_full_text(f"{row.order_number} · {row.customer_name}" if row else "")
        self._tell(())
        self._enable(refusal)
        if row is None:
            self._pause.stop()
            self.reader.show_nothing()
        else:
            self._pause.start()

    @Slot()
    def read_again(self) -> None:
        """Compose the letter anew: something in its order, or among the settings, changed."""
        if self._row is not None:
            self._pause.start()

    def _enable(self, refusal: str) -> None:
        row = self._row
        why_not = refusal
        if row is not None and not row.state.can_go and not refusal:
            why_not = self.tr("Only what is ready can be printed or mailed from here")
        self.edit.setEnabled(row is not None)
        for button in (self.print, self.mail):
            button.setEnabled(row is not None and not why_not)
            button.setToolTip(why_not)

    def _lay_out(self) -> None:
        theme = self._desk.theme
        head = QHBoxLayout()
        head.setContentsMargins(12, 10, 12, 8)
        head.setSpacing(6)
        head.addWidget(self.title, 1)
        for button in (self.edit, self.print, self.mail):
            head.addWidget(button)
        facts = QHBoxLayout()
        facts.setContentsMargins(12, 0, 12, 8)
        facts.addWidget(self.facts, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(facts)
        column.addWidget(Hairline(theme))
        column.addWidget(self.reader, 1)

    @Slot()
    def _read(self) -> None:
        row = self._row
        if row is None:
            return
        if self._desk.formats.hides_amounts:
            self.reader.show_nothing()
            self._tell((Span.small(self.tr("Amounts are hidden, and so is the letter")),))
            return
        wishes: dict[str, Any] = {
            "owner": self,
            "failed": partial(self._refuse, row),
            "replaces": "letter",
        }
        if row.letter is not None:
            self._desk.jobs.read(
                seal_of, then=partial(self._show_kept, row), files=self._desk.files,
                sha256=row.letter.sha256, **wishes,
            )  # fmt: skip
        else:
            self._desk.jobs.read(
                _compose, then=partial(self._draw, row), order_id=row.order_id,
                now=self._desk.now(), **wishes,
            )  # fmt: skip

    def _draw(self, row: QueueRow, composed: Any) -> None:
        if row is not self._row:
            return
        self._tell(_difference_spans(self, len(differences(composed.letter))))
        self._desk.jobs.child(
            "loyaldesk.pdf.issuing:draw_pages",
            owner=self,
            then=partial(self._show_drawn, row),
            failed=partial(self._refuse, row),
            replaces="draw",
            composed=composed,
        )

    def _show_drawn(self, row: QueueRow, pages: DrawnPages) -> None:
        if row is self._row:
            self.reader.show_source(pages.pdf)

    def _show_kept(self, row: QueueRow, sealed: SealedFile) -> None:
        if row is self._row and row.letter is not None:
            number, revision = row.letter.number, row.letter.revision
            words = self.tr("{0} rev {1} as issued").format(number, revision)
            self._tell((Span.strong(words, Tone.OK),))
            self.reader.show_source(sealed)

    def _refuse(self, row: QueueRow, error: LoyalDeskError) -> None:
        if row is self._row:
            self.reader.show_refusal(error)
            self.refused.emit(row.order_id, str(error))

    def _tell(self, spans: tuple[Span, ...]) -> None:
        row = self._row
        rest = f"{language_words(row.locale)} · {envelope_words(row.envelope)}" if row else ""
        between = (Span.small(" · "),) if spans and rest else ()
        self.facts.set_spans((*spans, *between, Span.small(rest)))


def _difference_spans(pane: LetterPane, count: int) -> tuple[Span, ...]:
    if not count:
        return (Span.small(pane.tr("No differences from the order"), Tone.OK),)
    one, many = pane.tr("1 difference from the order"), pane.tr("{0} differences from the order")
    return (Span.small(one if count == 1 else many.format(count), Tone.WARN),)


def _compose(source: Source, *, order_id: int, now: datetime) -> Any:
    # Imported on the read lane: the page shows its list first.
    from loyaldesk.pdf.compose_acknowledgement import compose_acknowledgement

    return compose_acknowledgement(source, order_id=order_id, now=now)


def seal_of(_source: Source, *, files: Callable[[], FileStore], sha256: bytes) -> SealedFile:
    """Return what only the child process opens: the kept file with that content."""
    return files().sealed(sha256)
