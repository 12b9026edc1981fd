"""What happened with the customer: activities."""

from __future__ import annotations

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from loyaldesk.models.base import Base, Sourced, reference_index, references, source_index

__all__ = ["Activity", "ActivityKind"]


class ActivityKind(enum.StrEnum):
    """How we were in touch."""

    CALL = "call"
    EMAIL = "email"
    MEETING = "meeting"
    VISIT = "visit"
    NOTE = "note"


class Activity(Sourced, Base):
    """Something that happened with a customer."""

    __tablename__ = "activity"

    customer_id: Mapped[int] = references("customer")
    contact_id: Mapped[int | None] = references("contact")
    order_id: Mapped[int | None] = references("sales_order")
    kind: Mapped[ActivityKind]
    happened_at: Mapped[datetime]
    subject: Mapped[str]
    body: Mapped[str] = mapped_column(server_default="")
    topic: Mapped[str] = mapped_column(server_default="")
    author: Mapped[str] = mapped_column(server_default="")
    department: Mapped[str] = mapped_column(server_default="")
    is_pinned: Mapped[bool] = mapped_column(server_default=sa.false())

    __table_args__ = (
        source_index("activity"),
        sa.Index("ix_activity_customer", "customer_id", "happened_at", "id"),
        sa.Index("ix_activity_order_id", "order_id", "happened_at"),
        reference_index("activity", "contact_id"),
    )
