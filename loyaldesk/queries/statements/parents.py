"""Statements about a parent customer and those that belong to it."""

from __future__ import annotations

import sqlalchemy as sa

from loyaldesk.models import Customer, Invoice, InvoiceKind, OrderStatus, Payment, SalesOrder
from loyaldesk.queries.statements import statement
from loyaldesk.queries.statements.parts import AnySelect, due_day, is_open, param

# Every part has the columns: customer id, currency, open balance, overdue, this year.


def _family() -> sa.CompoundSelect[int]:
    """The parent itself and its members; the id given twice keeps both on their indexes."""
    members = sa.select(Customer.id).where(Customer.parent_id == param("customer_id"))
    return sa.union_all(sa.select(sa.cast(param("customer_id"), sa.Integer)), members)


@statement("parent.figures")
def figures() -> sa.Executable:
    """What each of the family owes, owes late and ordered this year, per currency."""
    parts = sa.union_all(_invoices(), _payments(), _orders()).subquery()
    customer, currency, balance, overdue, year = parts.c
    return (
        sa.select(customer, currency, sa.func.sum(balance), sa.func.sum(overdue), sa.func.sum(year))
        .group_by(customer, currency)
        .order_by(customer, currency)
    )


def _invoices() -> AnySelect:
    is_invoice = Invoice.kind == InvoiceKind.INVOICE
    signed = sa.case((is_invoice, Invoice.open_minor), else_=-Invoice.open_minor)
    is_overdue = sa.and_(is_invoice, due_day() < param("today"))
    return sa.select(
        Invoice.customer_id,
        Invoice.currency,
        signed,
        sa.case((is_overdue, Invoice.open_minor), else_=0),
        sa.literal(0),
    ).where(Invoice.customer_id.in_(_family()), is_open())


def _payments() -> AnySelect:
    return sa.select(
        Payment.customer_id,
        Payment.currency,
        -Payment.unallocated_minor,
        sa.literal(0),
        sa.literal(0),
    ).where(Payment.customer_id.in_(_family()), Payment.unallocated_minor != 0)


def _orders() -> AnySelect:
    return sa.select(
        SalesOrder.customer_id,
        SalesOrder.currency,
        sa.literal(0),
        sa.literal(0),
        SalesOrder.net_minor,
    ).where(
        SalesOrder.customer_id.in_(_family()),
        SalesOrder.ordered_on >= param("year_start"),
        SalesOrder.ordered_on <= param("today"),
        SalesOrder.status != OrderStatus.CANCELLED,
    )
