"""Does a change of a connected desk go out, or away, as its buttons say?"""

import pytest
from PySide6.QtWidgets import QApplication

from loyaldesk.operations.customers import edit_customer
from loyaldesk.store.sync_state import StateKey
from loyaldesk.ui.sync.discard_dialog import DiscardDialog
from tests.support.factories import do
from tests.support.teamwork import make_conflict, make_refused


@pytest.fixture
def connected(store, customer):
    """Let the store belong to a desk of a hub, which then has the customer."""
    with store.remote_transaction("Connect") as tx:
        for key, value in ((StateKey.CLIENT, "c" * 32), (StateKey.DESK_CODE, "B7")):
            tx.execute("INSERT OR REPLACE INTO sync_state VALUES (?, ?)", [key, value])
        uid = customer[1]
        sql = "INSERT INTO membership VALUES ('customer', ?, 'all', 1)"
        tx.execute(sql, [uid])
    return store


def value(store, sql):
    with store.reader() as reader:
        return reader.value(sql)


def answer(page, *, discards):
    page.panes.pane.buttons["discard"].click()
    [dialog] = page.findChildren(DiscardDialog)
    (dialog.verb_button if discards else dialog.cancel_button).click()
    QApplication.processEvents()


def test_a_change_that_never_went_out_is_discarded(connected, open_page, heard):
    do(connected, edit_customer, customer_id=1, phone="+33 9")
    page = open_page()
    answer(page, discards=True)
    assert value(connected, "SELECT phone FROM customer") == "+33 2"
    assert value(connected, "SELECT count(*) FROM outbox") == 0
    assert heard.said == [("Discarded: Edit Blondel et Fils", False)]


def test_a_change_that_is_kept_stays(connected, open_page):
    do(connected, edit_customer, customer_id=1, phone="+33 9")
    answer(open_page(), discards=False)
    assert value(connected, "SELECT phone FROM customer") == "+33 9"
    assert value(connected, "SELECT count(*) FROM outbox") == 1


def test_of_a_change_that_was_sent_the_opposite_goes_out(connected, open_page, heard):
    do(connected, edit_customer, customer_id=1, phone="+33 9")
    with connected.remote_transaction("Send") as tx:
        tx.execute("UPDATE outbox SET tries = 1")
    answer(open_page(), discards=True)
    assert value(connected, "SELECT phone FROM customer") == "+33 2"
    assert value(connected, "SELECT count(*) FROM outbox") == 2
    assert "opposite" in heard.said[0][0]


def test_a_refused_change_is_sent_again(connected, customer, open_page):
    make_refused(connected, customer, changes={"phone": ["+33 2", "+33 9"]})
    open_page().panes.pane.buttons["send"].click()
    assert value(connected, "SELECT count(*) FROM outbox") == 1
    assert value(connected, "SELECT count(*) FROM attention") == 0
    assert value(connected, "SELECT phone FROM customer") == "+33 9"


def test_a_choice_goes_out_as_an_edit_of_record_and_conflict(connected, customer, open_page):
    make_conflict(connected, customer, "terms_days", (30, 10, 45))
    with connected.remote_transaction("Clear") as tx:
        tx.execute("DELETE FROM outbox")
    pane = open_page().panes.pane
    pane.rows[0].cards[0].click()
    pane.keep.click()
    with connected.reader() as reader:
        kinds = reader.rows("SELECT kind, op, grp FROM outbox ORDER BY kind")
    assert [(kind, op) for kind, op, _ in kinds] == [
        ("customer", "edit"), ("edit_conflict", "edit"),
    ]  # fmt: skip
    assert len({grp for *_, grp in kinds}) == 1
