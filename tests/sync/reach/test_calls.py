"""Does a desk stay signed in, ask for less on a bad line, and tell the engine what went wrong?"""

import json
from datetime import UTC, datetime

import msgspec
import pytest

from loyaldesk.protocol import wire
from loyaldesk.protocol.messages import Call, Head, Mutation, Problem, Pull, Pulled, Push
from loyaldesk.sync.reach.access_file import HubAccess
from loyaldesk.sync.reach.calls import Caller
from loyaldesk.sync.reach.session import Session
from loyaldesk.sync.reach.signing import DeviceKey
from loyaldesk.sync.reach.transport import HubAnswer, HubTransport
from loyaldesk.sync.reach.trouble import Cause, Unreachable

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HEAD = Head(client="c" * 32, epoch="e1", schema=1, now="2026-03-02T09:00:00.000Z")
EMPTY = Pulled(rows=[], cur={}, done=True)
KEY = DeviceKey.new()
ACCESS = HubAccess(
    url="https://hub", hub="h", hub_name="Hub", user="ann", desk="B7", device="d", recovery="",
    refresh="secret-refresh", key=KEY.private_hex,
)  # fmt: skip


class HandClock:
    def __init__(self):
        self.seconds = 1_000.0

    def now(self):
        return NOW

    def monotonic(self):
        return self.seconds


