"""Can the phone call and the explanation be ticked, and does the page say what is still open?"""

import pytest

from loyaldesk.domain.next_steps import GroupFrame
from loyaldesk.operations.acknowledging import verify_order
from loyaldesk.operations.orders import change_order
from loyaldesk.operations.time_frames import keep_time_frame
from tests.support.factories import do, make_address, make_customer, make_order
from tests.support.spaces import plain


@pytest.fixture
def order(store) -> int:
    customer = make_customer(store)
    make_address(store, customer)
    return make_order(store, customer, number="4711", checked=False)


def ticks(store):
    with store.reader() as reader:
        return reader.row("SELECT phoned_on, process_reviewed_on FROM sales_order")


def test_both_ticks_are_kept_shown_and_undone(open_order, store, order, heard):
    page = open_order(order)
    told = page.body.pane.told
    told.phone.click()
    told.process.click()
    page.refresh()
    assert None not in ticks(store)
    assert told.phone.isChecked()
    assert plain(told.process.text()).startswith("Explained: steps, dates, payment · ")
    assert heard.said[0] == ("Ticked off", True)
    told.phone.click()
    assert ticks(store)[0] is None
    store.undo()
    store.undo()
    page.refresh()
    assert (told.phone.isChecked(), told.process.isChecked()) == (True, False)


def test_what_is_to_be_looked_at_is_on_the_page_until_it_is_ticked_off(open_order, store, order):
    page = open_order(order)
    assert "This is their first order." in page.body.pane.told.checks.text
    assert "more)" in page.body.pane.told.checks.text
    do(store, verify_order, order_id=order)
    page.refresh()
    assert page.body.pane.told.checks.text == "Checked: it may be accepted"


def test_how_long_it_usually_takes_is_there_for_the_phone(open_order, store, order):
    page = open_order(order)
    assert not page.body.pane.told.usual.isVisible()
    do(store, keep_time_frame, group="", frame=GroupFrame(3, 1, 1, 2))
    page.refresh()
    words = "Usual: ships in 3 working days, arrives 1 working day later"
    assert page.body.pane.told.usual.text == words


def test_other_terms_than_were_asked_for_are_a_difference(open_order, store, order):
    fields = {"asked_terms_days": 60, "asked_delivery_terms": "DAP Bremen"}
    do(store, change_order, order_id=order, delivery_terms="EXW", terms_reason="agreed", **fields)
    said = plain(open_order(order).body.pane.differences.text)
    assert "2 differences" in said
    assert "Terms: wanted 60 d, now 30 d — agreed" in said
    assert "Terms: wanted DAP Bremen, now EXW — agreed" in said
