"""Letters that leave the house: outbox, batches, statement runs, reminders, time frames."""

from loyaldesk.store.migrations.scripts import run_script

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the new tables and columns; what is there stays as it is."""
    run_script(__file__)
