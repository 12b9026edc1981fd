"""Do two customers that were made one stay one on every desk, and part on every desk?"""

import pytest

from loyaldesk.operations.activities import write_note
from loyaldesk.operations.merging import merge_customers, part_customers
from loyaldesk.queries.duplicates import find_merged, list_merged
from tests.support.factories import (
    do,
    make_activity,
    make_address,
    make_contact,
    make_customer,
    make_invoice,
    make_order,
    make_payment,
)
from tests.sync.view.test_two_profiles import Team

KEPT, GONE = "K-1", "K-2"


@pytest.fixture
def team(tmp_path):
    """Return two desks in step that have a customer twice, each time with records."""
    made = Team(tmp_path)
    ana = made.stores["ana"]
    for number, name in ((KEPT, "Kraft AG"), (GONE, "Kraft")):
        customer_id = make_customer(ana, name, number=number, notes=f"note of {number}")
        make_contact(ana, customer_id)
        make_address(ana, customer_id)
        order_id = make_order(ana, customer_id)
        make_invoice(ana, customer_id, "100.00", order_id=order_id)
        make_payment(ana, customer_id, "10.00")
        make_activity(ana, customer_id)
    make_customer(ana, "Branch", parent_id=find(ana, GONE))
    made.meet()
    yield made
    for store in made.stores.values():
        assert store.check() == []
        store.close()
    made.hub.engine.dispose()


def find(store, number):
    with store.reader() as reader:
        return reader.value("SELECT id FROM customer WHERE number = ?", [number])


def owned(store, number):
    """Return how many records of each table are the customer's."""
    tables = ("contact", "address", "sales_order", "invoice", "payment", "activity")
    with store.reader() as reader:
        return [
            reader.value(f"SELECT count(*) FROM {t} WHERE customer_id = ?", [find(store, number)])
            for t in tables
        ]


def conflicts(rows):
    return [row for (kind, _), row in rows.items() if kind == "edit_conflict"]


def merge(store):
    return do(store, merge_customers, kept_id=find(store, KEPT), gone_id=find(store, GONE))


def test_a_merge_stays_on_the_desk_that_made_it_and_comes_to_the_other(team):
    merge(team.stores["ana"])
    mine, theirs = team.meet()

    assert mine == theirs
    assert conflicts(mine) == []
    for store in team.stores.values():
        assert find(store, GONE) is None
        assert owned(store, KEPT) == [2] * 6
        with store.reader() as reader:
            assert find_merged(reader, number=GONE) == find(store, KEPT)


def test_what_another_desk_wrote_meanwhile_goes_to_the_one_that_stayed(team):
    ana, ben = team.stores["ana"], team.stores["ben"]
    merge(ana)
    do(ben, write_note, customer_id=find(ben, GONE), text="Called about plums")
    make_order(ben, find(ben, GONE))
    mine, theirs = team.meet()

    assert mine == theirs
    for store in team.stores.values():
        assert find(store, GONE) is None
        assert owned(store, KEPT) == [2, 2, 3, 2, 2, 3]


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_parting_travels_whichever_desk_does_it(team, who):
    merge(team.stores["ana"])
    team.meet()
    store = team.stores[who]
    with store.reader() as reader:
        (merged,) = list_merged(reader)
    do(store, part_customers, merge_id=merged.id)
    mine, theirs = team.meet()

    assert mine == theirs
    assert conflicts(mine) == []
    for each in team.stores.values():
        assert owned(each, KEPT) == owned(each, GONE) == [1] * 6
        with each.reader() as reader:
            assert find_merged(reader, number=GONE) is None


def test_undo_and_redo_of_a_merge_travel(team):
    ana = team.stores["ana"]
    merge(ana)
    team.meet()
    ana.undo()
    mine, theirs = team.meet()
    assert mine == theirs
    assert conflicts(mine) == []
    assert owned(team.stores["ben"], GONE) == [1] * 6

    ana.redo()
    mine, theirs = team.meet()
    assert mine == theirs
    assert conflicts(mine) == []
    assert owned(team.stores["ben"], KEPT) == [2] * 6
