"""Does the timeline tell everything once, newest first, and go on where it was left?"""

from datetime import UTC, date, datetime, timedelta

import pytest

from loyaldesk.models import ActivityKind, LetterKind
from loyaldesk.operations.customers import edit_address, edit_contact, edit_customer
from loyaldesk.operations.letters import IssuedLetter, record_letter
from loyaldesk.operations.mail import NewMail, record_mail
from loyaldesk.queries.timeline import (
    END,
    TimelineFilter,
    newest_first,
    read_last_contacts,
    read_timeline,
)
from tests.support.factories import (
    do,
    make_activity,
    make_address,
    make_contact,
    make_credit_note,
    make_customer,
    make_document,
    make_invoice,
    make_order,
    make_payment,
)
from tests.support.stores import MORNING

DAY = date(2024, 11, 1)


@pytest.fixture
def customer_id(store):
    return make_customer(store)


def instant(days):
    return datetime(2024, 11, 1, 9, tzinfo=UTC) + timedelta(days=days)


@pytest.fixture
def busy(store, customer_id):
    """Return a customer with one entry of every sort, and a neighbour with the same."""
    for owner in (customer_id, make_customer(store, "Neighbour")):
        order_id = make_order(store, owner, ordered_on=DAY)
        make_invoice(store, owner, invoiced_on=DAY + timedelta(days=1))
        make_credit_note(store, owner, invoiced_on=DAY + timedelta(days=2))
        make_payment(store, owner, received_on=DAY + timedelta(days=3))
        for days, kind in enumerate(ActivityKind, 4):
            make_activity(store, owner, f"A {kind}", kind, happened_at=instant(days))
        make_document(store, owner, filed_on=DAY + timedelta(days=9))
        letter = IssuedLetter(
            kind=LetterKind.ACKNOWLEDGEMENT, number=f"A-2024-0000{owner}", revision=1,
            customer_id=owner, file_name="a.pdf", sha256=bytes([owner]) * 32, size=1, pages=1,
            data_sha256=b"1" * 32, language="en", order_id=order_id,
        )  # fmt: skip
        do(store, record_letter, letter=letter)
    return customer_id


PEOPLE = ["note", "visit", "meeting", "email", "call"]
MONEY = ["payment", "credit_note", "invoice", "order"]


@pytest.mark.parametrize(
    ("shown", "sorts"),
    [
        (TimelineFilter.PEOPLE_AND_MONEY, ["acknowledgement", *PEOPLE, *MONEY]),
        (TimelineFilter.PEOPLE, PEOPLE),
        (TimelineFilter.ORDERS_AND_MONEY, ["acknowledgement", *MONEY]),
        (TimelineFilter.DOCUMENTS, ["document", "document"]),
        (
            TimelineFilter.EVERYTHING,
            ["acknowledgement", "document", "document", *PEOPLE, *MONEY],
        ),
    ],
)
def test_each_filter_shows_its_sorts_newest_first(reader, busy, shown, sorts):
    found = read_timeline(reader, customer_id=busy, shown=shown)
    assert [entry.what for entry in found] == sorts
    assert [entry.day for entry in found] == sorted((e.day for e in found), reverse=True)


def test_a_mail_tells_to_whom_it_went_and_what_became_of_it(store, reader, customer_id):
    new = NewMail(
        customer_id=customer_id, letter_id=None, document_id=None, sha256=bytes(32), size=1,
        recipient="roth@kraft.example", subject="Prices", message_id="<1@x>", send_after=MORNING,
    )  # fmt: skip
    mail_id = do(store, record_mail, mail=new)
    for shown in ("people_and_money", "documents", "everything"):
        found = read_timeline(reader, customer_id=customer_id, shown=TimelineFilter(shown))
        [entry] = [entry for entry in found if entry.what == "mail"]
        assert (entry.record_id, entry.title, entry.detail, entry.person) == (
            mail_id, "Prices", "queued", "roth@kraft.example",
        )  # fmt: skip


def test_reading_on_misses_nothing(store, reader, customer_id):
    for days in range(25):
        make_activity(store, customer_id, f"Call {days}", happened_at=instant(days))
    seen: list[str] = []
    cursor = END
    while True:
        page = read_timeline(reader, customer_id=customer_id, before=cursor, most=10)
        fresh = [entry.title for entry in page if entry.title not in seen]
        if not fresh:
            break
        seen += fresh
        cursor = min(entry.cursor for entry in page)
    assert seen == [f"Call {days}" for days in reversed(range(25))]


