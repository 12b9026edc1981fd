"""Statements for the timeline of a customer: what happened, newest first."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from loyaldesk.models import (
    Activity,
    ActivityKind,
    Address,
    Change,
    ChangeGroup,
    Contact,
    Customer,
    Document,
    Invoice,
    Letter,
    Mail,
    Payment,
    SalesOrder,
)
from loyaldesk.queries.statements import statement
from loyaldesk.queries.statements.parts import AnySelect, param

# Every part has the columns: what, id, when, title, detail, who, order id, currency, amount,
# the person at the customer, and when it was recorded where only its day is kept.


def _newest(select: AnySelect, when: Any, key: Any) -> AnySelect:
    """Keep each part short before the parts are merged; its own index gives the order."""
    short = (
        select.where(when <= param("before"))
        .order_by(when.desc(), key.desc())
        .limit(param("most"))
        .subquery()
    )
    return sa.select(short)


def _person() -> sa.ScalarSelect[str]:
    """Who it was with, as one says the name: Frau Müller, or Heike Müller without a salutation."""
    called = sa.func.coalesce(sa.func.nullif(Contact.salutation, ""), Contact.given_name)
    return (
        sa.select(sa.func.trim(called + " " + Contact.family_name))
        .where(Contact.id == Activity.contact_id)
        .scalar_subquery()
    )


def _activities() -> AnySelect:
    return _newest(
        sa.select(
            Activity.kind.label("what"),
            Activity.id.label("record_id"),
            Activity.happened_at.label("at"),
            Activity.subject.label("title"),
            Activity.body.label("detail"),
            Activity.author.label("who"),
            Activity.order_id.label("order_id"),
            sa.null().label("currency"),
            sa.null().label("amount"),
            _person().label("person"),
            sa.null().label("recorded_at"),
        ).where(Activity.customer_id == param("customer_id")),
        Activity.happened_at,
        Activity.id,
    )


def _orders() -> AnySelect:
    return _newest(
        sa.select(
            sa.literal("order"),
            SalesOrder.id,
            SalesOrder.ordered_on,
            SalesOrder.number,
            SalesOrder.customer_po,
            SalesOrder.salesperson,
            SalesOrder.id.label("order_id"),
            SalesOrder.currency,
            SalesOrder.total_minor,
            sa.literal("").label("person"),
            sa.null().label("recorded_at"),
        ).where(SalesOrder.customer_id == param("customer_id")),
        SalesOrder.ordered_on,
        SalesOrder.id,
    )


def _invoices() -> AnySelect:
    return _newest(
        sa.select(
            Invoice.kind,
            Invoice.id,
            Invoice.invoiced_on,
            Invoice.number,
            Invoice.customer_po,
            sa.literal(""),
            Invoice.order_id,
            Invoice.currency,
            Invoice.total_minor,
            sa.literal("").label("person"),
            Invoice.recorded_at,
        ).where(Invoice.customer_id == param("customer_id")),
        Invoice.invoiced_on,
        Invoice.id,
    )


def _payments() -> AnySelect:
    return _newest(
        sa.select(
            sa.literal("payment"),
            Payment.id,
            Payment.received_on,
            Payment.number,
            Payment.reference,
            sa.literal(""),
            sa.null().label("order_id"),
            Payment.currency,
            Payment.amount_minor,
            sa.literal("").label("person"),
            Payment.recorded_at,
        ).where(Payment.customer_id == param("customer_id")),
        Payment.received_on,
        Payment.id,
    )


def _documents() -> AnySelect:
    return _newest(
        sa.select(
            sa.literal("document"),
            Document.id,
            Document.filed_on,
            Document.name,
            Document.kind,
            Document.filed_by,
            sa.null().label("order_id"),
            sa.null().label("currency"),
            sa.null().label("amount"),
            sa.literal("").label("person"),
            sa.null().label("recorded_at"),
        ).where(Document.customer_id == param("customer_id")),
        Document.filed_on,
        Document.id,
    )


def _letters() -> AnySelect:
    number = Letter.number + " rev " + sa.cast(Letter.revision, sa.Text)
    newest = sa.select(
        Letter.kind,
        Letter.document_id,
        Letter.issued_at,
        number,
        sa.literal(""),
        Letter.issued_by,
        Letter.order_id,
        sa.null().label("currency"),
        sa.null().label("amount"),
        sa.literal("").label("person"),
        sa.null().label("recorded_at"),
    )
    # The index leads with the kind, so each kind is read by itself.
    kinds = [
        _newest(
            newest.where(Letter.customer_id == param("customer_id"), Letter.kind == kind),
            Letter.issued_at,
            Letter.id,
        )
        for kind in ("acknowledgement", "statement", "reminder")
    ]
    return sa.select(sa.union_all(*kinds).subquery())


def _mails() -> AnySelect:
    """What was mailed: to whom stands as the person, what became of it as the detail."""
    return _newest(
        sa.select(
            sa.literal("mail"),
            Mail.id,
            Mail.written_at,
            Mail.subject,
            Mail.state,
            Mail.written_by,
            sa.null().label("order_id"),
            sa.null().label("currency"),
            sa.null().label("amount"),
            Mail.recipient.label("person"),
            sa.null().label("recorded_at"),
        ).where(Mail.customer_id == param("customer_id")),
        Mail.written_at,
        Mail.id,
    )


def _merged(*parts: AnySelect) -> sa.Executable:
    merged = sa.union_all(*parts).subquery()
    return sa.select(merged).order_by(merged.c.at.desc()).limit(param("most"))


@statement("timeline.people_and_money")
def people_and_money() -> sa.Executable:
    """People-events, orders, money and letters: what a rep wants to see first."""
    return _merged(_activities(), _orders(), _invoices(), _payments(), _letters(), _mails())


@statement("timeline.people")
def people() -> sa.Executable:
    """Calls, mails, meetings, visits and notes."""
    return _merged(_activities())


@statement("timeline.orders_and_money")
def orders_and_money() -> sa.Executable:
    """Orders, invoices, credit notes, payments and letters."""
    empty = _activities().where(sa.false())
    return _merged(empty, _orders(), _invoices(), _payments(), _letters())


@statement("timeline.documents")
def documents() -> sa.Executable:
    """Papers filed."""
    return _merged(_activities().where(sa.false()), _documents(), _mails())


@statement("timeline.everything")
def everything() -> sa.Executable:
    """All of it, but for field changes."""
    return _merged(
        _activities(), _orders(), _invoices(), _payments(), _letters(), _documents(), _mails()
    )


@statement("timeline.changes")
def changes() -> sa.Executable:
    """Which fields of the customer, its people and its places were changed, by whom."""
    people_ids = sa.select(Contact.id).where(Contact.customer_id == param("customer_id"))
    place_ids = sa.select(Address.id).where(Address.customer_id == param("customer_id"))
    mine = sa.or_(
        sa.and_(Change.table_name == Customer.__tablename__, Change.row_id == param("customer_id")),
        sa.and_(Change.table_name == Contact.__tablename__, Change.row_id.in_(people_ids)),
        sa.and_(Change.table_name == Address.__tablename__, Change.row_id.in_(place_ids)),
    )
    return (
        sa.select(
            sa.literal("change"),
            Change.id,
            ChangeGroup.at,
            ChangeGroup.label,
            Change.fields,
            ChangeGroup.actor,
            sa.null().label("order_id"),
            sa.null().label("currency"),
            sa.null().label("amount"),
            sa.literal("").label("person"),
            sa.null().label("recorded_at"),
        )
        .join(ChangeGroup, ChangeGroup.id == Change.group_id)
        .where(mine, Change.fields.is_not(None), ChangeGroup.at <= param("before"))
        .order_by(ChangeGroup.at.desc(), Change.id.desc())
        .limit(param("most"))
    )


@statement("timeline.last_contacts")
def last_contacts() -> sa.Executable:
    """The newest calls, mails, meetings and visits: what the brief and the head line say."""
    return (
        sa.select(
            Activity.id,
            Activity.kind,
            Activity.happened_at,
            Activity.subject,
            Activity.author,
            _person(),
        )
        .where(Activity.customer_id == param("customer_id"), Activity.kind != ActivityKind.NOTE)
        .order_by(Activity.happened_at.desc(), Activity.id.desc())
        .limit(param("most"))
    )
