"""Do contents go when nobody needs them, and never while anything might?"""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import timedelta

import pytest

from loyaldesk.hub.contents.engine import blob_name
from loyaldesk.hub.contents.sweep import sweep_blobs
from loyaldesk.hub.refusals import Refusal
from tests.support.blobs import (
    NOON,
    bring,
    bring_part,
    make_bytes,
    name_blob,
    named,
    principal,
    sha256_of,
)

ANA = principal()
PAPER = make_bytes(4000)
LARGE = make_bytes(6 << 20)
MONTH = timedelta(days=31)


def sweep_for_a_month(hub, files, start=NOON):
    """Sweep, wait longer than a month, sweep again."""
    return [sweep_blobs(hub, files, now=start + pause) for pause in (timedelta(), MONTH)]


def put_conflict(hub, status, content):
    row = {"status": status, "base": json.dumps({"file_sha256": sha256_of(content)})}
    with hub.transaction("test") as tx:
        tx.run(
            'INSERT INTO entity (kind, id, rv, deleted, account_id, origin, "row", field_at,'
            " changed_at) VALUES ('edit_conflict', 'c1', 1, 0, '', '', ?, '{}', '')",
            (json.dumps(row, separators=(",", ":")),),
        )


def test_a_content_that_nothing_names_goes_after_thirty_days(hub, blobs, files):
    bring(blobs, ANA, PAPER)
    assert sweep_blobs(hub, files, now=NOON) == 0
    assert sweep_blobs(hub, files, now=NOON + timedelta(days=29)) == 0
    assert sweep_blobs(hub, files, now=NOON + MONTH) == 1
    assert files.kept == {}


@pytest.mark.parametrize("kind", ["document", "mail"])
@pytest.mark.parametrize("deleted", [False, True])
def test_what_a_row_names_stays_even_when_the_row_was_deleted(hub, blobs, files, kind, deleted):
    name_blob(hub, PAPER, kind=kind, deleted=deleted)
    bring(blobs, ANA, PAPER)
    assert sweep_for_a_month(hub, files) == [0, 0]
    assert blob_name(sha256_of(PAPER)) in files.kept


@pytest.mark.parametrize(("status", "gone"), [("open", [0, 0]), ("resolved", [0, 1])])
def test_what_an_open_conflict_names_stays(hub, blobs, files, status, gone):
    bring(blobs, ANA, PAPER)
    put_conflict(hub, status, PAPER)
    assert sweep_for_a_month(hub, files) == gone


def test_what_somebody_is_just_bringing_stays(hub, blobs, files):
    bring(blobs, ANA, PAPER)
    sweep_blobs(hub, files, now=NOON)
    blobs.begin(principal("south", device="d2"), named(PAPER), now=NOON + MONTH)
    assert sweep_blobs(hub, files, now=NOON + MONTH) == 0


def test_what_is_named_again_begins_its_month_anew(hub, blobs, files):
    bring(blobs, ANA, PAPER)
    sweep_blobs(hub, files, now=NOON)
    name_blob(hub, PAPER)
    assert sweep_blobs(hub, files, now=NOON + MONTH) == 0
    name_blob(hub, make_bytes(5))
    assert sweep_for_a_month(hub, files, NOON + MONTH) == [0, 1]


def test_who_names_it_while_it_goes_keeps_it(hub, blobs, files, monkeypatch):
    """Between the mark and the last question somebody files it, having heard that it is there."""
    bring(blobs, ANA, PAPER)
    sweep_blobs(hub, files, now=NOON)
    marked = hub.transaction

    @contextmanager
    def then_name(name):
        with marked(name) as tx:
            yield tx
        if name == "blob-going":
            name_blob(hub, PAPER)

    monkeypatch.setattr(hub, "transaction", then_name)
    assert sweep_blobs(hub, files, now=NOON + MONTH) == 0
    assert blobs.find(ANA, sha256_of(PAPER)) == len(PAPER)


def test_nobody_is_told_that_a_going_content_is_there(hub, blobs, files):
    name_blob(hub, PAPER)
    bring(blobs, ANA, PAPER)
    with hub.transaction("test") as tx:
        tx.run("UPDATE blob SET state = 'going'")
    assert not blobs.begin(ANA, named(PAPER), now=NOON).present
    with pytest.raises(Refusal) as caught:
        bring(blobs, ANA, PAPER)
    assert caught.value.status == 503
    assert sweep_blobs(hub, files, now=NOON) == 0
    assert bring(blobs, ANA, PAPER).present


def test_a_sweep_that_was_killed_is_ended_by_the_next(hub, blobs, files):
    bring(blobs, ANA, PAPER)
    with hub.transaction("test") as tx:
        tx.run("UPDATE blob SET state = 'going'")
        tx.run("DELETE FROM blob_upload")
    files.delete(blob_name(sha256_of(PAPER)))
    assert sweep_blobs(hub, files, now=NOON) == 1
    assert bring(blobs, ANA, PAPER).present


def test_an_expired_upload_goes_with_its_parts(hub, blobs, files):
    place = blobs.begin(ANA, named(LARGE), now=NOON)
    bring_part(blobs, ANA, place, LARGE, 1)
    sweep_blobs(hub, files, now=NOON + timedelta(days=6))
    assert len(files.kept) == 1
    sweep_blobs(hub, files, now=NOON + timedelta(days=7))
    assert files.kept == {}


def test_bytes_that_a_crash_left_without_a_row_go_after_a_day(hub, files):
    files.put(blob_name(sha256_of(PAPER)), PAPER)
    files.put(f"uploads/{'a' * 32}/00001-{'b' * 64}", PAPER)
    sweep_blobs(hub, files, now=NOON + timedelta(hours=23))
    assert len(files.kept) == 2
    sweep_blobs(hub, files, now=NOON + timedelta(hours=25))
    assert files.kept == {}
