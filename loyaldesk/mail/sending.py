"""How does what waits in the outbox reach the server that is set up here?"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Protocol

from loyaldesk.mail.message import Message, message_bytes, new_message_id
from loyaldesk.mail.outbox import LONGEST_SENDING, send_due
from loyaldesk.mail.password import MailPassword
from loyaldesk.mail.smtp import SmtpTransport
from loyaldesk.operations.mail import recover_mails
from loyaldesk.queries.mail import read_mail_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.mail.outbox import SentMail
    from loyaldesk.mail.transport import Answer
    from loyaldesk.store.store import Store

__all__ = ["Stoppable", "send_test_mail", "send_waiting"]

# As long as it may take at most is not asked of a person who looks at a button.
TEST_S = 20.0


class Stoppable(Protocol):
    """Where work that waits for the network says how its waiting is ended."""

    def end_with(self, abort: Callable[[], None]) -> None:
        """Call `abort` from another thread when the work is no longer wanted."""


def send_waiting(
    store: Store,
    *,
    wire: Stoppable,
    files: Callable[[], FileStore],
    profile: Path,
    now: datetime,
    is_first: bool = False,
    limit: int | None = None,
) -> list[SentMail]:
    """Send what is due over the server that is set up; nothing where mails leave as drafts.

    `is_first` tells that this process, the only one of the profile, sends for the first time: what
    is under way on record was left by one that ended.
    """
    with store.transaction(recover_mails.label, undoable=False) as tx:
        recover_mails(tx, before=now if is_first else now - LONGEST_SENDING)
        settings = read_mail_settings(tx)
    if not settings.sends:
        return []
    transport = SmtpTransport(settings, password=MailPassword(profile).read)
    wire.end_with(transport.abort)
    with closing(transport):
        return send_due(
            store, files=files(), settings=settings, now=now, transport=transport, limit=limit
        )


def send_test_mail(
    store: Store, *, wire: Stoppable, profile: Path, now: datetime, token: str, words: str
) -> Answer:
    """Send one message to ourselves, outside the outbox, and return the server's answer.

    `words` are its subject and, after the first line end, its text.
    """
    with store.reader() as reader:
        settings = read_mail_settings(reader)
    subject, _, body = words.partition("\n")
    raw = message_bytes(
        Message(
            recipient=settings.sender,
            subject=subject,
            body=body,
            written_at=now,
            attachments=(),
            sender=settings.sender,
            sender_name=settings.sender_name,
            message_id=new_message_id(token, settings.sender),
        )
    )
    transport = SmtpTransport(settings, password=MailPassword(profile).read, whole_s=TEST_S)
    wire.end_with(transport.abort)
    with closing(transport):
        return transport.send(raw, sender=settings.sender, recipients=(settings.sender,))
