"""Whether it is on record who did what with a paper, once for one look at it."""

from datetime import timedelta

import pytest

from loyaldesk.models import PaperVerb
from loyaldesk.operations.documents import unfile_document
from loyaldesk.operations.paper_uses import SAME_LOOK, note_paper_use
from loyaldesk.queries.paper_uses import list_paper_uses
from tests.support.factories import do, make_customer, make_document
from tests.support.stores import Clock, fresh_store


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(tmp_path, clock):
    opened = fresh_store(tmp_path, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def paper(store):
    return make_document(store, make_customer(store))


def uses(store, paper):
    with store.reader() as reader:
        return [
            (use.used_by, use.verb, use.recipient)
            for use in list_paper_uses(reader, document_id=paper)
        ]


def test_each_use_is_on_record_the_newest_first(store, paper):
    do(store, note_paper_use, document_id=paper, verb=PaperVerb.VIEWED)
    do(store, note_paper_use, document_id=paper, verb=PaperVerb.MAILED, recipient="a@b.example")

    assert uses(store, paper) == [("Ana", "mailed", "a@b.example"), ("Ana", "viewed", "")]


def test_turning_back_soon_is_the_same_look_and_later_another(store, paper, clock):
    do(store, note_paper_use, document_id=paper, verb=PaperVerb.VIEWED)
    do(store, note_paper_use, document_id=paper, verb=PaperVerb.VIEWED)
    assert len(uses(store, paper)) == 1

    clock.now += SAME_LOOK + timedelta(seconds=1)
    do(store, note_paper_use, document_id=paper, verb=PaperVerb.VIEWED)
    assert len(uses(store, paper)) == 2


def test_a_paper_that_is_gone_is_no_trouble(store):
    do(store, note_paper_use, document_id=77, verb=PaperVerb.VIEWED)

    assert uses(store, 77) == []


def test_a_look_is_no_step_of_undo(store, paper):
    before = store.undo_label
    do(store, note_paper_use, document_id=paper, verb=PaperVerb.VIEWED)

    assert store.undo_label == before


def test_a_paper_that_was_looked_at_can_be_taken_off_file_and_back(store, paper):
    do(store, note_paper_use, document_id=paper, verb=PaperVerb.VIEWED)
    do(store, unfile_document, document_id=paper)
    assert uses(store, paper) == []

    store.undo()
    assert uses(store, paper) == [("Ana", "viewed", "")]
