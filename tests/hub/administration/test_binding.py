"""Does the hub listen only where nobody can read along?"""

from __future__ import annotations

import asyncio
import socket
import threading
from pathlib import Path
from typing import Any, cast

import pytest

from loyaldesk.errors import Refused
from loyaldesk.hub.http.chores import Chore, Chores
from loyaldesk.hub.http.serve import Binding
from loyaldesk.hub.http.tls import OnlyFrom, check_binding, check_certificate
from tests.support.mail_server import Authority


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.9.9.9"])
def test_this_computer_needs_no_certificate(host):
    check_binding(host, has_certificate=False, proxies=())


@pytest.mark.parametrize("host", ["::", "192.0.2.1", "hub.example.com", "localhost.evil"])
def test_others_need_one(host):
    with pytest.raises(Refused, match="could be read on its way"):
        check_binding(host, has_certificate=False, proxies=())
    check_binding(host, has_certificate=True, proxies=())
    check_binding(host, has_certificate=False, proxies=("10.0.0.5",))


def test_proxy_is_named_by_its_address_and_does_tls_alone():
    with pytest.raises(Refused, match="no address of a proxy"):
        check_binding("::", has_certificate=False, proxies=("proxy.local",))
    with pytest.raises(Refused, match="Either the hub does TLS"):
        check_binding("::", has_certificate=True, proxies=("10.0.0.5",))


def test_certificate_and_key_belong_together(tmp_path):
    authority = Authority(tmp_path)
    for host in ("one", "two"):
        authority.server(host)
    one, two = tmp_path / "server-1.pem", tmp_path / "server-2.pem"
    check_certificate(one, one)
    for certificate, key in ((one, two), (one, tmp_path / "none"), (authority.file, two)):
        with pytest.raises(Refused, match="cannot be used for TLS"):
            check_certificate(certificate, key)


def asked_by(address, *proxies, **headers):
    """Return the status that the wrapped application gives to somebody at the address."""
    sent = []

    async def app(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message):
        sent.append(message)

    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "client": address and (address, 1), "headers": named}
    asyncio.run(OnlyFrom(app, proxies)(scope, cast("Any", None), send))
    return sent[0]["status"]


@pytest.mark.parametrize(
    ("address", "status"),
    [("10.0.0.5", 200), ("::ffff:10.0.0.5", 200), ("10.0.0.6", 403), ("x", 403), (None, 403)],
)
def test_named_proxies_are_heard_alone(address, status):
    assert asked_by(address, "10.0.0.5", "fd00::1") == status


@pytest.mark.parametrize(("proto", "status"), [("https", 200), ("http", 403), ("", 403)])
def test_what_reached_the_proxy_unencrypted_is_turned_away(proto, status):
    assert asked_by("10.0.0.5", "10.0.0.5", x_forwarded_proto=proto) == status


def test_addresses_are_told_as_they_are_typed():
    assert Binding(host="::1").url(7) == "http://[::1]:7"
    assert Binding(host="hub", certificate=Path("x")).url(7) == "https://hub:7"


def test_chores_are_done_once_more_at_the_end():
    done = []
    with Chores([Chore("count", 3600, lambda: done.append(1))]):
        assert done == []
    assert done == [1]


def test_chore_that_fails_comes_again_and_tells_the_log_where(caplog):
    done = threading.Event()
    times = []

    def fail():
        times.append(1)
        if len(times) > 1:
            done.set()
        raise RuntimeError("canary")

    with Chores([Chore("fail", 0.01, fail)]):
        assert done.wait(10)
    assert "RuntimeError at" in caplog.text
    assert "canary" not in caplog.text


def test_port_that_is_taken_is_said_before_anything_is_made():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        taken.listen()
        with pytest.raises(Refused, match="cannot listen"):
            Binding(port=taken.getsockname()[1]).check()
    Binding(port=0).check()


def test_address_for_everybody_is_told_as_the_name_of_this_computer():
    found = Binding(host="::", certificate=Path("x")).url(7)
    assert found == f"https://{socket.getfqdn()}:7"
