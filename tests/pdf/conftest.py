"""A store with a company that writes letters, for tests that compose and issue them."""

from dataclasses import replace

import pytest

from loyaldesk.documents.file_store import FOLDER_NAME, FileStore
from loyaldesk.operations.settings import change_company
from tests.pdf.ack_letters import NORDLICHT
from tests.support.factories import do
from tests.support.stores import KEY, Clock, fresh_store


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path, clock):
    opened = fresh_store(tmp_path, clock=clock)
    do(opened, change_company, sender=replace(NORDLICHT, country="DE"))
    yield opened
    opened.close()


@pytest.fixture
def files(tmp_path):
    return FileStore(tmp_path / FOLDER_NAME, KEY)
