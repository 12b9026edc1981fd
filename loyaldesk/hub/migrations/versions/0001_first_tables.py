"""The first tables: records, buckets, edits, users, devices, contents."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Who names a content is asked with every request for it: an index inside of the rows.
_CONTENT_OF_ROW = {
    "sqlite": "json_extract(\"row\", '$.file_sha256')",
    "postgresql": "(\"row\"::json ->> 'file_sha256')",
}


def upgrade() -> None:
    """Make the tables."""
    _records()
    _accounts()
    _contents()
    _segments()
    expression = _CONTENT_OF_ROW[op.get_bind().dialect.name]
    op.execute(
        f"CREATE INDEX ix_entity_blob ON entity (({expression})) WHERE kind IN ('document', 'mail')"
    )


def _records() -> None:
    op.create_table(
        "alias",
        sa.Column("gone_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("merge_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("gone_id", name="pk_alias"),
    )
    op.create_table(
        "applied_uuid",
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("uuid", name="pk_applied_uuid"),
    )
    op.create_table(
        "bucket_entry",
        sa.Column("bucket", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("rv", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at_s", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("bucket", "kind", "id", name="pk_bucket_entry"),
    )
    op.create_index("ix_bucket_entry_seq", "bucket_entry", ["bucket", "seq"], unique=True)
    op.create_table(
        "bucket_head",
        sa.Column("bucket", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("floor", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("live", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "digest",
            sa.Numeric(precision=20, scale=0).with_variant(sa.Text(), "sqlite"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("bucket", name="pk_bucket_head"),
        postgresql_with={"fillfactor": 50},
    )
    op.create_table(
        "change_audit",
        sa.Column(
            "k",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("edited_at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("op", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("k", name="pk_change_audit"),
    )
    op.create_index(
        "ix_change_audit_entity", "change_audit", ["kind", "entity_id", "k"], unique=False
    )
    op.create_index("ix_change_audit_uuid", "change_audit", ["uuid"], unique=False)
    op.create_table(
        "client",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("user_name", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("last_no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("schema_rev", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seen_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_client"),
    )
    op.create_table(
        "entity",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("rv", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("deleted", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.Column("field_at", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name="pk_entity"),
    )
    op.create_index("ix_entity_account_id", "entity", ["account_id", "kind"], unique=False)
    op.create_table(
        "hub_state",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_hub_state"),
    )
    op.create_table(
        "mutation_result",
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("no", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("uuid", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("conflicts", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "no", name="pk_mutation_result"),
    )
    op.create_table(
        "unique_value",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "value", name="pk_unique_value"),
    )
    op.create_index("ix_unique_value_id", "unique_value", ["kind", "id"], unique=False)


def _accounts() -> None:
    op.create_table(
        "hub_identity",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("signing_key", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hub_identity"),
    )
    op.create_table(
        "hub_nonce",
        sa.Column("device_key", sa.String(length=64), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("until", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("device_key", "nonce", name="pk_hub_nonce"),
    )
    op.create_index("ix_hub_nonce_until", "hub_nonce", ["until"], unique=False)
    op.create_table(
        "hub_user",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("login", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("password", sa.String(length=200), nullable=True),
        sa.Column("password_state", sa.String(length=10), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("subject", sa.String(length=255), nullable=True),
        sa.Column("is_disabled", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hub_user"),
        sa.UniqueConstraint("email", name="uq_hub_user_email"),
        sa.UniqueConstraint("login", name="uq_hub_user_login"),
        sa.UniqueConstraint("subject", name="uq_hub_user_subject"),
    )
    op.create_table(
        "hub_device",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("desk", sa.String(length=8), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("refresh", sa.String(length=64), nullable=False),
        sa.Column("refresh_until", sa.String(length=32), nullable=False),
        sa.Column("signed_in_at", sa.String(length=32), nullable=False),
        sa.Column("last_seen", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["hub_user.id"], name="fk_hub_device_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_hub_device"),
        sa.UniqueConstraint("desk", name="uq_hub_device_desk"),
    )
    op.create_index("ix_hub_device_user_id", "hub_device", ["user_id"], unique=False)
    op.create_table(
        "hub_grant",
        sa.Column("user_id", sa.String(length=32), nullable=False),
        sa.Column("territory", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["hub_user.id"], name="fk_hub_grant_user_id"),
        sa.PrimaryKeyConstraint("user_id", "territory", name="pk_hub_grant"),
    )


def _contents() -> None:
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("stored_at", sa.String(length=32), nullable=False),
        sa.Column("unneeded_since", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name="pk_blob"),
    )
    op.create_table(
        "blob_part",
        sa.Column("upload", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("upload", "number", name="pk_blob_part"),
    )
    op.create_table(
        "blob_upload",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("part_size", sa.BigInteger(), nullable=False),
        sa.Column("device", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_blob_upload"),
    )
    op.create_index("ix_blob_upload_device", "blob_upload", ["device", "sha256"], unique=False)
    op.create_index("ix_blob_upload_expires_at", "blob_upload", ["expires_at"], unique=False)
    op.create_index("ix_blob_upload_sha256", "blob_upload", ["sha256"], unique=False)


def _segments() -> None:
    op.create_table(
        "segment_set",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.String(length=16), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_segment_set"),
    )
