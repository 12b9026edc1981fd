"""Is it on record how each letter left, and does nobody answer twice for the same batch?"""

import pytest

from loyaldesk.errors import Conflict, Refused
from loyaldesk.models import DispatchChannel, LetterKind
from loyaldesk.operations.dispatches import (
    confirm_batch,
    fail_batch_from,
    fail_dispatch,
    record_dispatch,
    record_print,
    settle_dispatches,
    start_print_batch,
)
from loyaldesk.operations.letters import IssuedLetter, record_letter
from tests.support.factories import do, make_order

PRINTER = "Kyocera 2. OG"


@pytest.fixture
def letters(store, customer_id):
    """Return the ids of four acknowledgements on record."""
    return [
        do(
            store,
            record_letter,
            letter=IssuedLetter(
                kind=LetterKind.ACKNOWLEDGEMENT, number=f"A-2024-{number:05d}", revision=1,
                customer_id=customer_id, file_name=f"{number}.pdf", sha256=bytes([number]) * 32,
                size=100, pages=1, data_sha256=b"d" * 32, language="de-DE",
                order_id=make_order(store, customer_id),
            ),
        )
        for number in range(1, 5)
    ]  # fmt: skip


@pytest.fixture
def batch(store, letters):
    """Return the id of a batch to which all four were handed."""
    batch_id = do(store, start_print_batch, printer=PRINTER)
    for letter_id in letters:
        do(store, record_print, letter_id=letter_id, printer=PRINTER, print_batch_id=batch_id)
    return batch_id


def states(store):
    with store.reader() as reader:
        return reader.rows("SELECT letter_id, state, position FROM dispatch ORDER BY id")


def batches(store):
    with store.reader() as reader:
        return reader.rows(
            "SELECT letters, confirmed_at IS NOT NULL, confirmed_by FROM print_batch"
        )


def test_a_batch_counts_its_letters_in_the_order_they_were_handed_over(store, letters, batch):
    assert states(store) == [(letter, "handed", n) for n, letter in enumerate(letters, 1)]
    assert batches(store) == [(4, 0, "")]


def test_a_letter_printed_alone_is_a_batch_of_one(store, letters):
    do(store, record_print, letter_id=letters[0], printer=PRINTER)
    assert states(store) == [(letters[0], "handed", 1)]
    assert batches(store) == [(1, 0, "")]


def test_nobody_is_asked_whether_a_copy_came_out(store, letters):
    do(store, record_print, letter_id=letters[0], printer=PRINTER, is_copy=True)
    assert states(store) == [(letters[0], "handed", None)]
    assert batches(store) == []


def test_a_written_file_is_settled_at_once(store, letters):
    do(
        store, record_dispatch, letter_id=letters[0], channel=DispatchChannel.FILE,
        recipient="letter.pdf",
    )  # fmt: skip
    assert states(store) == [(letters[0], "confirmed", None)]


def test_a_batch_that_came_out_is_settled_and_says_who_said_so(store, letters, batch):
    assert do(store, confirm_batch, print_batch_id=batch) == 4
    assert {state for _, state, _ in states(store)} == {"confirmed"}
    assert batches(store) == [(4, 1, "Ana")]


def test_what_failed_on_its_way_is_not_confirmed_with_the_rest(store, letters, batch):
    do(store, fail_dispatch, dispatch_id=2, reason="The printer did not answer.")
    assert do(store, confirm_batch, print_batch_id=batch) == 3
    assert [state for _, state, _ in states(store)] == [
        "confirmed", "failed", "confirmed", "confirmed"
    ]  # fmt: skip


def test_from_a_number_on_the_letters_are_missing_and_those_before_came_out(store, letters, batch):
    missing = do(store, fail_batch_from, print_batch_id=batch, position=3, reason="Not in the tray")
    assert missing == tuple(letters[2:])
    assert [state for _, state, _ in states(store)] == [
        "confirmed", "confirmed", "failed", "failed"
    ]  # fmt: skip
    assert batches(store) == [(4, 1, "Ana")]


@pytest.mark.parametrize("position", [0, 5, -1])
def test_a_number_that_the_batch_does_not_have_is_refused(store, letters, batch, position):
    with pytest.raises(Refused, match="numbers 1 to 4"):
        do(store, fail_batch_from, print_batch_id=batch, position=position, reason="")
    assert {state for _, state, _ in states(store)} == {"handed"}


def test_a_batch_is_answered_for_once(store, letters, batch):
    do(store, confirm_batch, print_batch_id=batch)
    with pytest.raises(Conflict, match="meanwhile"):
        do(store, fail_batch_from, print_batch_id=batch, position=1, reason="")
    with pytest.raises(Conflict, match="meanwhile"):
        do(store, confirm_batch, print_batch_id=batch)


def test_letters_confirmed_one_by_one_close_their_batch_with_the_last(store, letters, batch):
    do(store, settle_dispatches, dispatch_ids=[1, 2, 3])
    assert batches(store) == [(4, 0, "")]
    do(store, settle_dispatches, dispatch_ids=[4])
    assert batches(store) == [(4, 1, "Ana")]


@pytest.mark.parametrize(
    ("operation", "arguments"),
    [
        (confirm_batch, {"print_batch_id": 9}),
        (fail_dispatch, {"dispatch_id": 9, "reason": ""}),
        (settle_dispatches, {"dispatch_ids": [9]}),
        (record_print, {"letter_id": 1, "printer": "", "print_batch_id": 9}),
    ],
)
def test_what_is_not_on_record_is_refused(store, letters, operation, arguments):
    with pytest.raises(Refused, match="Nothing was"):
        do(store, operation, **arguments)
