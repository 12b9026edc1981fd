"""Whether the migrations lead to exactly the tables that the models declare."""

import sqlalchemy as sa

from loyaldesk.models import Base
from loyaldesk.store.schema import FILE_NAME
from loyaldesk.store.store import Store

DECLARED = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"


def _plain(sql):
    return " ".join(sql.split())


def test_migrated_tables_and_indexes_are_those_of_the_models(tmp_path):
    memory = sa.create_engine("sqlite://")
    Base.metadata.create_all(memory)
    with memory.connect() as connection:
        wanted = {name: _plain(sql) for name, sql in connection.exec_driver_sql(DECLARED)}
    memory.dispose()
    store = Store.open(tmp_path, bytes(32))

    with store.reader() as reader:
        found = {name: _plain(sql) for name, sql in reader.rows(DECLARED)}
    store.close()

    assert {name: found.get(name) for name in wanted} == wanted
    assert (tmp_path / FILE_NAME).exists()


def test_what_is_not_a_model_belongs_to_the_search_index_or_to_alembic(tmp_path):
    store = Store.open(tmp_path, bytes(32))

    with store.reader() as reader:
        tables = {
            name for (name,) in reader.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
    store.close()

    others = tables - set(Base.metadata.tables)
    assert {name for name in others if not name.startswith("search_")} == {"alembic_version"}
