"""A mail to nobody, to see what the company's own words say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.domain.letter import Sender
from loyaldesk.formats import Formats
from loyaldesk.mail.letters import mail_body
from loyaldesk.mail.texts import fill, mail_texts

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["sample_mail"]

VALUES = {"number": "A-0000-00000", "order": "1000", "name": "contract"}
SUBJECT = "_subject"
USUAL = "mail.acknowledgement"


def sample_mail(
    *,
    sender: Sender,
    locale: str,
    printed_at: datetime,
    own_texts: tuple[tuple[str, str], ...],
    shows: str,
) -> bytes:
    """Return a mail as plain text in UTF-8, its subject above it, in which a text appears.

    `shows` is the name of that text, such as `mail.statement`.
    """
    texts = mail_texts(locale, own_texts)
    if shows == "mail.questions":
        # It is said only by a company that cannot be called.
        sender = Sender(name=sender.name)
    kind = shows.removesuffix(SUBJECT)
    if f"{kind}{SUBJECT}" not in texts:
        kind = USUAL
    day = Formats(locale).date(printed_at.date())
    values = VALUES | {"day": day, "title": texts["title.reminder_1"]}
    said = fill(texts[kind], **values)
    body = mail_body(sender, texts["dear_unknown"], texts, (said,))
    return f"{fill(texts[f'{kind}{SUBJECT}'], **values)}\n\n{body}".encode()