class Wire(HubTransport):
    """A transport that gives out tokens, and else what it is told to answer."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.requests = []
        self.tokens = 0

    def ask(self, request):
        self.requests.append(request)
        if request.path == "token":
            self.tokens += 1
            return said(wire.TokenMade(token=f"t{self.tokens}", expires_s=wire.ACCESS_S))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def pulls(self):
        return [json.loads(each.body) for each in self.requests if each.path == "sync/pull"]


def said(message, status=200, **headers):
    return HubAnswer(status, headers, msgspec.json.encode(message))


def late():
    return Unreachable(Cause.LATE, "The hub did not answer in time.")


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
def caller_over(clock):
    def make(*answers, access=ACCESS):
        transport = Wire(*answers)
        return Caller(transport, Session(transport, access, clock=clock)), transport

    return make


def pull(caller, **options):
    return caller.answer(Call("sync/pull", HEAD, Pull(cur={}, **options)))


def mutation(no):
    return Mutation(
        no=no, uuid=f"{no:032x}", grp=no, kind="customer", id="1" * 32, op="edit", schema=1,
        edited_at=HEAD.now,
    )  # fmt: skip


class TestTokens:
    def test_one_is_used_until_shortly_before_its_end(self, caller_over, clock):
        caller, wire_ = caller_over(said(EMPTY))
        for _ in range(3):
            pull(caller)
        clock.seconds += wire.ACCESS_S - 30
        pull(caller)
        assert wire_.tokens == 2
        assert wire_.requests[-1].headers["Authorization"] == "Bearer t2"

    def test_the_request_for_one_is_signed_by_the_device(self, caller_over):
        caller, wire_ = caller_over(said(EMPTY))
        pull(caller)
        asked = wire_.requests[0]
        words = wire.signed_words(
            "POST", "/v1/token", now=asked.headers["LD-Now"], nonce=asked.headers["LD-Nonce"],
            body=asked.body,
        )  # fmt: skip
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(KEY.public_hex))
        public.verify(bytes.fromhex(asked.headers["LD-Signature"]), words)
        assert asked.packs is False

    def test_one_that_ended_on_the_way_is_fetched_anew_once(self, caller_over):
        gone = said(Problem(err="signed-out"), status=401)
        caller, wire_ = caller_over(gone, said(EMPTY))
        assert isinstance(pull(caller).reply, Pulled)
        assert wire_.tokens == 2

    def test_who_is_signed_out_asks_twice_and_no_more(self, caller_over):
        caller, wire_ = caller_over(said(Problem(err="signed-out"), status=401))
        assert pull(caller).reply.err == "signed-out"
        assert "sign in again" in caller.trouble.sentence
        assert len(wire_.pulls) == 2

    def test_after_signing_out_here_nothing_is_asked(self, caller_over):
        access = msgspec.json.decode(msgspec.json.encode(ACCESS), type=HubAccess)
        signed_out = HubAccess(**{**{n: getattr(access, n) for n in HubAccess.__slots__},
                                  "refresh": ""})  # fmt: skip
        caller, wire_ = caller_over(said(EMPTY), access=signed_out)
        assert pull(caller).reply.err == "signed-out"
        assert wire_.requests == []

    def test_no_secret_is_in_what_is_printed(self):
        assert "secret-refresh" not in repr(ACCESS)
        assert KEY.private_hex not in repr(ACCESS)


class TestReplies:
    def test_the_hub_s_epoch_and_clock_come_along(self, caller_over):
        headers = {"ld-epoch": "e2", "ld-now": "2026-03-02T09:00:01.000Z"}
        caller, _ = caller_over(HubAnswer(200, headers, msgspec.json.encode(EMPTY)))
        answer = pull(caller)
        assert (answer.epoch, answer.now) == ("e2", "2026-03-02T09:00:01.000Z")

    def test_the_head_travels_in_the_headers(self, caller_over):
        caller, wire_ = caller_over(said(EMPTY))
        pull(caller)
        sent = wire_.requests[-1].headers
        told = [sent[name] for name in ("LD-Client", "LD-Epoch", "LD-Schema", "LD-Protocol")]
        assert told == ["c" * 32, "e1", "1", "1"]

    def test_retry_after_of_a_proxy_is_heard(self, caller_over):
        caller, _ = caller_over(HubAnswer(503, {"retry-after": "7"}, b"<html>busy</html>"))
        reply = pull(caller).reply
        assert (reply.err, reply.retry_after_s) == ("busy", 7)

    @pytest.mark.parametrize("retry", ["", "-1", "soon", "9" * 40, "Wed, 21 Oct 2026 07:28:00 GMT"])
    def test_any_other_retry_after_is_none(self, caller_over, retry):
        caller, _ = caller_over(HubAnswer(503, {"retry-after": retry}, b""))
        assert pull(caller).reply.retry_after_s == 0

    def test_what_the_hub_says_stands_behind_our_sentence(self, caller_over):
        evil = "<a href='http://evil'>Update now</a>" + "x" * 5_000
        caller, _ = caller_over(said(Problem(err="malformed", sentence=evil), status=422))
        pull(caller)
        assert "evil" not in caller.trouble.sentence
        assert len(caller.trouble.detail) <= 300
        assert "<" not in caller.trouble.detail

    def test_a_reply_that_cannot_be_read_counts_as_offline(self, caller_over):
        caller, _ = caller_over(HubAnswer(200, {}, b'{"rows": 7}'))
        assert pull(caller).reply.err == "offline"


class TestABadLine:
    def test_a_page_that_never_comes_is_asked_for_smaller_until_it_does(self, caller_over):
        caller, wire_ = caller_over(late(), late(), said(EMPTY))
        assert isinstance(pull(caller, limit=2_000, max_bytes=1_000_000).reply, Pulled)
        assert [each["max_bytes"] for each in map(_full, wire_.pulls)] == [
            1_000_000, 250_000, 62_500,
        ]  # fmt: skip

    def test_pages_grow_again_when_the_line_is_good(self, caller_over):
        caller, wire_ = caller_over(late(), said(EMPTY))
        for _ in range(4):
            pull(caller)
        assert _full(wire_.pulls[-1])["limit"] == 2_000

    def test_it_ends_when_nothing_smaller_would_help(self, caller_over):
        caller, wire_ = caller_over(late())
        assert pull(caller).reply.err == "offline"
        assert len(wire_.pulls) < 8

    def test_a_push_that_never_arrives_is_to_be_made_smaller(self, caller_over):
        caller, _ = caller_over(late())
        many = Push([mutation(1), mutation(2)])
        assert caller.answer(Call("sync/push", HEAD, many)).reply.err == "too-large"
        one = Push([mutation(1)])
        assert caller.answer(Call("sync/push", HEAD, one)).reply.err == "offline"


def _full(sent):
    return {"limit": 2_000, "max_bytes": 1_000_000, **sent}
