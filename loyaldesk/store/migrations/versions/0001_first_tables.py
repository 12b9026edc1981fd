"""The first tables."""

from pathlib import Path

from alembic import op

from loyaldesk.store.search_index import create_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table as it was then, and those of the search index."""
    execute = op.get_bind().exec_driver_sql
    script = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in script.split(";\n"):
        if statement.strip():
            execute(statement)
    create_tables(execute)
