"""What becomes of requests that no desk would send? A refusal in words, and nothing changes."""

from __future__ import annotations

import gzip
import json

import pytest
import zstandard

from loyaldesk.hub.http.bodies import MOST_PLAIN
from loyaldesk.protocol.kinds import SCHEMA
from loyaldesk.protocol.wire import PUSH_BYTES
from tests.support.hub_desks import customer_row, uid
from tests.support.hub_http import dump_of, hub_at


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    with hub_at(tmp_path_factory.mktemp("bad") / "hub") as http:
        laptop = http.laptop("ann", "rep", "North")
        pushed = laptop.ask("POST", "sync/push", push(mutation(1)))
        assert pushed.json["res"][0]["st"] == "applied"
        yield laptop


@pytest.fixture(autouse=True)
def in_touch(desk):
    desk.http.wait(minutes=5)
    desk.fetch_token()


def mutation(number=2, **odd):
    return {
        "no": number, "uuid": uid(f"edit {number}"), "grp": number, "kind": "customer",
        "id": uid(f"customer {number}"), "op": "create", "schema": SCHEMA,
        "edited_at": "2026-03-02T08:00:00.000Z", "row": customer_row(f"K-{number}"), **odd,
    }  # fmt: skip


def push(*mutations):
    return {"muts": list(mutations)}


def nested(depth):
    return '{"muts":[{"row":' + '{"a":' * depth + "1" + "}" * depth + "}]}"


def check_refused(desk, body, *, statuses=(400, 422), path="sync/push", but=(), **headers):
    before = dump_of(desk.http.hub.store.engine, but=but)
    refused = desk.ask("POST", path, body, **headers)
    assert refused.status in statuses, refused.body
    assert refused.json["sentence"]
    assert refused.err
    assert dump_of(desk.http.hub.store.engine, but=but) == before
    return refused


NO_MESSAGES = {
    "nothing": b"",
    "no JSON": b"muts",
    "half of it": b'{"muts":[',
    "not UTF-8": b'{"muts":"\xff\xfe"}',
    "lone surrogate": b'{"muts":[{"uuid":"\\ud800"}]}',
    "zero character": json.dumps(push(mutation(uuid="\0"))).encode(),
    "a list": b"[]",
    "a number": b"1e999",
    "no fields": b"{}",
    "an unknown field": b'{"muts":[],"admin":true}',
    "null": b'{"muts":null}',
    "nested deeply": nested(100_000).encode(),
    "nested brackets": b"[" * 200_000,
    "a huge number": b'{"muts":[{"no":' + b"9" * 5000 + b"}]}",
}
ODD_FIELDS: dict[str, dict] = {
    "forged actor": {"user": "admin"},
    "forged device": {"device": "x"},
    "forged territory": {"bucket": "acct:South"},
    "a word as number": {"no": "2"},
    "a fraction": {"no": 2.5},
    "truth as number": {"no": True},
    "other operation": {"op": "drop"},
    "a list as kind": {"kind": ["customer"]},
    "a list as row": {"row": []},
    "changes of nothing": {"ch": {"name": 1}},
    "unknown change": {"ch": {"name": {"old": 1, "new": 2, "by": "admin"}}},
    "increment by word": {"ch": {"open_minor": {"inc": "1"}}},
    "no uuid": {"uuid": None},
}


@pytest.mark.parametrize("word", NO_MESSAGES)
def test_body_that_is_no_push(word, desk):
    check_refused(desk, NO_MESSAGES[word])


@pytest.mark.parametrize("word", ODD_FIELDS)
def test_mutation_with(word, desk):
    check_refused(desk, push(mutation(**ODD_FIELDS[word])))


@pytest.mark.parametrize(
    "odd",
    [
        {"kind": "secret"},
        {"kind": "hub_user"},
        {"id": "x"},
        {"id": "'; DROP TABLE entity; --"},
        {"row": customer_row("K-2") | {"admin": 1}},
        {"row": {}},
        {"row": customer_row("K-2") | {"terms_days": "never"}},
        {"row": customer_row("K-2") | {"name": 7}},
        {"row": customer_row("K-2") | {"is_key_account": 5}},
        {"row": customer_row("K-2") | {"customer_since": "yesterday"}},
    ],
)
def test_row_that_no_desk_has_is_rejected_for_good_and_leaves_no_record(odd, desk):
    of_records = ("mutation_result", "applied_uuid", "client")
    before = dump_of(desk.http.hub.store.engine, but=of_records)
    desk.client = uid(str(odd))
    reply = desk.ask("POST", "sync/push", push(mutation(1, uuid=uid(f"odd {odd}"), **odd)))
    if reply.status == 200:
        assert reply.json["res"][0]["st"] == "rejected"
    else:
        assert reply.status == 422
    assert dump_of(desk.http.hub.store.engine, but=of_records) == before


def test_replayed_push_hears_the_same_and_changes_nothing(desk):
    sent = push(mutation(1, uuid=uid("replay")))
    desk.client = uid("replaying")
    first = desk.ask("POST", "sync/push", sent)
    before = dump_of(desk.http.hub.store.engine)
    again = desk.ask("POST", "sync/push", sent)
    assert (again.status, again.json["res"]) == (200, first.json["res"])
    assert dump_of(desk.http.hub.store.engine) == before


