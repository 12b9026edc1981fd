"""Does `acknowledge --pending` issue what is ready, once, and leave the rest with the reason?"""

from datetime import date

import pytest

from loyaldesk.models import Customer, OrderLine, SalesOrder
from loyaldesk.operations.mail import change_mail_settings
from loyaldesk.operations.orders import hold_order
from loyaldesk.operations.settings import change_company, change_setting
from loyaldesk.queries.verification import POLICY_KEY
from loyaldesk.store.store import Store
from tests.pdf.ack_letters import NORDLICHT
from tests.support.factories import do, make_address, make_contact, make_customer, make_order
from tests.support.mail import SMTP
from tests.support.stores import KEY, Clock

LATER = date(2099, 12, 30)
OLD = date(2024, 1, 8)


@pytest.fixture
def store(profile):
    opened = Store.open(profile, KEY, actor="Ana", clock=Clock())
    do(opened, change_company, sender=NORDLICHT)
    do(opened, change_mail_settings, settings=SMTP)
    with opened.transaction("Nothing waits") as tx:
        for (order_id,) in tx.rows("SELECT id FROM sales_order"):
            tx.update(SalesOrder, order_id, status="cancelled")
    yield opened
    opened.close()


@pytest.fixture
def orders(store):
    """Enter one order that is ready, one to look at, one on hold, one by e-mail."""
    customer_id = make_customer(store, "Kraft AG")
    make_address(store, customer_id)
    make_order(store, customer_id, number="1", ordered_on=date(2024, 11, 1))
    make_order(store, customer_id, number="2", ordered_on=date(2024, 11, 2), checked=False)
    held = make_order(store, customer_id, number="3", ordered_on=date(2024, 11, 3))
    do(store, hold_order, order_id=held, reason="sample first")
    mailed = make_customer(store, "Post & Co")
    make_address(store, mailed)
    make_contact(store, mailed, email="roth@post.example")
    with store.transaction("By e-mail") as tx:
        tx.update(Customer, mailed, letters_by="email")
    make_order(store, mailed, number="4", ordered_on=date(2024, 11, 4))
    store.close()


@pytest.fixture
def pending(loyaldesk, orders):
    """Return what runs the command and gives its answer by order."""
    del orders

    def run(*words):
        answer = loyaldesk("acknowledge", "--pending", *words, "--json")
        assert answer.code == 0, answer.err
        return {order["order"]: order for order in answer.data}

    return run


def test_without_a_way_out_it_only_says_what_is_ready(pending, tmp_path):
    found = pending()
    assert [order["ready"] for order in found.values()] == [True, False, False, True]
    assert "Their order number is missing." in found["2"]["reason"]
    assert "sample first" in found["3"]["reason"]
    assert pending() == found
    assert list(tmp_path.glob("*.pdf")) == []


def test_what_is_ready_is_written_once_and_the_rest_is_left(pending, tmp_path):
    out = tmp_path / "letters"
    out.mkdir()
    found = pending("--out", out)
    assert {number for number, order in found.items() if order["letter"]} == {"1", "4"}
    assert sorted(str(path) for path in out.iterdir()) == sorted(
        found[number]["file"] for number in ("1", "4")
    )
    again = pending("--out", out)
    assert set(again) == {"2", "3"}
    assert not any(order["letter"] for order in again.values())


def test_by_mail_go_those_who_get_their_letters_so(pending):
    found = pending("--mail")
    assert found["4"]["mailed_to"] == "roth@post.example"
    assert found["1"]["reason"] == "The customer gets letters on paper. Add --out DIR."
    assert found["1"]["letter"] == ""


def test_by_both_ways_each_goes_its_own(pending, tmp_path):
    out = tmp_path / "letters"
    out.mkdir()
    found = pending("--mail", "--out", out)
    assert (found["4"]["mailed_to"], found["4"]["file"]) == ("roth@post.example", "")
    assert [path.name for path in out.iterdir()] == [found["1"]["file"].rpartition("/")[2]]


def test_where_receipts_are_the_policy_nobody_has_to_look(loyaldesk, orders, profile, tmp_path):
    del orders
    opened = Store.open(profile, KEY, actor="Ana", clock=Clock())
    do(opened, change_setting, key=POLICY_KEY, value="receipt")
    opened.close()
    answer = loyaldesk("acknowledge", "--pending", "--json")
    ready = [order["order"] for order in answer.data if order["ready"]]
    assert ready == ["1", "2", "4"]


@pytest.mark.parametrize(
    "words",
    [(), ("10042", "--pending"), ("10042",), ("10042", "--mail", "--out", "a.pdf")],
    ids=["neither", "both", "no file", "mail of one"],
)
def test_a_wrong_use_is_told(loyaldesk, words):
    assert loyaldesk("acknowledge", *words).code == 2


def test_a_folder_that_is_not_there_issues_nothing(loyaldesk, orders, tmp_path):
    del orders
    answer = loyaldesk("acknowledge", "--pending", "--out", tmp_path / "no" / "deep")
    assert (answer.code, "There is no folder" in answer.err) == (1, True)


def test_one_order_is_accepted_once_somebody_says_that_they_looked(loyaldesk, orders, tmp_path):
    del orders
    words = ("acknowledge", "2", "--out", tmp_path / "a.pdf")
    refused = loyaldesk(*words)
    assert (refused.code, "cannot be accepted yet" in refused.err) == (1, True)
    assert not (tmp_path / "a.pdf").exists()
    assert loyaldesk(*words, "--checked", "asked Ms Roth").code == 0


def test_what_differs_from_what_was_asked_is_left_to_a_person(pending, profile):
    opened = Store.open(profile, KEY, actor="Ana", clock=Clock())
    with opened.transaction("Ask for a price") as tx:
        line_id = tx.value(
            "SELECT l.id FROM order_line l JOIN sales_order o ON o.id = l.order_id"
            " WHERE o.number = '4'"
        )
        tx.update(OrderLine, line_id, asked_price_micro=1)
        customer_id = tx.value("SELECT customer_id FROM sales_order WHERE number = '4'")
        tx.update(Customer, customer_id, credit_limit_minor=1_000_00)
    before = make_order(opened, customer_id, number="0", customer_po="0", ordered_on=OLD)
    with opened.transaction("Nobody looked") as tx:
        tx.update(SalesOrder, before, status="closed")
        tx.update(OrderLine, line_id, promised_on=LATER)
        order_id = tx.value("SELECT id FROM sales_order WHERE number = '4'")
        tx.update(SalesOrder, order_id, verified_on=None, customer_po="88")
    opened.close()
    reason = "It differs from what was asked for in line 1. Look at it first."
    assert pending()["4"]["reason"] == reason
