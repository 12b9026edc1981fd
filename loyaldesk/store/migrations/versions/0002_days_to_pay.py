"""Indexes that hold all that the days to pay need."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ALLOCATION = ("customer_id", "applied_on", "id", "invoice_id", "payment_id", "amount_minor")
INVOICE = ("customer_id", "id", "currency", "invoiced_on", "due_on", "terms_days")


def upgrade() -> None:
    """Widen the index over a customer's allocations, and add one over their invoices."""
    op.drop_index("ix_allocation_customer")
    op.create_index("ix_allocation_customer", "allocation", ALLOCATION)
    op.create_index("ix_invoice_days", "invoice", INVOICE)