def test_push_that_comes_too_early_is_a_gap(desk):
    desk.client = uid("hasty")
    # The hub has heard of that numbering now, and of nothing else.
    early = push(mutation(3, uuid=uid("early")))
    refused = check_refused(desk, early, statuses=(409,), but=("client",))
    assert (refused.err, refused.json["expect"]) == ("gap", 1)


def test_same_number_with_another_edit_is_a_fork(desk):
    desk.client = uid("twin")
    desk.ask("POST", "sync/push", push(mutation(1, uuid=uid("one twin"))))
    other = push(mutation(1, uuid=uid("other twin")))
    assert check_refused(desk, other, statuses=(409,)).err == "forked"


def test_another_epoch_is_told(desk):
    refused = check_refused(desk, push(), statuses=(409,), LD_Epoch="f" * 32)
    assert (refused.err, refused.json["epoch"]) == ("epoch", desk.http.hub.epoch)


def test_cursor_that_is_ahead_is_told(desk):
    refused = check_refused(
        desk, {"cur": {"acct:North": [10**6, 0]}}, path="sync/pull", statuses=(409,)
    )
    assert refused.err == "ahead"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"LD_Client": ""}, 422),
        ({"LD_Client": "x" * 65}, 422),
        ({"LD_Client": "../../etc"}, 422),
        ({"LD_Schema": "many"}, 422),
        ({"LD_Schema": "-1"}, 422),
        ({"LD_Schema": "999"}, 426),
        ({"LD_Protocol": "2"}, 426),
        ({"LD_Protocol": ""}, 426),
        ({"Content_Type": "text/html"}, 415),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content_Encoding": "br"}, 415),
        ({"Content_Encoding": "gzip, gzip"}, 415),
        ({"Content_Encoding": "gzip"}, 422),
        ({"Content_Encoding": "zstd"}, 422),
    ],
)
def test_headers_that_do_not_fit(headers, status, desk):
    check_refused(desk, push(), statuses=(status,), **headers)


@pytest.mark.parametrize(("encoding", "pack"), [
    ("gzip", gzip.compress), ("zstd", zstandard.ZstdCompressor().compress),
])  # fmt: skip
class TestPacked:
    def test_body_is_read(self, encoding, pack, desk):
        body = pack(json.dumps({"cur": {}}).encode())
        assert desk.ask("POST", "sync/pull", body, Content_Encoding=encoding).status == 200

    def test_answer_is_packed_for_who_reads_that(self, encoding, pack, desk):
        plain = desk.ask("POST", "sync/pull", {"cur": {}})
        packed = desk.ask("POST", "sync/pull", {"cur": {}}, Accept_Encoding=encoding)
        assert packed.headers["content-encoding"] == encoding
        unpack = gzip.decompress if encoding == "gzip" else zstandard.decompress
        assert unpack(packed.body) == plain.body
        assert "content-encoding" not in plain.headers

    @pytest.mark.parametrize("size", [2_000_000, MOST_PLAIN + 1])
    def test_bomb_is_refused(self, encoding, pack, size, desk):
        bomb = pack(b" " * size)
        assert len(bomb) < PUSH_BYTES
        refused = check_refused(desk, bomb, statuses=(413,), Content_Encoding=encoding)
        assert refused.err == "too-large"

    def test_body_that_ends_half_way_is_refused(self, encoding, pack, desk):
        check_refused(desk, pack(b'{"muts":[]}' * 20)[:-6], Content_Encoding=encoding)


def test_body_above_the_limit_is_refused_by_what_it_says_and_by_what_comes(desk):
    said = str(PUSH_BYTES + 1)
    assert check_refused(desk, b"{}", statuses=(413,), Content_Length=said).err == "too-large"
    chunks = [b" " * 65536] * (PUSH_BYTES // 65536 + 1)
    assert check_refused(desk, chunks, statuses=(413,)).err == "too-large"


def test_device_that_asks_too_often_is_told_when_to_come_again(desk):
    found = [desk.ask("GET", "me") for _ in range(130)]
    stopped = found[-1]
    assert found[100].status == 200
    assert (stopped.status, stopped.err) == (429, "busy")
    assert int(stopped.headers["retry-after"]) >= 1
    desk.http.wait(seconds=30)
    assert desk.ask("GET", "me").status == 200


@pytest.mark.parametrize(
    "path",
    [
        "history/customer/x",
        "history/secret/" + "0" * 32,
        "history/customer/%00",
        "history/customer/../me",
        "blobs/" + "0" * 64,
        "nothing",
        "",
    ],
)
def test_path_that_leads_nowhere(path, desk):
    assert (desk.ask("GET", path).status, desk.ask("GET", path).err) == (404, "unknown")


@pytest.mark.parametrize("before", ["-1", "x", "١", "9" * 99])
def test_page_of_the_history_begins_at_a_number(before, desk):
    path = f"history/customer/{uid('customer 1')}?before={before}"
    assert desk.ask("GET", path.replace("١", "%D9%A1")).status == 422


def test_history_tells_who_changed_what(desk):
    found = desk.ask("GET", f"history/customer/{uid('customer 1')}")
    assert found.status == 200
    first = found.json["entries"][-1]
    assert (first["actor"], first["op"]) == ("Ann", "create")
    assert first["new"]["number"] == "K-1"
