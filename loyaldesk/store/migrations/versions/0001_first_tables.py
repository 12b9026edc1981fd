"""The first tables."""

from alembic import op

from loyaldesk.store.migrations.scripts import run_script
from loyaldesk.store.search_index import create_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table as it was then, and those of the search index."""
    run_script(__file__)
    create_tables(op.get_bind().exec_driver_sql)
