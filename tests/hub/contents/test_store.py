"""Do a disk and a bucket keep contents alike: whole, or not at all?"""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import pytest

from loyaldesk.errors import Refused, Unavailable
from loyaldesk.hub.contents.engine import BlobHub
from loyaldesk.hub.contents.store import open_contents
from tests.hub.conftest import new_hub
from tests.support.blobs import NOON, bring, make_bytes, name_blob, named, principal, sha256_of

BIG = make_bytes((11 << 20) + 1)


@pytest.fixture(scope="module")
def bucket():
    """The variables of a hub whose files lie in a bucket on this machine, over real HTTP."""
    boto3 = pytest.importorskip("boto3")
    server_of = pytest.importorskip("moto.server")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = server_of.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
    client = boto3.client("s3", endpoint_url=url, region_name="us-east-1", **keys)
    client.create_bucket(Bucket="papers")
    client.close()
    yield {
        "LOYALDESK_HUB_FILES": "s3://papers/acme",
        "AWS_ENDPOINT_URL": url,
        "AWS_REGION": "us-east-1",
        **{name.upper(): value for name, value in keys.items()},
    }
    server.stop()


@pytest.fixture(params=["disk", "bucket"])
def contents(request, tmp_path, monkeypatch):
    environ = {} if request.param == "disk" else request.getfixturevalue("bucket")
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    return open_contents(tmp_path, environ=environ)


def read(contents, name, start=0, stop=1 << 30):
    return b"".join(contents.read(name, start, stop))


def test_what_was_put_comes_back(contents):
    contents.put("a/one", b"hello")
    assert read(contents, "a/one", 1, 3) == b"el"


def test_a_name_that_is_there_is_left_as_it_is(contents):
    contents.put("a/two", b"first")
    contents.put("a/two", b"other")
    assert read(contents, "a/two") == b"first"


def test_chunks_make_one_content(contents):
    contents.compose("a/three", iter([BIG[: 6 << 20], BIG[6 << 20 :]]))
    assert read(contents, "a/three") == BIG


def test_chunks_that_end_in_an_error_leave_nothing(contents):
    def broken():
        yield BIG
        raise LookupError

    with pytest.raises(LookupError):
        contents.compose("a/four", broken())
    with pytest.raises(KeyError):
        read(contents, "a/four")


def test_names_are_listed_with_their_time(contents):
    contents.put("list/x", b"x")
    contents.put("list/y", b"y")
    found = dict(contents.names("list/"))
    assert sorted(found) == ["list/x", "list/y"]
    assert all(abs(datetime.now(UTC) - at).total_seconds() < 600 for at in found.values())


def test_what_was_deleted_is_gone_and_deleting_twice_is_no_trouble(contents):
    contents.put("a/five", b"five")
    contents.delete("a/five")
    contents.delete("a/five")
    with pytest.raises(KeyError):
        read(contents, "a/five")


def test_a_content_goes_through_the_hub_in_parts(contents):
    hub = new_hub("sqlite://")
    blobs, ana = BlobHub(hub, contents), principal()
    name_blob(hub, BIG)
    assert bring(blobs, ana, BIG).present
    assert blobs.begin(ana, named(BIG), now=NOON).present
    assert b"".join(blobs.open(sha256_of(BIG), 7, len(BIG))) == BIG[7:]
    assert list(contents.names("uploads/")) == []
    hub.close()


def test_a_bucket_that_does_not_answer_is_told_in_a_sentence(bucket, monkeypatch, tmp_path):
    away = {**bucket, "LOYALDESK_HUB_FILES": "s3://nowhere/at-all"}
    for name, value in away.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(Unavailable, match="did not answer"):
        open_contents(tmp_path, environ=away).put("a", b"a")


def test_a_place_that_is_no_bucket_is_refused(tmp_path):
    with pytest.raises(Refused, match="s3://bucket/prefix"):
        open_contents(tmp_path, environ={"LOYALDESK_HUB_FILES": "ftp://papers"})
