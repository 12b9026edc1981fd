"""Is an order acknowledged once, whatever happens between its letter and the printer?"""

from datetime import timedelta

import pytest

from loyaldesk.documents.file_store import FOLDER_NAME, FileStore
from loyaldesk.errors import Conflict, Refused
from loyaldesk.models import DispatchChannel, SalesOrder
from loyaldesk.operations.dispatches import confirm_batch, fail_batch_from, start_print_batch
from loyaldesk.operations.fulfilment import promise_line
from loyaldesk.operations.mail import change_mail_settings
from loyaldesk.operations.settings import change_company
from loyaldesk.pdf.issuing import draw_pages
from loyaldesk.runs.acknowledgement_run import (
    HandingWay,
    check_drawing,
    hand_copy,
    hand_over,
    prepare_order,
    prepare_orders,
    take_back,
)
from tests.pdf.ack_letters import NORDLICHT
from tests.pdf.reading import text_of
from tests.support.company import first_line
from tests.support.factories import do, make_address, make_contact, make_customer, make_order
from tests.support.mail import SMTP
from tests.support.stores import KEY, MORNING, fresh_store

PRINT = HandingWay(DispatchChannel.PRINT, "Kyocera")
MAIL = HandingWay(DispatchChannel.EMAIL)


@pytest.fixture
def store(tmp_path):
    opened = fresh_store(tmp_path)
    do(opened, change_company, sender=NORDLICHT)
    do(opened, change_mail_settings, settings=SMTP)
    yield opened
    opened.close()


@pytest.fixture
def files(tmp_path):
    kept = FileStore(tmp_path / FOLDER_NAME, KEY)
    return lambda: kept


@pytest.fixture
def order_id(store):
    customer_id = make_customer(store, "Toms Spezialitäten", number="10391", language="de")
    make_address(store, customer_id)
    make_contact(store, customer_id, "Roth", email="roth@toms.example")
    verified = {"verified_on": MORNING.date()}
    return make_order(store, customer_id, number="4779", changes=verified)


@pytest.fixture
def hand(store, files):
    """Return what prepares an order, draws its letter and hands it over."""

    def run(order_id, way=PRINT):
        with store.reader() as reader:
            prepared = prepare_order(reader, order_id=order_id, now=MORNING)
        pages = draw_pages(composed=prepared.composed)
        return hand_over(store, files=files, prepared=prepared, pages=pages, way=way)

    return run


def register(store):
    with store.reader() as reader:
        return reader.rows("SELECT number, revision, copies FROM letter ORDER BY id")


def dispatches(store):
    with store.reader() as reader:
        return reader.rows("SELECT channel, state, is_copy FROM dispatch ORDER BY id")


def test_a_letter_and_how_it_left_are_on_record_together(store, order_id, hand):
    handed = hand(order_id)
    assert register(store) == [("A-2024-00001", 1, 0)]
    assert dispatches(store) == [("print", "handed", 0)]
    assert "A-2024-00001" in text_of(handed.pdf)
    assert handed.dispatch_id == 1


def test_handed_over_again_it_is_the_same_letter_to_the_byte(store, order_id, hand):
    first, again = hand(order_id), hand(order_id)
    assert again.pdf == first.pdf
    assert register(store) == [("A-2024-00001", 1, 0)]
    assert dispatches(store) == [("print", "handed", 0)] * 2


def test_what_did_not_come_out_is_printed_again_without_a_mark(store, order_id, hand):
    batch_id = do(store, start_print_batch, printer="Kyocera")
    first = hand(order_id, HandingWay(DispatchChannel.PRINT, "Kyocera", batch_id))
    missing = do(store, fail_batch_from, print_batch_id=batch_id, position=1, reason="")
    assert missing == (first.letter_id,)
    assert hand(order_id).pdf == first.pdf
    assert register(store)[0][2] == 0


