"""What customers order: products, sales orders and their lines."""

from __future__ import annotations

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from loyaldesk.domain.text import fold, number_key
from loyaldesk.models.base import (
    Base,
    Sourced,
    Synced,
    reference_index,
    references,
    source_index,
)

__all__ = ["OrderLine", "OrderStatus", "Product", "SalesOrder", "TimeFrame"]


class OrderStatus(enum.StrEnum):
    """Where a sales order stands; the order of the members is the order of the steps."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACKNOWLEDGED = "acknowledged"
    PART_DELIVERED = "part_delivered"
    DELIVERED = "delivered"
    INVOICED = "invoiced"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Product(Sourced, Base):
    """Something we sell."""

    __tablename__ = "product"
    derived = {"name_key": ("name", fold), "number_key": ("number", number_key)}

    number: Mapped[str] = mapped_column(unique=True)
    number_key: Mapped[str]
    name: Mapped[str]
    name_key: Mapped[str]
    product_group: Mapped[str] = mapped_column(server_default="")
    unit: Mapped[str] = mapped_column(server_default="pcs")
    currency: Mapped[str] = mapped_column(server_default="EUR")
    unit_price_micro: Mapped[int] = mapped_column(
        server_default="0", comment="millionths of the major unit"
    )
    tax_ppm: Mapped[int] = mapped_column(server_default="0", comment="190000 is 19 %")
    is_discontinued: Mapped[bool] = mapped_column(server_default=sa.false())

    __table_args__ = (
        source_index("product"),
        sa.Index("ix_product_name_key", "name_key", "id"),
        sa.Index("ix_product_number_key", "number_key", "id"),
    )


class SalesOrder(Sourced, Base):
    """The customer's order; its totals are those of its lines, freight and tax."""

    __tablename__ = "sales_order"
    derived = {
        "number_key": ("number", number_key),
        "customer_po_key": ("customer_po", number_key),
    }

    number: Mapped[str] = mapped_column(unique=True)
    number_key: Mapped[str]
    customer_id: Mapped[int] = references("customer")
    contact_id: Mapped[int | None] = references("contact")
    status: Mapped[OrderStatus] = mapped_column(server_default="submitted")
    hold_reason: Mapped[str] = mapped_column(server_default="", comment="empty: not on hold")
    customer_po: Mapped[str] = mapped_column(server_default="")
    customer_po_key: Mapped[str] = mapped_column(server_default="")
    customer_po_on: Mapped[date | None]
    ordered_on: Mapped[date]
    channel: Mapped[str] = mapped_column(server_default="")
    requested_on: Mapped[date | None]
    promised_on: Mapped[date | None] = mapped_column(comment="the latest date of its lines")
    acknowledged_on: Mapped[date | None]
    released_on: Mapped[date | None]
    shipped_on: Mapped[date | None] = mapped_column(comment="when the last line had shipped")
    invoiced_on: Mapped[date | None]
    followed_up_on: Mapped[date | None]
    currency: Mapped[str]
    freight_minor: Mapped[int] = mapped_column(server_default="0")
    freight_tax_ppm: Mapped[int] = mapped_column(server_default="0")
    net_minor: Mapped[int] = mapped_column(server_default="0", comment="lines, without freight")
    tax_minor: Mapped[int] = mapped_column(server_default="0")
    total_minor: Mapped[int] = mapped_column(server_default="0")
    terms_days: Mapped[int] = mapped_column(server_default="30")
    delivery_terms: Mapped[str] = mapped_column(server_default="")
    ship_via: Mapped[str] = mapped_column(server_default="")
    salesperson: Mapped[str] = mapped_column(server_default="")
    ship_recipient: Mapped[str] = mapped_column(server_default="")
    ship_street: Mapped[str] = mapped_column(server_default="")
    ship_postcode: Mapped[str] = mapped_column(server_default="")
    ship_town: Mapped[str] = mapped_column(server_default="")
    ship_region: Mapped[str] = mapped_column(server_default="")
    ship_country: Mapped[str] = mapped_column(server_default="")
    notes: Mapped[str] = mapped_column(server_default="")
    received_at: Mapped[datetime | None] = mapped_column(comment="NULL: on ordered_on")
    asked_terms_days: Mapped[int | None] = mapped_column(comment="NULL: as confirmed")
    asked_delivery_terms: Mapped[str | None]
    terms_reason: Mapped[str] = mapped_column(server_default="")
    verified_on: Mapped[date | None] = mapped_column(comment="checked before acknowledging")
    verification_note: Mapped[str] = mapped_column(server_default="")
    phoned_on: Mapped[date | None] = mapped_column(comment="acknowledged by phone")
    process_reviewed_on: Mapped[date | None] = mapped_column(comment="steps explained")

    __table_args__ = (
        source_index("sales_order"),
        sa.Index("ix_sales_order_number_key", "number_key", "id"),
        sa.Index(
            "ix_sales_order_customer_po_key", "customer_po_key", "id",
            sqlite_where=sa.text("customer_po_key <> ''"),
            postgresql_where=sa.text("customer_po_key <> ''"),
        ),
        # Covers the year totals of the customer page.
        sa.Index(
            "ix_sales_order_customer", "customer_id", "ordered_on", "currency", "status",
            "net_minor", "id",
        ),
        sa.Index("ix_sales_order_ordered_on", "ordered_on", "id"),
        reference_index("sales_order", "contact_id"),
        sa.Index("ix_sales_order_total_minor", "total_minor", "id"),
        sa.Index(
            "ix_sales_order_to_acknowledge", "ordered_on", "id",
            sqlite_where=sa.text("status = 'submitted'"),
            postgresql_where=sa.text("status = 'submitted'"),
        ),
        # The orders somebody still owes something for: few, whatever the history.
        sa.Index(
            "ix_sales_order_unfinished", "customer_id", "status", "promised_on", "id",
            sqlite_where=sa.text(
                "status IN ('draft', 'submitted', 'acknowledged', 'part_delivered')"
            ),
            postgresql_where=sa.text(
                "status IN ('draft', 'submitted', 'acknowledged', 'part_delivered')"
            ),
        ),
    )  # fmt: skip


