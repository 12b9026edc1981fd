"""Does the page of an order say when the order is no longer as its letter told it?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from loyaldesk.models import LetterKind
from loyaldesk.operations.fulfilment import promise_line, ship_line
from loyaldesk.operations.letters import IssuedLetter, record_letter
from loyaldesk.operations.order_lines import NewOrderLine
from loyaldesk.operations.orders import change_order, hold_order, replace_lines
from loyaldesk.pdf.compose_acknowledgement import compose_acknowledgement
from loyaldesk.ui.widgets.tokens import Tone
from tests.support.desks import NOW, TODAY
from tests.support.factories import do, make_address, make_customer, make_order
from tests.support.spaces import plain

TEA = NewOrderLine("Tea", 10_000, 5_000_000, promised_on=TODAY + timedelta(days=3))
CAKE = NewOrderLine("Cake", 2_000, 9_000_000, promised_on=TODAY + timedelta(days=3))


@pytest.fixture
def order(store) -> int:
    customer = make_customer(store)
    make_address(store, customer)
    return make_order(store, customer, lines=[TEA, CAKE])


@pytest.fixture
def letter(store, order):
    """Return what issues the next acknowledgement of the order, as the dialog does."""

    def issue():
        composed = compose_acknowledgement(store.reader(), order_id=order, now=NOW)
        frame = composed.letter.frame
        revision = frame.revision or 1
        issued = IssuedLetter(
            kind=LetterKind.ACKNOWLEDGEMENT, number=frame.number, revision=revision,
            customer_id=composed.customer_id, file_name="a.pdf", size=1, pages=1,
            sha256=bytes([revision]) * 32, data_sha256=composed.data_sha256,
            language="en", order_id=order,
        )  # fmt: skip
        return do(store, record_letter, letter=issued)

    issue()
    return issue


def replaced(*lines):
    return lambda store, order: do(store, replace_lines, order_id=order, lines=lines)


def changed(**fields):
    return lambda store, order: do(store, change_order, order_id=order, **fields)


def hold(store, order):
    do(store, hold_order, order_id=order, reason="credit check")


def promise(store, order):
    (line,) = store.reader().row(
        "SELECT id FROM order_line WHERE order_id = ? ORDER BY position", [order]
    )
    do(store, promise_line, line_id=line, promised_on=TODAY + timedelta(days=9))


TOLD = {
    "quantity": replaced(replace(TEA, quantity_milli=12_000), CAKE),
    "price": replaced(replace(TEA, unit_price_micro=6_000_000), CAKE),
    "a line less": replaced(TEA),
    "a line more": replaced(TEA, CAKE, CAKE),
    "the reason of a difference": replaced(replace(TEA, difference_reason="sold out"), CAKE),
    "promised day": promise,
    "delivery place": changed(ship_street="Hafen 7"),
    "freight": changed(freight_minor=500),
    "their number": changed(customer_po="8812"),
    "a hold": hold,
}


@pytest.mark.parametrize("change", TOLD.values(), ids=TOLD)
def test_what_the_letter_tells_may_not_change_in_silence(open_order, store, order, letter, change):
    change(store, order)
    page = open_order(order)
    chip = page.body.pane.chip.chip
    assert (chip.text, chip.tone) == ("Changed since rev 1", Tone.WARN)
    assert "The order has changed since this letter." in page.body.pane.words
    assert "Acknowledged changed since rev 1" in plain(page.steps.accessibleName())
    assert page.body.pane.write.text() == "Revise…"
    letter()
    page.refresh()
    assert "has changed" not in page.body.pane.words


def ship(store, order):
    (line,) = store.reader().row(
        "SELECT id FROM order_line WHERE order_id = ? ORDER BY position", [order]
    )
    do(store, ship_line, line_id=line, quantity_milli=4_000)


def there_and_back(store, order):
    replaced(replace(TEA, quantity_milli=12_000), CAKE)(store, order)
    replaced(TEA, CAKE)(store, order)


def undone(store, order):
    replaced(replace(TEA, quantity_milli=12_000))(store, order)
    store.undo()


UNTOLD = {
    "nothing": lambda _store, _order: None,
    "a shipment": ship,
    "our notes": changed(notes="ask Ben"),
    "another order": lambda store, _order: make_order(store, make_customer(store, "Kraft")),
    "a change taken back by hand": there_and_back,
    "a change undone": undone,
}


@pytest.mark.parametrize("change", UNTOLD.values(), ids=UNTOLD)
def test_what_the_letter_does_not_tell_leaves_it_as_it_is(open_order, store, order, letter, change):
    change(store, order)
    page = open_order(order)
    assert page.body.pane.chip.chip.text == "Sent, rev 1"
    assert "has changed" not in page.body.pane.words
    assert "changed since" not in page.steps.accessibleName()


def test_a_change_shows_on_the_open_page(open_order, store, order, letter, qtbot):
    page = open_order(order)
    do(store, change_order, order_id=order, delivery_terms="FCA Hamburg")
    qtbot.waitUntil(lambda: page.body.pane.chip.chip.text == "Changed since rev 1")
