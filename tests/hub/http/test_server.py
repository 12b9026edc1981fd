"""Does the hub serve as a process: over TLS, to the end, and several on one database?"""

from __future__ import annotations

import json
import signal
import socket
import ssl
import threading
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
import urllib3

from loyaldesk.hub.http.serve import HEAD_S
from tests.hub.conftest import postgres_url  # noqa: F401 - a fixture
from tests.support.hub_desks import customer_row, uid
from tests.support.hub_http import PASSWORD
from tests.support.hub_process import RemoteHub, hub_command, running_hub
from tests.support.mail_server import Authority


def now():
    return datetime.now(UTC)


def created(word):
    return {
        "muts": [{
            "no": 1, "uuid": uid(f"{word} edit"), "grp": 1, "kind": "customer", "id": uid(word),
            "op": "create", "schema": 1, "edited_at": now().isoformat(),
            "row": customer_row(word),
        }]
    }  # fmt: skip


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_hub_starts_with_one_command_and_ends_in_good_order(number, tmp_path):
    with running_hub(tmp_path / "hub", "--name", "Acme") as hub:
        remote = RemoteHub(hub.url, now())
        laptop = remote.laptop("admin", hub.password)
        assert remote.ask("GET", "/v1/hub").json["name"] == "Acme"
        pushed = laptop.ask("POST", "sync/push", created("a"))
        assert pushed.json["res"][0]["st"] == "applied"
        waiting = threading.Thread(
            target=lambda: laptop.ask("GET", f"sync/wait?seen={seen}"), daemon=True
        )
        seen = laptop.ask("GET", "sync/wait").json["seen"]
        waiting.start()
        assert hub.end(number) == 0
        assert "Traceback" not in hub.log_text()
        assert hub.password not in hub.log_text()
    with running_hub(tmp_path / "hub") as hub:
        assert hub.password == ""
        assert RemoteHub(hub.url, now()).ask("GET", "/v1/health/ready").status == 200
        second = hub_command(tmp_path / "hub", "serve", "--port", "0")
        assert (second.returncode, "already open" in second.stderr) == (1, True)


def test_administration_counts_from_the_next_request_on(tmp_path):
    folder = tmp_path / "hub"
    with running_hub(folder) as hub:
        added = hub_command(
            folder, "user", "add", "ann", "--name", "Ann", "--territory", "North", "--json"
        )
        laptop = RemoteHub(hub.url, now()).laptop("ann", json.loads(added.stdout)["password"])
        assert laptop.ask("GET", "me").json["territories"] == ["North"]
        assert hub_command(folder, "territory", "grant", "ann", "South").returncode == 0
        assert laptop.ask("GET", "me").json["territories"] == ["North", "South"]
        assert hub_command(folder, "device", "wipe", laptop.desk).returncode == 0
        assert laptop.ask("GET", "me").err == "wipe"


def test_tls_is_spoken_to_those_who_trust_the_authority_alone(tmp_path):
    authority = Authority(tmp_path)
    authority.server("localhost")
    # The authority puts the certificate and its key into one file.
    both = str(tmp_path / "server-1.pem")
    words = ("--certificate", both, "--private-key", both)
    with running_hub(tmp_path / "hub", *words) as hub:
        url = hub.url.replace("127.0.0.1", "localhost")
        assert url.startswith("https://localhost:")
        context = ssl.create_default_context(cafile=str(authority.file))
        remote = RemoteHub(url, now(), context)
        assert remote.laptop("admin", hub.password).ask("GET", "me").status == 200
        with pytest.raises(urllib3.exceptions.SSLError):
            RemoteHub(url, now(), ssl.create_default_context())
        old = ssl.create_default_context(cafile=str(authority.file))
        with pytest.warns(DeprecationWarning, match="TLSv1_1"):
            old.maximum_version = old.minimum_version = ssl.TLSVersion.TLSv1_1
        with pytest.raises(urllib3.exceptions.HTTPError):
            RemoteHub(url, now(), old)


def test_connection_that_says_nothing_is_ended(tmp_path):
    with running_hub(tmp_path / "hub") as hub:
        parts = urlsplit(hub.url)
        with socket.create_connection((parts.hostname, parts.port), timeout=HEAD_S + 10) as wire:
            wire.sendall(b"GET /v1/hub HTTP/1.1\r\nHost: x\r\n")
            assert wire.recv(1) == b""


def test_two_processes_share_one_postgres(postgres_url, tmp_path):  # noqa: F811 - the fixture
    environ = {"LOYALDESK_HUB_DATABASE": postgres_url}
    with (
        running_hub(tmp_path / "one", **environ) as one,
        running_hub(tmp_path / "two", **environ) as two,
    ):
        assert (one.password != "", two.password) == (True, "")
        first, second = RemoteHub(one.url, now()), RemoteHub(two.url, now())
        assert first.epoch == second.epoch
        laptop = first.laptop("admin", one.password)
        laptop.ask("POST", "me/password", {"old": one.password, "new": PASSWORD})
        assert laptop.ask("POST", "sync/push", created("a")).json["res"][0]["st"] == "applied"
        # The token of one process is good at the other, and so is what it was told.
        laptop.http = second  # type: ignore[assignment]
        rows = laptop.ask("POST", "sync/pull", {"cur": {}}).json["rows"]
        assert [row[4] for row in rows] == [uid("a")]
        laptops = [hub.laptop("admin", PASSWORD) for hub in (first, second)]
        replies = []

        def push(at):
            for number in range(10):
                sent = created(f"{at} {number}")
                sent["muts"][0]["no"] = number + 1
                replies.append(laptops[at].ask("POST", "sync/push", sent))

        threads = [threading.Thread(target=push, args=(at,)) for at in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert [reply.json["res"][0]["st"] for reply in replies] == ["applied"] * 20
        rows = laptop.ask("POST", "sync/pull", {"cur": {}}).json["rows"]
        numbers = [row[1] for row in rows if row[0] == "acct:North"]
        assert numbers == list(range(1, 22))
