"""Ways to put a mail into the outbox, to take it back, and to record what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from loyaldesk.domain.mail_settings import MailSettings, settings_problems
from loyaldesk.errors import Conflict, Refused
from loyaldesk.models import DispatchChannel, Mail, MailState, PaperVerb, StoredFile
from loyaldesk.operations import operation
from loyaldesk.operations.dispatches import record_dispatch
from loyaldesk.operations.paper_uses import note_paper_use
from loyaldesk.operations.settings import change_setting
from loyaldesk.queries.book import rows
from loyaldesk.queries.mail import (
    MAIL_KEY,
    OutgoingMail,
    mail_settings_values,
    next_due_mail,
    read_mail,
)

if TYPE_CHECKING:
    from datetime import datetime

    from loyaldesk.store.gate import Transaction

__all__ = [
    "NewMail", "accept_mail", "change_mail_settings", "claim_mail", "fail_mail", "postpone_mail",
    "record_mail", "recover_mails", "retry_mail", "withdraw_mail",
]  # fmt: skip

MAIL_TYPE = "message/rfc822"
LONGEST_ANSWER = 500
INTERRUPTED = (
    "LoyalDesk ended while this mail was under way. It may have arrived: ask the customer, or "
    "send it again."
)


@dataclass(frozen=True, slots=True)
class NewMail:
    """A mail whose bytes are in the file store already; without `send_after` it is a draft."""

    customer_id: int
    letter_id: int | None
    document_id: int | None
    sha256: bytes
    size: int
    recipient: str
    subject: str
    message_id: str
    send_after: datetime | None


@operation("Write mail", undoable=False)
def record_mail(tx: Transaction, *, mail: NewMail) -> int:
    """Put the mail on record, and that its letter leaves by it; return the mail's id."""
    mail_id = tx.insert(
        Mail,
        customer_id=mail.customer_id,
        document_id=mail.document_id,
        letter_id=mail.letter_id,
        file_id=_stored_file(tx, mail),
        recipient=mail.recipient,
        subject=mail.subject,
        message_id=mail.message_id,
        state=MailState.QUEUED if mail.send_after else MailState.DRAFT,
        written_at=tx.now,
        written_by=tx.actor,
        send_after=mail.send_after or tx.now,
        desk=tx.link.desk_code if tx.link else "",
    )
    if mail.letter_id is not None:
        record_dispatch(
            tx,
            letter_id=mail.letter_id,
            channel=DispatchChannel.EMAIL,
            recipient=mail.recipient,
            mail_id=mail_id,
        )
    return mail_id


@operation("Withdraw mail", undoable=False)
def withdraw_mail(tx: Transaction, *, mail_id: int) -> None:
    """Take back a mail that still waits, or a draft that no program took.

    One that is under way or gone cannot be taken back.
    """
    mail = read_mail(tx, mail_id=mail_id)
    _refuse_others(mail)
    if mail.state not in {MailState.QUEUED, MailState.DRAFT}:
        raise Conflict("This mail is no longer waiting, so it was not withdrawn.")
    tx.update(Mail, mail_id, state=MailState.WITHDRAWN)


@operation("Send mail", undoable=False)
def claim_mail(tx: Transaction, *, now: datetime) -> OutgoingMail | None:
    """Take the mail whose turn it is, so that nobody else sends it; None if nothing is due."""
    mail_id = next_due_mail(tx, now=now)
    if mail_id is None:
        return None
    tries = read_mail(tx, mail_id=mail_id).attempts + 1
    tx.update(Mail, mail_id, state=MailState.SENDING, attempts=tries, last_tried_at=now)
    return read_mail(tx, mail_id=mail_id)


