"""Statements about what is looked at before orders are accepted, for many orders at once."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from loyaldesk.models import (
    Address,
    AddressUse,
    Contact,
    Customer,
    Invoice,
    InvoiceKind,
    OrderLine,
    OrderStatus,
    Payment,
    Product,
    SalesOrder,
)
from loyaldesk.queries.statements import statement
from loyaldesk.queries.statements.parts import UNFINISHED, AnySelect, ids_in, is_open


@statement("verification.orders")
def orders() -> sa.Executable:
    """Some orders with what is known of their customers and the address of their letters."""
    place = aliased(Address, name="place")
    billing = (
        sa.select(place.id)
        .where(place.customer_id == Customer.id)
        .order_by((place.use == AddressUse.BILLING).desc(), place.is_default.desc(), place.id)
        .limit(1)
        .scalar_subquery()
    )
    return (
        sa.select(
            SalesOrder.id,
            SalesOrder.hold_reason,
            SalesOrder.customer_po,
            SalesOrder.currency,
            SalesOrder.total_minor,
            SalesOrder.terms_days,
            SalesOrder.verified_on,
            SalesOrder.verification_note,
            Customer.id,
            Customer.name,
            Customer.currency,
            Customer.country,
            Customer.tax_id,
            Customer.terms_days,
            Customer.credit_status,
            Customer.credit_limit_minor,
            Customer.acknowledgement_policy,
            Address.street,
            Address.postcode,
            Address.town,
            Address.country,
            _has_earlier().label("has_earlier"),
            _can_be_reached().label("can_be_reached"),
        )
        .join(Customer, Customer.id == SalesOrder.customer_id)
        .outerjoin(Address, Address.id == billing)
        .where(ids_in(SalesOrder.id))
    )


@statement("verification.duplicates")
def duplicates() -> sa.Executable:
    """The numbers of the customers' other orders that have the same number of theirs."""
    other = aliased(SalesOrder, name="other")
    return (
        sa.select(SalesOrder.id, other.number)
        .join(
            other,
            sa.and_(
                other.customer_po_key == SalesOrder.customer_po_key,
                other.customer_po_key != "",
                other.customer_id == SalesOrder.customer_id,
                other.id != SalesOrder.id,
                other.status != OrderStatus.CANCELLED,
            ),
        )
        .where(ids_in(SalesOrder.id))
        .order_by(SalesOrder.id, other.id)
    )


@statement("verification.lines")
def lines() -> sa.Executable:
    """The lines of some orders that have not shipped whole, each with its product's price."""
    return (
        sa.select(
            OrderLine.order_id,
            OrderLine.position,
            OrderLine.unit_price_micro,
            sa.case((Product.currency == SalesOrder.currency, Product.unit_price_micro)),
            OrderLine.promised_on,
        )
        .join(SalesOrder, SalesOrder.id == OrderLine.order_id)
        .outerjoin(Product, Product.id == OrderLine.product_id)
        .where(ids_in(OrderLine.order_id), OrderLine.shipped_milli < OrderLine.quantity_milli)
        .order_by(OrderLine.order_id, OrderLine.position)
    )


@statement("verification.open")
def open_amounts() -> sa.Executable:
    """What some customers owe and are owed: sort, customer, currency, amount."""
    return sa.union_all(_open_invoices(), _unapplied(), _unbilled())


def _open_invoices() -> AnySelect:
    sign = sa.case((Invoice.kind == InvoiceKind.INVOICE, 1), else_=-1)
    return (
        sa.select(
            sa.literal("open"),
            Invoice.customer_id,
            Invoice.currency,
            sa.func.sum(sign * Invoice.open_minor),
        )
        .where(ids_in(Invoice.customer_id), is_open())
        .group_by(Invoice.customer_id, Invoice.currency)
    )


def _unapplied() -> AnySelect:
    return (
        sa.select(
            sa.literal("unapplied"),
            Payment.customer_id,
            Payment.currency,
            sa.func.sum(-Payment.unallocated_minor),
        )
        .where(ids_in(Payment.customer_id), Payment.unallocated_minor != 0)
        .group_by(Payment.customer_id, Payment.currency)
    )


def _unbilled() -> AnySelect:
    sign = sa.case((Invoice.kind == InvoiceKind.INVOICE, 1), else_=-1)
    invoiced = (
        sa.select(sa.func.sum(sign * Invoice.total_minor))
        .where(Invoice.order_id == SalesOrder.id)
        .scalar_subquery()
    )
    return (
        sa.select(
            sa.literal("unbilled"),
            SalesOrder.customer_id,
            SalesOrder.currency,
            sa.func.sum(SalesOrder.total_minor - sa.func.coalesce(invoiced, 0)),
        )
        .where(ids_in(SalesOrder.customer_id), SalesOrder.status.in_(UNFINISHED))
        .group_by(SalesOrder.customer_id, SalesOrder.currency)
    )


def _has_earlier() -> sa.ColumnElement[Any]:
    """Hold for an order of a customer who had ordered before, and not cancelled it."""
    earlier = aliased(SalesOrder, name="earlier")
    return sa.exists().where(
        earlier.customer_id == SalesOrder.customer_id,
        sa.tuple_(earlier.ordered_on, earlier.id) < sa.tuple_(SalesOrder.ordered_on, SalesOrder.id),
        earlier.status != OrderStatus.CANCELLED,
    )


def _can_be_reached() -> sa.ColumnElement[Any]:
    person = aliased(Contact, name="person")
    someone = sa.exists().where(
        person.customer_id == Customer.id, person.email + person.phone + person.mobile != ""
    )
    return sa.or_(Customer.email + Customer.phone != "", someone)
