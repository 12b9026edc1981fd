"""What does the hub know of segments? Which sets of them are complete and may be offered."""

from __future__ import annotations

import sqlalchemy as sa

from loyaldesk.hub.tables.metadata import METADATA

__all__ = ["SEGMENT_SET"]

# `body` is the whole set as JSON; a row is written once all of its files are stored.
SEGMENT_SET = sa.Table(
    "segment_set",
    METADATA,
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("epoch", sa.String(64), nullable=False),
    sa.Column("revision", sa.String(16), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("made_at", sa.String(32), nullable=False),
)
