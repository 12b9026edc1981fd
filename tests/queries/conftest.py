"""An empty store for every test, and one reader of it."""

import pytest

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
