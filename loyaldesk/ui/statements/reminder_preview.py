"""The reminder under the cursor as it will be, or the reason why none is written."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from loyaldesk.pdf.compose_reminder import ComposedReminder, compose_reminder
from loyaldesk.ui.papers.reader import PaperReader
from loyaldesk.ui.statements.reminder_words import hold_sentence, hold_words
from loyaldesk.ui.widgets.empty_state import EmptyReason, EmptyState

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.pdf.issuing import DrawnPages
    from loyaldesk.queries.dunning import Candidate
    from loyaldesk.ui.desk import Desk

__all__ = ["DRAW", "ReminderPreview"]

DRAW = "loyaldesk.pdf.issuing:draw_pages"


class ReminderPreview(QStackedWidget):
    """What is shown is composed and drawn anew for each row; nothing is numbered by looking."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted: Candidate | None = None
        self.reader = PaperReader(desk, name=self.tr("The reminder as it will be"))
        self.reason = EmptyState(desk.theme)
        self.addWidget(self.reader)
        self.addWidget(self.reason)

    def show_candidate(self, candidate: Candidate | None) -> None:
        """Show the letter to a customer, why there is none, or nothing."""
        self._wanted = candidate
        self.reader.show_nothing()
        if candidate is None:
            self.setCurrentWidget(self.reader)
            return
        if candidate.hold is not None:
            title = hold_words(candidate.hold)
            self._explain(title, hold_sentence(candidate, self._desk.formats))
            return
        self.setCurrentWidget(self.reader)
        self._desk.jobs.read(
            compose_reminder,
            owner=self,
            then=partial(self._draw, candidate),
            failed=self._refuse,
            replaces="compose",
            customer_id=candidate.customer_id,
            currency=candidate.currency,
            now=self._desk.now(),
        )

    def _draw(self, candidate: Candidate, composed: ComposedReminder) -> None:
        self._desk.jobs.child(
            DRAW,
            owner=self,
            then=partial(self._show, candidate),
            failed=self._refuse,
            replaces="draw",
            composed=composed,
        )

    def _show(self, candidate: Candidate, pages: DrawnPages) -> None:
        if candidate is self._wanted:
            self.reader.show_source(pages.pdf)

    def _refuse(self, error: Exception) -> None:
        self._explain(self.tr("No letter can be made"), str(error))

    def _explain(self, title: str, sentence: str) -> None:
        self.reason.explain(EmptyReason.NO_RIGHT, title, sentence, icon="hand")
        self.setCurrentWidget(self.reason)
