"""Does a document get from one computer to another, through a real hub, row and content?"""

from __future__ import annotations

import hashlib

import pytest

from loyaldesk.documents.file_store import FOLDER_NAME, FileStore
from loyaldesk.operations.customers import create_customer
from loyaldesk.queries.paper_whereabouts import Whereabouts, read_whereabouts
from loyaldesk.sync.contents.wants import want_content
from tests.support.blobs import make_bytes
from tests.support.factories import do, file_content
from tests.support.stores import KEY
from tests.support.team import Member, running_team

SMALL, LARGE = make_bytes(3000), make_bytes((11 << 20) + 9, seed=2)
BOTH = [hashlib.sha256(content).digest() for content in (SMALL, LARGE)]


def files_of(member):
    return FileStore(member.profile / FOLDER_NAME, KEY)


def places(member, store):
    with store.reader() as reader:
        found = read_whereabouts(reader, contents=BOTH, has=files_of(member).has)
    return [found[sha256].where for sha256 in BOTH]


@pytest.fixture
def team(tmp_path, monkeypatch):
    monkeypatch.delenv("LOYALDESK_KEY", raising=False)
    with running_team(tmp_path / "hub") as team:
        yield team


@pytest.fixture
def ann(team, tmp_path):
    """A desk that has filed two papers, and sent its rows but not what they contain."""
    desk = Member(tmp_path / "ann")
    with desk.open() as store:
        customer_id = do(store, create_customer, name="Alpha Ltd", territory="NW")
        for name, content in (("small.txt", SMALL), ("large.bin", LARGE)):
            file_content(
                store, files=files_of(desk), content=content, customer_id=customer_id, name=name
            )
    desk.connect(team.url, "ann", team.invite("ann"), share=True)
    return desk


@pytest.fixture
def bob(team, tmp_path):
    desk = Member(tmp_path / "bob")
    desk.connect(team.url, "bob", team.invite("bob"))
    return desk


def exchange_rows(desk):
    with desk.open() as store, desk.line(store) as line:
        assert line.driver.once().is_in_step


def test_rows_come_first_and_contents_when_they_are_opened(ann, bob):
    exchange_rows(ann)
    exchange_rows(bob)
    with bob.open() as store, bob.line(store) as line:
        want_content(store, sha256=BOTH[0])
        line.contents.once()
        assert places(bob, store) == [Whereabouts.ELSEWHERE, Whereabouts.AT_HUB]
    with ann.open() as store, ann.line(store) as line:
        assert places(ann, store) == [Whereabouts.ONLY_HERE] * 2
        line.once()
        assert places(ann, store) == [Whereabouts.BOTH] * 2
    with bob.open() as store, bob.line(store) as line:
        for sha256 in BOTH:
            want_content(store, sha256=sha256)
        line.contents.once()
        assert places(bob, store) == [Whereabouts.BOTH] * 2
    assert [files_of(bob).read(sha256) for sha256 in BOTH] == [SMALL, LARGE]


def test_while_a_desk_runs_it_carries_by_itself(ann, bob):
    ann.sync()
    exchange_rows(bob)
    with bob.open() as store, bob.line(store) as line:
        line.contents.start()
        arrived = files_of(bob)
        told = []
        store.on_commit(lambda changes: told.append(changes.touches("stored_file")))
        want_content(store, sha256=BOTH[1])
        wait_until(lambda: arrived.has(BOTH[1]))
        wait_until(lambda: places(bob, store)[1] is Whereabouts.BOTH)
    assert len([each for each in told if each]) >= 2


def wait_until(claim):
    from threading import Event

    for _ in range(600):
        if claim():
            return
        Event().wait(0.05)
    raise AssertionError("It did not come about in half a minute.")


def test_a_hub_that_is_away_costs_nothing(ann, bob, team):
    ann.sync()
    exchange_rows(bob)
    with bob.open() as store, bob.line(store) as line:
        want_content(store, sha256=BOTH[0])
        line.stop()
        line.contents.once()
        assert places(bob, store)[0] is Whereabouts.COMING
    with bob.open() as store, bob.line(store) as line:
        line.contents.once()
        assert places(bob, store)[0] is Whereabouts.BOTH
