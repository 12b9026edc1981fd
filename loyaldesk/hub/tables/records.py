"""What does the hub remember of records, buckets and desks? Rows lie as JSON documents.

`entity`           every record of every kind, as it travels; deleted ones keep their last row
`unique_value`     what no two rows of a kind may share, and who has it
`alias`            customers that were merged away, and who they are now
`bucket_head`      the last number of each bucket, and what its live rows add up to
`bucket_entry`     one entry per bucket and row: a change moves it to a new number
`client`           desks that push: the number of their last answered edit
`mutation_result`  what became of each edit, so that a repeated push hears the same
`applied_uuid`     every answered edit, whichever client sent it
`change_audit`     who changed which field from what to what
`hub_state`        one value by key: the epoch, the hub's name
"""

from __future__ import annotations

import sqlalchemy as sa

from loyaldesk.hub.tables.metadata import METADATA

__all__ = [
    "ALIAS", "APPLIED_UUID", "BUCKET_ENTRY", "BUCKET_HEAD", "CHANGE_AUDIT", "CLIENT", "ENTITY",
    "HUB_STATE", "MUTATION_RESULT", "UNIQUE_VALUE",
]  # fmt: skip

# SQLite counts up the keys of INTEGER columns only, and knows no number of 64 bits without sign.
_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_DIGEST = sa.Numeric(20, 0).with_variant(sa.Text(), "sqlite")


def _text(name: str, *, primary_key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False, primary_key=primary_key)


def _number(name: str, *, primary_key: bool = False) -> sa.Column[int]:
    return sa.Column(
        name, sa.BigInteger(), nullable=False, primary_key=primary_key, autoincrement=False
    )


ENTITY = sa.Table(
    "entity", METADATA,
    _text("kind", primary_key=True), _text("id", primary_key=True),
    _number("rv"), _number("deleted"),
    # The customer it belongs to, and the connector that masters it; empty where there is none.
    _text("account_id"), _text("origin"),
    _text("row"), _text("field_at"), _text("changed_at"),
    sa.Index("ix_entity_account_id", "account_id", "kind"),
)  # fmt: skip

UNIQUE_VALUE = sa.Table(
    "unique_value", METADATA,
    _text("kind", primary_key=True), _text("value", primary_key=True), _text("id"),
    sa.Index("ix_unique_value_id", "kind", "id"),
)  # fmt: skip

ALIAS = sa.Table(
    "alias", METADATA,
    _text("gone_id", primary_key=True), _text("id"), _text("merge_id"),
)  # fmt: skip

BUCKET_HEAD = sa.Table(
    "bucket_head", METADATA,
    _text("bucket", primary_key=True),
    _number("seq"), _number("floor"), _number("live"), sa.Column("digest", _DIGEST, nullable=False),
    # Every push rewrites its heads: room on the page keeps the index out of it.
    postgresql_with={"fillfactor": 50},
)  # fmt: skip

BUCKET_ENTRY = sa.Table(
    "bucket_entry", METADATA,
    _text("bucket", primary_key=True), _text("kind", primary_key=True),
    _text("id", primary_key=True),
    _number("seq"), _text("op"), _number("rv"), _number("at_s"),
    sa.Index("ix_bucket_entry_seq", "bucket", "seq", unique=True),
)  # fmt: skip

CLIENT = sa.Table(
    "client", METADATA,
    _text("id", primary_key=True), _text("user_name"), _text("device"), _text("desk"),
    _number("last_no"), _text("chain"), _number("schema_rev"), _text("seen_at"),
)  # fmt: skip

MUTATION_RESULT = sa.Table(
    "mutation_result", METADATA,
    _text("client_id", primary_key=True), _number("no", primary_key=True),
    _text("uuid"), _text("kind"), _text("id"), _text("status"), _text("reason"),
    _text("conflicts"), _text("at"),
)  # fmt: skip

APPLIED_UUID = sa.Table(
    "applied_uuid", METADATA,
    _text("uuid", primary_key=True), _text("client_id"), _number("no"),
)  # fmt: skip

# `field` is empty for a row that was made, deleted or brought back: the values are whole rows then.
CHANGE_AUDIT = sa.Table(
    "change_audit", METADATA,
    sa.Column("k", _KEY, primary_key=True, autoincrement=True),
    _text("at"), _text("edited_at"), _text("actor"), _text("device"), _text("desk"),
    _text("uuid"), _text("kind"), _text("entity_id"), _text("account_id"), _text("op"),
    _text("field"), _text("old"), _text("new"),
    sa.Index("ix_change_audit_entity", "kind", "entity_id", "k"),
    sa.Index("ix_change_audit_uuid", "uuid"),
)  # fmt: skip

HUB_STATE = sa.Table("hub_state", METADATA, _text("key", primary_key=True), _text("value"))
