"""Who we sell to: customers, their people and their places."""

from __future__ import annotations

import enum
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from loyaldesk.domain.text import fold, number_key
from loyaldesk.models.base import Base, Sourced, references, source_index

__all__ = [
    "Address", "AddressUse", "Contact", "CreditStatus", "Customer", "CustomerStatus",
    "LetterWay", "StatementScope", "StatementType",
]  # fmt: skip


class CustomerStatus(enum.StrEnum):
    """Where the relationship stands."""

    PROSPECT = "prospect"
    ACTIVE = "active"
    LOST = "lost"


class CreditStatus(enum.StrEnum):
    """Whether orders may go out on credit."""

    GOOD = "good"
    WATCH = "watch"
    HOLD = "hold"


class StatementType(enum.StrEnum):
    """The four kinds of statement of account."""

    OPEN_ITEM = "open-item"
    BALANCE_FORWARD = "balance-forward"
    ACTIVITY = "activity"
    DETAILED = "detailed"


class LetterWay(enum.StrEnum):
    """How the customer gets their letters."""

    PRINT = "print"
    EMAIL = "email"


class StatementScope(enum.StrEnum):
    """Whether a member of a group has a statement of its own or is part of its parent's."""

    OWN = "own"
    PARENT = "parent"


class AddressUse(enum.StrEnum):
    """What a place is used for."""

    BILLING = "billing"
    DELIVERY = "delivery"


class Customer(Sourced, Base):
    """The organisation or person we sell to."""

    __tablename__ = "customer"
    derived = {"name_key": ("name", fold), "number_key": ("number", number_key)}

    number: Mapped[str] = mapped_column(unique=True)
    number_key: Mapped[str]
    name: Mapped[str]
    name_key: Mapped[str]
    trading_name: Mapped[str] = mapped_column(server_default="")
    status: Mapped[CustomerStatus] = mapped_column(server_default="active")
    status_since: Mapped[date | None]
    parent_id: Mapped[int | None] = references("customer")
    segment: Mapped[str] = mapped_column(server_default="")
    territory: Mapped[str] = mapped_column(server_default="")
    account_manager: Mapped[str] = mapped_column(server_default="")
    language: Mapped[str] = mapped_column(server_default="en")
    currency: Mapped[str] = mapped_column(server_default="EUR")
    country: Mapped[str] = mapped_column(server_default="")
    town: Mapped[str] = mapped_column(server_default="", comment="of the main billing address")
    phone: Mapped[str] = mapped_column(server_default="")
    email: Mapped[str] = mapped_column(server_default="")
    website: Mapped[str] = mapped_column(server_default="")
    tax_id: Mapped[str] = mapped_column(server_default="")
    terms_days: Mapped[int] = mapped_column(server_default="30")
    credit_limit_minor: Mapped[int | None]
    credit_status: Mapped[CreditStatus] = mapped_column(server_default="good")
    is_key_account: Mapped[bool] = mapped_column(server_default=sa.false())
    statement_type: Mapped[StatementType] = mapped_column(server_default="open-item")
    envelope: Mapped[str] = mapped_column(server_default="", comment="profile; empty: by country")
    customer_since: Mapped[date | None]
    last_contact_on: Mapped[date | None]
    notes: Mapped[str] = mapped_column(server_default="")
    letters_by: Mapped[LetterWay] = mapped_column(server_default="print")
    letters_email: Mapped[str] = mapped_column(
        server_default="", comment="empty: the primary contact's, then the customer's"
    )
    wants_statements: Mapped[bool] = mapped_column(server_default=sa.true())
    statement_scope: Mapped[StatementScope] = mapped_column(server_default="own")
    acknowledgement_policy: Mapped[str] = mapped_column(
        server_default="", comment="receipt or acceptance; empty: the company's"
    )
    dunning_paused_until: Mapped[date | None]
    dunning_pause_reason: Mapped[str] = mapped_column(server_default="")

    __table_args__ = (
        source_index("customer"),
        sa.Index("ix_customer_name_key", "name_key", "id"),
        sa.Index("ix_customer_number_key", "number_key", "id"),
        sa.Index("ix_customer_town", "town", "id"),
        sa.Index("ix_customer_last_contact_on", "last_contact_on", "id"),
        sa.Index("ix_customer_manager", "account_manager", "name_key", "id"),
        sa.Index(
            "ix_customer_parent_id", "parent_id",
            sqlite_where=sa.text("parent_id IS NOT NULL"),
            postgresql_where=sa.text("parent_id IS NOT NULL"),
        ),
        # Two with one tax number are one.
        sa.Index(
            "ix_customer_tax_id", "tax_id",
            sqlite_where=sa.text("tax_id <> ''"),
            postgresql_where=sa.text("tax_id <> ''"),
        ),
        sa.Index(
            "ix_customer_on_watch", "name_key", "id",
            sqlite_where=sa.text("credit_status <> 'good'"),
            postgresql_where=sa.text("credit_status <> 'good'"),
        ),
        sa.Index(
            "ix_customer_key_account", "name_key", "id",
            sqlite_where=sa.text("is_key_account = 1"),
            postgresql_where=sa.text("is_key_account"),
        ),
        sa.CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_own_parent"),
        sa.CheckConstraint("terms_days BETWEEN 0 AND 999", name="terms_days"),
    )  # fmt: skip


class Contact(Sourced, Base):
    """A person at the customer."""

    __tablename__ = "contact"

    customer_id: Mapped[int] = references("customer")
    salutation: Mapped[str] = mapped_column(server_default="", comment="Ms, Mr, Frau, Herr")
    given_name: Mapped[str] = mapped_column(server_default="")
    family_name: Mapped[str]
    role: Mapped[str] = mapped_column(server_default="")
    email: Mapped[str] = mapped_column(server_default="")
    phone: Mapped[str] = mapped_column(server_default="")
    mobile: Mapped[str] = mapped_column(server_default="")
    language: Mapped[str] = mapped_column(server_default="")
    preferred_channel: Mapped[str] = mapped_column(server_default="")
    preferred_time: Mapped[str] = mapped_column(server_default="")
    birthday: Mapped[date | None]
    consent_on: Mapped[date | None]
    notes: Mapped[str] = mapped_column(server_default="")
    is_primary: Mapped[bool] = mapped_column(server_default=sa.false())

    __table_args__ = (
        source_index("contact"),
        sa.Index("ix_contact_customer_id", "customer_id", "id"),
    )


class Address(Sourced, Base):
    """A place of the customer, with its use."""

    __tablename__ = "address"

    customer_id: Mapped[int] = references("customer")
    use: Mapped[AddressUse] = mapped_column(server_default="billing")
    is_default: Mapped[bool] = mapped_column(server_default=sa.true())
    recipient: Mapped[str] = mapped_column(server_default="", comment="empty: the customer's name")
    extra: Mapped[str] = mapped_column(server_default="", comment="department, building")
    street: Mapped[str] = mapped_column(server_default="", comment="with house number")
    postcode: Mapped[str] = mapped_column(server_default="")
    town: Mapped[str] = mapped_column(server_default="")
    region: Mapped[str] = mapped_column(server_default="")
    country: Mapped[str] = mapped_column(server_default="", comment="ISO 3166 alpha-2")

    __table_args__ = (
        source_index("address"),
        sa.Index("ix_address_customer_id", "customer_id", "id"),
    )
