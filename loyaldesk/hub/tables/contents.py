"""What does the hub know of contents: which are there, and which are on their way in?"""

from __future__ import annotations

import sqlalchemy as sa

from loyaldesk.hub.tables.metadata import METADATA
from loyaldesk.hub.tables.records import ENTITY

__all__ = ["BLOB", "GOING", "NAMES_BLOB", "PART", "PRESENT", "SHA256_IN_ROW", "UPLOAD"]

PRESENT, GOING = "present", "going"

# A row says that the whole content lies in the store and has this hash. `going` is one that the
# sweep is about to remove; `unneeded_since` when nothing was found to name it.
BLOB = sa.Table(
    "blob",
    METADATA,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("stored_at", sa.String(32), nullable=False),
    sa.Column("unneeded_since", sa.String(32)),
)

UPLOAD = sa.Table(
    "blob_upload",
    METADATA,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("sha256", sa.String(64), nullable=False, index=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("part_size", sa.BigInteger, nullable=False),
    sa.Column("device", sa.String(32), nullable=False),
    sa.Column("expires_at", sa.String(32), nullable=False, index=True),
    sa.Index("ix_blob_upload_device", "device", "sha256"),
)

# `sha256` is of the part; its bytes lie in the store under a name that holds it.
PART = sa.Table(
    "blob_part",
    METADATA,
    sa.Column("upload", sa.String(32), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("sha256", sa.String(64), nullable=False),
)

# Who names a content is asked with every request for it; the rows are text, so the index looks
# inside them.
NAMES_BLOB = "kind IN ('document', 'mail')"
SHA256_IN_ROW = {
    "sqlite": "json_extract(\"row\", '$.file_sha256')",
    "postgresql": "(\"row\"::json ->> 'file_sha256')",
}
for _dialect, _expression in SHA256_IN_ROW.items():
    sa.event.listen(
        ENTITY,
        "after_create",
        sa.DDL(  # type: ignore[no-untyped-call]
            f"CREATE INDEX ix_entity_blob ON entity (({_expression})) WHERE {NAMES_BLOB}"
        ).execute_if(dialect=_dialect),
    )
