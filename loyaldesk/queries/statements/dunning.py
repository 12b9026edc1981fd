"""Statements about who is reminded of what: late items, unapplied money, past reminders."""

from __future__ import annotations

import sqlalchemy as sa

from loyaldesk.models import (
    Customer,
    Invoice,
    InvoiceKind,
    Letter,
    LetterKind,
    Payment,
    ReminderItem,
)
from loyaldesk.queries.statements import statement
from loyaldesk.queries.statements.parts import AnySelect, due_day, is_open, param


@statement("dunning.items")
def items() -> sa.Executable:
    """Every open invoice that was due by a day, customer by customer."""
    return _late_items().order_by(Customer.id, Invoice.currency)


@statement("dunning.items_of")
def items_of() -> sa.Executable:
    """The open invoices of one customer that were due by a day."""
    mine = Invoice.customer_id == param("customer_id")
    return _late_items().where(mine).order_by(Invoice.currency)


@statement("dunning.unapplied")
def unapplied() -> sa.Executable:
    """What is not yet set against anything, by customer and currency."""
    return sa.union_all(_open_payments(), _open_credit_notes())


@statement("dunning.unapplied_of")
def unapplied_of() -> sa.Executable:
    """What of one customer is not yet set against anything, by currency."""
    return sa.union_all(
        _open_payments().where(Payment.customer_id == param("customer_id")),
        _open_credit_notes().where(Invoice.customer_id == param("customer_id")),
    )


@statement("dunning.customer")
def customer() -> sa.Executable:
    """Until when one customer is paused and why; level and day of the open invoices' reminders."""
    level, day = (
        sa.select(sa.func.max(column))
        .join(Invoice, Invoice.id == ReminderItem.invoice_id)
        .where(Invoice.customer_id == Customer.id, is_open(), ReminderItem.revoked_on.is_(None))
        .scalar_subquery()
        for column in (ReminderItem.level, ReminderItem.reminded_on)
    )
    return sa.select(
        Customer.dunning_paused_until,
        Customer.dunning_pause_reason,
        sa.func.coalesce(level, 0),
        day,
    ).where(Customer.id == param("customer_id"))


@statement("dunning.letters_of")
def letters_of() -> sa.Executable:
    """The reminders that one customer got, newest first."""
    return (
        sa.select(
            Letter.id,
            Letter.document_id,
            Letter.number,
            Letter.level,
            sa.func.min(ReminderItem.reminded_on),
            Letter.issued_by,
            sa.func.count(),
            sa.func.sum(ReminderItem.open_minor),
            sa.func.coalesce(Letter.fee_minor, 0),
            Invoice.currency,
            sa.func.max(ReminderItem.revoked_on),
            sa.func.max(ReminderItem.revoke_reason),
        )
        .join(ReminderItem, ReminderItem.letter_id == Letter.id)
        .join(Invoice, Invoice.id == ReminderItem.invoice_id)
        .where(Letter.customer_id == param("customer_id"), Letter.kind == LetterKind.REMINDER)
        .group_by(Letter.id)
        .order_by(Letter.issued_at.desc(), Letter.id.desc())
        .limit(param("limit"))
    )


@statement("dunning.invoice")
def invoice() -> sa.Executable:
    """Until when one invoice is paused and why, and the same of its customer."""
    return (
        sa.select(
            Invoice.dunning_paused_until,
            Invoice.dunning_pause_reason,
            Customer.dunning_paused_until,
            Customer.dunning_pause_reason,
        )
        .join(Customer, Customer.id == Invoice.customer_id)
        .where(Invoice.id == param("invoice_id"))
    )


@statement("dunning.invoice_by_number")
def invoice_by_number() -> sa.Executable:
    """The customer and the id of the invoice with a number."""
    return sa.select(Invoice.customer_id, Invoice.id).where(
        Invoice.number == param("invoice_number"), Invoice.kind == InvoiceKind.INVOICE
    )


@statement("dunning.letters_of_invoice")
def letters_of_invoice() -> sa.Executable:
    """The reminders that named one invoice, newest first."""
    return (
        sa.select(
            Letter.id,
            Letter.document_id,
            Letter.number,
            ReminderItem.level,
            ReminderItem.reminded_on,
            Letter.issued_by,
            sa.literal(1),
            ReminderItem.open_minor,
            sa.func.coalesce(Letter.fee_minor, 0),
            Invoice.currency,
            ReminderItem.revoked_on,
            ReminderItem.revoke_reason,
        )
        .join(Letter, Letter.id == ReminderItem.letter_id)
        .join(Invoice, Invoice.id == ReminderItem.invoice_id)
        .where(ReminderItem.invoice_id == param("invoice_id"))
        .order_by(ReminderItem.reminded_on.desc(), ReminderItem.id.desc())
    )


def _late_items() -> AnySelect:
    level, day = (
        sa.select(sa.func.max(column))
        .where(ReminderItem.invoice_id == Invoice.id, ReminderItem.revoked_on.is_(None))
        .scalar_subquery()
        for column in (ReminderItem.level, ReminderItem.reminded_on)
    )
    return (
        sa.select(
            Customer.id,
            Customer.number,
            Customer.name,
            Customer.letters_by,
            Customer.dunning_paused_until,
            Invoice.currency,
            Invoice.id,
            Invoice.number,
            Invoice.invoiced_on,
            due_day(),
            Invoice.open_minor,
            Invoice.customer_po,
            Invoice.disputed_on.is_not(None),
            Invoice.dunning_paused_until,
            sa.func.coalesce(level, 0),
            day,
        )
        .select_from(Invoice)
        .join(Customer, Customer.id == Invoice.customer_id)
        .where(is_open(), Invoice.kind == InvoiceKind.INVOICE, due_day() <= param("due_by"))
    )


def _open_payments() -> AnySelect:
    return (
        sa.select(Payment.customer_id, Payment.currency, sa.func.sum(Payment.unallocated_minor))
        .where(Payment.unallocated_minor != 0)
        .group_by(Payment.customer_id, Payment.currency)
    )


def _open_credit_notes() -> AnySelect:
    return (
        sa.select(Invoice.customer_id, Invoice.currency, sa.func.sum(Invoice.open_minor))
        .where(is_open(), Invoice.kind == InvoiceKind.CREDIT_NOTE)
        .group_by(Invoice.customer_id, Invoice.currency)
    )
