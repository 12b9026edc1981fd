"""Does a record's page say what is to be decided and what waits, and otherwise nothing?"""

import pytest

from loyaldesk.operations.customers import edit_customer
from loyaldesk.ui.customers.page import CustomerPage
from loyaldesk.ui.orders.page import OrderPage
from loyaldesk.ui.record_line import REREAD_MS
from tests.support.factories import do, make_order
from tests.support.teamwork import make_conflict, make_waiting, uid_of
from tests.ui.sync.conftest import IN_STEP


@pytest.fixture
def page(desk, keep, customer, tell):
    tell()
    return keep(CustomerPage(desk, 1), (1300, 800))


@pytest.fixture
def settled(qtbot):
    """Return what waits until the line is shown, or hidden."""

    def wait(line, *, shown):
        qtbot.waitUntil(lambda: line.isVisible() is shown, timeout=3_000)

    return wait


def test_a_record_with_nothing_to_say_has_no_line(page):
    assert not page.record_line.isVisible()


def test_a_conflict_is_told_and_leads_to_its_place(store, customer, page, desk, settled):
    make_conflict(store, customer, "phone", ("", "1", "2"))
    settled(page.record_line, shown=True)
    assert page.record_line.words.text == "One field was changed by two people at once."
    wished = []
    desk.ways.conflicts_wanted.connect(lambda kind, uid: wished.append((kind, uid)))
    page.record_line.link.click()
    assert wished == [customer]


def test_what_waits_leads_to_the_list(store, customer, page, desk, settled):
    make_waiting(store, customer, changes={"phone": ["1", "2"]})
    page.record_line.refresh()
    settled(page.record_line, shown=True)
    assert page.record_line.words.text == "One change here is waiting to go out."
    wished: list[str] = []
    desk.ways.section_wanted.connect(wished.append)
    page.record_line.link.click()
    assert wished == ["sync"]


def test_what_waits_is_told_until_it_went(store, customer, page, tell, settled):
    make_waiting(store, customer, changes={"phone": ["1", "2"]})
    tell(waiting=1)
    settled(page.record_line, shown=True)
    with store.remote_transaction("Send") as tx:
        tx.execute("DELETE FROM outbox")
    tell()
    settled(page.record_line, shown=False)


def test_an_order_has_its_line_as_well(store, desk, keep, customer, settled):
    order_id = make_order(store, 1)
    desk.news.tell_sync(IN_STEP)
    make_waiting(store, ("sales_order", uid_of(store, "sales_order", order_id)), changes={})
    page = keep(OrderPage(desk, order_id), (1300, 800))
    settled(page.record_line, shown=True)
    assert "waiting to go out" in page.record_line.words.text


def test_a_desk_without_a_hub_is_never_asked(store, desk, keep, customer, qtbot):
    page = keep(CustomerPage(desk, 1), (1300, 800))
    desk.jobs.ran.clear()
    do(store, edit_customer, customer_id=1, phone="+33 9")
    # The page reads itself again, and the line would have by then.
    qtbot.waitUntil(lambda: "read_customer_page" in desk.jobs.ran, timeout=3_000)
    qtbot.wait(2 * REREAD_MS)
    assert "_read_marks" not in desk.jobs.ran
    assert not page.record_line.isVisible()
