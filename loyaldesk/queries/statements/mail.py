"""Statements that mails are written from, and those of the outbox."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from loyaldesk.models import (
    Contact,
    Customer,
    Document,
    Letter,
    Mail,
    MailState,
    SalesOrder,
    StoredFile,
)
from loyaldesk.queries.statements import statement
from loyaldesk.queries.statements.parts import ids_in, own_desk, param

# As the index of what is to be sent says it, or SQLite would not see that it applies.
_TO_SEND = Mail.state.in_((MailState.QUEUED, MailState.SENDING))
_UNDELIVERED = (MailState.FAILED, MailState.WITHDRAWN)


def _queued_here() -> sa.ColumnElement[bool]:
    """Return the condition that a mail waits and was written on this desk, which sends it."""
    return sa.and_(_TO_SEND, Mail.state == MailState.QUEUED, Mail.desk == own_desk())


def _primary_contact() -> sa.ScalarSelect[int]:
    someone = aliased(Contact, name="someone")
    return (
        sa.select(someone.id)
        .where(someone.customer_id == Customer.id)
        .order_by(someone.is_primary.desc(), someone.id)
        .limit(1)
        .scalar_subquery()
    )


@statement("mail.customer")
def mailed_customer() -> sa.Executable:
    """One customer as a mail needs it: number, name, language, addresses, whom to greet."""
    return (
        sa.select(
            Customer.id,
            Customer.number,
            Customer.name,
            Customer.language,
            Customer.country,
            Customer.letters_email,
            Contact.email,
            Customer.email,
            Contact.salutation,
            Contact.given_name,
            Contact.family_name,
        )
        .select_from(Customer)
        .outerjoin(Contact, Contact.id == _primary_contact())
        .where(Customer.id == param("customer_id"))
    )


@statement("mail.letter")
def mailed_letter() -> sa.Executable:
    """One issued letter with the order it belongs to and the name of its file."""
    return (
        sa.select(
            Letter.id,
            Letter.customer_id,
            Letter.document_id,
            Letter.kind,
            Letter.number,
            Letter.language,
            Letter.as_of,
            Letter.level,
            SalesOrder.customer_po,
            SalesOrder.number,
            Document.name,
        )
        .select_from(Letter)
        .join(Document, Document.id == Letter.document_id)
        .outerjoin(SalesOrder, SalesOrder.id == Letter.order_id)
        .where(Letter.id == param("letter_id"))
    )


@statement("mail.document")
def mailed_document() -> sa.Executable:
    """One document with its content, its customer, and the letter that it is, if any."""
    letter = (
        sa.select(Letter.id)
        .where(Letter.customer_id == Document.customer_id, Letter.document_id == Document.id)
        .limit(1)
        .scalar_subquery()
    )
    return (
        sa.select(
            Document.id,
            Document.customer_id,
            Document.name,
            StoredFile.sha256,
            StoredFile.mime,
            StoredFile.size,
            letter.label("letter_id"),
        )
        .join(StoredFile, StoredFile.id == Document.file_id)
        .where(Document.id == param("document_id"))
    )


@statement("mail.family")
def family() -> sa.Executable:
    """The numbers of a customer and of all customers below it, its own first."""
    top = (
        sa.select(Customer.id, sa.literal(0).label("depth"))
        .where(Customer.id == param("customer_id"))
        .cte("family", recursive=True)
    )
    below = sa.select(Customer.id, top.c.depth + 1).where(
        Customer.parent_id == top.c.id, top.c.depth < sa.literal(20)
    )
    members = top.union(below)
    return (
        sa.select(Customer.id, Customer.number)
        .join(members, members.c.id == Customer.id)
        .order_by(members.c.depth, Customer.id)
    )


@statement("mail.earlier_recipients")
def earlier_recipients() -> sa.Executable:
    """The addresses that mails of a customer went to, newest first."""
    return (
        sa.select(Mail.recipient)
        .where(Mail.customer_id == param("customer_id"), Mail.state.not_in(_UNDELIVERED))
        .order_by(Mail.written_at.desc(), Mail.id.desc())
        .limit(param("limit"))
    )


@statement("mail.next_due")
def next_due() -> sa.Executable:
    """The mail whose turn it is at an instant."""
    return (
        sa.select(Mail.id)
        .where(_queued_here(), Mail.send_after <= param("now"))
        .order_by(Mail.send_after, Mail.id)
        .limit(1)
    )


@statement("mail.message")
def message() -> sa.Executable:
    """One mail as it stands in the outbox, with the place of its bytes."""
    return (
        sa.select(
            Mail.id,
            Mail.customer_id,
            Mail.letter_id,
            Mail.document_id,
            Mail.recipient,
            Mail.subject,
            Mail.state,
            Mail.attempts,
            Mail.message_id,
            Mail.written_at,
            StoredFile.sha256,
            Mail.desk == own_desk(),
        )
        .join(StoredFile, StoredFile.id == Mail.file_id)
        .where(Mail.id == param("mail_id"))
    )


@statement("mail.interrupted")
def interrupted() -> sa.Executable:
    """The mails that were being sent before an instant and got no answer."""
    return (
        sa.select(Mail.id)
        .where(
            _TO_SEND,
            Mail.state == MailState.SENDING,
            Mail.desk == own_desk(),
            sa.func.coalesce(Mail.last_tried_at, Mail.written_at) < param("before"),
        )
        .order_by(Mail.id)
    )


@statement("mail.waiting")
def waiting() -> sa.Executable:
    """The queued mails that could go at an instant."""
    return (
        sa.select(Mail.id)
        .where(_queued_here(), Mail.send_after <= param("until"))
        .order_by(Mail.id)
    )


@statement("mail.postponed")
def postponed() -> sa.Executable:
    """The queued mails that a server's answer lets wait."""
    return sa.select(Mail.id).where(_queued_here(), Mail.answer != "").order_by(Mail.id)


