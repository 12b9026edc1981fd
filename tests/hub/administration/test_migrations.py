"""Do the migrations make exactly the tables that the hub's code knows?"""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from loyaldesk.errors import Refused
from loyaldesk.hub.migrating import HEAD, METADATA, migrate, migration_config
from loyaldesk.hub.store import engine_for
from tests.hub.conftest import postgres_database, postgres_url  # noqa: F401 - fixtures


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request, tmp_path):
    """An empty database."""
    is_file = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'hub.db'}" if is_file else None
    engine = engine_for(url or request.getfixturevalue("postgres_database"))
    yield engine
    if not is_file:
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
    engine.dispose()


def indexes(engine):
    """Return the columns or words of every index by table and name."""
    found = sa.inspect(engine)
    inside = {}
    if engine.dialect.name == "sqlite":
        # What SQLAlchemy cannot read of SQLite: indexes of expressions.
        with engine.connect() as connection:
            wanted = "SELECT name, sql FROM sqlite_master WHERE sql LIKE 'CREATE INDEX%((%'"
            inside = dict(connection.exec_driver_sql(wanted).all())
            assert inside
    return inside | {
        (table, index["name"]): (index.get("expressions"), index["column_names"], index["unique"])
        for table in sorted(set(found.get_table_names()) - {"alembic_version"})
        for index in found.get_indexes(table)
    }


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
def test_migrated_tables_are_those_of_the_code(engine):
    migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = [each for each in compare_metadata(context, METADATA) if not of_content(each)]
        assert found == []


def of_content(difference):
    """Tell whether it is the index inside of rows, which `indexes` compares by itself."""
    return difference[0] == "remove_index" and difference[1].name == "ix_entity_blob"


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
def test_migrated_indexes_are_those_of_the_code(engine):
    migrate(engine)
    migrated = indexes(engine)
    with engine.begin() as connection:
        METADATA.drop_all(connection)
        METADATA.create_all(connection)
    assert migrated
    assert indexes(engine) == migrated


def test_migrating_again_changes_nothing(engine):
    for _ in range(2):
        migrate(engine)
    with engine.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == HEAD


def test_head_is_the_newest_migration():
    engine = engine_for("sqlite://")
    with engine.connect() as connection:
        scripts = ScriptDirectory.from_config(migration_config(connection))
        assert scripts.get_current_head() == HEAD
    engine.dispose()


def test_database_of_a_newer_version_is_left_alone(engine):
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Refused, match="newer LoyalDesk"):
        migrate(engine)
