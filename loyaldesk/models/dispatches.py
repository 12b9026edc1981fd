"""How letters leave the house: handed to a printer or a mail server, and what became of it."""

from __future__ import annotations

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from loyaldesk.models.base import Base, Synced, reference_index, references

__all__ = ["Dispatch", "DispatchChannel", "DispatchState", "Mail", "MailState", "PrintBatch"]


class DispatchChannel(enum.StrEnum):
    """By what a letter left."""

    PRINT = "print"
    EMAIL = "email"
    FILE = "file"


class DispatchState(enum.StrEnum):
    """How far a letter got on paper or as a file; what became of a mail its own row says."""

    HANDED = "handed"
    CONFIRMED = "confirmed"
    FAILED = "failed"


class MailState(enum.StrEnum):
    """What is known of a mail; one opened as a draft elsewhere is never called sent."""

    QUEUED = "queued"
    SENDING = "sending"
    ACCEPTED = "accepted"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    DRAFT = "draft"


class PrintBatch(Synced, Base):
    """Letters handed to a printer in one go; somebody says afterwards whether all came out."""

    __tablename__ = "print_batch"

    printer: Mapped[str]
    started_at: Mapped[datetime]
    started_by: Mapped[str]
    letters: Mapped[int]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[str] = mapped_column(server_default="")

    __table_args__ = (sa.Index("ix_print_batch_started_at", "started_at", "id"),)


class Mail(Synced, Base):
    """One message in the outbox, kept byte for byte as it is or will be sent."""

    __tablename__ = "mail"

    customer_id: Mapped[int] = references("customer")
    document_id: Mapped[int | None] = references("document")
    letter_id: Mapped[int | None] = references("letter")
    file_id: Mapped[int] = references("stored_file")
    recipient: Mapped[str]
    subject: Mapped[str]
    message_id: Mapped[str]
    state: Mapped[MailState] = mapped_column(server_default="queued")
    written_at: Mapped[datetime]
    written_by: Mapped[str]
    send_after: Mapped[datetime] = mapped_column(comment="until then it can be taken back")
    attempts: Mapped[int] = mapped_column(server_default="0")
    last_tried_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(server_default="", comment="the server's own words")
    desk: Mapped[str] = mapped_column(
        server_default="", comment="code of the desk that sends it; empty: this one, without a hub"
    )

    __table_args__ = (
        sa.Index("ix_mail_customer", "customer_id", "written_at", "id"),
        sa.Index("ix_mail_written_at", "written_at", "id"),
        sa.Index("ix_mail_letter_id", "letter_id"),
        reference_index("mail", "document_id"),
        sa.Index(
            "ix_mail_to_send", "send_after", "id",
            sqlite_where=sa.text("state IN ('queued', 'sending')"),
            postgresql_where=sa.text("state IN ('queued', 'sending')"),
        ),
        sa.Index(
            "ix_mail_failed", "written_at", "id",
            sqlite_where=sa.text("state = 'failed'"),
            postgresql_where=sa.text("state = 'failed'"),
        ),
        sa.Index(
            "ix_mail_not_accepted", "id", "letter_id",
            sqlite_where=sa.text("state <> 'accepted' AND letter_id IS NOT NULL"),
            postgresql_where=sa.text("state <> 'accepted' AND letter_id IS NOT NULL"),
        ),
    )  # fmt: skip


class Dispatch(Synced, Base):
    """One time a letter left the house: how, to whom, by whom."""

    __tablename__ = "dispatch"

    letter_id: Mapped[int] = references("letter")
    channel: Mapped[DispatchChannel]
    state: Mapped[DispatchState] = mapped_column(server_default="handed")
    recipient: Mapped[str] = mapped_column(
        server_default="", comment="a printer, a mail address, the name of a file"
    )
    is_copy: Mapped[bool] = mapped_column(server_default=sa.false())
    print_batch_id: Mapped[int | None] = references("print_batch")
    position: Mapped[int | None] = mapped_column(comment="in the batch, from 1")
    mail_id: Mapped[int | None] = references("mail")
    reason: Mapped[str] = mapped_column(server_default="", comment="why it failed")
    dispatched_at: Mapped[datetime]
    dispatched_by: Mapped[str]

    __table_args__ = (
        sa.Index("ix_dispatch_letter_id", "letter_id", "id"),
        sa.Index(
            "ix_dispatch_mail_id", "mail_id",
            sqlite_where=sa.text("mail_id IS NOT NULL"),
            postgresql_where=sa.text("mail_id IS NOT NULL"),
        ),
        sa.Index("ix_dispatch_print_batch", "print_batch_id", "position"),
        sa.Index("ix_dispatch_dispatched_at", "dispatched_at", "id"),
        # What somebody must still look at, among all that ever left: papers that may not have
        # come out, and letters that stopped on their way to the outbox.
        sa.Index(
            "ix_dispatch_unsettled", "id", "letter_id", "print_batch_id",
            sqlite_where=sa.text("state <> 'confirmed' AND mail_id IS NULL AND is_copy = 0"),
            postgresql_where=sa.text("state <> 'confirmed' AND mail_id IS NULL AND NOT is_copy"),
        ),
    )  # fmt: skip