@statement("mail.counts")
def counts() -> sa.Executable:
    """How many mails are in each state that somebody still has to do with."""
    # Two statements in one, because each has an index of its own.
    return sa.union_all(
        *(
            sa.select(Mail.state, sa.func.count()).where(each).group_by(Mail.state)
            for each in (_TO_SEND, Mail.state == MailState.FAILED)
        )
    )


@statement("mail.next_send_at")
def next_send_at() -> sa.Executable:
    """The instant from which the next queued mail may leave."""
    return sa.select(Mail.send_after).where(_queued_here()).order_by(Mail.send_after).limit(1)


MAIL_FILTERS: dict[str, Any] = {
    "waiting": lambda: _TO_SEND,
    "failed": lambda: Mail.state == MailState.FAILED,
    "accepted": lambda: Mail.state == MailState.ACCEPTED,
    "draft": lambda: Mail.state == MailState.DRAFT,
    "withdrawn": lambda: Mail.state == MailState.WITHDRAWN,
    "found": lambda: sa.or_(
        Mail.recipient.like(param("text")),
        Mail.subject.like(param("text")),
        Mail.customer_id.in_(
            sa.select(Customer.id).where(
                sa.or_(Customer.number.like(param("text")), Customer.name.like(param("text")))
            )
        ),
    ),
}
MAIL_SORTS: dict[str, Any] = {"written_at": Mail.written_at}


def mail_ids(sort: str, descending: bool, *filters: str) -> sa.Executable:
    """Return the ids of the mails in any of the states asked for, in that order."""
    states = [MAIL_FILTERS[name]() for name in filters if name != "found"]
    conditions = [sa.or_(*states)] if states else []
    conditions += [MAIL_FILTERS["found"]()] if "found" in filters else []
    order = MAIL_SORTS[sort]
    keys = (order.desc(), Mail.id.desc()) if descending else (order, Mail.id)
    return sa.select(Mail.id).where(*conditions).order_by(*keys).limit(param("most"))


@statement("mail.rows")
def mail_rows() -> sa.Executable:
    """The columns of the outbox for some mails."""
    return (
        sa.select(
            Mail.id,
            Mail.customer_id,
            Customer.number,
            Customer.name,
            Mail.letter_id,
            Mail.document_id,
            Mail.recipient,
            Mail.subject,
            Mail.state,
            Mail.answer,
            Mail.attempts,
            Mail.written_at,
            Mail.written_by,
            Mail.send_after,
            Mail.accepted_at,
            StoredFile.sha256,
        )
        .join(Customer, Customer.id == Mail.customer_id)
        .join(StoredFile, StoredFile.id == Mail.file_id)
        .where(ids_in(Mail.id))
    )
