"""Does a desk talk to its hub only, over a line nobody listens to, and never for ever?"""

import gzip
import os
import ssl
import threading
import time

import pytest
import zstandard

from loyaldesk.errors import Refused
from loyaldesk.sync.reach.address import HubAddress
from loyaldesk.sync.reach.bodies import BodyError, pack, unpack
from loyaldesk.sync.reach.transport import HubRequest, HubTransport
from loyaldesk.sync.reach.trouble import LONGEST_WORDS, Cause, Unreachable, plain_words
from tests.support.mail_server import Authority
from tests.support.strange_hubs import HUB, StrangeHub, answer_of

LARGE = b"x" * 5_000


@pytest.fixture
def ask():
    """Return a function that asks a strange hub and returns its answer."""
    made: list[HubTransport] = []

    def asking(hub, request=None, **options):
        transport = HubTransport(HubAddress.parse(hub.url), hub=HUB, **options)
        made.append(transport)
        return transport.ask(request or HubRequest("GET", "hub"))

    yield asking
    for transport in made:
        transport.close()


def cause(ask, hub, **options):
    with hub, pytest.raises(Unreachable) as caught:
        ask(hub, **options)
    assert "safe on this computer" in caught.value.sentence
    # Somebody took the request, whatever came back.
    assert caught.value.has_left
    return caught.value.cause


class TestAddresses:
    @pytest.mark.parametrize(
        ("typed", "url"),
        [
            ("hub.company.com", "https://hub.company.com"),
            (" https://hub.company.com/ ", "https://hub.company.com"),
            ("https://hub.company.com:8443/desk/v1/", "https://hub.company.com:8443/desk"),
            ("http://127.0.0.1:8765", "http://127.0.0.1:8765"),
            ("http://localhost:80", "http://localhost"),
            ("http://[::1]:8765", "http://[::1]:8765"),
        ],
    )
    def test_what_is_typed_becomes_an_address(self, typed, url):
        assert HubAddress.parse(typed).url == url

    @pytest.mark.parametrize("typed", ["http://hub.company.com", "http://10.0.0.7:8765"])
    def test_nothing_leaves_this_computer_unencrypted(self, typed):
        with pytest.raises(Refused, match="without encryption"):
            HubAddress.parse(typed)

    @pytest.mark.parametrize(
        "typed",
        ["", "https://", "ftp://hub.company.com", "https://me:secret@hub", "https://hub?x=1",
         "https://hub:99999", "file:///etc/passwd", "https://a b", "https://hub\u202ecom"],
    )  # fmt: skip
    def test_anything_else_is_refused(self, typed):
        with pytest.raises(Refused):
            HubAddress.parse(typed)


class TestWhoAnswers:
    def test_the_known_hub_is_heard(self, ask):
        with StrangeHub([answer_of(b'{"a": 1}')]) as hub:
            answer = ask(hub)
        assert (answer.status, answer.body) == (200, b'{"a": 1}')
        assert b"GET /v1/hub HTTP/1.1" in hub.requests[0]

    def test_the_sign_in_page_of_a_hotel_counts_as_offline(self, ask):
        page = answer_of(b"<html>Welcome to our hotel", hub="")
        assert cause(ask, StrangeHub([page])) is Cause.STRANGER

    def test_a_redirection_is_not_followed(self, ask):
        with StrangeHub([answer_of()]) as elsewhere:
            away = answer_of(status="302 Found", hub="", more=f"Location: {elsewhere.url}\r\n")
            assert cause(ask, StrangeHub([away])) is Cause.STRANGER
        assert elsewhere.requests == []

    def test_another_hub_is_not_ours(self, ask):
        with StrangeHub([answer_of(hub="b" * 32)]) as hub, pytest.raises(Unreachable) as caught:
            ask(hub)
        assert caught.value.cause is Cause.OTHER_HUB

    def test_nobody_there(self, ask):
        with StrangeHub([]) as hub:
            pass
        with pytest.raises(Unreachable) as caught:
            ask(hub)
        assert caught.value.cause is Cause.SILENT
        assert not caught.value.has_left

    def test_what_others_say_is_one_short_line_without_markup(self):
        said = plain_words("<b>Click</b> <a href='http://evil'>here</a>\n\x1b[31m" + "x" * 9_000)
        assert said.startswith("Click here [31m")
        assert len(said) <= LONGEST_WORDS
        assert "\x1b" not in said
        assert "<" not in said


