"""Who may have a content, and does nobody else learn that it is there?"""

from __future__ import annotations

import pytest

from loyaldesk.hub.access import Principal, Role
from loyaldesk.hub.contents.engine import BlobHub, blob_name
from loyaldesk.hub.http.blob_routes import asked_span
from loyaldesk.hub.refusals import Refusal
from tests.support.blobs import (
    NOON,
    MemoryBlobs,
    bring,
    make_bytes,
    name_blob,
    named,
    principal,
    sha256_of,
)

ANA = principal()
STRANGER = principal("south", device="d2")
PAPER = make_bytes(3000)


@pytest.fixture
def blobs(hub):
    return BlobHub(hub, MemoryBlobs())


def refused(blobs, who, sha256=None):
    with pytest.raises(Refusal) as caught:
        blobs.find(who, sha256 or sha256_of(PAPER))
    return caught.value.status, caught.value.problem


class TestReading:
    @pytest.mark.parametrize("kind", ["document", "mail"])
    def test_who_reads_a_row_that_names_it_may_have_it(self, hub, blobs, kind):
        name_blob(hub, PAPER, kind=kind)
        bring(blobs, ANA, PAPER)
        assert blobs.find(ANA, sha256_of(PAPER)) == len(PAPER)
        assert b"".join(blobs.open(sha256_of(PAPER), 10, 20)) == PAPER[10:20]

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.OFFICE, Role.READER])
    def test_who_reads_the_whole_company_may_have_it(self, hub, blobs, role):
        name_blob(hub, PAPER)
        bring(blobs, ANA, PAPER)
        assert blobs.find(principal(None, role=role), sha256_of(PAPER)) == len(PAPER)

    def test_the_account_manager_may_have_it_in_any_territory(self, hub, blobs):
        name_blob(hub, PAPER)
        bring(blobs, ANA, PAPER)
        bob = Principal("bob", "Bob", "d3", "B3", Role.REP, frozenset())
        assert blobs.find(bob, sha256_of(PAPER)) == len(PAPER)

    def test_forbidden_and_unknown_are_answered_alike(self, hub, blobs):
        name_blob(hub, PAPER)
        bring(blobs, ANA, PAPER)
        assert refused(blobs, STRANGER) == refused(blobs, STRANGER, "f" * 64)
        assert refused(blobs, STRANGER)[0] == 404

    def test_a_content_that_only_a_deleted_document_names_is_not_handed_out(self, hub, blobs):
        name_blob(hub, PAPER, deleted=True)
        bring(blobs, ANA, PAPER)
        assert refused(blobs, ANA)[0] == 404

    def test_bytes_that_the_store_lost_are_asked_for_again(self, hub):
        files = MemoryBlobs()
        blobs = BlobHub(hub, files)
        name_blob(hub, PAPER)
        bring(blobs, ANA, PAPER)
        files.delete(blob_name(sha256_of(PAPER)))
        with pytest.raises(Refusal):
            blobs.open(sha256_of(PAPER), 0, 10)
        assert refused(blobs, ANA)[0] == 404
        assert bring(blobs, ANA, PAPER).present
        assert blobs.find(ANA, sha256_of(PAPER)) == len(PAPER)


class TestNoLeak:
    def test_bringing_what_is_there_is_answered_as_bringing_what_is_not(self, hub, blobs):
        name_blob(hub, PAPER)
        bring(blobs, ANA, PAPER)
        there = blobs.begin(STRANGER, named(PAPER), now=NOON)
        new = blobs.begin(STRANGER, named(make_bytes(3000, seed=2)), now=NOON)
        assert (there.present, there.have) == (new.present, new.have) == (False, [])
        assert there.upload

    def test_who_may_read_it_need_not_bring_it(self, hub, blobs):
        name_blob(hub, PAPER)
        bring(blobs, ANA, PAPER)
        assert blobs.begin(principal(device="d9"), named(PAPER), now=NOON).present

    def test_who_brought_it_may_not_have_it_until_a_row_names_it(self, hub, blobs):
        assert bring(blobs, STRANGER, PAPER).present
        assert refused(blobs, STRANGER)[0] == 404

    def test_a_hash_alone_does_not_open_the_content_of_others(self, hub, blobs):
        """Somebody who heard of a hash cannot complete an upload without its bytes."""
        name_blob(hub, PAPER)
        bring(blobs, ANA, PAPER)
        place = blobs.begin(STRANGER, named(PAPER), now=NOON)
        assert not blobs.complete(STRANGER, place.upload, now=NOON).present


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes=0-9", (0, 10)),
        ("bytes=90-", (90, 100)),
        ("bytes=-10", (90, 100)),
        ("bytes=50-400", (50, 100)),
        ("bytes=-400", (0, 100)),
        ("bytes=100-", (100, 100)),
        ("bytes=9-5", None),
        ("bytes=0-1,5-6", None),
        ("items=0-9", None),
        ("bytes=-", None),
        ("", None),
    ],
)
def test_a_range_is_read_as_http_says(header, span):
    assert asked_span(header, 100) == span
