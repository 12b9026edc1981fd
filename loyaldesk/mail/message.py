"""How does a mail become bytes that say exactly what was meant, to exactly whom it was meant?

The bytes are made once. What is sent, and sent again, is these bytes.
"""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from typing import TYPE_CHECKING

from loyaldesk.documents.names import safe_name
from loyaldesk.domain.mail_words import checked_address, checked_body, checked_word, domain_of
from loyaldesk.errors import Refused

if TYPE_CHECKING:
    from datetime import datetime

__all__ = [
    "LARGEST_MESSAGE", "Attachment", "Message", "ReadMessage", "check_headers", "message_bytes",
    "new_message_id", "read_message",
]  # fmt: skip

# Most servers take 25 MB, counted as it travels: a third larger than the files are.
LARGEST_MESSAGE = 25_000_000
PDF = "application/pdf"
_POLICY = email.policy.SMTP
_UNSENT = "X-Unsent"
# A mail without attachments says itself how its text is encoded.
_ENCODING = "Content-Transfer-Encoding"
_OPTIONAL = frozenset({"From", "Reply-To", "Message-ID", _UNSENT, _ENCODING})
_HEADERS = ("From", "To", "Reply-To", "Subject", "Date", "Message-ID", _UNSENT, "MIME-Version",
            "Content-Type", _ENCODING)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    content: bytes = field(repr=False)
    mime: str = PDF


@dataclass(frozen=True, slots=True)
class Message:
    """A mail before it is bytes; a draft has no message id yet and may have no sender."""

    recipient: str
    subject: str
    body: str
    written_at: datetime
    attachments: tuple[Attachment, ...]
    sender: str = ""
    sender_name: str = ""
    reply_to: str = ""
    message_id: str = ""
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """What a mail says when its bytes are read again."""

    recipient: str
    subject: str
    body: str
    attachments: tuple[Attachment, ...]
    headers: tuple[str, ...]


def new_message_id(token: str, sender: str) -> str:
    """Return a message id under the sender's domain, made of a token nobody used before."""
    return f"<{token}@{domain_of(sender)}>"


def message_bytes(message: Message) -> bytes:
    """Return the mail as it travels; refuses what would not be read back as it was meant."""
    mail = EmailMessage(policy=_POLICY)
    _write_head(mail, message)
    body = checked_body(message.body)
    mail.set_content(body, charset="utf-8", cte="quoted-printable")
    for attachment in message.attachments:
        main, _, sub = attachment.mime.partition("/")
        name = checked_word(safe_name(attachment.name), "name of the attachment")
        mail.add_attachment(attachment.content, maintype=main, subtype=sub, filename=name)
    raw = mail.as_bytes()
    if len(raw) > LARGEST_MESSAGE:
        raise Refused(
            f"With its attachments this mail has {len(raw) / 1e6:,.0f} MB; mail servers take 25. "
            "Nothing was sent. Attach less."
        )
    _compare(raw, message, body)
    return raw


def read_message(raw: bytes) -> ReadMessage:
    """Return what the bytes of a mail say, as every mail program reads them."""
    mail = email.message_from_bytes(raw, policy=_POLICY)
    body = mail.get_body(("plain",))
    return ReadMessage(
        recipient=str(mail["To"] or ""),
        subject=str(mail["Subject"] or ""),
        body=body.get_content().replace("\r\n", "\n") if body else "",
        attachments=tuple(
            Attachment(part.get_filename() or "", part.get_content(), part.get_content_type())
            for part in mail.iter_attachments()
        ),
        headers=tuple(mail.keys()),
    )


def check_headers(read: ReadMessage, *, recipient: str, subject: str) -> None:
    """Refuse bytes that go to somebody else, say something else or carry a header too many."""
    required = {name for name in _HEADERS if name not in _OPTIONAL}
    is_whole = required <= set(read.headers) <= set(_HEADERS)
    is_single = len(set(read.headers)) == len(read.headers)
    if not (is_whole and is_single and (read.recipient, read.subject) == (recipient, subject)):
        raise Refused(
            "This mail does not read as it was written. Nothing was sent. Write it again, with a "
            "plainer subject."
        )


def _write_head(mail: EmailMessage, message: Message) -> None:
    sender = checked_address(message.sender, "sender's address") if message.sender else ""
    values = {
        "From": _named(checked_word(message.sender_name, "sender's name"), sender),
        "To": checked_address(message.recipient),
        "Reply-To": checked_address(message.reply_to, "reply address") if message.reply_to else "",
        "Subject": checked_word(message.subject, "subject"),
        "Date": message.written_at,
        "Message-ID": checked_word(message.message_id, "message id"),
        _UNSENT: "1" if message.is_draft else "",
    }
    for name, value in values.items():
        if value or name == "Subject":
            mail[name] = value


def _named(name: str, address: str) -> Address | str:
    return Address(display_name=name, addr_spec=address) if address else ""


def _compare(raw: bytes, message: Message, body: str) -> None:
    read = read_message(raw)
    check_headers(read, recipient=checked_address(message.recipient), subject=message.subject)
    is_body = read.body == body
    sent, found = ([paper.content for paper in mail.attachments] for mail in (message, read))
    if not (is_body and sent == found):
        raise Refused(
            "This mail would not be read as it was written. Nothing was sent. Type its text again "
            "by hand."
        )
