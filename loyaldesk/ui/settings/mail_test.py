"""Does the way that mails leave by really work? One message to oneself tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loyaldesk.errors import LoyalDeskError
from loyaldesk.ui.settings.mail_work import send_test, write_test_draft
from loyaldesk.ui.widgets.announce import announce
from loyaldesk.ui.widgets.buttons import Button
from loyaldesk.ui.widgets.labels import SpanLabel
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from pathlib import Path

    from loyaldesk.documents.opening import OpenableTarget
    from loyaldesk.domain.mail_settings import MailSettings
    from loyaldesk.mail.transport import Answer
    from loyaldesk.ui.desk import Desk

__all__ = ["MailTest"]


class MailTest(QWidget):
    """A button, and below it what became of the message; `wanted` asks for the settings first."""

    wanted = Signal()

    def __init__(self, desk: Desk, profile: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._profile = desk, profile
        self.button = Button(desk.theme, self.tr("Send a test message to myself"), icon="send")
        self.answer = SpanLabel(desk.theme, wrap=True)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.answer)
        self.answer.hide()
        self.button.clicked.connect(self.wanted)

    def run(self, settings: MailSettings) -> None:
        """Send or open one message by the way that these settings name."""
        self.button.setEnabled(False)
        self._show(self.tr("Trying…"), Tone.SECONDARY, "clock")
        if settings.sends:
            self._send()
        elif settings.sender:
            self._open_draft(settings.sender)
        else:
            self.tell(self.tr("Type in the sender’s address first: it goes there."), is_good=False)

    def tell(self, words: str, *, is_good: bool) -> None:
        """Say what came of it."""
        self.button.setEnabled(True)
        if is_good:
            self._show(words, Tone.OK, "circle-check")
        else:
            self._show(words, Tone.BAD, "circle-alert")
        announce(self, words)

    def _send(self) -> None:
        self._desk.jobs.network(
            send_test,
            owner=self,
            then=self._answered,
            failed=self._refused,
            profile=self._profile,
            now=self._desk.now(),
            words=self._words(),
        )

    def _answered(self, answer: Answer) -> None:
        is_good = answer.verdict == "accepted"
        ending = self.tr("Look whether it has arrived.") if is_good else ""
        self.tell(f"{answer.told} {ending}".strip(), is_good=is_good)

    def _open_draft(self, recipient: str) -> None:
        self._desk.jobs.read(
            write_test_draft,
            owner=self,
            then=self._hand_over,
            failed=self._refused,
            files=self._desk.files,
            folder=self._desk.temporary,
            recipient=recipient,
            now=self._desk.now(),
            words=self._words(),
        )

    def _hand_over(self, target: OpenableTarget) -> None:
        try:
            self._desk.open_outside(target)
        except LoyalDeskError as error:
            self._refused(error)
        else:
            words = self.tr(
                "A draft was handed to your mail program. If it opened with a Send button, this "
                "way works; if not, let LoyalDesk send."
            )
            self.tell(words, is_good=True)

    def _refused(self, error: LoyalDeskError) -> None:
        self.tell(str(error), is_good=False)

    def _words(self) -> str:
        subject = self.tr("Test message of LoyalDesk")
        body = self.tr("If you read this, mails leave your desk as they should.")
        return f"{subject}\n{body}"

    def _show(self, words: str, tone: Tone, icon: str) -> None:
        self.answer.set_spans([Span(words)], icon=icon, icon_tone=tone)
        self.answer.show()