def test_what_came_out_is_printed_again_as_a_copy(store, files, order_id, hand):
    first = hand(order_id)
    do(store, confirm_batch, print_batch_id=1)
    copy = hand_copy(store, files=files, letter_id=first.letter_id, way=PRINT)
    assert copy.pdf != first.pdf
    assert "KOPIE" in text_of(copy.pdf)
    assert register(store) == [("A-2024-00001", 1, 1)]
    assert dispatches(store) == [("print", "confirmed", 0), ("print", "handed", 1)]


def test_an_order_changed_since_gets_the_next_revision(store, order_id, hand):
    hand(order_id)
    line_id, day = first_line(store, order_id), MORNING.date() + timedelta(days=9)
    do(store, promise_line, line_id=line_id, promised_on=day)
    with store.transaction("Verify again") as tx:
        tx.update(SalesOrder, order_id, verified_on=MORNING.date())
    hand(order_id)
    assert [entry[1] for entry in register(store)] == [1, 2]


def test_two_who_drew_the_same_number_issue_one_letter(store, files, order_id):
    with store.reader() as reader:
        prepared = prepare_order(reader, order_id=order_id, now=MORNING)
    pages = draw_pages(composed=prepared.composed)
    hand_over(store, files=files, prepared=prepared, pages=pages, way=PRINT)
    with pytest.raises(Conflict, match="Nothing was issued"):
        hand_over(store, files=files, prepared=prepared, pages=pages, way=PRINT)
    assert len(register(store)) == len(dispatches(store)) == 1


def test_a_mail_is_queued_with_its_letter_and_can_be_taken_back_while_it_waits(
    store, order_id, hand
):
    handed = hand(order_id, MAIL)
    assert dispatches(store) == [("email", "handed", 0)]
    assert take_back(store, mail_ids=[handed.mail_id]) == 1
    assert take_back(store, mail_ids=[handed.mail_id]) == 0
    assert register(store) == [("A-2024-00001", 1, 0)]


def test_without_a_mail_address_nothing_is_issued(store, hand):
    nobody = make_customer(store, "Nobody Ltd", number="10400")
    make_address(store, nobody)
    verified = {"verified_on": MORNING.date()}
    lonely = make_order(store, nobody, number="4780", changes=verified)
    with pytest.raises(Refused, match="Nothing was sent"):
        hand(lonely, MAIL)
    assert register(store) == dispatches(store) == []


def test_without_a_mail_server_many_letters_do_not_become_drafts(store, order_id, hand):
    do(store, change_mail_settings, settings=type(SMTP)())
    with pytest.raises(Refused, match="only become a draft"):
        hand(order_id, MAIL)
    assert register(store) == []


def test_a_total_that_its_lines_do_not_come_to_is_named_before_anything_is_drawn(store, order_id):
    with store.transaction("Break") as tx:
        tx.update(SalesOrder, order_id, total_minor=1)
    with store.reader() as reader:
        found = prepare_orders(reader, order_ids=[order_id], now=MORNING)
    assert "stored with a total" in str(found[order_id])


def test_what_nobody_verified_is_named_before_anything_is_drawn(store, order_id):
    with store.transaction("Forget") as tx:
        tx.update(SalesOrder, order_id, verified_on=None)
    with store.reader() as reader:
        found = prepare_orders(reader, order_ids=[order_id], now=MORNING)
    assert "cannot be accepted yet" in str(found[order_id])


def test_a_letter_that_cannot_be_drawn_is_named_by_its_order(store, order_id):
    strange = make_customer(store, "Linear \U00010000 Ltd", number="10401")
    make_address(store, strange)
    verified = {"verified_on": MORNING.date()}
    other = make_order(store, strange, number="4781", changes=verified)
    with store.reader() as reader:
        found = prepare_orders(reader, order_ids=[order_id, other], now=MORNING)
    prepared = [each for each in found.values() if not isinstance(each, str)]
    problems = check_drawing(prepared=prepared)
    assert list(problems) == [other]
    assert "Nothing was printed" in problems[other]
