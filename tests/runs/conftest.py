"""A company that writes statements, and ways to drive its runs without a second process."""

from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from loyaldesk.documents.file_store import FOLDER_NAME, FileStore
from loyaldesk.operations.settings import change_company
from loyaldesk.pdf.issuing import draw_pages
from tests.pdf.ack_letters import NORDLICHT
from tests.runs.statement_customers import NOW
from tests.support.factories import do
from tests.support.stores import KEY, Clock, fresh_store


@pytest.fixture
def store(tmp_path):
    opened = fresh_store(tmp_path, clock=Clock())
    do(opened, change_company, sender=replace(NORDLICHT, country="DE"))
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def _morning(monkeypatch):
    """Keep the year of the numbers that of the test's clock."""

    class Then(datetime):
        @classmethod
        def now(cls, tz=None):
            return NOW.astimezone(tz or UTC)

    monkeypatch.setattr("loyaldesk.runs.statement_line.datetime", Then)


@pytest.fixture
def files(tmp_path):
    return FileStore(tmp_path / FOLDER_NAME, KEY)


class DrawnHere:
    """Draws at once in this process, and writes down the numbers it was given."""

    def __init__(self):
        self.numbers = []

    def __call__(self, composed):
        """Return the drawn pages, or what went wrong, as a process would."""
        self.numbers.append(composed.letter.frame.number)
        answer: Future = Future()
        try:
            answer.set_result(draw_pages(composed=composed))
        except Exception as error:
            answer.set_exception(error)
        return answer


@pytest.fixture
def draw():
    return DrawnHere()
