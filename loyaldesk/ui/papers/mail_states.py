"""How does the window say what became of a mail?"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from loyaldesk.ui.widgets.chips import Chip
from loyaldesk.ui.widgets.tokens import Tone

__all__ = ["mail_state_chip", "mail_state_words"]

translate = QCoreApplication.translate

_TONES = {
    "queued": (Tone.INFO, "clock"),
    "sending": (Tone.INFO, "send"),
    "accepted": (Tone.OK, "mail-check"),
    "failed": (Tone.BAD, "circle-alert"),
    "withdrawn": (Tone.NEUTRAL, "undo-2"),
    "draft": (Tone.NEUTRAL, "file-text"),
}


def mail_state_words(state: str) -> str:
    """Return a state as people say it; a draft is never called sent."""
    return {
        "queued": translate("MailStates", "Waiting"),
        "sending": translate("MailStates", "Sending"),
        "accepted": translate("MailStates", "Accepted"),
        "failed": translate("MailStates", "Failed"),
        "withdrawn": translate("MailStates", "Withdrawn"),
        "draft": translate("MailStates", "Draft opened"),
    }[state]


def mail_state_chip(state: str) -> Chip:
    """Return the chip of a state."""
    tone, icon = _TONES[state]
    return Chip(mail_state_words(state), tone, icon)
