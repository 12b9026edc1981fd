"""Is what an order was at its letter found without reading every change there ever was?"""

import pytest

from loyaldesk.queries import order_changes

SEARCHES = (order_changes.LETTER, order_changes.CHANGES, order_changes.DELETED)


@pytest.mark.parametrize("sql", SEARCHES)
def test_changes_are_found_by_their_row_or_their_group(reader, sql):
    steps = [
        text
        for *_, text in reader.rows(f"EXPLAIN QUERY PLAN {sql}", ["1"] * sql.count("?"))
        if "change" in text
    ]
    assert steps
    assert all("row_id=?" in step or "group_id=?" in step for step in steps)
