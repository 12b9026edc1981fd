"""Is money that two desks take back at once taken back once only?"""

import pytest

from loyaldesk.protocol.messages import Change
from tests.support.hub_desks import HubDesk, customer_row, principal, uid, wire_row
from tests.support.hub_reading import row_of


@pytest.fixture
def ann(hub):
    desk = HubDesk(hub)
    desk.create("customer", "c", customer_row())
    money = {"customer_id": uid("c"), "currency": "EUR", "total_minor": 100, "open_minor": 70}
    desk.create("invoice", "i", wire_row("invoice", number="R", **money))
    row = wire_row(
        "allocation", customer_id=uid("c"), payment_id=None, credit_note_id=None,
        invoice_id=uid("i"), amount_minor=20,
    )  # fmt: skip
    desk.create("allocation", "a", row)
    return desk


def taken_back(hub, desk):
    seen = {name: Change(old=value) for name, value in row_of(hub, "allocation", "a").items()}
    gone = desk.mutation("delete", "allocation", "a", ch=seen)
    counted = desk.mutation("edit", "invoice", "i", ch={"open_minor": Change(inc=20)})
    counted.grp = gone.grp
    return [gone, counted]


def test_the_second_taking_back_is_refused_as_a_whole(hub, ann):
    ben = HubDesk(hub, principal("Ben"))
    first, second = taken_back(hub, ann), taken_back(hub, ben)
    ann.push(*first)
    outcomes = ben.push(*second)

    assert {each.st for each in outcomes} == {"rejected"}
    assert "took this back" in outcomes[0].reason
    assert row_of(hub, "invoice", "i")["open_minor"] == 90


def test_a_count_into_a_deleted_record_refuses_the_whole_group(hub, ann):
    ben = HubDesk(hub, principal("Ben"))
    seen = {name: Change(old=value) for name, value in row_of(hub, "allocation", "a").items()}
    ann.push(ann.mutation("delete", "allocation", "a", ch=seen))
    whole = {name: Change(old=value) for name, value in row_of(hub, "invoice", "i").items()}
    ann.push(ann.mutation("delete", "invoice", "i", ch=whole))
    note = ben.mutation("create", "activity", "n", row=wire_row("activity", customer_id=uid("c")))
    counted = ben.mutation("edit", "invoice", "i", ch={"open_minor": Change(inc=-5)})
    counted.grp = note.grp
    outcomes = ben.push(note, counted)

    assert {each.st for each in outcomes} == {"rejected"}
    assert row_of(hub, "activity", "n") is None