class TestCertificates:
    @pytest.fixture
    def authority(self, tmp_path, monkeypatch):
        made = Authority(tmp_path)
        monkeypatch.setenv("SSL_CERT_FILE", str(made.file))
        return made

    def test_a_good_one_is_taken(self, ask, authority):
        with StrangeHub([answer_of()], tls=authority.server("127.0.0.1")) as hub:
            assert ask(hub).status == 200

    @pytest.mark.parametrize(
        ("made", "words"),
        [
            ({"is_self_signed": True}, "not signed by anybody"),
            ({"days": -1}, "has expired"),
            ({"host": "hub.other.example"}, "belongs to another name"),
        ],
    )
    def test_any_other_is_refused_and_nothing_is_sent(self, ask, authority, made, words):
        options = dict(made)
        context = authority.server(options.pop("host", "127.0.0.1"), **options)
        with StrangeHub([answer_of()], tls=context) as hub, pytest.raises(Unreachable) as caught:
            ask(hub)
        assert caught.value.cause is Cause.UNTRUSTED
        assert words in caught.value.sentence
        assert hub.requests == []

    @pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
    def test_an_old_encryption_is_refused(self, ask, authority):
        context = authority.server("127.0.0.1")
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
        with StrangeHub([answer_of()], tls=context) as hub, pytest.raises(Unreachable) as caught:
            ask(hub)
        assert caught.value.cause is Cause.UNTRUSTED
        assert "TLS 1.2" in caught.value.sentence


class TestTime:
    def test_silence_ends(self, ask):
        assert cause(ask, StrangeHub([b""]), silent_s=0.3) is Cause.LATE

    def test_an_answer_that_drips_ends_as_well(self, ask):
        hub = StrangeHub([answer_of(LARGE)], drips=True)
        begun = time.monotonic()
        assert cause(ask, hub, whole_s=1.0) is Cause.LATE
        assert time.monotonic() - begun < 10

    def test_a_line_that_swallows_long_requests_is_late_for_those_only(self, ask):
        long = HubRequest("POST", "sync/push", body=os.urandom(5_000))
        with StrangeHub([answer_of()], swallows=2_000) as hub:
            assert ask(hub).status == 200
            with pytest.raises(Unreachable) as caught:
                ask(hub, long, silent_s=0.3)
        assert caught.value.cause is Cause.LATE

    def test_it_is_ended_from_another_thread(self):
        with StrangeHub([b""]) as hub:
            transport = HubTransport(HubAddress.parse(hub.url), hub=HUB)
            threading.Timer(0.3, transport.stop).start()
            with pytest.raises(Unreachable) as caught:
                transport.ask(HubRequest("GET", "hub"))
            assert caught.value.cause is Cause.STOPPED
            with pytest.raises(Unreachable):
                transport.ask(HubRequest("GET", "hub"))
            transport.close()

    def test_a_connection_that_ended_unseen_is_opened_anew(self, ask):
        with StrangeHub([answer_of(more="Connection: close\r\n")]) as hub:
            transport = HubTransport(HubAddress.parse(hub.url), hub=HUB)
            assert [transport.ask(HubRequest("GET", "hub")).status for _ in range(3)] == [200] * 3
            transport.close()


class TestBodies:
    def test_a_long_request_is_packed_and_a_short_one_is_not(self, ask):
        with StrangeHub([answer_of()]) as hub:
            ask(hub, HubRequest("POST", "sync/push", body=LARGE))
            ask(hub, HubRequest("POST", "sync/push", body=b"short"))
        assert b"Content-Encoding: zstd" in hub.requests[0]
        assert len(hub.requests[0]) < 1_000
        assert b"Content-Encoding" not in hub.requests[1]

    def test_a_hub_that_knows_only_gzip_is_asked_again_so(self, ask):
        with StrangeHub([answer_of(status="415 Unsupported"), answer_of()]) as hub:
            assert ask(hub, HubRequest("POST", "sync/push", body=LARGE)).status == 200
        assert b"Content-Encoding: gzip" in hub.requests[1]

    @pytest.mark.parametrize("encoding", ["zstd", "gzip"])
    def test_what_is_packed_is_unpacked(self, encoding):
        packed, headers = pack(LARGE, encoding=encoding)
        assert unpack(packed, headers["Content-Encoding"]) == LARGE

    @pytest.mark.parametrize("encoding", ["zstd", "gzip"])
    def test_a_bomb_is_stopped_on_the_way(self, encoding):
        packer = {"zstd": zstandard.ZstdCompressor().compress, "gzip": gzip.compress}[encoding]
        with pytest.raises(BodyError, match="larger"):
            unpack(packer(bytes(10_000_000)), encoding, largest=1_000_000)

    @pytest.mark.parametrize(
        ("raw", "encoding"), [(b"x", "br"), (b"no gzip", "gzip"), (b"no zstd", "zstd"),
                              (gzip.compress(LARGE)[:-10], "gzip")]
    )  # fmt: skip
    def test_what_cannot_be_unpacked_is_no_answer(self, ask, raw, encoding):
        hub = StrangeHub([answer_of(raw, more=f"Content-Encoding: {encoding}\r\n")])
        assert cause(ask, hub) is Cause.GARBLED
