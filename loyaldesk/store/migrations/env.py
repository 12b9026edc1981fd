"""How Alembic runs: on the connection it is given, inside one transaction."""

from alembic import context

from loyaldesk.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
