"""An empty store for every test, a reader of it, and a customer for those that need one."""

import pytest

from tests.support.factories import make_customer
from tests.support.stores import fresh_store


@pytest.fixture
def store(tmp_path):
    opened = fresh_store(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def reader(store):
    with store.reader() as opened:
        yield opened


@pytest.fixture
def customer_id(store):
    return make_customer(store)
