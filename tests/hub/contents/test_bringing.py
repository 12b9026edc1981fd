"""Does the hub take a content in only whole, only once, and whatever happens on the way?"""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from loyaldesk.hub.access import Role
from loyaldesk.hub.contents import uploads as blob_uploads
from loyaldesk.hub.contents.engine import blob_name
from loyaldesk.hub.refusals import Refusal
from loyaldesk.protocol.blobs import BlobNamed
from loyaldesk.protocol.parts import MOST_PARTS, SMALL_BYTES, part_count, part_size
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
OTHER = principal("south", device="d2")
# Three parts, the last one shorter.
PAPER = make_bytes((11 << 20) + 5)


def rows(hub, sql, values=()):
    with hub.snapshot("test") as tx:
        return tx.rows(sql, values)


def present(hub):
    return [sha256 for (sha256,) in rows(hub, "SELECT sha256 FROM blob WHERE state = 'present'")]


def refusal(call, *arguments, **options):
    with pytest.raises(Refusal) as caught:
        call(*arguments, **options)
    return caught.value


class TestParts:
    def test_parts_in_any_order_make_the_content(self, hub, blobs, files):
        place = blobs.begin(ANA, named(PAPER), now=NOON)
        have = [bring_part(blobs, ANA, place, PAPER, number).have for number in (3, 1, 2)]
        assert have == [[3], [1, 3], [1, 2, 3]]
        assert blobs.complete(ANA, place.upload, now=NOON).present
        assert {name: kept for name, (kept, _) in files.kept.items()} == {
            blob_name(sha256_of(PAPER)): PAPER
        }

    def test_a_part_that_came_twice_counts_once(self, blobs, files):
        place = blobs.begin(ANA, named(PAPER), now=NOON)
        once = bring_part(blobs, ANA, place, PAPER, 2)
        kept = dict(files.kept)
        assert bring_part(blobs, ANA, place, PAPER, 2) == once
        assert files.kept == kept

    def test_a_corrected_part_takes_the_place_of_the_wrong_one(self, hub, blobs, files):
        place = blobs.begin(ANA, named(PAPER), now=NOON)
        wrong = bytes(5 << 20)
        digest = hashlib.sha256(wrong).digest()
        blobs.take_part(ANA, place.upload, 1, wrong, digest=digest, now=NOON)
        assert bring(blobs, ANA, PAPER).present
        assert list(files.kept) == [blob_name(sha256_of(PAPER))]

    def test_a_part_that_changed_on_the_way_is_refused(self, hub, blobs, files):
        place = blobs.begin(ANA, named(PAPER), now=NOON)
        part = PAPER[: 5 << 20]
        digest = hashlib.sha256(part).digest()
        spoilt = b"?" + part[1:]
        said = refusal(blobs.take_part, ANA, place.upload, 1, spoilt, digest=digest, now=NOON)
        assert (said.status, files.kept) == (422, {})

    def test_a_part_without_its_digest_is_refused(self, blobs):
        place = blobs.begin(ANA, named(PAPER), now=NOON)
        said = refusal(
            blobs.take_part, ANA, place.upload, 1, PAPER[: 5 << 20], digest=None, now=NOON
        )
        assert "Content-Digest" in said.problem.sentence

    @pytest.mark.parametrize("number", [0, -1, 4, 10_001])
    def test_a_part_beyond_the_last_is_refused(self, blobs, files, number):
        place = blobs.begin(ANA, named(PAPER), now=NOON)
        part = PAPER[: 5 << 20]
        digest = hashlib.sha256(part).digest()
        said = refusal(blobs.take_part, ANA, place.upload, number, part, digest=digest, now=NOON)
        assert (said.status, files.kept) == (422, {})

    def test_no_content_needs_more_parts_than_a_bucket_takes(self):
        sizes = [1, 5 << 20, 200_000_000, 10**11, 10**13]
        assert all(part_count(size, part_size(size)) <= MOST_PARTS < 10_000 for size in sizes)

    def test_a_part_of_another_length_is_refused(self, blobs):
        place = blobs.begin(ANA, named(PAPER), now=NOON)
        short = PAPER[:100]
        digest = hashlib.sha256(short).digest()
        said = refusal(blobs.take_part, ANA, place.upload, 1, short, digest=digest, now=NOON)
        assert "100 bytes" in said.problem.sentence

    def test_parts_go_to_the_device_that_began_and_to_nobody_else(self, blobs):
        place = blobs.begin(ANA, named(PAPER), now=NOON)
        said = refusal(bring_part, blobs, OTHER, place, PAPER, 1)
        assert said.problem == refusal(blobs.complete, OTHER, "f" * 32, now=NOON).problem


