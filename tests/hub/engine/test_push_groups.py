"""Is a group of edits made as a whole or not at all, and can one bad edit block the queue?"""

import pytest

from loyaldesk.hub.access import Role
from loyaldesk.hub.engine import judging
from loyaldesk.protocol.messages import Change
from tests.support.hub_desks import HubDesk, customer_row, principal, uid, wire_row
from tests.support.hub_reading import everything, row_of


@pytest.fixture
def ann(hub):
    desk = HubDesk(hub)
    desk.create("customer", "c", customer_row(phone="1", credit_status="hold"))
    money = {"customer_id": uid("c"), "currency": "EUR"}
    desk.create(
        "invoice", "i", wire_row("invoice", number="R", total_minor=100, open_minor=100, **money)
    )
    desk.create(
        "payment",
        "p",
        wire_row("payment", number="P", amount_minor=60, unallocated_minor=60, **money),
    )
    return desk


def allocation(desk, word, amount):
    row = wire_row(
        "allocation", customer_id=uid("c"), payment_id=uid("p"), credit_note_id=None,
        invoice_id=uid("i"), amount_minor=amount,
    )  # fmt: skip
    made = desk.mutation("create", "allocation", word, row=row)
    counted = [
        desk.mutation("edit", "invoice", "i", ch={"open_minor": Change(inc=-amount)}),
        desk.mutation("edit", "payment", "p", ch={"unallocated_minor": Change(inc=-amount)}),
    ]
    for each in counted:
        each.grp = made.grp
    return [made, *counted]


def test_increments_of_two_desks_add_up(hub, ann):
    ben = HubDesk(hub, principal("Ben"))
    ann.push(*allocation(ann, "a", 20))
    ben.push(*allocation(ben, "b", 30))

    assert row_of(hub, "invoice", "i")["open_minor"] == 50
    assert row_of(hub, "payment", "p")["unallocated_minor"] == 10


def test_money_is_not_used_twice(hub, ann):
    ben = HubDesk(hub, principal("Ben"))
    ann.push(*allocation(ann, "a", 50))
    outcomes = ben.push(*allocation(ben, "b", 50))

    assert {each.st for each in outcomes} == {"rejected"}
    assert "not enough left" in outcomes[0].reason
    assert outcomes[1].row == row_of(hub, "invoice", "i")
    assert row_of(hub, "allocation", "b") is None
    assert row_of(hub, "invoice", "i")["open_minor"] == 50


def test_a_refused_group_changes_nothing_but_its_outcome(hub, ann):
    before = everything(hub)
    ann.push(*allocation(ann, "a", 61))
    after = everything(hub)

    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"mutation_result", "applied_uuid"}


def test_edits_after_a_refused_group_are_made(hub, ann):
    refused = allocation(ann, "a", 61)
    outcomes = ann.push(*refused, ann.edit_of("customer", "c", phone=("1", "2")))

    assert [each.st for each in outcomes] == ["rejected"] * 3 + ["applied"]
    assert row_of(hub, "customer", "c")["phone"] == "2"


def test_a_refused_edit_stays_refused_when_it_is_sent_again(ann):
    group = allocation(ann, "a", 61)

    assert ann.push(*group) == ann.push(*group)


def test_an_error_in_the_program_refuses_the_group_with_a_ticket(hub, ann, monkeypatch, caplog):
    def broken(_work, _before, after):
        raise KeyError(after.row["phone"])

    monkeypatch.setattr(judging, "claim_unique", broken)
    outcome = ann.edit("customer", "c", phone=("1", "+49 555"))
    monkeypatch.undo()

    assert outcome.st == "rejected"
    assert "ticket" in outcome.reason
    assert "KeyError" in caplog.text
    assert "+49 555" not in caplog.text
    assert ann.edit("customer", "c", phone=("1", "3")).st == "applied"


def taking_back(desk, word, amount):
    """Return the edits that take an allocation back and give its money free again."""
    gone = desk.mutation("delete", "allocation", word)
    counted = [
        desk.mutation("edit", "invoice", "i", ch={"open_minor": Change(inc=amount)}),
        desk.mutation("edit", "payment", "p", ch={"unallocated_minor": Change(inc=amount)}),
    ]
    for each in counted:
        each.grp = gone.grp
    return [gone, *counted]


def test_an_allocation_that_two_take_back_is_given_free_once(hub, ann):
    ben = HubDesk(hub, principal("Ben"))
    ann.push(*allocation(ann, "a", 20))
    ann.push(*allocation(ann, "b", 20))
    ann.push(*taking_back(ann, "a", 20))
    outcomes = ben.push(*taking_back(ben, "a", 20))

    assert {each.st for each in outcomes} == {"rejected"}
    assert row_of(hub, "invoice", "i")["open_minor"] == 80
    assert row_of(hub, "payment", "p")["unallocated_minor"] == 40


def test_money_is_not_booked_on_an_invoice_that_is_gone(hub, ann):
    ann.delete("invoice", "i")

    assert ann.count("invoice", "i", open_minor=-5).st == "rejected"


def order(desk, **values):
    row = wire_row("sales_order", customer_id=uid("c"), **values)
    return desk.create("sales_order", "o", row)


def test_an_order_of_a_customer_on_credit_hold_is_not_acknowledged(hub, ann):
    order(ann)
    outcome = ann.edit("sales_order", "o", status=("submitted", "acknowledged"))

    assert (outcome.st, row_of(hub, "sales_order", "o")["status"]) == ("rejected", "submitted")
    assert "credit hold" in outcome.reason


def test_an_order_on_hold_with_a_reason_may_be_acknowledged(ann):
    order(ann, hold_reason="wait for payment")

    assert ann.edit("sales_order", "o", status=("submitted", "acknowledged")).st == "applied"


def test_an_order_that_comes_in_as_acknowledged_long_ago_is_taken(ann):
    assert order(ann, status="acknowledged").st == "applied"


def test_what_the_erp_acknowledged_is_a_fact(hub, ann):
    order(ann)
    erp = HubDesk(hub, principal("ERP", Role.CONNECTOR, None))

    assert erp.edit("sales_order", "o", status=("submitted", "acknowledged")).st == "applied"
