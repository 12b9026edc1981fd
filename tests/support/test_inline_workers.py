"""Does the twin of the lanes keep their contract?"""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QObject

from loyaldesk.errors import Refused
from tests.background.conftest import FakeStore
from tests.background.operations import AddNote, refuse
from tests.support.inline_workers import InlineWorkers


@pytest.fixture
def store():
    return FakeStore()


def test_an_answer_is_there_when_the_call_returns(store):
    answers: list[object] = []
    InlineWorkers(store).read(lambda _, number: number, number=7, then=answers.append)
    assert answers == [7]


def test_an_operation_runs_in_its_transaction(store):
    jobs = InlineWorkers(store)
    jobs.write(AddNote(), text="hello")
    assert (store.events, jobs.ran) == (["begin Add note", "commit"], ["Add note"])


def test_a_childs_function_runs_with_progress(store):
    shown = []
    answers: list[object] = []
    InlineWorkers(store).child(
        "tests.background.child_work:count",
        up_to=2,
        pause_s=0,
        progress=lambda done, total: shown.append((done, total)),
        then=answers.append,
    )
    assert (shown, answers) == ([(1, 2), (2, 2)], [2])


def test_a_destroyed_owner_gets_no_answer(store):
    owner = QObject()
    answers: list[object] = []
    shiboken6.delete(owner)
    InlineWorkers(store).read(lambda _: 1, owner=owner, then=answers.append)
    assert answers == []


def test_a_refusal_goes_to_its_slot_or_the_default_or_is_raised(store):
    heard = []
    InlineWorkers(store).read(refuse, failed=lambda _: heard.append("slot"))
    InlineWorkers(store, failed=lambda _: heard.append("default")).read(refuse)
    assert heard == ["slot", "default"]
    with pytest.raises(Refused):
        InlineWorkers(store).read(refuse)


def test_later_use_raises(store):
    jobs = InlineWorkers(store)
    jobs.close()
    with pytest.raises(RuntimeError, match="closed"):
        jobs.read(lambda _: 1)