class OrderLine(Base):
    """One line of a sales order; it travels inside its order, so it needs no uid."""

    __tablename__ = "order_line"

    order_id: Mapped[int] = references("sales_order")
    position: Mapped[int]
    product_id: Mapped[int | None] = references("product")
    item_number: Mapped[str] = mapped_column(server_default="")
    customer_item_number: Mapped[str] = mapped_column(server_default="")
    description: Mapped[str]
    quantity_milli: Mapped[int] = mapped_column(comment="thousandths")
    shipped_milli: Mapped[int] = mapped_column(server_default="0")
    unit: Mapped[str] = mapped_column(server_default="pcs")
    unit_price_micro: Mapped[int]
    discount_ppm: Mapped[int] = mapped_column(server_default="0")
    tax_ppm: Mapped[int] = mapped_column(server_default="0")
    net_minor: Mapped[int]
    requested_on: Mapped[date | None]
    promised_on: Mapped[date | None]
    shipped_on: Mapped[date | None]
    asked_quantity_milli: Mapped[int | None] = mapped_column(comment="NULL: as confirmed")
    asked_price_micro: Mapped[int | None]
    asked_item: Mapped[str | None]
    difference_reason: Mapped[str] = mapped_column(server_default="")

    __table_args__ = (
        sa.Index("ix_order_line_order_id", "order_id", "position", unique=True),
        reference_index("order_line", "product_id"),
        sa.CheckConstraint("quantity_milli >= 0 AND shipped_milli >= 0", name="quantities"),
        sa.CheckConstraint("discount_ppm BETWEEN 0 AND 1000000", name="discount"),
    )


class TimeFrame(Synced, Base):
    """How long a product group takes; an empty group is every group without its own."""

    __tablename__ = "time_frame"

    product_group: Mapped[str] = mapped_column(unique=True)
    lead_days: Mapped[int] = mapped_column(comment="working days from order to shipping")
    picking_days: Mapped[int] = mapped_column(comment="working days before shipping")
    transit_days: Mapped[int] = mapped_column(comment="working days on the road")
    call_days: Mapped[int] = mapped_column(comment="working days from arrival to our call")

    __table_args__ = (
        sa.CheckConstraint(
            "lead_days BETWEEN 0 AND 999 AND picking_days BETWEEN 0 AND 999"
            " AND transit_days BETWEEN 0 AND 999 AND call_days BETWEEN 0 AND 999",
            name="days",
        ),
    )
