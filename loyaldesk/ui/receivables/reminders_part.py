"""How far was the customer reminded of this invoice, and what holds the next reminder back?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QInputDialog

from loyaldesk.operations.dunning import resume_invoice, revoke_reminder
from loyaldesk.queries.dunning import InvoiceReminders, SentReminder, read_invoice_reminders
from loyaldesk.ui.forms.pause_dialog import PauseDialog
from loyaldesk.ui.widgets.item_list import Item, ItemAction
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.receivables.record_page import RecordPage

__all__ = ["RemindersPart"]

IN_ERROR = "in-error"


class RemindersPart(QObject):
    """The reminders section of an invoice's page, its pause, and the button that changes it."""

    def __init__(self, desk: Desk, page: RecordPage) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._found: InvoiceReminders | None = None
        self.button = page.add_button(self.tr("Pause reminders…"), self._change_pause, "hand")
        self.section = page.add_section(self.tr("Reminders"))
        self.state = TextLabel(desk.theme, "", TextStyle.SMALL, Tone.SECONDARY, wrap=True)
        page.add_below(self.section, self.state)
        self.section[1].row_activated.connect(self._open)
        self.section[1].item_action.connect(self._mark_in_error)

    def read(self, *, is_reminded: bool) -> None:
        """Read the reminders of the page's invoice; a credit note or a settled one has no pause."""
        self.button.setVisible(is_reminded)
        self._desk.jobs.read(
            read_invoice_reminders,
            owner=self,
            then=self._show,
            failed=self._page.fail,
            replaces="reminders",
            invoice_id=self._page.record_id,
        )

    def _show(self, found: InvoiceReminders) -> None:
        self._found = found
        words = self.tr("Resume reminders") if self._is_paused() else self.tr("Pause reminders…")
        self.button.setText(words)
        self._page.show_items(self.section, [self._item(each) for each in found.sent])
        sentence = self._sentence(found)
        self.section[0].setVisible(bool(found.sent or sentence))
        self.state.setText(sentence)
        self.state.setVisible(bool(sentence))

    def _is_paused(self) -> bool:
        pause = self._found.pause if self._found else None
        return pause is not None and pause.until >= self._desk.today()

    def _sentence(self, found: InvoiceReminders) -> str:
        """Say the level reached and every pause that still holds."""
        today, day = self._desk.today(), self._desk.formats.date
        parts = []
        if found.level:
            level = self.tr("Level {0} of {1} reached.")
            parts.append(level.format(found.level, found.levels))
        pauses = (
            (found.pause, self.tr("Reminders of this invoice are paused through {0}: {1}.")),
            (
                found.customer_pause,
                self.tr("Reminders to the customer are paused through {0}: {1}."),
            ),
        )
        for pause, words in pauses:
            if pause is not None and pause.until >= today:
                parts.append(words.format(day(pause.until), pause.reason.rstrip(".")))
        return " ".join(parts)

    def _item(self, sent: SentReminder) -> Item:
        formats = self._desk.formats
        second = f"{formats.date(sent.on)} · {sent.issued_by}"
        actions = [ItemAction(IN_ERROR, "undo-2", self.tr("Mark as sent in error"))]
        if sent.revoked_on is not None:
            words = self.tr("sent in error: {0}").format(sent.revoke_reason)
            second, actions = f"{second} · {words}", []
        level = self.tr("Level {0}").format(sent.level)
        return Item(
            (sent.letter_id, sent.document_id),
            [Span.strong(sent.number), Span(f" {level}")],
            second=second,
            right=formats.amount(sent.open),
            icon="message-circle-warning",
            actions=actions,
        )

    def _open(self, key: tuple[int, int]) -> None:
        self._desk.ways.document_wanted.emit(key[1])

    def _change_pause(self) -> None:
        invoice_id = self._page.record_id
        if self._is_paused():
            self._page.run(resume_invoice, self.tr("Reminders resumed"), invoice_id=invoice_id)
        else:
            PauseDialog(self._desk, invoice_id=invoice_id, parent=self._page).open()

    def _mark_in_error(self, key: tuple[int, int], action: str) -> None:
        if action != IN_ERROR:
            return
        reason, is_given = QInputDialog.getText(
            self._page, self.tr("Mark as sent in error"), self.tr("What was wrong with it?")
        )
        if is_given and reason.strip():
            words = self.tr("The reminder no longer counts; it stays on record")
            self._page.run(revoke_reminder, words, letter_id=key[0], reason=reason)
