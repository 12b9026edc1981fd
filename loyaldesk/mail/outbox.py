"""How does a mail get into the outbox, and from there to the server, once and once only?"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from loyaldesk.domain.mail_words import checked_address
from loyaldesk.errors import Refused, Unavailable
from loyaldesk.mail.customer_check import check_papers
from loyaldesk.mail.message import (
    Attachment,
    Message,
    check_headers,
    message_bytes,
    new_message_id,
    read_message,
)
from loyaldesk.mail.transport import Answer, Verdict
from loyaldesk.models import MailState
from loyaldesk.operations.mail import (
    NewMail,
    accept_mail,
    claim_mail,
    fail_mail,
    postpone_mail,
    record_mail,
    recover_mails,
)
from loyaldesk.queries.mail import (
    list_family,
    read_mail_settings,
    read_mailed_customer,
    read_mailed_document,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from loyaldesk.documents.file_store import FileStore
    from loyaldesk.domain.mail_settings import MailSettings
    from loyaldesk.mail.letters import LetterMail
    from loyaldesk.mail.transport import Transport
    from loyaldesk.queries.mail import OutgoingMail
    from loyaldesk.store.gate import Transaction
    from loyaldesk.store.reader import Source
    from loyaldesk.store.store import Store

__all__ = [
    "UNDO_SECONDS", "SentMail", "check_outgoing", "deliver", "queue_letter", "queue_mail",
    "send_due", "settle",
]  # fmt: skip

UNDO_SECONDS = 8
# Longer than any one mail may take: what is still under way then, nobody sends any more.
LONGEST_SENDING = timedelta(minutes=10)
# A server answers again after minutes; one that asks to come again later means it.
PAUSES_MIN = (1, 2, 5, 10, 15, 30, 60)
GIVE_UP_AFTER = timedelta(days=4)
_PLACE = re.compile(r"\{[A-Za-z_][A-Za-z0-9_.]*\}")


@dataclass(frozen=True, slots=True)
class SentMail:
    """What became of one mail: its state now, the answer, and when it is tried again."""

    mail_id: int
    customer_id: int
    recipient: str
    subject: str
    state: MailState
    answer: str
    next_try_at: datetime | None = None


def queue_letter(
    store: Store,
    *,
    files: FileStore,
    mail: LetterMail,
    undo_seconds: int = UNDO_SECONDS,
    extra: Sequence[int] = (),
) -> int:
    """Make the mail's bytes, keep them and put it into the outbox; return the mail's id.

    It goes after `undo_seconds`; until then it can be withdrawn. `extra` are ids of further
    documents to attach, of this customer or its members. Where mails leave as drafts it becomes a
    draft, which is never sent from here.
    """
    with store.transaction("Write mail", undoable=False) as tx:
        return queue_mail(tx, files=files, mail=mail, undo_seconds=undo_seconds, extra=extra)


def queue_mail(
    tx: Transaction,
    *,
    files: FileStore,
    mail: LetterMail,
    undo_seconds: int = UNDO_SECONDS,
    extra: Sequence[int] = (),
) -> int:
    """Do the same inside a transaction, together with what else belongs to it."""
    settings = read_mail_settings(tx)
    message = _message(tx, files, settings, mail, extra)
    raw = message_bytes(message)
    _check_customer(
        tx, message.attachments, customer_id=mail.customer_id, is_letter=mail.letter_id is not None
    )
    # The content lies on the disk before a row names it.
    kept = files.add(BytesIO(raw))
    later = timedelta(seconds=undo_seconds)
    return record_mail(
        tx,
        mail=NewMail(
            customer_id=mail.customer_id,
            letter_id=mail.letter_id,
            document_id=mail.document_id,
            sha256=kept.sha256,
            size=kept.size,
            recipient=message.recipient,
            subject=message.subject,
            message_id=message.message_id,
            send_after=tx.now + later if settings.sends else None,
        ),
    )


def send_due(
    store: Store,
    *,
    files: FileStore,
    settings: MailSettings,
    now: datetime,
    transport: Transport,
    limit: int | None = None,
) -> list[SentMail]:
    """Send what is due, one after the other, and return what became of each.

    Ends early when the server takes nothing at all: the rest waits for it.
    """
    with store.transaction(recover_mails.label, undoable=False) as tx:
        recover_mails(tx, before=now - LONGEST_SENDING)
    sent: list[SentMail] = []
    while limit is None or len(sent) < limit:
        with store.transaction(claim_mail.label, undoable=False) as tx:
            claimed = claim_mail(tx, now=now)
        if claimed is None:
            break
        with store.reader() as reader:
            answer = deliver(
                reader, files=files, settings=settings, mail=claimed, transport=transport
            )
        with store.transaction(claim_mail.label, undoable=False) as tx:
            sent.append(settle(tx, mail=claimed, answer=answer, now=now))
        if answer.verdict is Verdict.UNREACHABLE:
            break
    return sent


def deliver(
    source: Source,
    *,
    files: FileStore,
    settings: MailSettings,
    mail: OutgoingMail,
    transport: Transport,
) -> Answer:
    """Hand a claimed mail to the server and return its answer; the network may take its time.

    What the bytes say is checked once more before they leave the house.
    """
    try:
        raw = files.read(mail.sha256)
        check_outgoing(source, raw, mail=mail)
    except Refused as refused:
        return Answer(Verdict.REFUSED, refused.message)
    except Unavailable as trouble:
        return Answer(Verdict.LATER, str(trouble))
    copies = (settings.copy_to,) if settings.copy_to else ()
    return transport.send(raw, sender=settings.sender, recipients=(mail.recipient, *copies))


def check_outgoing(source: Source, raw: bytes, *, mail: OutgoingMail) -> None:
    """Refuse bytes that do not say what the outbox says, or carry another customer's letter."""
    read = read_message(raw)
    check_headers(read, recipient=mail.recipient, subject=mail.subject)
    _check_customer(
        source,
        read.attachments,
        customer_id=mail.customer_id,
        is_letter=mail.letter_id is not None,
    )


