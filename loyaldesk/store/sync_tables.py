"""What a desk remembers of its hub: what waits to go out, what came in, where it stands.

These are no records: nobody undoes them and no page shows them as they are. Only
`store.outbox` and `sync` write them, always inside a transaction of the store.

`sync_state`    one value by key: client, epoch, desk code, clock offset, next number, …
`outbox`        edits that the hub has not answered yet, in the order they were made; never changed
`journal`       answered edits of the last 30 days, for a hub that was restored to an earlier day
`attention`     edits that the hub refused, kept until somebody reads them
`inbox`         pages that came in and are not applied yet
`bucket`        how far each bucket was read (`seq`), and how far it is staged
`membership`    which rows lie in which bucket, in which version (not above 0: since the bucket
                is read anew it was not listed again)
`sync_base`     the hub's row under every row with waiting edits, or that cannot be shown yet;
                also rows that no bucket holds any more, until nothing refers to them
`loose_reference` what a shown row names that is not on this desk (`store.loose`)
`blob`          contents that travel: which way, how far
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["SYNC_TABLES", "create_sync_tables"]

SYNC_TABLES = (
    "CREATE TABLE sync_state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE outbox (
        no INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, grp INTEGER NOT NULL,
        kind TEXT NOT NULL, uid TEXT NOT NULL, op TEXT NOT NULL, body TEXT NOT NULL,
        edited_at TEXT NOT NULL, offset_ms INTEGER, schema INTEGER NOT NULL,
        actor TEXT NOT NULL, label TEXT NOT NULL,
        tries INTEGER NOT NULL DEFAULT 0, answer TEXT NOT NULL DEFAULT '')""",
    "CREATE INDEX ix_outbox_row ON outbox (kind, uid, no)",
    "CREATE INDEX ix_outbox_grp ON outbox (grp, no)",
    """CREATE TABLE journal (
        k INTEGER PRIMARY KEY, uuid TEXT NOT NULL UNIQUE, grp INTEGER NOT NULL,
        kind TEXT NOT NULL, uid TEXT NOT NULL, op TEXT NOT NULL, body TEXT NOT NULL,
        edited_at TEXT NOT NULL, offset_ms INTEGER, schema INTEGER NOT NULL,
        actor TEXT NOT NULL, label TEXT NOT NULL, acked_at TEXT NOT NULL)""",
    "CREATE INDEX ix_journal_acked_at ON journal (acked_at)",
    """CREATE TABLE attention (
        uuid TEXT PRIMARY KEY, grp INTEGER NOT NULL, kind TEXT NOT NULL, uid TEXT NOT NULL,
        op TEXT NOT NULL, body TEXT NOT NULL, edited_at TEXT NOT NULL, actor TEXT NOT NULL,
        label TEXT NOT NULL, reason TEXT NOT NULL, told_at TEXT NOT NULL,
        seen INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID""",
    """CREATE TABLE inbox (
        k INTEGER PRIMARY KEY, bucket TEXT NOT NULL, seq INTEGER NOT NULL, op TEXT NOT NULL,
        kind TEXT NOT NULL, uid TEXT NOT NULL, rv INTEGER NOT NULL, body TEXT)""",
    """CREATE TABLE bucket (
        name TEXT PRIMARY KEY, seq INTEGER NOT NULL, boot_floor INTEGER NOT NULL,
        live INTEGER NOT NULL DEFAULT 0, digest TEXT NOT NULL DEFAULT '0000000000000000',
        staged_seq INTEGER, staged_floor INTEGER, is_reset INTEGER NOT NULL DEFAULT 0,
        is_revoked INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID""",
    """CREATE TABLE membership (
        kind TEXT NOT NULL, uid TEXT NOT NULL, bucket TEXT NOT NULL, rv INTEGER NOT NULL,
        PRIMARY KEY (kind, uid, bucket)) WITHOUT ROWID""",
    "CREATE INDEX ix_membership_bucket ON membership (bucket, kind, uid)",
    """CREATE TABLE sync_base (
        kind TEXT NOT NULL, uid TEXT NOT NULL, rv INTEGER NOT NULL, body TEXT,
        is_waiting INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (kind, uid)) WITHOUT ROWID""",
    "CREATE INDEX ix_sync_base_waiting ON sync_base (is_waiting, kind, uid) WHERE is_waiting > 0",
    """CREATE TABLE loose_reference (
        kind TEXT NOT NULL, uid TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
        target TEXT NOT NULL, PRIMARY KEY (kind, uid, field)) WITHOUT ROWID""",
    "CREATE INDEX ix_loose_reference_target ON loose_reference (target)",
    """CREATE TABLE blob (
        sha256 TEXT NOT NULL, direction TEXT NOT NULL, size INTEGER NOT NULL,
        upload TEXT NOT NULL DEFAULT '', parts_done TEXT NOT NULL DEFAULT '[]',
        tries INTEGER NOT NULL DEFAULT 0, next_try TEXT, answer TEXT NOT NULL DEFAULT '',
        PRIMARY KEY (sha256, direction)) WITHOUT ROWID""",
    "CREATE INDEX ix_blob_waiting ON blob (direction, next_try) WHERE answer <> 'present'",
)


def create_sync_tables(execute: Callable[[str], object]) -> None:
    """Create the tables; `execute` runs one statement."""
    for statement in SYNC_TABLES:
        execute(statement)
