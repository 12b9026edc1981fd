"""How does the outbox say what became of a mail?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.ui.widgets.chips import Chip
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from datetime import datetime

    from loyaldesk.queries.outbox import OutboxMail
    from loyaldesk.ui.screen_formats import ScreenFormats

__all__ = ["answer_words", "state_chip", "state_words"]

translate = QCoreApplication.translate

_TONES = {
    "queued": (Tone.INFO, "clock"),
    "sending": (Tone.INFO, "send"),
    "accepted": (Tone.OK, "mail-check"),
    "failed": (Tone.BAD, "circle-alert"),
    "withdrawn": (Tone.NEUTRAL, "undo-2"),
    "draft": (Tone.NEUTRAL, "file-text"),
}


def state_words(state: str) -> str:
    """Return a state as people say it; a draft is never called sent."""
    return {
        "queued": translate("Outbox", "Waiting"),
        "sending": translate("Outbox", "Sending"),
        "accepted": translate("Outbox", "Accepted"),
        "failed": translate("Outbox", "Failed"),
        "withdrawn": translate("Outbox", "Withdrawn"),
        "draft": translate("Outbox", "Draft opened"),
    }[state]


def state_chip(state: str) -> Chip:
    """Return the chip of a state."""
    tone, icon = _TONES[state]
    return Chip(state_words(state), tone, icon)


def answer_words(mail: OutboxMail, formats: ScreenFormats, now: datetime) -> str:
    """Return the server's answer, or when the mail goes if it waits for its turn."""
    if mail.state == "draft":
        return translate("Outbox", "Whether it was sent, only your mail program knows")
    if mail.state == "queued" and mail.send_after > now:
        at = formats.time(mail.send_after.astimezone())
        when = translate("Outbox", "Goes at {time}").format(time=at)
        return f"{when}. {mail.answer}" if mail.answer else when
    return mail.answer
