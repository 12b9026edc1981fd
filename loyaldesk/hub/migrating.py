"""How does a hub's database get its tables, and an older one those of this version?

A new version first adds what it needs and still works with what there was, so that processes of
both versions can share one database while they are exchanged one after the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.errors import Refused
from loyaldesk.hub.tables import accounts as _accounts  # noqa: F401  adds its tables to the list
from loyaldesk.hub.tables import contents as _blobs  # noqa: F401  as above
from loyaldesk.hub.tables import records as _tables  # noqa: F401  as above
from loyaldesk.hub.tables import segments as _segments  # noqa: F401  as above
from loyaldesk.hub.tables.metadata import METADATA

if TYPE_CHECKING:
    import sqlalchemy as sa
    from alembic.config import Config

__all__ = ["HEAD", "METADATA", "migrate", "migration_config"]

HEAD = "0001"
# Any number that nothing else locks by.
_LOCK = 0x4C44_4855_42


def migrate(engine: sa.Engine) -> None:
    """Bring the database to this version's tables; a newer one is refused."""
    from alembic import command
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    options = {} if engine.dialect.name == "postgresql" else {"hub_begin": "IMMEDIATE"}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            # One process at a time: the others find the work done.
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        config = migration_config(connection)
        current = MigrationContext.configure(connection).get_current_revision()
        known = {each.revision for each in ScriptDirectory.from_config(config).walk_revisions()}
        if current is not None and current not in known:
            raise Refused(
                "This database was used by a newer LoyalDesk. Nothing was changed. Install that "
                "version again, or restore a backup of before."
            )
        if current != HEAD:
            command.upgrade(config, HEAD)


def migration_config(connection: sa.Connection) -> Config:
    """Return what Alembic needs to know to work on this connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "loyaldesk.hub:migrations")
    config.attributes["connection"] = connection
    return config
