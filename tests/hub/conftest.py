"""A hub on each database it serves: the same tests, on SQLite and on PostgreSQL."""

from __future__ import annotations

import itertools
import threading
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from loyaldesk.hub.store import HubStore
from loyaldesk.hub.tables.metadata import METADATA
from tests.support.hub_desks import NOW
from tests.support.postgres import find_binaries, running_postgres

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of a PostgreSQL that runs as long as the tests."""
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed on this machine")
    with running_postgres(binaries) as url:
        yield url


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[str]:
    """The URL of a PostgreSQL without the hub's tables; whatever a test makes is taken away."""
    yield postgres_url
    engine = sa.create_engine(postgres_url)
    with engine.begin() as connection:
        METADATA.drop_all(connection)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def hub(request: pytest.FixtureRequest) -> Iterator[HubStore]:
    """A new hub; its ids count up."""
    sqlite = request.param == "sqlite"
    store = new_hub("sqlite://" if sqlite else request.getfixturevalue("postgres_database"))
    yield store
    store.close()


def new_hub(url: str, crash: Callable[[str, str], None] | None = None) -> HubStore:
    """Return a hub with its tables made, whose ids count up."""
    numbers, lock = itertools.count(1), threading.Lock()

    def new_uid() -> str:
        with lock:
            return f"{next(numbers):032x}"

    return HubStore.create(url, clock=lambda: NOW, new_uid=new_uid, crash=crash)
