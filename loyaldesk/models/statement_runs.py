"""Statements for many customers at once, and the reminders of what is overdue."""

from __future__ import annotations

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from loyaldesk.models.base import Base, Synced, reference_index, references

__all__ = ["ReminderItem", "RunOutcome", "RunState", "StatementRun", "StatementRunItem"]


class RunState(enum.StrEnum):
    """Where a run stands; one whose process died is running until somebody resumes it."""

    READY = "ready"
    RUNNING = "running"
    STOPPED = "stopped"
    FINISHED = "finished"


class RunOutcome(enum.StrEnum):
    """How the run ended for one customer."""

    WAITING = "waiting"
    ISSUED = "issued"
    SENT = "sent"
    PRINTED = "printed"
    SAVED = "saved"
    NOTHING_DUE = "nothing_due"
    NO_ADDRESS = "no_address"
    NOT_WANTED = "not_wanted"
    WITH_PARENT = "with_parent"
    HAS_ONE = "has_one"
    FAILED = "failed"


class StatementRun(Synced, Base):
    """One run of statements as of a day over a selection of customers."""

    __tablename__ = "statement_run"

    as_of: Mapped[date]
    start: Mapped[date | None] = mapped_column(comment="of the period; NULL: the type's usual")
    selection: Mapped[str] = mapped_column(comment="JSON: who, from which balance, in which style")
    state: Mapped[RunState] = mapped_column(server_default="ready")
    prepared_at: Mapped[datetime]
    prepared_by: Mapped[str]
    finished_at: Mapped[datetime | None]

    __table_args__ = (sa.Index("ix_statement_run_prepared_at", "prepared_at", "id"),)


class StatementRunItem(Base):
    """One customer of a run; a customer stands in a run once, so gets one statement of it."""

    __tablename__ = "statement_run_item"

    run_id: Mapped[int] = references("statement_run")
    customer_id: Mapped[int] = references("customer")
    position: Mapped[int]
    outcome: Mapped[RunOutcome] = mapped_column(server_default="waiting")
    reason: Mapped[str] = mapped_column(server_default="")
    letter_id: Mapped[int | None] = references("letter")
    parent_id: Mapped[int | None] = references("customer")
    balances: Mapped[str] = mapped_column(
        server_default="{}", comment='JSON {"EUR": minor}, of the ledger when prepared'
    )

    __table_args__ = (
        sa.UniqueConstraint("run_id", "customer_id"),
        sa.Index("ix_statement_run_item_outcome", "run_id", "outcome", "position"),
        sa.Index("ix_statement_run_item_position", "run_id", "position", unique=True),
        sa.Index("ix_statement_run_item_letter_id", "letter_id"),
        sa.Index("ix_statement_run_item_customer_id", "customer_id"),
        reference_index("statement_run_item", "parent_id"),
        sa.Index(
            "ix_statement_run_item_parent", "run_id", "parent_id",
            sqlite_where=sa.text("parent_id IS NOT NULL"),
            postgresql_where=sa.text("parent_id IS NOT NULL"),
        ),
    )  # fmt: skip


class ReminderItem(Synced, Base):
    """An invoice named in a reminder, at which level and with how much still open."""

    __tablename__ = "reminder_item"

    letter_id: Mapped[int] = references("letter")
    invoice_id: Mapped[int] = references("invoice")
    level: Mapped[int]
    open_minor: Mapped[int]
    reminded_on: Mapped[date]
    revoked_on: Mapped[date | None] = mapped_column(comment="sent in error: does not count")
    revoke_reason: Mapped[str] = mapped_column(server_default="")

    __table_args__ = (
        sa.Index("ix_reminder_item_invoice_id", "invoice_id", "level", "id"),
        sa.Index("ix_reminder_item_letter_id", "letter_id"),
    )
