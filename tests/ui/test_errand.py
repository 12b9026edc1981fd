"""Does long work outlive the page it was begun on, tell the status bar, and leave nothing?"""

from __future__ import annotations

import weakref
from dataclasses import replace

import pytest
from shiboken6 import isValid

from loyaldesk.ui.desk import News
from loyaldesk.ui.errand import Errand
from tests.support.qt import let_go


@pytest.fixture
def bar(desk) -> list[tuple[object, ...]]:
    """Return what the status bar is told."""
    told: list[tuple[object, ...]] = []
    desk.news.work_began.connect(lambda words, _: told.append((words,)))
    desk.news.work_went.connect(lambda done, total: told.append((done, total)))
    desk.news.work_ended.connect(lambda: told.append(()))
    return told


def test_the_status_bar_hears_of_it_from_beginning_to_end(desk, bar):
    errand = Errand(desk)
    errand.tell_begin("Printing 2 pages")
    errand.tell_how_far(1, 2)
    errand.tell_end()
    assert bar == [("Printing 2 pages",), (1, 2), ()]


def test_the_status_bar_can_ask_for_an_end(desk):
    desk.news.work_began.connect(lambda _, cancel: cancel())
    errand = Errand(desk)
    assert not errand.is_cancelled
    errand.tell_begin("Printing 2 pages")
    assert errand.is_cancelled
    errand.tell_end()


def test_it_goes_when_it_has_ended_and_not_before(desk):
    errand = Errand(desk)
    errand.tell_begin("Printing 2 pages")
    let_go()
    assert isValid(errand)
    errand.tell_end()
    let_go()
    assert not isValid(errand)


def test_the_last_that_holds_a_desk_takes_it_along_without_harm(desk):
    """A child of one of the desk's own objects would be deleted twice here, and end the program."""
    other = replace(desk, news=News())
    news = weakref.ref(other.news)
    errand = Errand(other)
    errand.tell_end()
    del other, errand
    assert news() is not None
    let_go()
    assert news() is None
