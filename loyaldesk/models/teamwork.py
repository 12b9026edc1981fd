"""What comes of many people working on the same records: conflicts, merges, uses of papers."""

from __future__ import annotations

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from loyaldesk.models.base import Base, Synced, references

__all__ = ["ConflictStatus", "CustomerMerge", "EditConflict", "PaperUse", "PaperVerb"]


class ConflictStatus(enum.StrEnum):
    """Whether somebody has to decide between two edits of one field."""

    OPEN = "open"
    AUTO = "auto"
    RESOLVED = "resolved"
    DISMISSED = "dismissed"


class PaperVerb(enum.StrEnum):
    """What somebody did with a document."""

    VIEWED = "viewed"
    EXPORTED = "exported"
    OPENED = "opened"
    PRINTED = "printed"
    MAILED = "mailed"


class EditConflict(Synced, Base):
    """Two edits of one field that met at the hub, with what it was before and which one stands."""

    __tablename__ = "edit_conflict"

    customer_id: Mapped[int | None] = references("customer")
    record_kind: Mapped[str]
    record_uid: Mapped[bytes] = mapped_column(sa.LargeBinary(16))
    field: Mapped[str] = mapped_column(comment="empty: the whole record")
    rule: Mapped[str] = mapped_column(
        comment="how the field is merged; or what met: delete, number"
    )
    base: Mapped[str] = mapped_column(comment="JSON, what both began from")
    mine: Mapped[str] = mapped_column(comment="JSON, of the edit that came later to the hub")
    theirs: Mapped[str] = mapped_column(comment="JSON, of the edit that was there")
    winner: Mapped[str] = mapped_column(comment="JSON, what stands now")
    my_user: Mapped[str]
    my_desk: Mapped[str]
    my_edited_at: Mapped[datetime]
    their_user: Mapped[str]
    their_edited_at: Mapped[datetime | None]
    mutation_uid: Mapped[bytes] = mapped_column(sa.LargeBinary(16))
    found_at: Mapped[datetime]
    status: Mapped[ConflictStatus] = mapped_column(server_default="open")
    resolved_by: Mapped[str] = mapped_column(server_default="")
    resolved_at: Mapped[datetime | None]

    __table_args__ = (
        sa.Index("ix_edit_conflict_status", "status", "found_at", "id"),
        sa.Index("ix_edit_conflict_record", "record_kind", "record_uid", "id"),
        sa.Index("ix_edit_conflict_customer_id", "customer_id", "found_at", "id"),
    )


class CustomerMerge(Synced, Base):
    """Two customers that were one: the other uid still leads here, and can be parted again."""

    __tablename__ = "customer_merge"

    customer_id: Mapped[int] = references("customer")
    gone_uid: Mapped[bytes] = mapped_column(sa.LargeBinary(16), comment="of the one merged away")
    gone: Mapped[str] = mapped_column(comment="JSON, the row that was merged away")
    moved: Mapped[str] = mapped_column(comment='JSON {"contact": [uid, …]}, what moved over')
    merged_at: Mapped[datetime]
    merged_by: Mapped[str]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str] = mapped_column(server_default="")

    __table_args__ = (
        sa.Index("ix_customer_merge_customer_id", "customer_id", "id"),
        sa.Index("ix_customer_merge_gone_uid", "gone_uid"),
    )


class PaperUse(Synced, Base):
    """Somebody looked at, sent or exported a document; kept for good at the hub."""

    __tablename__ = "paper_use"

    document_id: Mapped[int] = references("document")
    used_at: Mapped[datetime]
    used_by: Mapped[str]
    verb: Mapped[PaperVerb]
    recipient: Mapped[str] = mapped_column(server_default="")

    __table_args__ = (sa.Index("ix_paper_use_document_id", "document_id", "used_at", "id"),)