@operation("Send mail", undoable=False)
def accept_mail(tx: Transaction, *, mail_id: int, answer: str, now: datetime) -> None:
    """Record that the server took the mail, in the server's own words."""
    _check_is_under_way(tx, mail_id)
    tx.update(
        Mail, mail_id, state=MailState.ACCEPTED, accepted_at=now, answer=answer[:LONGEST_ANSWER]
    )
    sent = tx.row("SELECT document_id, recipient FROM mail WHERE id = ?", [mail_id])
    if sent is not None and sent[0] is not None:
        note_paper_use(tx, document_id=sent[0], verb=PaperVerb.MAILED, recipient=sent[1])


@operation("Send mail", undoable=False)
def fail_mail(tx: Transaction, *, mail_id: int, answer: str) -> None:
    """Record why the mail was not taken; it goes again only if somebody says so."""
    _check_is_under_way(tx, mail_id)
    tx.update(Mail, mail_id, state=MailState.FAILED, answer=answer[:LONGEST_ANSWER])


@operation("Send mail", undoable=False)
def postpone_mail(
    tx: Transaction, *, mail_id: int, answer: str, until: datetime, others_wait: bool
) -> None:
    """Let the mail wait until then; `others_wait` if the trouble is the server's, not this mail's.

    The others then wait as long, so that a server that takes nothing is not asked for each.
    """
    _check_is_under_way(tx, mail_id)
    said = answer[:LONGEST_ANSWER]
    tx.update(Mail, mail_id, state=MailState.QUEUED, send_after=until, answer=said)
    if others_wait:
        for (waiting_id,) in rows(tx, "mail.waiting", until=until):
            tx.update(Mail, waiting_id, send_after=until, answer=said)


@operation("Send mail again", undoable=False)
def retry_mail(tx: Transaction, *, mail_id: int) -> None:
    """Let a mail go, or go again, with the bytes it was written with."""
    mail = read_mail(tx, mail_id=mail_id)
    _refuse_others(mail)
    can_go = mail.state in {MailState.QUEUED, MailState.FAILED, MailState.WITHDRAWN}
    if not can_go or mail.is_draft:
        raise Refused(
            "This mail is under way, was accepted, or is a draft in the mail program. It was not "
            "sent again. Write a new one instead."
        )
    tx.update(Mail, mail_id, state=MailState.QUEUED, send_after=tx.now, answer="")


@operation("Send mail", undoable=False)
def recover_mails(tx: Transaction, *, before: datetime) -> int:
    """Mark as failed what a process that ended left under way; return how many.

    Nobody knows whether such a mail arrived, so it never goes again by itself.
    """
    found = rows(tx, "mail.interrupted", before=before)
    for (mail_id,) in found:
        tx.update(Mail, mail_id, state=MailState.FAILED, answer=INTERRUPTED)
    return len(found)


@operation("Change e-mail settings")
def change_mail_settings(tx: Transaction, *, settings: MailSettings) -> None:
    """Keep how mails leave; what waits for the server is tried again at once."""
    for field, sentence in settings_problems(settings).items():
        raise Refused(f"{sentence} Nothing was saved.", field=field)
    change_setting(tx, key=MAIL_KEY, value=mail_settings_values(settings))
    for (mail_id,) in rows(tx, "mail.postponed"):
        tx.update(Mail, mail_id, send_after=tx.now)


def _refuse_others(mail: OutgoingMail) -> None:
    """Refuse to touch what another desk sends: it may be under way there by now."""
    if not mail.is_ours:
        raise Refused(
            "This mail was written on another computer, which alone sends it. Nothing was changed "
            "here. Take it back or send it again there, or write a new mail."
        )


def _check_is_under_way(tx: Transaction, mail_id: int) -> None:
    if read_mail(tx, mail_id=mail_id).state != MailState.SENDING:
        raise Conflict("This mail is not under way any more. What is on record about it stays.")


def _stored_file(tx: Transaction, mail: NewMail) -> int:
    found: int | None = tx.value("SELECT id FROM stored_file WHERE sha256 = ?", [mail.sha256])
    if found is not None:
        return found
    return tx.insert(
        StoredFile, sha256=mail.sha256, size=mail.size, mime=MAIL_TYPE, stored_at=tx.now
    )
