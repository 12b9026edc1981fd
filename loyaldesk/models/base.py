"""What every table has in common: types, names of constraints, derived columns."""

from __future__ import annotations

import enum
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

__all__ = [
    "Base", "Derived", "Sourced", "Synced", "reference_index", "references", "source_index",
]  # fmt: skip

Derived = dict[str, tuple[str, Callable[[str], str]]]


class Base(DeclarativeBase):
    """The root of all tables; `derived` maps a column to the column and rule it comes from."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    # Enums are stored as their values without a CHECK: a neighbour's newer value must still fit.
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        enum.Enum: sa.Enum(
            enum.Enum,
            native_enum=False,
            create_constraint=False,
            length=40,
            values_callable=lambda members: [member.value for member in members],
        ),
        date: sa.Date(),
        datetime: sa.DateTime(timezone=True),
        bytes: sa.LargeBinary(),
        str: sa.Text(),
        bool: sa.Boolean(create_constraint=False),
        int: sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
    }
    derived: ClassVar[Derived] = {}

    id: Mapped[int] = mapped_column(primary_key=True)


class Synced:
    """A row that travels: `uid` is its UUIDv7 on the wire, made by whoever created it."""

    uid: Mapped[bytes] = mapped_column(sa.LargeBinary(16), unique=True)


class Sourced(Synced):
    """A row that may come from another system: which one, and its key there."""

    source_system: Mapped[str | None]
    source_key: Mapped[str | None]


def references(target: str) -> Any:
    """Return a foreign-key column to `table.id`; never cascading: every deletion is recorded."""
    return mapped_column(sa.ForeignKey(f"{target}.id", ondelete="RESTRICT"))


def reference_index(table: str, column: str) -> sa.Index:
    """Return the index that finds the few rows that name a record, for when that one goes."""
    named = sa.text(f"{column} IS NOT NULL")
    return sa.Index(f"ix_{table}_{column}", column, sqlite_where=named, postgresql_where=named)


def source_index(table: str) -> sa.Index:
    """Return the unique index that finds a row by its source system and key."""
    return sa.Index(
        f"ix_{table}_source",
        "source_system",
        "source_key",
        unique=True,
        sqlite_where=sa.text("source_key IS NOT NULL"),
        postgresql_where=sa.text("source_key IS NOT NULL"),
    )
