"""Does a content go with the last document that names it, and only if the hub has it?"""

from __future__ import annotations

import pytest

from loyaldesk.sync.contents.book import note_present, take_stock
from loyaldesk.sync.contents.dropped import forget_dropped
from tests.support.blob_desk import MemoryFiles, blob_desk, file_paper
from tests.support.blob_line import BlobLine, offline, run_blobs
from tests.support.blobs import make_bytes

PAPER = make_bytes(1000)


@pytest.fixture
def desk():
    return blob_desk()


@pytest.fixture
def files():
    return MemoryFiles()


def run_sql(desk, sql, *values):
    with desk.transaction("test") as tx:
        return tx.connection.execute(sql, values).fetchall()


def withdraw(desk, sha256, customer=1):
    """Let the documents of a customer leave, as the view does it."""
    run_sql(
        desk,
        "INSERT INTO blob (sha256, direction, size) VALUES (?, 'dropped', 1000)"
        " ON CONFLICT DO NOTHING",
        sha256.hex(),
    )
    run_sql(desk, "DELETE FROM document WHERE customer_id = ?", customer)


def left(desk):
    """Return what the desk still knows of contents."""
    return (
        len(run_sql(desk, "SELECT 1 FROM stored_file")),
        [direction for (direction,) in run_sql(desk, "SELECT direction FROM blob ORDER BY 1")],
    )


def test_what_the_hub_has_goes_with_its_row_and_all_that_is_known_of_it(desk, files):
    sha256 = file_paper(desk, files, PAPER)
    note_present(desk, sha256, len(PAPER))
    withdraw(desk, sha256)
    assert forget_dropped(desk, files) == 1
    assert (files.contents, left(desk)) == ({}, (0, []))
    assert forget_dropped(desk, files) == 0


def test_the_row_and_the_pieces_of_what_never_came_go_too(desk, files):
    sha256 = file_paper(desk, None, PAPER)
    files.keep(sha256, 1, PAPER[:10])
    withdraw(desk, sha256)
    assert forget_dropped(desk, files) == 1
    assert (files.pieces, left(desk)) == ({}, (0, []))


def test_what_only_this_disk_has_stays(desk, files):
    sha256 = file_paper(desk, files, PAPER)
    withdraw(desk, sha256)
    assert forget_dropped(desk, files) == 0
    take_stock(desk, files.size_of)
    assert forget_dropped(desk, files) == 0
    assert files.has(sha256)
    assert left(desk) == (1, ["dropped", "up"])


@pytest.mark.parametrize("other", [{"customer": 2}, {"kind": "accepted"}])
def test_what_another_document_or_a_mail_names_stays(desk, files, other):
    sha256 = file_paper(desk, files, PAPER)
    file_paper(desk, files, PAPER, **other)
    note_present(desk, sha256, len(PAPER))
    withdraw(desk, sha256)
    assert forget_dropped(desk, files) == 0
    assert files.has(sha256)
    assert left(desk) == (1, ["up"])


def test_what_was_never_withdrawn_stays_though_nothing_names_it(desk, files):
    sha256 = file_paper(desk, files, PAPER)
    note_present(desk, sha256, len(PAPER))
    run_sql(desk, "DELETE FROM document")
    assert forget_dropped(desk, files) == 0
    assert files.has(sha256)


def test_a_file_in_use_is_tried_again(desk, files, monkeypatch):
    sha256 = file_paper(desk, files, PAPER)
    note_present(desk, sha256, len(PAPER))
    withdraw(desk, sha256)
    with monkeypatch.context() as held:
        held.setattr(files, "remove", lambda _: False)
        assert forget_dropped(desk, files) == 0
    assert left(desk) == (1, ["dropped", "up"])
    assert forget_dropped(desk, files) == 1


def test_many_go_in_one_round_of_contents_without_a_hub(desk, files):
    for seed in range(45):
        sha256 = file_paper(desk, files, make_bytes(1000, seed))
        note_present(desk, sha256, 1000)
        run_sql(
            desk,
            "INSERT INTO blob (sha256, direction, size) VALUES (?, 'dropped', 1000)",
            sha256.hex(),
        )
    run_sql(desk, "DELETE FROM document")
    run_blobs(desk, files, BlobLine(offline))
    assert (files.contents, left(desk)) == ({}, (0, []))
