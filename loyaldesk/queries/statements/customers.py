"""Statements about one customer and the list of customers."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from loyaldesk.models import (
    Activity,
    Address,
    Contact,
    Customer,
    Document,
    Invoice,
    InvoiceKind,
    Letter,
    LetterKind,
    OrderLine,
    OrderStatus,
    Payment,
    SalesOrder,
)
from loyaldesk.queries.statements import statement
from loyaldesk.queries.statements.parts import UNFINISHED, due_day, ids_in, is_open, param

Parent = aliased(Customer, name="parent")


def _count(entity: type, *conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).select_from(entity).where(*conditions).scalar_subquery()


@statement("customer.id_by_number")
def id_by_number() -> sa.Executable:
    """One customer's id by its number."""
    return sa.select(Customer.id).where(Customer.number == param("number"))


@statement("customer.head")
def head() -> sa.Executable:
    """The customer itself, its parent, and the counts of the strip, in one row."""
    mine = Customer.id
    return (
        sa.select(
            Customer.id,
            Customer.number,
            Customer.name,
            Customer.trading_name,
            Customer.status,
            Customer.status_since,
            Customer.parent_id,
            Parent.name,
            Customer.segment,
            Customer.territory,
            Customer.account_manager,
            Customer.language,
            Customer.currency,
            Customer.country,
            Customer.town,
            Customer.phone,
            Customer.email,
            Customer.website,
            Customer.tax_id,
            Customer.terms_days,
            Customer.credit_limit_minor,
            Customer.credit_status,
            Customer.is_key_account,
            Customer.statement_type,
            Customer.envelope,
            Customer.customer_since,
            Customer.notes,
            Customer.source_system,
            Customer.source_key,
            _count(SalesOrder, SalesOrder.customer_id == mine, SalesOrder.status.in_(UNFINISHED)),
            _count(
                SalesOrder,
                SalesOrder.customer_id == mine,
                SalesOrder.status == OrderStatus.SUBMITTED,
            ),
            _count(Document, Document.customer_id == mine),
            sa.select(sa.func.max(Letter.as_of))
            .where(Letter.customer_id == mine, Letter.kind == LetterKind.STATEMENT)
            .scalar_subquery(),
            _count(aliased(Customer, name="member"), sa.literal_column("member.parent_id") == mine),
            _count(Activity, Activity.customer_id == mine),
        )
        .outerjoin(Parent, Parent.id == Customer.parent_id)
        .where(Customer.id == param("customer_id"))
    )


@statement("customer.contacts")
def contacts() -> sa.Executable:
    """The people of one customer, the primary one first."""
    return (
        sa.select(
            Contact.id,
            Contact.salutation,
            Contact.given_name,
            Contact.family_name,
            Contact.role,
            Contact.email,
            Contact.phone,
            Contact.mobile,
            Contact.language,
            Contact.preferred_channel,
            Contact.preferred_time,
            Contact.notes,
            Contact.is_primary,
        )
        .where(Contact.customer_id == param("customer_id"))
        .order_by(Contact.is_primary.desc(), Contact.id)
        .limit(200)
    )


@statement("customer.addresses")
def addresses() -> sa.Executable:
    """The places of one customer, defaults first."""
    return (
        sa.select(
            Address.id,
            Address.use,
            Address.is_default,
            Address.recipient,
            Address.extra,
            Address.street,
            Address.postcode,
            Address.town,
            Address.region,
            Address.country,
        )
        .where(Address.customer_id == param("customer_id"))
        .order_by(Address.use, Address.is_default.desc(), Address.id)
        .limit(200)
    )


@statement("customer.members")
def members() -> sa.Executable:
    """The customers that belong to this one."""
    return (
        sa.select(Customer.id, Customer.number, Customer.name, Customer.town)
        .where(Customer.parent_id == param("customer_id"))
        .order_by(Customer.name_key, Customer.id)
        .limit(200)
    )


@statement("customer.open_items")
def open_items() -> sa.Executable:
    """Everything with an amount still open: invoices and credit notes, then payments."""
    invoices = sa.select(
        Invoice.kind,
        Invoice.id,
        Invoice.number,
        Invoice.invoiced_on.label("day"),
        due_day().label("due_on"),
        Invoice.currency,
        Invoice.total_minor,
        Invoice.open_minor,
        Invoice.customer_po,
        Invoice.disputed_on,
        Invoice.order_id,
    ).where(Invoice.customer_id == param("customer_id"), is_open())
    payments = sa.select(
        sa.literal("payment"),
        Payment.id,
        Payment.number,
        Payment.received_on,
        Payment.received_on,
        Payment.currency,
        Payment.amount_minor,
        Payment.unallocated_minor,
        Payment.reference,
        sa.null(),
        sa.null(),
    ).where(Payment.customer_id == param("customer_id"), Payment.unallocated_minor != 0)
    both = sa.union_all(invoices, payments).subquery()
    return sa.select(both).order_by(both.c.due_on, both.c.id)


