"""What customers owe: invoices and credit notes, payments, and what settles what."""

from __future__ import annotations

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from loyaldesk.domain.text import number_key
from loyaldesk.models.base import Base, Sourced, Synced, references, source_index

__all__ = ["Allocation", "Invoice", "InvoiceKind", "InvoiceLine", "Payment"]


class InvoiceKind(enum.StrEnum):
    """A demand for payment, or its reduction."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


class Invoice(Sourced, Base):
    """A posted invoice or credit note; amounts are positive, the kind gives the sign."""

    __tablename__ = "invoice"
    derived = {"number_key": ("number", number_key)}

    number: Mapped[str] = mapped_column(unique=True)
    number_key: Mapped[str]
    kind: Mapped[InvoiceKind] = mapped_column(server_default="invoice")
    customer_id: Mapped[int] = references("customer")
    order_id: Mapped[int | None] = references("sales_order")
    invoiced_on: Mapped[date]
    due_on: Mapped[date | None]
    terms_days: Mapped[int | None]
    currency: Mapped[str]
    freight_minor: Mapped[int] = mapped_column(server_default="0")
    net_minor: Mapped[int]
    tax_minor: Mapped[int] = mapped_column(server_default="0")
    total_minor: Mapped[int]
    open_minor: Mapped[int] = mapped_column(comment="total less everything allocated")
    customer_po: Mapped[str] = mapped_column(server_default="")
    disputed_on: Mapped[date | None]
    dispute_reason: Mapped[str] = mapped_column(server_default="")
    dispute_case: Mapped[str] = mapped_column(server_default="")
    recorded_at: Mapped[datetime]
    dunning_paused_until: Mapped[date | None]
    dunning_pause_reason: Mapped[str] = mapped_column(server_default="")

    __table_args__ = (
        source_index("invoice"),
        sa.Index("ix_invoice_number_key", "number_key", "id"),
        sa.Index("ix_invoice_customer", "customer_id", "invoiced_on", "id"),
        sa.Index("ix_invoice_order_id", "order_id", "id"),
        # All that the days to pay need of an invoice: its row is one page each to decrypt.
        sa.Index(
            "ix_invoice_days", "customer_id", "id", "currency", "invoiced_on", "due_on",
            "terms_days",
        ),
        sa.Index(
            "ix_invoice_open", "customer_id", "currency", "kind", "due_on", "open_minor", "id",
            sqlite_where=sa.text("open_minor <> 0"),
            postgresql_where=sa.text("open_minor <> 0"),
        ),
        sa.CheckConstraint("total_minor >= 0", name="total"),
        sa.CheckConstraint("open_minor BETWEEN 0 AND total_minor", name="open"),
    )  # fmt: skip


class InvoiceLine(Base):
    """One line of an invoice or credit note."""

    __tablename__ = "invoice_line"

    invoice_id: Mapped[int] = references("invoice")
    position: Mapped[int]
    order_line_id: Mapped[int | None] = references("order_line")
    item_number: Mapped[str] = mapped_column(server_default="")
    description: Mapped[str]
    quantity_milli: Mapped[int]
    unit: Mapped[str] = mapped_column(server_default="pcs")
    unit_price_micro: Mapped[int]
    discount_ppm: Mapped[int] = mapped_column(server_default="0")
    tax_ppm: Mapped[int] = mapped_column(server_default="0")
    net_minor: Mapped[int]

    __table_args__ = (
        sa.Index("ix_invoice_line_invoice_id", "invoice_id", "position", unique=True),
        sa.Index("ix_invoice_line_order_line_id", "order_line_id"),
    )


class Payment(Sourced, Base):
    """Money received from the customer."""

    __tablename__ = "payment"

    number: Mapped[str] = mapped_column(unique=True)
    customer_id: Mapped[int] = references("customer")
    received_on: Mapped[date]
    currency: Mapped[str]
    amount_minor: Mapped[int]
    unallocated_minor: Mapped[int]
    method: Mapped[str] = mapped_column(server_default="")
    reference: Mapped[str] = mapped_column(server_default="")
    recorded_at: Mapped[datetime]

    __table_args__ = (
        source_index("payment"),
        sa.Index("ix_payment_customer", "customer_id", "received_on", "id"),
        sa.Index(
            "ix_payment_unallocated", "customer_id", "currency", "unallocated_minor", "id",
            sqlite_where=sa.text("unallocated_minor <> 0"),
            postgresql_where=sa.text("unallocated_minor <> 0"),
        ),
        sa.CheckConstraint("amount_minor > 0", name="amount"),
        sa.CheckConstraint("unallocated_minor BETWEEN 0 AND amount_minor", name="unallocated"),
    )  # fmt: skip


class Allocation(Synced, Base):
    """The part of a payment or credit note set against an invoice; a reversal is negative."""

    __tablename__ = "allocation"

    customer_id: Mapped[int] = references("customer")
    payment_id: Mapped[int | None] = references("payment")
    credit_note_id: Mapped[int | None] = references("invoice")
    invoice_id: Mapped[int] = references("invoice")
    amount_minor: Mapped[int]
    applied_on: Mapped[date]
    recorded_at: Mapped[datetime]

    __table_args__ = (
        sa.Index(
            "ix_allocation_customer", "customer_id", "applied_on", "id", "invoice_id",
            "payment_id", "amount_minor",
        ),
        sa.Index("ix_allocation_invoice_id", "invoice_id"),
        sa.Index("ix_allocation_payment_id", "payment_id"),
        sa.Index("ix_allocation_credit_note_id", "credit_note_id"),
        sa.CheckConstraint("(payment_id IS NULL) <> (credit_note_id IS NULL)", name="one_source"),
        sa.CheckConstraint("amount_minor <> 0", name="amount"),
    )  # fmt: skip
