"""Is memory given back after a read through all records, and only then?"""

import pytest

from loyaldesk.store.connection import connect
from loyaldesk.store.memory import BULK_ROWS
from loyaldesk.store.reader import Reads
from tests.support.stores import KEY

NUMBERS = """
    WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?)
    SELECT n FROM number
"""


@pytest.fixture
def traced(tmp_path):
    """A connection, and the statements that run on it."""
    connection = connect(tmp_path / "store.db", KEY)
    ran: list[str] = []
    connection.set_trace_callback(ran.append)
    yield connection, ran
    connection.close()


@pytest.mark.parametrize(("rows", "given_back"), [(BULK_ROWS, True), (BULK_ROWS - 1, False)])
def test_the_cache_is_emptied_after_very_many_rows(rows, given_back, traced):
    connection, ran = traced
    assert sum(map(len, Reads(connection).chunks(NUMBERS, [rows]))) == rows
    assert ("PRAGMA shrink_memory" in ran) is given_back


def test_a_read_that_is_left_early_gives_nothing_back(traced):
    connection, ran = traced
    next(iter(Reads(connection).chunks(NUMBERS, [BULK_ROWS])))
    assert "PRAGMA shrink_memory" not in ran
