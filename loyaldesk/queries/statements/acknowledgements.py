"""Statements of the acknowledgement queue: what is open, what came back, how well it went."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from loyaldesk.models import (
    Address,
    Contact,
    Customer,
    Dispatch,
    DispatchState,
    Document,
    Letter,
    LetterKind,
    Mail,
    MailState,
    OrderLine,
    OrderStatus,
    PrintBatch,
    SalesOrder,
    StoredFile,
)
from loyaldesk.queries.statements import statement
from loyaldesk.queries.statements.parts import AnySelect, ids_in, param

_ORDER = (
    SalesOrder.id,
    SalesOrder.number,
    SalesOrder.customer_id,
    Customer.name,
    SalesOrder.customer_po,
    SalesOrder.ordered_on,
    SalesOrder.received_at,
    SalesOrder.currency,
    SalesOrder.total_minor,
    Customer.language,
    Customer.envelope,
    Customer.letters_by,
)
_LETTER = (
    Letter.id.label("letter_id"),
    Letter.number.label("letter_number"),
    Letter.revision,
    StoredFile.sha256,
    Dispatch.id.label("dispatch_id"),
    Dispatch.channel,
    Dispatch.state,
    Dispatch.recipient,
    Dispatch.reason,
    Dispatch.dispatched_at,
    Dispatch.print_batch_id,
    Dispatch.position,
    Mail.state.label("mail_state"),
    Mail.answer,
)


def _is_acknowledgement() -> sa.ColumnElement[bool]:
    """Hold for acknowledgements, without offering the index of all of them to begin with."""
    kind = sa.type_coerce(Letter.kind, sa.Text) + sa.literal("")
    found: sa.ColumnElement[bool] = kind == LetterKind.ACKNOWLEDGEMENT.value
    return found


def _country() -> sa.ScalarSelect[Any]:
    """Return the country of the address that the letter goes to; NULL without an address."""
    place = aliased(Address)
    return (
        sa.select(place.country)
        .where(
            place.customer_id == Customer.id,
            place.street + place.postcode + place.town + place.extra != "",
        )
        .order_by((place.use == "billing").desc(), place.is_default.desc(), place.id)
        .limit(1)
        .scalar_subquery()
    )


def _has_email() -> sa.ColumnElement[bool]:
    person = aliased(Contact)
    someone = sa.exists().where(person.customer_id == Customer.id, person.email != "")
    return sa.or_(Customer.letters_email != "", Customer.email != "", someone)


@statement("queue.orders")
def open_orders() -> sa.Executable:
    """The orders that nobody acknowledged yet, the oldest first, read from their own index."""
    return (
        sa.select(
            *_ORDER,
            _country().label("country"),
            _has_email().label("has_email"),
            SalesOrder.hold_reason,
            Customer.credit_status,
        )
        .join(Customer, Customer.id == SalesOrder.customer_id)
        .where(SalesOrder.status == OrderStatus.SUBMITTED)
        .order_by(SalesOrder.ordered_on, SalesOrder.id)
        .limit(param("most"))
    )


@statement("queue.differences")
def differences() -> sa.Executable:
    """The lines of some orders that confirm other than what was asked, and in what."""
    kinds = (
        OrderLine.requested_on.is_not(None)
        & OrderLine.requested_on.is_distinct_from(OrderLine.promised_on),
        OrderLine.asked_quantity_milli != OrderLine.quantity_milli,
        (OrderLine.asked_item != "") & (OrderLine.asked_item != OrderLine.item_number),
        OrderLine.asked_price_micro != OrderLine.unit_price_micro,
    )
    return (
        sa.select(
            OrderLine.order_id,
            OrderLine.position,
            *[sa.func.coalesce(kind, sa.false()) for kind in kinds],
        )
        .where(ids_in(OrderLine.order_id), sa.or_(*kinds))
        .order_by(OrderLine.order_id, OrderLine.position)
    )


def _handed_over(handed: Any) -> AnySelect:
    """The newest acknowledgement of an order with the last time it was handed over.

    `handed` joins dispatches with their mails, beginning with what there is less of.
    """
    later, newer = aliased(Dispatch), aliased(Letter)
    handed_again = sa.exists().where(
        later.letter_id == Dispatch.letter_id,
        later.id > Dispatch.id,
        later.is_copy == sa.literal_column("0"),
    )
    replaced = sa.exists().where(
        newer.order_id == Letter.order_id, newer.revision > Letter.revision
    )
    return (
        sa.select(*_ORDER, _country().label("country"), *_LETTER)
        .select_from(handed)
        .join(Letter, Letter.id == Dispatch.letter_id)
        .join(SalesOrder, SalesOrder.id == Letter.order_id)
        .join(Customer, Customer.id == SalesOrder.customer_id)
        .join(Document, Document.id == Letter.document_id)
        .join(StoredFile, StoredFile.id == Document.file_id)
        .where(
            _is_acknowledgement(),
            SalesOrder.status != OrderStatus.CANCELLED,
            Dispatch.is_copy == sa.literal_column("0"),
            ~handed_again,
            ~replaced,
        )
        .limit(param("most"))
    )


@statement("queue.papers")
def unsettled_papers() -> sa.Executable:
    """Letters handed to a printer of which nobody said yet that they came out, newest first."""
    return (
        _handed_over(sa.outerjoin(Dispatch, Mail, Mail.id == Dispatch.mail_id))
        .where(Dispatch.state != DispatchState.CONFIRMED, Dispatch.mail_id.is_(None))
        .order_by(Dispatch.id.desc())
    )


@statement("queue.mails")
def unsettled_mails() -> sa.Executable:
    """Letters whose mail no server has accepted, newest first."""
    return (
        # The sum keeps SQLite from beginning with every mail that ever left.
        _handed_over(sa.join(Mail, Dispatch, Dispatch.mail_id == Mail.id + sa.literal_column("0")))
        .where(
            Mail.state != MailState.ACCEPTED,
            Mail.letter_id.is_not(None),
            Dispatch.state != DispatchState.CONFIRMED,
        )
        .order_by(Mail.id.desc())
    )


@statement("queue.sent")
def sent_since() -> sa.Executable:
    """Letters that left since an instant and are known to have, newest first."""
    return (
        _handed_over(sa.outerjoin(Dispatch, Mail, Mail.id == Dispatch.mail_id))
        .where(
            Dispatch.dispatched_at >= param("since"),
            sa.or_(Dispatch.state == DispatchState.CONFIRMED, Mail.state == MailState.ACCEPTED),
        )
        .order_by(Dispatch.dispatched_at.desc(), Dispatch.id.desc())
    )


@statement("queue.batches")
def open_batches() -> sa.Executable:
    """The print batches that nobody answered for, found from the few papers not settled."""
    return (
        sa.select(PrintBatch.id, PrintBatch.printer, PrintBatch.started_at, PrintBatch.letters)
        .distinct()
        .select_from(Dispatch)
        .join(PrintBatch, PrintBatch.id == Dispatch.print_batch_id)
        .join(Letter, Letter.id == Dispatch.letter_id)
        .where(
            Dispatch.state != DispatchState.CONFIRMED,
            Dispatch.mail_id.is_(None),
            Dispatch.is_copy == sa.literal_column("0"),
            PrintBatch.confirmed_at.is_(None),
            _is_acknowledgement(),
        )
        .order_by(PrintBatch.id.desc())
        .limit(param("most"))
    )


@statement("queue.answered")
def answered_since() -> sa.Executable:
    """When orders came and when they were first acknowledged, for letters since an instant."""
    return (
        sa.select(SalesOrder.ordered_on, SalesOrder.received_at, Letter.issued_at)
        .join(SalesOrder, SalesOrder.id == Letter.order_id)
        .where(
            Letter.kind == LetterKind.ACKNOWLEDGEMENT,
            Letter.issued_at >= param("since"),
            Letter.revision == sa.literal_column("1"),
        )
        .order_by(Letter.issued_at.desc(), Letter.id.desc())
        .limit(param("most"))
    )
