"""An empty store for every test, a reader of it, and a customer for those that need one.

The store has a hub: after each test, what the hub was told must make exactly the rows of the
store. So no operation forgets anything that travels.
"""

import pytest

from tests.support.factories import make_customer
from tests.support.stores import fresh_store
from tests.support.twins import assert_hub_was_told, connect_store


@pytest.fixture
def store(tmp_path):
    opened = connect_store(fresh_store(tmp_path))
    yield opened
    try:
        assert_hub_was_told(opened)
    finally:
        opened.close()


@pytest.fixture
def reader(store):
    with store.reader() as opened:
        yield opened


@pytest.fixture
def customer_id(store):
    return make_customer(store)
