"""Do contents come and go over HTTP, whole, by range, and for nobody else?"""

from __future__ import annotations

import hashlib

import pytest

from loyaldesk.protocol.parts import content_digest
from tests.support.blobs import make_bytes, name_blob, sha256_of
from tests.support.hub_http import hub_at

SMALL = make_bytes(5000)
LARGE = make_bytes((6 << 20) + 3)
SMALL_PATH = f"/v1/blobs/{sha256_of(SMALL)}"


@pytest.fixture(scope="module")
def http(tmp_path_factory):
    with hub_at(tmp_path_factory.mktemp("hub")) as opened:
        name_blob(opened.hub.store, SMALL)
        yield opened


@pytest.fixture(scope="module")
def ana(http):
    return http.laptop("ana", "rep", "north")


@pytest.fixture(scope="module")
def bea(http):
    return http.laptop("bea", "rep", "south")


def put(laptop, path, content, **headers):
    digest = content_digest(hashlib.sha256(content).digest())
    sent = {**laptop.headers, "Content-Digest": digest, **headers}
    return laptop.http.ask("PUT", path, content, sent)


def begin(laptop, content):
    asked = {"sha256": sha256_of(content), "size": len(content)}
    return laptop.ask("POST", "blobs/uploads", asked).json


@pytest.fixture
def brought(ana):
    assert put(ana, SMALL_PATH, SMALL).json == {"present": True}


def fetch(laptop, **headers):
    return laptop.http.ask("GET", SMALL_PATH, b"", {**laptop.headers, **headers})


def test_a_large_content_goes_in_parts_and_comes_whole(http, ana):
    name_blob(http.hub.store, LARGE, uid=f"{9:032x}")
    place = begin(ana, LARGE)
    for number, part in ((2, LARGE[5 << 20 :]), (1, LARGE[: 5 << 20])):
        path = f"/v1/blobs/uploads/{place['upload']}/parts/{number}"
        assert put(ana, path, part).status == 200
    done = ana.http.ask("POST", f"/v1/blobs/uploads/{place['upload']}/complete", b"", ana.headers)
    assert done.json == {"present": True}
    assert begin(ana, LARGE) == {"present": True}
    path = f"/v1/blobs/{sha256_of(LARGE)}"
    assert ana.http.ask("GET", path, b"", ana.headers).body == LARGE


@pytest.mark.usefixtures("brought")
class TestFetching:
    def test_a_content_comes_whole_under_its_hash(self, ana):
        found = fetch(ana)
        assert (found.status, found.body) == (200, SMALL)
        assert found.headers["etag"] == f'"{sha256_of(SMALL)}"'
        assert found.headers["cache-control"] == "no-store"

    def test_a_range_goes_on_where_it_was_cut(self, ana):
        tag = f'"{sha256_of(SMALL)}"'
        found = fetch(ana, Range="bytes=4000-", **{"If-Range": tag})
        assert (found.status, found.body) == (206, SMALL[4000:])
        assert found.headers["content-range"] == "bytes 4000-4999/5000"

    def test_a_range_of_something_else_brings_all(self, ana):
        found = fetch(ana, Range="bytes=4000-", **{"If-Range": '"other"'})
        assert (found.status, found.body) == (200, SMALL)

    def test_a_range_behind_the_end_is_told_so(self, ana):
        found = fetch(ana, Range="bytes=5000-")
        assert (found.status, found.headers["content-range"]) == (416, "bytes */5000")

    def test_forbidden_is_answered_as_unknown(self, ana, bea):
        unknown = ana.http.ask("GET", f"/v1/blobs/{'e' * 64}", b"", ana.headers)
        found = fetch(bea)
        assert (found.status, found.body) == (unknown.status, unknown.body)
        assert found.status == 404

    def test_who_may_not_read_it_is_not_told_that_it_is_there(self, bea):
        assert "present" in begin(bea, SMALL)
        assert not begin(bea, SMALL)["present"]

    def test_a_stranger_gets_nothing(self, http):
        assert http.ask("GET", SMALL_PATH).status == 401


@pytest.mark.parametrize(
    ("path", "content", "status"),
    [
        ("/v1/blobs/nonsense", SMALL, 422),
        (SMALL_PATH, SMALL[1:], 422),
        (SMALL_PATH, make_bytes((1 << 20) + 1), 413),
        (SMALL_PATH, b"", 422),
        ("/v1/blobs/uploads/nothing/parts/1", SMALL, 404),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence(ana, path, content, status):
    answer = put(ana, path, content)
    assert answer.status == status
    assert answer.json["sentence"].endswith(".")


@pytest.mark.parametrize("number", ["0", "3", "10001", "-1", "x", "9" * 40, "²"])
def test_a_part_that_cannot_be_is_refused(ana, number):
    place = begin(ana, make_bytes(len(LARGE), seed=5))
    answer = put(ana, f"/v1/blobs/uploads/{place['upload']}/parts/{number}", LARGE[: 5 << 20])
    assert answer.status == 422
