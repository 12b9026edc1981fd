"""How Alembic runs on a hub's database: on the connection it is given, inside one transaction."""

from alembic import context

from loyaldesk.hub.migrating import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
