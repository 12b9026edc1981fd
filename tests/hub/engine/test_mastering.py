"""Does what an ERP keeps stay as the ERP says, while desks keep what is theirs?"""

import pytest

from loyaldesk.hub.access import Role
from loyaldesk.hub.engine.mastering import is_mastered
from loyaldesk.protocol.kinds import KINDS
from tests.support.hub_desks import HubDesk, customer_row, principal
from tests.support.hub_reading import conflicts_of, row_of


@pytest.fixture
def erp(hub):
    desk = HubDesk(hub, principal("Tryton", Role.CONNECTOR, None))
    desk.create("customer", "c", customer_row(name="Mill", phone="1"))
    return desk


@pytest.fixture
def ann(hub, erp):
    return HubDesk(hub)


def test_a_desk_does_not_change_what_the_erp_keeps(hub, ann):
    outcome = ann.edit("customer", "c", name=("Mill", "Miller"))

    assert (outcome.st, row_of(hub, "customer", "c")["name"]) == ("rejected", "Mill")
    assert "Tryton" in outcome.reason


def test_a_desk_changes_what_is_its_own(ann):
    outcome = ann.edit("customer", "c", phone=("1", "2"), account_manager=("", "Ann"))

    assert (outcome.st, outcome.row["account_manager"]) == ("applied", "Ann")


def test_saying_what_the_erp_says_is_no_change(ann):
    assert ann.edit("customer", "c", name=("Old", "Mill"), phone=("1", "2")).st == "applied"


def test_a_desk_does_not_delete_what_the_erp_keeps(hub, ann):
    assert ann.delete("customer", "c").st == "rejected"
    assert row_of(hub, "customer", "c") is not None


def test_the_word_of_the_erp_replaces_whatever_is_there(hub, ann, erp):
    ann.create("customer", "n", customer_row("N", name="Prospect"))
    ann.edit("customer", "n", name=("Prospect", "Lead"))
    outcome = erp.edit("customer", "n", name=("?", "Company"))

    assert (outcome.st, outcome.row["name"], conflicts_of(hub)) == ("applied", "Company", [])
    assert ann.edit("customer", "n", name=("Company", "Mine")).st == "rejected"


def test_what_the_erp_says_again_moves_nothing(ann, erp):
    ann.pull()
    assert erp.create("customer", "c", customer_row(name="Mill", phone="1")).rv == 1
    assert ann.pull() == []


def test_lines_and_master_data_are_mastered_and_desk_fields_are_not():
    order, customer = KINDS["sales_order"], KINDS["customer"]

    assert [is_mastered(order, name) for name in ("lines", "number", "status")] == [
        True,
        True,
        False,
    ]
    assert not is_mastered(customer, "territory")
    assert not is_mastered(customer, "notes")
