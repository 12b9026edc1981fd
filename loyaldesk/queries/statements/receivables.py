"""Statements about what customers owe: the ledger, one invoice, one payment, the chain."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from loyaldesk.models import Allocation, Customer, Invoice, InvoiceLine, Payment, SalesOrder
from loyaldesk.queries.statements import statement
from loyaldesk.queries.statements.parts import param


@statement("ledger.invoices")
def ledger_invoices() -> sa.Executable:
    """Every invoice and credit note of one customer."""
    return (
        sa.select(
            Invoice.id,
            Invoice.kind,
            Invoice.number,
            Invoice.invoiced_on,
            Invoice.total_minor,
            Invoice.currency,
            Invoice.due_on,
            Invoice.terms_days,
            Invoice.customer_po,
            SalesOrder.number,
            Invoice.disputed_on,
            Invoice.dispute_reason,
            Invoice.dispute_case,
        )
        .outerjoin(SalesOrder, SalesOrder.id == Invoice.order_id)
        .where(Invoice.customer_id == param("customer_id"))
        .order_by(Invoice.invoiced_on, Invoice.id)
    )


@statement("ledger.payments")
def ledger_payments() -> sa.Executable:
    """Every payment of one customer."""
    return (
        sa.select(
            Payment.id,
            Payment.number,
            Payment.received_on,
            Payment.amount_minor,
            Payment.currency,
            Payment.reference,
        )
        .where(Payment.customer_id == param("customer_id"))
        .order_by(Payment.received_on, Payment.id)
    )


@statement("ledger.allocations")
def ledger_allocations() -> sa.Executable:
    """Everything set against anything of one customer, with its day."""
    return (
        sa.select(
            Allocation.payment_id,
            Allocation.credit_note_id,
            Allocation.invoice_id,
            Allocation.amount_minor,
            Invoice.currency,
            Allocation.applied_on,
        )
        .join(Invoice, Invoice.id == Allocation.invoice_id)
        .where(Allocation.customer_id == param("customer_id"))
        .order_by(Allocation.applied_on, Allocation.id)
    )


@statement("invoice.head")
def invoice_head() -> sa.Executable:
    """One invoice or credit note with its customer and order."""
    return (
        sa.select(
            Invoice.id,
            Invoice.kind,
            Invoice.number,
            Invoice.customer_id,
            Customer.number,
            Customer.name,
            Invoice.order_id,
            SalesOrder.number,
            Invoice.invoiced_on,
            Invoice.due_on,
            Invoice.currency,
            Invoice.net_minor,
            Invoice.freight_minor,
            Invoice.tax_minor,
            Invoice.total_minor,
            Invoice.open_minor,
            Invoice.customer_po,
            Invoice.disputed_on,
            Invoice.dispute_reason,
            Invoice.source_system,
            Invoice.source_key,
        )
        .join(Customer, Customer.id == Invoice.customer_id)
        .outerjoin(SalesOrder, SalesOrder.id == Invoice.order_id)
        .where(Invoice.id == param("invoice_id"))
    )


@statement("invoice.lines")
def invoice_lines() -> sa.Executable:
    """The lines of one invoice."""
    return (
        sa.select(
            InvoiceLine.position,
            InvoiceLine.item_number,
            InvoiceLine.description,
            InvoiceLine.quantity_milli,
            InvoiceLine.unit,
            InvoiceLine.unit_price_micro,
            InvoiceLine.discount_ppm,
            InvoiceLine.tax_ppm,
            InvoiceLine.net_minor,
        )
        .where(InvoiceLine.invoice_id == param("invoice_id"))
        .order_by(InvoiceLine.position)
    )


@statement("invoice.settlements")
def invoice_settlements() -> sa.Executable:
    """What settled one invoice: payments and credit notes, with day and amount."""
    note = aliased(Invoice, name="credit_note")
    return (
        sa.select(
            sa.case((Allocation.payment_id.is_not(None), "payment"), else_="credit_note"),
            sa.func.coalesce(Allocation.payment_id, Allocation.credit_note_id),
            sa.func.coalesce(Payment.number, note.number),
            Allocation.amount_minor,
            Allocation.applied_on,
            Allocation.id,
        )
        .outerjoin(Payment, Payment.id == Allocation.payment_id)
        .outerjoin(note, note.id == Allocation.credit_note_id)
        .where(Allocation.invoice_id == param("invoice_id"))
        .order_by(Allocation.applied_on, Allocation.id)
    )


@statement("payment.head")
def payment_head() -> sa.Executable:
    """One payment with its customer."""
    return (
        sa.select(
            Payment.id,
            Payment.number,
            Payment.customer_id,
            Customer.number,
            Customer.name,
            Payment.received_on,
            Payment.currency,
            Payment.amount_minor,
            Payment.unallocated_minor,
            Payment.method,
            Payment.reference,
            Payment.source_system,
            Payment.source_key,
        )
        .join(Customer, Customer.id == Payment.customer_id)
        .where(Payment.id == param("payment_id"))
    )


@statement("payment.allocations")
def payment_allocations() -> sa.Executable:
    """Which invoices one payment was set against."""
    return (
        sa.select(
            Allocation.id,
            Invoice.id,
            Invoice.number,
            Allocation.amount_minor,
            Allocation.applied_on,
            Invoice.order_id,
        )
        .join(Invoice, Invoice.id == Allocation.invoice_id)
        .where(Allocation.payment_id == param("payment_id"))
        .order_by(Allocation.applied_on, Allocation.id)
    )
