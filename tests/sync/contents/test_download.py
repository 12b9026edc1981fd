"""Does a content come from the hub whole, piece by piece, and only what was asked for?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from loyaldesk.hub.contents.engine import BlobHub
from loyaldesk.protocol.messages import Problem
from loyaldesk.protocol.parts import PIECE_BYTES
from loyaldesk.sync.contents.book import note_wanted
from loyaldesk.sync.contents.download import Fetched, fetch_content
from loyaldesk.sync.contents.steps import Stopped
from tests.hub.conftest import new_hub
from tests.support.blob_desk import MemoryFiles, blob_desk, file_paper, hub_line
from tests.support.blob_line import (
    BlobLine,
    drive,
    killed,
    known_blobs,
    offline,
    run_blobs,
)
from tests.support.blobs import MemoryBlobs, bring, make_bytes, name_blob, principal

PAPER = make_bytes(2 * PIECE_BYTES + 100)


@pytest.fixture
def files():
    return MemoryFiles()


@pytest.fixture
def desk():
    return blob_desk()


@pytest.fixture
def sha256(desk):
    """A document whose row came, and whose content did not."""
    return file_paper(desk, None, PAPER)


@pytest.fixture
def line():
    hub = new_hub("sqlite://")
    blobs = BlobHub(hub, MemoryBlobs())
    name_blob(hub, PAPER)
    bring(blobs, principal(), PAPER)
    yield BlobLine(hub_line(blobs, principal(device="d2")))
    hub.close()


def fetch(desk, files, line, sha256, **options):
    return drive(fetch_content(desk, files, sha256, len(PAPER), **options), line)


def test_a_content_comes_in_pieces_and_is_told_of(desk, files, line, sha256):
    told: list[bytes] = []
    fetched = fetch(desk, files, line, sha256, tell=told.append)
    assert (fetched, files.contents[sha256] == PAPER, files.pieces) == (Fetched.HERE, True, {})
    assert told == [sha256] * 3
    assert known_blobs(desk)[sha256][0] == "present"


def test_after_a_kill_only_the_missing_pieces_come(desk, files, line, sha256):
    line.accidents[2] = killed
    with pytest.raises(KeyboardInterrupt):
        fetch(desk, files, line, sha256)
    line.calls.clear()
    assert fetch(desk, files, line, sha256) is Fetched.HERE
    assert len(line.calls) == 2


def test_a_cut_line_ends_it_and_keeps_what_came(desk, files, line, sha256):
    line.accidents[3] = offline
    with pytest.raises(Stopped):
        fetch(desk, files, line, sha256)
    assert (files.numbers(sha256), files.has(sha256)) == ([1, 2], False)


def test_a_piece_that_changed_on_the_way_leaves_nothing_behind(desk, files, line, sha256):
    answer = line.answer

    def spoil(call):
        piece = answer(call)
        return replace(piece, content=b"?" + piece.content[1:])

    line.accidents[2] = spoil
    assert fetch(desk, files, line, sha256) is Fetched.SPOILT
    assert (files.contents, files.pieces) == ({}, {})
    assert fetch(desk, files, line, sha256) is Fetched.HERE


@pytest.mark.parametrize(
    "change",
    [
        lambda piece: replace(piece, content=piece.content[:-1]),
        lambda piece: replace(piece, start=piece.start + 1),
        lambda piece: replace(piece, total=piece.total - 1),
        lambda piece: replace(piece, content=b""),
    ],
)
def test_a_piece_that_is_not_the_one_asked_for_is_not_kept(desk, files, line, sha256, change):
    answer = line.answer
    line.accidents[1] = lambda call: change(answer(call))
    assert fetch(desk, files, line, sha256) is Fetched.SPOILT
    assert (files.contents, files.pieces) == ({}, {})


def test_what_is_here_is_not_asked_for_and_still_goes_up(desk, files, line):
    sha256 = file_paper(desk, files, PAPER)
    assert fetch(desk, files, line, sha256) is Fetched.HERE
    assert (line.calls, known_blobs(desk)[sha256][0]) == ([], "ask")


def test_a_kill_between_the_content_and_its_row_is_made_good(desk, files, line, sha256):
    note_wanted(desk, [(sha256, len(PAPER))])
    files.contents[sha256] = PAPER
    run_blobs(desk, files, line)
    assert (known_blobs(desk, "down"), known_blobs(desk)[sha256][0]) == ({}, "present")


def test_what_the_hub_has_not_yet_is_asked_for_again_later(desk, files, line, sha256):
    note_wanted(desk, [(sha256, len(PAPER))])
    line.accidents[1] = lambda _call: Problem(err="unknown")
    assert run_blobs(desk, files, line).fetched == 0
    assert known_blobs(desk, "down")[sha256][0] == "not_there"
    line.calls.clear()
    run_blobs(desk, files, line)
    assert line.calls == []
