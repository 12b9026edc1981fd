"""Is a letter on record numbered without gaps, once, and never changed again?"""

from dataclasses import replace
from datetime import date

import pytest

from loyaldesk.errors import Conflict
from loyaldesk.models import LetterKind
from loyaldesk.operations.documents import unfile_document
from loyaldesk.operations.fulfilment import ship_line
from loyaldesk.operations.letters import IssuedLetter, count_copy, record_letter
from loyaldesk.operations.orders import hold_order
from tests.support.company import first_line
from tests.support.factories import do, make_order
from tests.support.refusals import refused
from tests.support.stores import content


@pytest.fixture
def order_id(store, customer_id):
    return make_order(store, customer_id)


@pytest.fixture
def letter(customer_id, order_id):
    """Return the first acknowledgement, ready to be put on record."""
    return IssuedLetter(
        kind=LetterKind.ACKNOWLEDGEMENT,
        number="A-2024-00001",
        revision=1,
        customer_id=customer_id,
        file_name="A-2024-00001.pdf",
        sha256=b"a" * 32,
        size=100,
        pages=1,
        data_sha256=b"d" * 32,
        language="de-DE",
        order_id=order_id,
    )


@pytest.fixture
def statement(letter):
    """Return the first statement, ready to be put on record."""
    return replace(
        letter,
        kind=LetterKind.STATEMENT,
        number="S-2024-00001",
        order_id=None,
        as_of=date(2024, 10, 31),
        sha256=b"s" * 32,
        file_name="S-2024-00001.pdf",
    )


def status(reader):
    return reader.row("SELECT status, acknowledged_on FROM sales_order")


def issue(store, letter):
    return do(store, record_letter, letter=letter)


def refused_as_conflict(store, letter):
    """Return what the conflict says, and make sure that nothing at all was written."""
    before = content(store, with_changes=True)
    with pytest.raises(Conflict) as conflict:
        issue(store, letter)
    assert content(store, with_changes=True) == before
    return str(conflict.value)


def test_a_letter_is_filed_with_its_order_and_acknowledges_it(store, reader, letter, order_id):
    issue(store, letter)
    assert status(reader) == ("acknowledged", "2024-11-12")
    assert reader.row("SELECT kind, name, pages FROM document") == (
        "acknowledgement",
        "A-2024-00001.pdf",
        1,
    )
    assert reader.row("SELECT linked_kind, linked_id FROM document_link") == ("order", order_id)
    assert reader.row("SELECT issued_by, language, copies FROM letter") == ("Ana", "de-DE", 0)


def test_the_letter_of_a_held_order_does_not_accept_it(store, reader, letter, order_id):
    do(store, hold_order, order_id=order_id, reason="credit")
    issue(store, letter)
    assert status(reader) == ("submitted", None)


def test_a_letter_about_an_order_on_its_way_does_not_turn_it_back(store, reader, letter, order_id):
    do(store, ship_line, line_id=first_line(store, order_id), quantity_milli=1)
    issue(store, letter)
    assert status(reader) == ("part_delivered", "2024-11-12")


def test_a_number_skipped_is_a_conflict(store, letter):
    assert "Another letter" in refused_as_conflict(store, replace(letter, number="A-2024-00002"))


def test_a_number_given_to_another_letter_is_a_conflict(store, letter):
    issue(store, letter)
    assert "Nothing was issued" in refused_as_conflict(store, letter)


def test_revisions_follow_one_another(store, letter):
    issue(store, letter)
    second = replace(letter, revision=2, sha256=b"b" * 32, file_name="r2.pdf")
    issue(store, second)
    for revision in (2, 4):
        assert "Nothing was issued" in refused_as_conflict(
            store, replace(second, revision=revision)
        )


def test_a_statement_has_no_revisions(store, statement):
    issue(store, statement)
    assert "Nothing was issued" in refused_as_conflict(store, replace(statement, revision=2))


def test_both_kinds_count_by_themselves(store, reader, letter, statement):
    issue(store, letter)
    issue(store, statement)
    numbers = reader.rows("SELECT number FROM letter ORDER BY id")
    assert numbers == [("A-2024-00001",), ("S-2024-00001",)]


def test_an_acknowledgement_without_an_order_is_refused(store, letter):
    refusal = refused(store, record_letter, letter=replace(letter, order_id=None))
    assert "belongs to an order" in refusal.message


def test_an_issued_letter_is_not_undone(store, letter):
    label = store.undo_label
    issue(store, letter)
    assert store.undo_label == label
    with pytest.raises(Conflict, match="Nothing was undone"):
        store.undo()


def test_an_issued_letter_stays_on_file(store, reader, letter):
    issue(store, letter)
    document_id = reader.value("SELECT id FROM document")
    refusal = refused(store, unfile_document, document_id=document_id)
    assert "stays on file" in refusal.message


def test_copies_are_counted(store, reader, letter):
    letter_id = issue(store, letter)
    for _ in range(2):
        do(store, count_copy, letter_id=letter_id)
    assert reader.value("SELECT copies FROM letter") == 2
    assert "not in the register" in refused(store, count_copy, letter_id=99).message
