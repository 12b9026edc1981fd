"""Which papers are kept: stored files, documents, and the letters we issued."""

from __future__ import annotations

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from loyaldesk.models.base import (
    Base,
    Sourced,
    Synced,
    reference_index,
    references,
    source_index,
)

__all__ = [
    "Document", "DocumentKind", "DocumentLink", "Letter", "LetterKind", "LinkedKind",
    "NumberSeries", "StoredFile",
]  # fmt: skip


class DocumentKind(enum.StrEnum):
    """What sort of paper it is."""

    PURCHASE_ORDER = "purchase_order"
    ACKNOWLEDGEMENT = "acknowledgement"
    DELIVERY_NOTE = "delivery_note"
    INVOICE = "invoice"
    STATEMENT = "statement"
    REMINDER = "reminder"
    CONTRACT = "contract"
    PRICE_LIST = "price_list"
    CORRESPONDENCE = "correspondence"
    OTHER = "other"


class LinkedKind(enum.StrEnum):
    """Which sort of record a document is linked to besides its customer."""

    ORDER = "order"
    INVOICE = "invoice"


class LetterKind(enum.StrEnum):
    """Which letter was issued."""

    ACKNOWLEDGEMENT = "acknowledgement"
    STATEMENT = "statement"
    REMINDER = "reminder"


class StoredFile(Base):
    """One content in the encrypted file store; identical contents are one row."""

    __tablename__ = "stored_file"

    sha256: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)
    size: Mapped[int]
    mime: Mapped[str]
    stored_at: Mapped[datetime]


class Document(Sourced, Base):
    """A file kept with a customer."""

    __tablename__ = "document"

    customer_id: Mapped[int] = references("customer")
    file_id: Mapped[int] = references("stored_file")
    kind: Mapped[DocumentKind] = mapped_column(server_default="other")
    name: Mapped[str] = mapped_column(comment="as people see it; cleaned on export")
    pages: Mapped[int | None]
    filed_on: Mapped[date]
    filed_by: Mapped[str] = mapped_column(server_default="")
    is_pinned: Mapped[bool] = mapped_column(server_default=sa.false())
    replaces_id: Mapped[int | None] = references("document")

    __table_args__ = (
        source_index("document"),
        sa.Index("ix_document_customer", "customer_id", "filed_on", "id"),
        sa.Index(
            "ix_document_pinned", "customer_id", "filed_on", "id",
            sqlite_where=sa.text("is_pinned = 1"),
            postgresql_where=sa.text("is_pinned"),
        ),
        sa.Index("ix_document_filed_on", "filed_on", "id"),
        sa.Index("ix_document_file_id", "file_id", "customer_id"),
        reference_index("document", "replaces_id"),
    )  # fmt: skip


class DocumentLink(Synced, Base):
    """Another record that a document belongs to."""

    __tablename__ = "document_link"

    document_id: Mapped[int] = references("document")
    linked_kind: Mapped[LinkedKind]
    linked_id: Mapped[int]

    __table_args__ = (
        sa.Index("ix_document_link_linked", "linked_kind", "linked_id", "document_id", unique=True),
        sa.Index("ix_document_link_document_id", "document_id"),
    )


class Letter(Synced, Base):
    """An issued letter, kept exactly as it was sent."""

    __tablename__ = "letter"

    kind: Mapped[LetterKind]
    number: Mapped[str]
    revision: Mapped[int] = mapped_column(server_default="1")
    customer_id: Mapped[int] = references("customer")
    order_id: Mapped[int | None] = references("sales_order")
    document_id: Mapped[int] = references("document")
    issued_at: Mapped[datetime]
    issued_by: Mapped[str]
    language: Mapped[str]
    as_of: Mapped[date | None]
    period_from: Mapped[date | None]
    data_sha256: Mapped[bytes] = mapped_column(sa.LargeBinary(32), comment="of the letter's data")
    copies: Mapped[int] = mapped_column(server_default="0", comment="reprints marked COPY")
    level: Mapped[int | None] = mapped_column(comment="of a reminder, from 1")
    fee_minor: Mapped[int | None] = mapped_column(
        comment="a reminder asks for it in the currency of its invoices; not in the ledger"
    )

    __table_args__ = (
        sa.UniqueConstraint("kind", "number", "revision"),
        sa.Index("ix_letter_customer", "customer_id", "kind", "issued_at", "id"),
        sa.Index("ix_letter_order_id", "order_id", "revision"),
        sa.Index("ix_letter_issued_at", "issued_at", "id"),
        sa.Index("ix_letter_kind", "kind", "issued_at", "id"),
        sa.Index("ix_letter_document_id", "document_id"),
    )


class NumberSeries(Base):
    """The next free number of a series and year; a number once given is never given again."""

    __tablename__ = "number_series"

    series: Mapped[str]
    year: Mapped[int]
    next_number: Mapped[int]

    __table_args__ = (sa.UniqueConstraint("series", "year"),)
