"""How does a letter get from its dialog into a mail?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from loyaldesk.ui.letters.issue import issue_for_mail
from loyaldesk.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.desk import Desk
    from loyaldesk.ui.letters.ready_letter import ReadyLetter

__all__ = ["MailButton"]


class MailButton(Button):
    """Puts a new letter on record, then asks for the mail that carries it; `written` tells so.

    `failed` carries why it could not be put on record.
    """

    written = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, "", icon="mail", parent=parent)
        self._desk = desk
        self._ready: ReadyLetter | None = None
        self.setText(self.tr("E-mail…"))
        self.clicked.connect(self.send_mail)

    def show_ready(self, ready: ReadyLetter) -> None:
        """Be there for this letter; a page that is no letter goes nowhere."""
        self._ready = ready
        self.setVisible(ready.is_letter)

    @Slot()
    def send_mail(self) -> None:
        """Write the mail that carries the letter."""
        ready = self._ready
        if ready is None or not ready.is_letter:
            return
        if "letter_id" in ready.arguments:
            self._write(ready.arguments["letter_id"])
            return
        self.setEnabled(False)
        self._desk.jobs.run(
            issue_for_mail,
            owner=self,
            then=self._write,
            failed=self.failed.emit,
            files=self._desk.files,
            **ready.arguments,
        )

    def _write(self, letter_id: int) -> None:
        self._ready = None
        self._desk.ways.letter_mail_wanted.emit(letter_id)
        self.written.emit()
