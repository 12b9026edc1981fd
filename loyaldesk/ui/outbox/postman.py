"""When do the mails of the outbox leave by themselves, and who hears of it?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Slot

from loyaldesk.queries.outbox import next_send_at

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.mail.outbox import SentMail
    from loyaldesk.store.changes import Changes
    from loyaldesk.ui.desk import Desk

__all__ = ["Postman"]

LONGEST_PAUSE_S = 600
# What is due and yet was not sent waits for a change of the settings; look seldom.
IDLE_S = 60
# What a person reads at one go; the outbox shows them all.
MOST_AT_ONCE = 20


class Postman(QObject):
    """Sleeps until the next mail may leave, then lets it be sent on the network lane.

    A change of the outbox or of the settings wakes it. It sends one lot at a time and asks again.
    """

    def __init__(self, desk: Desk, profile: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._profile = desk, profile
        self._is_sending, self._is_first, self._found_nothing = False, True, False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._send)
        desk.news.changed.connect(self._hear)
        self._send()

    @property
    def is_sending(self) -> bool:
        """Whether mails are under way just now."""
        return self._is_sending

    @Slot()
    def _send(self) -> None:
        if self._is_sending:
            return
        self._is_sending = True
        self._timer.stop()
        self._desk.jobs.network(
            _send_waiting,
            owner=self,
            then=self._sent,
            failed=self._not_sent,
            files=self._desk.files,
            profile=self._profile,
            now=self._desk.now(),
            is_first=self._is_first,
            limit=MOST_AT_ONCE,
        )

    def _sent(self, sent: list[SentMail]) -> None:
        self._is_sending, self._is_first = False, False
        self._found_nothing = not sent
        self._tell(sent)
        self._look()

    def _not_sent(self, error: LoyalDeskError) -> None:
        self._is_sending = False
        self._desk.news.said.emit(str(error), False)
        self._timer.start(LONGEST_PAUSE_S * 1000)

    def _tell(self, sent: list[SentMail]) -> None:
        accepted = [mail for mail in sent if mail.state == "accepted"]
        failed = [mail for mail in sent if mail.state == "failed"]
        if failed:
            words = self.tr("Not sent to {0}: {1}").format(failed[0].recipient, failed[0].answer)
        elif len(accepted) == 1:
            words = self.tr("The mail server took the mail to {0}").format(accepted[0].recipient)
        elif accepted:
            words = self.tr("The mail server took {0} mails").format(len(accepted))
        else:
            return
        self._desk.news.said.emit(words, False)

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if not self._is_sending and changes.touches("mail", "setting"):
            self._found_nothing = False
            self._look()

    def _look(self) -> None:
        self._desk.jobs.read(next_send_at, owner=self, then=self._sleep, replaces="next")

    def _sleep(self, until: datetime | None) -> None:
        if until is None:
            self._timer.stop()
        elif not self._is_sending:
            pause_s = (until - self._desk.now()).total_seconds()
            if pause_s <= 0 and self._found_nothing:
                pause_s = IDLE_S
            # Up to the next millisecond, or it would wake a moment too early.
            self._timer.start(int(max(0, min(pause_s, LONGEST_PAUSE_S)) * 1000) + 1)


def _send_waiting(store: Any, **arguments: Any) -> list[SentMail]:
    # Imported on the network lane, so that the window does not stand still meanwhile.
    from loyaldesk.mail.sending import send_waiting

    return send_waiting(store, **arguments)
