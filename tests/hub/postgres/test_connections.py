"""Whether a hub goes on by itself after its database was started anew."""

import sqlalchemy as sa

from loyaldesk.hub import store as hub_store
from tests.hub.conftest import new_hub

CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE pid <> pg_backend_pid() AND datname = current_database()"
)


def test_a_connection_that_was_cut_while_it_rested_is_replaced(postgres_database, monkeypatch):
    hub = new_hub(postgres_database)
    with hub.snapshot("use") as tx:
        assert tx.row("SELECT 1") == (1,)
    other = sa.create_engine(postgres_database)
    with other.begin() as connection:
        assert connection.exec_driver_sql(CUT).fetchall()
    other.dispose()

    monkeypatch.setattr(hub_store, "_RESTED_S", 0.0)
    with hub.snapshot("use") as tx:
        assert tx.row("SELECT 1") == (1,)
    hub.close()


def test_a_connection_in_use_is_not_asked_before_each_page(postgres_database, monkeypatch):
    hub = new_hub(postgres_database)
    asked: list[object] = []
    monkeypatch.setattr(hub.engine.dialect, "do_ping", asked.append)
    for _ in range(3):
        with hub.snapshot("use") as tx:
            tx.row("SELECT 1")
    hub.close()

    assert asked == []
