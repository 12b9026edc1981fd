"""Does the register list every letter with how it left, found by kind, day, number and customer?"""

from datetime import date, timedelta

import pytest

from loyaldesk.domain.acknowledgement_queue import QueueState
from loyaldesk.errors import Refused
from loyaldesk.models import DispatchChannel, LetterKind
from loyaldesk.operations.dispatches import record_dispatch, record_print
from loyaldesk.queries.book import composed, sql_of
from loyaldesk.queries.letters_register import (
    count_letters,
    find_letter,
    list_letter_ids,
    list_letters,
    read_dispatches,
    read_register_rows,
)
from loyaldesk.queries.lists import ListQuery
from tests.support.factories import do, make_customer, make_order
from tests.support.letters import make_letter
from tests.support.stores import MORNING

TODAY = MORNING.date()
NEWEST = ListQuery("issued_at", descending=True)


@pytest.fixture
def customer_id(store):
    return make_customer(store, "Toms Spezialitäten", number="10391")


@pytest.fixture
def letters(store, customer_id):
    """Return an acknowledgement, its second revision and another customer's statement."""
    order_id = make_order(store, customer_id, number="4779")
    first = make_letter(store, customer_id, order_id)
    again = make_letter(store, customer_id, order_id, number="A-2024-00001", revision=2)
    other = make_customer(store, "Blondel et Fils", number="10400")
    statement = make_letter(store, other, kind=LetterKind.STATEMENT, as_of=TODAY)
    return first, again, statement


def listed(reader, *filters, text="", today=TODAY):
    wanted = ListQuery("issued_at", descending=True, filters=filters)
    return list(list_letter_ids(reader, wanted=wanted, text=text, today=today))


def test_a_row_says_what_left_how_to_whom_and_by_whom(store, reader, letters, customer_id):
    first = letters[0]
    do(store, record_print, letter_id=first, printer="Kyocera")
    row = read_register_rows(reader, ids=[first])[first]
    assert (row.number, row.revision, row.kind) == ("A-2024-00001", 1, "acknowledgement")
    assert (row.customer_name, row.order_number) == ("Toms Spezialitäten", "4779")
    assert (row.channel, row.state, row.recipient) == ("print", QueueState.CONFIRM, "Kyocera")
    assert (row.issued_by, row.copies, len(row.sha256)) == ("Ana", 0, 32)


def test_a_letter_from_before_has_no_way_on_record(reader, letters):
    row = read_register_rows(reader, ids=letters[:1])[letters[0]]
    assert (row.channel, row.state, row.recipient) == ("", None, "")
    assert read_dispatches(reader, letter_id=letters[0]) == ()


def test_every_time_it_left_is_kept_in_order(store, reader, letters):
    first = letters[0]
    do(store, record_print, letter_id=first, printer="Kyocera")
    do(
        store, record_dispatch, letter_id=first, channel=DispatchChannel.FILE,
        recipient="a.pdf", is_copy=True,
    )  # fmt: skip
    found = read_dispatches(reader, letter_id=first)
    assert [(each.channel, each.state, each.is_copy) for each in found] == [
        ("print", QueueState.CONFIRM, False), ("file", QueueState.SENT, True),
    ]  # fmt: skip
    assert found[0].position == 1


def test_the_newest_letter_comes_first(reader, letters):
    assert listed(reader) == list(reversed(letters))
    assert count_letters(reader) == 3


@pytest.mark.parametrize(
    ("filters", "places"),
    [
        (("kind_statement",), [2]),
        (("kind_acknowledgement",), [1, 0]),
        (("kind_acknowledgement", "kind_statement"), [2, 1, 0]),
        (("kind_reminder",), []),
        (("today",), [2, 1, 0]),
        (("today", "kind_statement"), [2]),
    ],
)
def test_it_is_narrowed_by_kind_and_day(reader, letters, filters, places):
    assert listed(reader, *filters) == [letters[place] for place in places]


def test_days_reach_back_as_far_as_they_say(reader, letters):
    later = TODAY + timedelta(days=6)
    assert listed(reader, "today", today=later) == []
    assert len(listed(reader, "week", today=later)) == 3
    assert listed(reader, "week", today=later + timedelta(days=1)) == []
    assert len(listed(reader, "today", "month", today=later)) == 3


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("toms", [1, 0]),
        ("10400", [2]),
        ("A-2024-00001", [1, 0]),
        ("a-2024-00001", [1, 0]),
        (TODAY.isoformat(), [2, 1, 0]),
        ("2020-01-01", []),
        ("nobody", []),
    ],
)
def test_what_is_typed_is_a_customer_a_number_or_a_day(reader, letters, text, places):
    assert listed(reader, text=text) == [letters[place] for place in places]


def test_the_command_line_lists_by_kind_customer_and_days(reader, letters, customer_id):
    assert [row.id for row in list_letters(reader, kind="statement")] == [letters[2]]
    assert len(list_letters(reader, customer_id=customer_id)) == 2
    assert list_letters(reader, last=TODAY - timedelta(days=1)) == []
    assert len(list_letters(reader, first=TODAY, last=TODAY)) == 3
    assert list_letters(reader, first=date(2030, 1, 1)) == []


def test_a_number_leads_to_its_newest_revision_unless_one_is_named(reader, letters):
    assert find_letter(reader, number="A-2024-00001") == letters[1]
    assert find_letter(reader, number="A-2024-00001", revision=1) == letters[0]
    with pytest.raises(Refused, match="no revision 7"):
        find_letter(reader, number="A-2024-00001", revision=7)
    with pytest.raises(Refused, match="No letter was issued"):
        find_letter(reader, number="A-2024-99999")


@pytest.mark.parametrize(
    ("filters", "index"),
    [
        ((), "ix_letter_issued_at"),
        (("since",), "ix_letter_issued_at"),
        (("kind_reminder",), "ix_letter_kind"),
        (("customer",), "ix_letter_customer"),
    ],
)
def test_the_list_is_read_by_an_index(reader, filters, index):
    sql = composed("letters_register", "letter_ids", "issued_at", True, *filters)
    values = {"most": 10, "since": MORNING, "customer_id": 1}
    plan = " ".join(text for *_, text in reader.rows(f"EXPLAIN QUERY PLAN {sql}", values))
    assert index in plan
    assert "SCAN letter" not in plan.replace(f"SCAN letter USING COVERING INDEX {index}", "")


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("register.dispatches", "ix_dispatch_letter_id"),
        ("register.by_number", "sqlite_autoindex_letter"),
        ("register.rows", "ix_dispatch_letter_id"),
    ],
)
def test_one_letter_is_found_by_an_index(reader, name, index):
    values = {"letter_id": 1, "number": "A", "ids": "[1]"}
    plan = " ".join(text for *_, text in reader.rows(f"EXPLAIN QUERY PLAN {sql_of(name)}", values))
    assert index in plan
