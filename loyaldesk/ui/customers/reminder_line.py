"""How far was this customer reminded of what is overdue, and do reminders wait?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from loyaldesk.queries.dunning import CustomerReminders, read_customer_reminders
from loyaldesk.ui.widgets.buttons import LinkButton
from loyaldesk.ui.widgets.labels import SpanLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.store.changes import Changes
    from loyaldesk.ui.customers.wording import Wording
    from loyaldesk.ui.desk import Desk

__all__ = ["ReminderLine"]


class ReminderLine(QWidget):
    """A line below the account of a customer who is late; it reads for itself, and only then."""

    def __init__(self, desk: Desk, customer_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._customer_id = desk, customer_id
        self._found: CustomerReminders | None = None
        self._say: Wording | None = None
        self._is_late = False
        self.state = SpanLabel(desk.theme, wrap=True)
        self.link = LinkButton(desk.theme, "", style=TextStyle.SMALL_MEDIUM)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.state, 1)
        row.addWidget(self.link)
        self.link.clicked.connect(self._change_pause)
        desk.news.changed.connect(self._hear)
        self._show_parts(shown=False)

    def show_customer(self, say: Wording, *, is_late: bool) -> None:
        """Show the line in these words; `is_late` tells whether anything is overdue."""
        self._say, self._is_late = say, is_late
        if self._found is not None:
            self._show(self._found)
        elif is_late:
            self._read()

    def _read(self) -> None:
        self._desk.jobs.read(
            read_customer_reminders,
            owner=self,
            then=self._show,
            failed=lambda _: self._show_parts(shown=False),
            replaces="reminders",
            customer_id=self._customer_id,
        )

    def _show(self, found: CustomerReminders) -> None:
        self._found = found
        if self._say is None:
            return
        self._show_parts(shown=bool(self._is_late or found.level or self._is_paused()))
        self.state.set_spans(self._words(found, self._say))
        words = self.tr("Resume reminders") if self._is_paused() else self.tr("Pause reminders…")
        self.link.setText(words)
        self.link.setAccessibleName(words)

    def _show_parts(self, *, shown: bool) -> None:
        # The section shows and hides the line itself when it is folded.
        self.state.setVisible(shown)
        self.link.setVisible(shown)

    def _words(self, found: CustomerReminders, say: Wording) -> list[Span]:
        if found.pause is not None and self._is_paused():
            words = self.tr("Reminders paused through {0}").format(say.day(found.pause.until))
            return [
                Span(words, Tone.WARN, TextStyle.SMALL_STRONG),
                Span.small(f" · {found.pause.reason}"),
            ]
        if not found.level:
            return [Span.small(self.tr("not reminded yet"), Tone.MUTED)]
        level = self.tr("Reminder level {0}").format(found.level)
        day = f" · {say.day(found.last_on)}" if found.last_on else ""
        return [Span(level, style=TextStyle.SMALL_STRONG), Span.small(day)]

    def _is_paused(self) -> bool:
        pause = self._found.pause if self._found else None
        return pause is not None and pause.until >= self._desk.today()

    def _change_pause(self) -> None:
        if not self._is_paused():
            from loyaldesk.ui.forms.pause_dialog import PauseDialog

            PauseDialog(self._desk, customer_id=self._customer_id, parent=self).open()
            return
        # Imported here: writing needs the tables, which an opening page does not wait for.
        from loyaldesk.operations.dunning import resume_customer

        self._desk.jobs.write(
            resume_customer,
            owner=self,
            then=lambda _: self._desk.news.said.emit(self.tr("Reminders resumed"), True),
            customer_id=self._customer_id,
        )

    def _hear(self, changes: Changes) -> None:
        if self._found is not None and changes.touches("customer", "reminder_item", "invoice"):
            self._read()
