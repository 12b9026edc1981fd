"""How does the outbox say what the server answered, and when a mail goes?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from datetime import datetime

    from loyaldesk.queries.outbox import OutboxMail
    from loyaldesk.ui.screen_formats import ScreenFormats

__all__ = ["answer_words"]

translate = QCoreApplication.translate


def answer_words(mail: OutboxMail, formats: ScreenFormats, now: datetime) -> str:
    """Return the server's answer, or when the mail goes if it waits for its turn."""
    if mail.state == "draft":
        return translate("Outbox", "Whether it was sent, only your mail program knows")
    if mail.state == "queued" and mail.send_after > now:
        at = formats.time(mail.send_after.astimezone())
        when = translate("Outbox", "Goes at {time}").format(time=at)
        return f"{when}. {mail.answer}" if mail.answer else when
    return mail.answer
