"""What a hub keeps of itself, its users, their devices and territories: the tables."""

from __future__ import annotations

import sqlalchemy as sa

from loyaldesk.hub.tables.metadata import METADATA

__all__ = ["DEVICE", "GRANT", "IDENTITY", "NONCE", "USER"]

# One row. `place` says where this database stands, and is empty in a copy made by `hub backup`;
# `generation` counts how often a restored copy was put into service (`hub/identity.py`).
IDENTITY = sa.Table(
    "hub_identity",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("signing_key", sa.String(64), nullable=False),
    sa.Column("place", sa.String(64), nullable=False),
    sa.Column("generation", sa.Integer, nullable=False),
)

# `login` is what is typed, `name` the account manager whose customers are this user's. A password
# is kept as argon2id; `password_state` says whose choice it was (`accounts.PasswordState`).
USER = sa.Table(
    "hub_user",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("login", sa.String(100), nullable=False, unique=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("role", sa.String(20), nullable=False),
    sa.Column("password", sa.String(200)),
    sa.Column("password_state", sa.String(10), nullable=False),
    sa.Column("email", sa.String(254), unique=True),
    sa.Column("subject", sa.String(255), unique=True),
    sa.Column("is_disabled", sa.Boolean, nullable=False),
    sa.Column("made_at", sa.String(32), nullable=False),
)

GRANT = sa.Table(
    "hub_grant",
    METADATA,
    sa.Column("user_id", sa.ForeignKey(USER.c.id), primary_key=True),
    sa.Column("territory", sa.String(200), primary_key=True),
)

# `key` is the public Ed25519 key, `refresh` the SHA-256 of the refresh id, both in hexadecimal.
# `desk` codes are never given again, so no row of a device is ever deleted.
DEVICE = sa.Table(
    "hub_device",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("user_id", sa.ForeignKey(USER.c.id), nullable=False, index=True),
    sa.Column("key", sa.String(64), nullable=False),
    sa.Column("name", sa.String(100), nullable=False),
    sa.Column("desk", sa.String(8), nullable=False, unique=True),
    sa.Column("status", sa.String(10), nullable=False),
    sa.Column("refresh", sa.String(64), nullable=False),
    sa.Column("refresh_until", sa.String(32), nullable=False),
    sa.Column("signed_in_at", sa.String(32), nullable=False),
    sa.Column("last_seen", sa.String(32), nullable=False),
)

# The nonces of signed requests, kept as long as their time would be believed.
NONCE = sa.Table(
    "hub_nonce",
    METADATA,
    sa.Column("device_key", sa.String(64), primary_key=True),
    sa.Column("nonce", sa.String(64), primary_key=True),
    sa.Column("until", sa.String(32), nullable=False, index=True),
)
