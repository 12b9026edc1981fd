"""What LoyalDesk itself remembers: changes, settings, drafts and imports."""

from __future__ import annotations

import enum
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from loyaldesk.models.base import Base, Synced, references

__all__ = ["Change", "ChangeGroup", "ChangeKind", "Draft", "ImportRun", "Setting"]


class ChangeKind(enum.StrEnum):
    """What was done to a row."""

    INSERT = "I"
    UPDATE = "U"
    DELETE = "D"


class ChangeGroup(Synced, Base):
    """One action of one user: everything one transaction changed."""

    __tablename__ = "change_group"

    label: Mapped[str]
    actor: Mapped[str]
    at: Mapped[datetime]
    is_undoable: Mapped[bool] = mapped_column(server_default=sa.true())
    undoes_id: Mapped[int | None] = references("change_group")


class Change(Base):
    """One row's difference, or a whole range of rows inserted at once."""

    __tablename__ = "change"

    group_id: Mapped[int] = references("change_group")
    table_name: Mapped[str]
    row_id: Mapped[int]
    last_row_id: Mapped[int] = mapped_column(comment="equals row_id except for a range")
    kind: Mapped[ChangeKind]
    fields: Mapped[str | None] = mapped_column(
        comment='JSON {"field": [old, new]}; NULL for a range: the rows say it themselves'
    )

    __table_args__ = (
        sa.Index("ix_change_row", "table_name", "row_id", "id"),
        sa.Index("ix_change_group_id", "group_id"),
    )


class Setting(Synced, Base):
    """A setting of the company, as JSON; its uid follows from its key, so two desks agree on it."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(unique=True)
    value: Mapped[str]


class Draft(Base):
    """What somebody is typing and has not saved yet; never travels."""

    __tablename__ = "draft"

    key: Mapped[str] = mapped_column(unique=True)
    content: Mapped[str]
    kept_at: Mapped[datetime]


class ImportRun(Base):
    """One run of an import: from where, with which map, with what result."""

    __tablename__ = "import_run"

    source_system: Mapped[str]
    source: Mapped[str]
    map_name: Mapped[str]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    counts: Mapped[str] = mapped_column(server_default="{}", comment="JSON by table and outcome")