class TestOneDay:
    def test_what_was_recorded_that_day_stands_where_it_was_recorded(self, store, reader):
        customer, today = make_customer(store), MORNING.astimezone().date()
        make_order(store, customer, ordered_on=today)
        make_activity(store, customer)
        make_invoice(store, customer, invoiced_on=today)
        make_activity(store, customer, kind=ActivityKind.NOTE)
        make_payment(store, customer, received_on=today)
        found = read_timeline(reader, customer_id=customer)
        assert [entry.what for entry in found] == ["payment", "note", "invoice", "call", "order"]
        assert [entry.at is None for entry in found] == [False, False, False, False, True]

    def test_without_a_time_it_goes_as_business_goes(self, store, reader, customer_id):
        make_payment(store, customer_id, received_on=DAY)
        make_invoice(store, customer_id, invoiced_on=DAY)
        make_credit_note(store, customer_id, invoiced_on=DAY)
        make_order(store, customer_id, ordered_on=DAY)
        make_activity(store, customer_id, happened_at=instant(0))
        found = read_timeline(reader, customer_id=customer_id)
        assert [entry.what for entry in found] == ["call", *MONEY]

    def test_a_page_that_ends_within_a_day_is_put_in_order_with_the_next(
        self, store, reader, customer_id
    ):
        make_invoice(store, customer_id, invoiced_on=DAY)
        make_order(store, customer_id, ordered_on=DAY)
        make_activity(store, customer_id, happened_at=instant(0))
        (first,) = read_timeline(reader, customer_id=customer_id, most=1)
        rest = read_timeline(reader, customer_id=customer_id, before=first.cursor)
        assert [e.what for e in newest_first([*rest, first])] == [
            "call",
            "call",
            "invoice",
            "order",
        ]


def test_an_entry_names_the_person_as_one_calls_them(store, reader, customer_id):
    formal = make_contact(store, customer_id, "Müller", given_name="Heike", salutation="Frau")
    casual = make_contact(store, customer_id, "Roth", given_name="Anna")
    make_activity(store, customer_id, contact_id=formal, happened_at=instant(2))
    make_activity(store, customer_id, contact_id=casual, happened_at=instant(1))
    make_activity(store, customer_id, happened_at=instant(0))
    people = [entry.person for entry in read_timeline(reader, customer_id=customer_id)]
    assert people == ["Frau Müller", "Anna Roth", ""]
    assert [c.person for c in read_last_contacts(reader, customer_id=customer_id)] == people


def test_the_last_contacts_are_no_notes_and_at_most_three(store, reader, customer_id):
    for days in range(5):
        make_activity(store, customer_id, f"Call {days}", happened_at=instant(days))
    make_activity(store, customer_id, kind=ActivityKind.NOTE, happened_at=instant(9))
    found = read_last_contacts(reader, customer_id=customer_id)
    assert [contact.subject for contact in found] == ["Call 4", "Call 3", "Call 2"]


class TestChanges:
    def test_fields_of_customer_people_and_places_are_told_from_old_to_new(
        self, store, reader, customer_id
    ):
        person, place = make_contact(store, customer_id), make_address(store, customer_id)
        do(store, edit_customer, customer_id=customer_id, name="Kraft SE")
        do(store, edit_contact, contact_id=person, phone="040 1")
        do(store, edit_address, address_id=place, street="Ring 2")
        found = read_timeline(reader, customer_id=customer_id, shown=TimelineFilter.CHANGES)
        told = [
            (change.field, change.old, change.new)
            for entry in found[:3]
            for change in entry.changes
        ]
        assert told == [
            ("street", "Hauptstraße 1", "Ring 2"),
            ("phone", "", "040 1"),
            ("name", "Müller & Söhne GmbH", "Kraft SE"),
        ]
        assert {entry.who for entry in found} == {"Ana"}

    def test_what_the_program_keeps_for_itself_is_not_told(self, store, reader, customer_id):
        found = read_timeline(reader, customer_id=customer_id, shown=TimelineFilter.CHANGES)
        fields = {change.field for entry in found for change in entry.changes}
        assert "name" in fields
        assert not fields & {"uid", "name_key", "number_key"}

    def test_a_neighbours_changes_stay_with_the_neighbour(self, store, reader, customer_id):
        neighbour = make_customer(store, "Neighbour")
        before = read_timeline(reader, customer_id=customer_id, shown=TimelineFilter.CHANGES)
        do(store, edit_customer, customer_id=neighbour, name="New")
        after = read_timeline(reader, customer_id=customer_id, shown=TimelineFilter.CHANGES)
        assert before == after
