"""The first tables."""

from alembic import op

from loyaldesk.models import Base
from loyaldesk.store.search_index import create_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table, and those of the search index."""
    bind = op.get_bind()
    Base.metadata.create_all(bind)
    create_tables(lambda sql: bind.exec_driver_sql(sql))
