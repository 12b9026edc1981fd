"""Is nothing accepted that nobody looked at, and does a tick hold only until the order changes?"""

from dataclasses import replace

import pytest

from loyaldesk.domain.acknowledgement import Stance
from loyaldesk.errors import Refused
from loyaldesk.models import Customer, LetterKind
from loyaldesk.operations.acknowledging import tick_phoned, tick_process_reviewed, verify_order
from loyaldesk.operations.customers import edit_customer
from loyaldesk.operations.fulfilment import promise_line
from loyaldesk.operations.letters import IssuedLetter, record_letter
from loyaldesk.operations.order_lines import NewOrderLine
from loyaldesk.operations.orders import change_order, hold_order, replace_lines
from loyaldesk.queries.verification import read_policy
from tests.support.company import first_line
from tests.support.factories import do, make_address, make_order
from tests.support.refusals import refused
from tests.support.stores import MORNING

TEA = NewOrderLine("Tea", 10_000, 5_000_000)


@pytest.fixture
def order_id(store, customer_id):
    make_address(store, customer_id)
    return make_order(store, customer_id, lines=[TEA], number="4711", checked=False)


@pytest.fixture
def acceptance(customer_id, order_id):
    """Return a letter that accepts the order."""
    return IssuedLetter(
        kind=LetterKind.ACKNOWLEDGEMENT, number="A-2024-00001", revision=1,
        customer_id=customer_id, file_name="a.pdf", sha256=b"a" * 32, size=1, pages=1,
        data_sha256=b"d" * 32, language="en", order_id=order_id, accepts=True,
    )  # fmt: skip


def order_row(store, names="verified_on, verification_note"):
    with store.reader() as reader:
        return reader.row(f"SELECT {names} FROM sales_order")


def test_what_nobody_looked_at_is_not_accepted(store, acceptance, order_id):
    refusal = refused(store, record_letter, letter=acceptance)
    assert "Order 4711 cannot be accepted yet." in refusal.message
    assert "Look at it and tick it off, or send a receipt only." in refusal.message
    do(store, verify_order, order_id=order_id, note=" asked Ms Roth ")
    assert order_row(store) == ("2024-11-12", "asked Ms Roth")
    assert do(store, record_letter, letter=acceptance)


def test_a_receipt_may_go_at_once(store, acceptance):
    assert do(store, record_letter, letter=replace(acceptance, accepts=False))


def test_a_stop_stays_a_stop_though_it_was_ticked_off(store, acceptance, customer_id, order_id):
    with store.transaction("Hold credit") as tx:
        tx.update(Customer, customer_id, credit_status="hold")
    do(store, verify_order, order_id=order_id)
    refusal = refused(store, record_letter, letter=acceptance)
    assert "Settle that first, or send a receipt only." in refusal.message


def test_an_order_held_after_its_letter_was_drawn_is_not_accepted(store, acceptance, order_id):
    do(store, verify_order, order_id=order_id)
    do(store, hold_order, order_id=order_id, reason="sample first")
    assert "sample first" in refused(store, record_letter, letter=acceptance).message


CHANGES = {
    "lines": lambda s, o: do(s, replace_lines, order_id=o, lines=[TEA, TEA]),
    "head": lambda s, o: do(s, change_order, order_id=o, customer_po="8812"),
    "promise": lambda s, o: do(
        s, promise_line, line_id=first_line(s, o), promised_on=MORNING.date()
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_reopens_the_checks_and_undo_closes_them_again(store, order_id, change):
    do(store, verify_order, order_id=order_id, note="by phone")
    change(store, order_id)
    assert order_row(store) == (None, "")
    store.undo()
    assert order_row(store) == ("2024-11-12", "by phone")
    store.undo()
    assert order_row(store) == (None, "")


def test_our_own_notes_reopen_nothing(store, order_id):
    do(store, verify_order, order_id=order_id)
    do(store, change_order, order_id=order_id, notes="ask Ben", channel="phone")
    assert order_row(store)[0] == "2024-11-12"


@pytest.mark.parametrize(
    ("tick", "column"),
    [(tick_phoned, "phoned_on"), (tick_process_reviewed, "process_reviewed_on")],
)
def test_a_tick_is_set_taken_away_and_undone(store, order_id, tick, column):
    do(store, tick, order_id=order_id)
    assert order_row(store, column) == ("2024-11-12",)
    assert "4711" in store.undo_label
    do(store, tick, order_id=order_id, is_done=False)
    assert order_row(store, column) == (None,)
    store.undo()
    assert order_row(store, column) == ("2024-11-12",)


@pytest.mark.parametrize("tick", [verify_order, tick_phoned, tick_process_reviewed])
def test_an_order_that_is_gone_is_refused(store, tick):
    with pytest.raises(Refused, match="no longer exists"):
        do(store, tick, order_id=99)


def test_a_customer_has_a_policy_that_letters_can_follow_or_none(store, customer_id):
    do(store, edit_customer, customer_id=customer_id, acknowledgement_policy="receipt")
    with store.reader() as reader:
        assert read_policy(reader, customer_id=customer_id) is Stance.RECEIPT
    wrong = {"customer_id": customer_id, "acknowledgement_policy": "maybe"}
    assert refused(store, edit_customer, **wrong).field == "acknowledgement_policy"
