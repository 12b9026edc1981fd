"""Statements about what one customer settled late, still owes for open orders, and paid when."""

from __future__ import annotations

import sqlalchemy as sa

from loyaldesk.models import Allocation, Invoice, InvoiceKind, SalesOrder
from loyaldesk.queries.statements import statement
from loyaldesk.queries.statements.parts import UNFINISHED, AnySelect, due_day, param

# Every part has the columns: sort, currency, count, amount, amount × days, amount × days late, day.


@statement("customer.money")
def money() -> sa.Executable:
    """What the tiles need beside the open items: one row per sort and currency."""
    return sa.union_all(_settled_late(), _unbilled(), _paid())


def _is_paid_by() -> sa.ColumnElement[bool]:
    """Return the condition that joins an allocation with its invoice, from `ix_invoice_days` alone.

    Asked with "equal" SQLite goes to the row of each invoice, which lies among those of all other
    customers: thousands of pages to decrypt where the index is a few dozen.
    """
    is_its = Invoice.id.between(Allocation.invoice_id, Allocation.invoice_id)
    return sa.and_(Invoice.customer_id == param("customer_id"), is_its)


def _settled_late() -> AnySelect:
    """What was settled after a day of invoices overdue on that day."""
    return (
        sa.select(
            sa.literal("settled"),
            Invoice.currency,
            sa.func.count(),
            sa.func.sum(Allocation.amount_minor),
            sa.null(),
            sa.null(),
            sa.null(),
        )
        .join(Invoice, _is_paid_by())
        .where(
            Allocation.customer_id == param("customer_id"),
            Allocation.applied_on > param("day"),
            Invoice.invoiced_on <= param("day"),
            due_day() < param("day"),
        )
        .group_by(Invoice.currency)
    )


def _unbilled() -> AnySelect:
    """What is still to be invoiced of unfinished orders."""
    sign = sa.case((Invoice.kind == InvoiceKind.INVOICE, 1), else_=-1)
    invoiced = (
        sa.select(sa.func.sum(sign * Invoice.total_minor))
        .where(Invoice.order_id == SalesOrder.id)
        .scalar_subquery()
    )
    return (
        sa.select(
            sa.literal("unbilled"),
            SalesOrder.currency,
            sa.func.count(),
            sa.func.sum(SalesOrder.total_minor - sa.func.coalesce(invoiced, 0)),
            sa.null(),
            sa.null(),
            sa.null(),
        )
        .where(SalesOrder.customer_id == param("customer_id"), SalesOrder.status.in_(UNFINISHED))
        .group_by(SalesOrder.currency)
    )


def _paid() -> AnySelect:
    """What was paid since a day, with the days from invoice and from due date to payment."""
    paid_after = sa.func.julianday(Allocation.applied_on) - sa.func.julianday(Invoice.invoiced_on)
    late_by = sa.func.julianday(Allocation.applied_on) - sa.func.julianday(due_day())
    return (
        sa.select(
            sa.literal("paid"),
            Invoice.currency,
            sa.func.count(),
            sa.func.sum(Allocation.amount_minor),
            sa.func.sum(paid_after * Allocation.amount_minor),
            sa.func.sum(late_by * Allocation.amount_minor),
            sa.func.max(Allocation.applied_on),
        )
        .join(Invoice, _is_paid_by())
        .where(
            Allocation.customer_id == param("customer_id"),
            Allocation.payment_id.is_not(None),
            Allocation.applied_on > param("since"),
        )
        .group_by(Invoice.currency)
    )
