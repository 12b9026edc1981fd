"""Many desks on one hub: what travels, what waits, what was merged and by whom."""

import hashlib

from alembic import op

from loyaldesk.store.migrations.scripts import run_script
from loyaldesk.store.sync_tables import create_sync_tables

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables of the hub's desk half, and give every setting the uid of its key."""
    execute = op.get_bind().exec_driver_sql
    kept = execute("SELECT id, key, value FROM setting ORDER BY id").fetchall()
    run_script(__file__)
    for row_id, key, value in kept:
        uid = hashlib.sha256(f"setting {key}".encode()).digest()[:16]
        execute(
            "INSERT INTO setting (id, key, value, uid) VALUES (?, ?, ?, ?)",
            (row_id, key, value, uid),
        )
    create_sync_tables(execute)