def settle(tx: Transaction, *, mail: OutgoingMail, answer: Answer, now: datetime) -> SentMail:
    """Put on record what the server said about a claimed mail."""
    said = answer.told
    if answer.verdict is Verdict.ACCEPTED:
        accept_mail(tx, mail_id=mail.id, answer=said, now=now)
        return _sent(mail, MailState.ACCEPTED, said)
    is_hopeless = answer.verdict in {Verdict.REFUSED, Verdict.UNKNOWN}
    if is_hopeless or now - mail.written_at > GIVE_UP_AFTER:
        fail_mail(tx, mail_id=mail.id, answer=said)
        return _sent(mail, MailState.FAILED, said)
    until = now + timedelta(minutes=PAUSES_MIN[min(mail.attempts, len(PAUSES_MIN)) - 1])
    is_unreachable = answer.verdict is Verdict.UNREACHABLE
    postpone_mail(tx, mail_id=mail.id, answer=said, until=until, others_wait=is_unreachable)
    return _sent(mail, MailState.QUEUED, said, until)


def _sent(
    mail: OutgoingMail, state: MailState, answer: str, until: datetime | None = None
) -> SentMail:
    return SentMail(mail.id, mail.customer_id, mail.recipient, mail.subject, state, answer, until)


def _message(
    tx: Transaction,
    files: FileStore,
    settings: MailSettings,
    mail: LetterMail,
    extra: Sequence[int],
) -> Message:
    recipient = checked_address(mail.recipient)
    _check_filled(mail)
    if settings.sends and not settings.sender:
        raise Refused(
            "Nobody has typed in yet who sends the mails. Nothing was sent. Fill in Settings, "
            "E-mail."
        )
    # 128 bits of chance: no two desks ever make the same.
    token = secrets.token_hex(16)
    is_draft = not settings.sends
    return Message(
        recipient=recipient,
        subject=mail.subject,
        body=mail.body,
        written_at=tx.now,
        attachments=_attachments(tx, files, mail, extra),
        sender=settings.sender,
        sender_name=settings.sender_name,
        reply_to=settings.reply_to,
        message_id="" if is_draft else new_message_id(token, settings.sender),
        is_draft=is_draft,
    )


def _attachments(
    source: Source, files: FileStore, mail: LetterMail, extra: Sequence[int]
) -> tuple[Attachment, ...]:
    family = list_family(source, customer_id=mail.customer_id)
    papers: list[Attachment] = []
    for document_id in (mail.document_id, *extra):
        paper = read_mailed_document(source, document_id=document_id)
        is_own = paper.customer_id == mail.customer_id
        if not is_own and (not papers or paper.customer_id not in family):
            raise Refused(
                f"“{paper.name}” is another customer's. Nothing was sent. Attach a paper of this "
                "customer."
            )
        name = mail.file_name if document_id == mail.document_id else paper.name
        papers.append(Attachment(name, files.read(paper.sha256), paper.mime))
    return tuple(papers)


def _check_customer(
    source: Source, papers: Sequence[Attachment], *, customer_id: int, is_letter: bool
) -> None:
    number = read_mailed_customer(source, customer_id=customer_id).number
    family = list_family(source, customer_id=customer_id).values()
    check_papers(papers, number=number, family=tuple(family), is_letter=is_letter)


def _check_filled(mail: LetterMail) -> None:
    left = _PLACE.findall(f"{mail.subject} {mail.body}")
    if left:
        raise Refused(
            f"{left[0]} was not filled in, because nothing is on record for it. Nothing was sent. "
            "Complete Settings, Company, or the text."
        )