class TestCompleting:
    def test_a_content_with_a_part_missing_is_not_there(self, hub, blobs):
        place = blobs.begin(ANA, named(PAPER), now=NOON)
        for number in (1, 3):
            bring_part(blobs, ANA, place, PAPER, number)
        answer = blobs.complete(ANA, place.upload, now=NOON)
        assert (answer.present, answer.have, present(hub)) == (False, [1, 3], [])

    def test_parts_that_make_another_content_are_thrown_away(self, hub, blobs, files):
        other = make_bytes(len(PAPER), seed=2)
        place = blobs.begin(ANA, named(PAPER), now=NOON)
        for number in (1, 2, 3):
            bring_part(blobs, ANA, place, other, number)
        said = refusal(blobs.complete, ANA, place.upload, now=NOON)
        assert (said.status, present(hub), files.kept) == (422, [], {})
        assert bring(blobs, ANA, PAPER).present

    def test_a_kill_between_the_bytes_and_the_row_is_made_good_by_asking_again(
        self, hub, blobs, files, monkeypatch
    ):
        place = blobs.begin(ANA, named(PAPER), now=NOON)
        for number in (1, 2, 3):
            bring_part(blobs, ANA, place, PAPER, number)
        with monkeypatch.context() as killed:
            killed.setattr(blobs, "_settle", lambda *_, **__: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                blobs.complete(ANA, place.upload, now=NOON)
        assert (blob_name(sha256_of(PAPER)) in files.kept, present(hub)) == (True, [])
        again = blobs.begin(ANA, named(PAPER), now=NOON)
        assert (again.upload, again.have) == (place.upload, [1, 2, 3])
        assert blobs.complete(ANA, place.upload, now=NOON).present

    def test_a_part_that_the_store_lost_is_asked_for_again(self, hub, blobs, files):
        place = blobs.begin(ANA, named(PAPER), now=NOON)
        for number in (1, 2, 3):
            bring_part(blobs, ANA, place, PAPER, number)
        files.kept.pop(next(name for name in files.kept if "/00002-" in name))
        answer = blobs.complete(ANA, place.upload, now=NOON)
        assert (answer.present, answer.have, present(hub)) == (False, [], [])
        assert bring(blobs, ANA, PAPER).present

    def test_completing_twice_finds_no_upload_any_more(self, hub, blobs):
        name_blob(hub, PAPER)
        assert bring(blobs, ANA, PAPER).present
        assert bring(blobs, ANA, PAPER).present
        assert rows(hub, "SELECT count(*) FROM blob_upload") == [(0,)]


class TestSmall:
    def test_a_small_content_goes_in_one_request(self, hub, blobs):
        small = make_bytes(1000)
        digest = hashlib.sha256(small).digest()
        for _ in range(2):
            assert blobs.take_small(ANA, sha256_of(small), small, digest=digest, now=NOON).present
        assert present(hub) == [sha256_of(small)]

    def test_bytes_under_another_name_are_refused(self, hub, blobs, files):
        small = make_bytes(1000)
        digest = hashlib.sha256(small).digest()
        said = refusal(blobs.take_small, ANA, sha256_of(b"other"), small, digest=digest, now=NOON)
        assert (said.status, present(hub), files.kept) == (422, [], {})

    def test_a_content_above_the_limit_goes_in_parts(self, blobs):
        large = make_bytes(SMALL_BYTES + 1)
        digest = hashlib.sha256(large).digest()
        said = refusal(blobs.take_small, ANA, sha256_of(large), large, digest=digest, now=NOON)
        assert said.status == 413


class TestLimits:
    def test_an_empty_content_is_none(self, blobs):
        empty = sha256_of(b"")
        assert refusal(blobs.begin, ANA, BlobNamed(empty, 0), now=NOON).status == 422
        digest = hashlib.sha256(b"").digest()
        assert refusal(blobs.take_small, ANA, empty, b"", digest=digest, now=NOON).status == 422

    def test_a_content_larger_than_a_desk_keeps_is_refused(self, blobs):
        said = refusal(blobs.begin, ANA, BlobNamed("a" * 64, 200_000_001), now=NOON)
        assert said.status == 413

    @pytest.mark.parametrize("name", ["A" * 64, "a" * 63, "../" + "a" * 61, ""])
    def test_a_name_that_is_no_hash_is_refused(self, blobs, name):
        assert refusal(blobs.begin, ANA, BlobNamed(name, 5), now=NOON).status == 422

    def test_who_may_only_read_brings_nothing(self, blobs):
        reader = principal(role=Role.READER)
        assert refusal(blobs.begin, reader, named(PAPER), now=NOON).status == 404

    def test_one_device_begins_so_many_uploads_and_no_more(self, blobs, monkeypatch):
        monkeypatch.setattr(blob_uploads, "MOST_UPLOADS", 2)
        for seed in (1, 2):
            blobs.begin(ANA, named(make_bytes(50, seed)), now=NOON)
        said = refusal(blobs.begin, ANA, named(make_bytes(50, 3)), now=NOON)
        assert (said.status, said.problem.retry_after_s > 0) == (429, True)
        assert blobs.begin(OTHER, named(make_bytes(50, 3)), now=NOON).upload

    def test_an_upload_that_expired_counts_no_more(self, blobs, monkeypatch):
        monkeypatch.setattr(blob_uploads, "MOST_UPLOADS", 1)
        place = blobs.begin(ANA, named(PAPER), now=NOON)
        later = NOON + timedelta(days=7)
        assert refusal(bring_part, blobs, ANA, place, PAPER, 1, now=later).status == 404
        assert blobs.begin(ANA, named(PAPER), now=later).upload != place.upload