@statement("customer.order_years")
def order_years() -> sa.Executable:
    """Orders and net amounts by year and currency, from the covering index."""
    year = sa.func.substr(SalesOrder.ordered_on, 1, 4)
    to_date = sa.func.substr(SalesOrder.ordered_on, 6, 5) <= param("month_day")
    return (
        sa.select(
            year,
            SalesOrder.currency,
            sa.func.count(),
            sa.func.sum(SalesOrder.net_minor),
            sa.func.sum(sa.case((to_date, SalesOrder.net_minor), else_=0)),
            sa.func.min(SalesOrder.ordered_on),
            sa.func.max(SalesOrder.ordered_on),
        )
        .where(
            SalesOrder.customer_id == param("customer_id"),
            SalesOrder.status != OrderStatus.CANCELLED,
        )
        .group_by(year, SalesOrder.currency)
        .order_by(year)
    )


@statement("customer.open_orders")
def open_orders() -> sa.Executable:
    """The orders we still owe something for, the most urgent first."""
    return (
        sa.select(
            SalesOrder.id,
            SalesOrder.number,
            SalesOrder.customer_po,
            SalesOrder.status,
            SalesOrder.hold_reason,
            SalesOrder.ordered_on,
            SalesOrder.promised_on,
            SalesOrder.currency,
            SalesOrder.total_minor,
            _count(OrderLine, OrderLine.order_id == SalesOrder.id),
            _count(
                OrderLine,
                OrderLine.order_id == SalesOrder.id,
                OrderLine.shipped_milli >= OrderLine.quantity_milli,
            ),
        )
        .where(SalesOrder.customer_id == param("customer_id"), SalesOrder.status.in_(UNFINISHED))
        .order_by(SalesOrder.promised_on.is_(None), SalesOrder.promised_on, SalesOrder.id)
        .limit(100)
    )


@statement("customer.documents")
def documents() -> sa.Executable:
    """The documents of one customer, pinned first, then the newest."""
    both = sa.union_all(_newest_documents(pinned=True), _newest_documents(pinned=False)).subquery()
    return (
        sa.select(both)
        .order_by(both.c.is_pinned.desc(), both.c.filed_on.desc(), both.c.id.desc())
        .limit(param("most"))
    )


def _newest_documents(*, pinned: bool) -> sa.Select[*tuple[Any, ...]]:
    """Read each sort from its own index, or every document would have to be sorted."""
    short = (
        sa.select(Document.id, Document.name, Document.kind, Document.filed_on, Document.is_pinned)
        .where(
            Document.customer_id == param("customer_id"),
            Document.is_pinned == (sa.true() if pinned else sa.false()),
        )
        .order_by(Document.filed_on.desc(), Document.id.desc())
        .limit(param("most"))
        .subquery()
    )
    return sa.select(short)


@statement("customer.rows")
def list_rows() -> sa.Executable:
    """The columns of the list for some customers."""
    overdue = (
        sa.select(sa.func.sum(Invoice.open_minor))
        .where(
            Invoice.customer_id == Customer.id,
            Invoice.currency == Customer.currency,
            Invoice.kind == InvoiceKind.INVOICE,
            due_day() < param("today"),
            Invoice.open_minor != 0,
        )
        .scalar_subquery()
    )
    contact = (
        sa.select(Contact.given_name + " " + Contact.family_name)
        .where(Contact.customer_id == Customer.id)
        .order_by(Contact.is_primary.desc(), Contact.id)
        .limit(1)
        .scalar_subquery()
    )
    orders = _count(
        SalesOrder, SalesOrder.customer_id == Customer.id, SalesOrder.status.in_(UNFINISHED)
    )
    return sa.select(
        Customer.id,
        Customer.number,
        Customer.name,
        Customer.town,
        Customer.country,
        contact,
        Customer.last_contact_on,
        orders,
        sa.func.coalesce(overdue, 0),
        Customer.currency,
        Customer.account_manager,
        Customer.segment,
        Customer.credit_status,
        Customer.status,
        Customer.is_key_account,
        Customer.phone,
    ).where(ids_in(Customer.id))
