"""What does the command line say about a hub where there is none, or that cannot be reached?"""

import json
from contextlib import nullcontext
from types import SimpleNamespace

import pytest

from loyaldesk.cli.connect import PASSWORD_VARIABLE
from loyaldesk.cli.context import Context
from loyaldesk.settings import ProfileLock
from loyaldesk.store.sync_state import StateKey, write_state
from loyaldesk.sync.engine.exchange import Round
from loyaldesk.sync.reach.access_file import HubAccess, keep_access
from loyaldesk.sync.state import Phase, SyncState
from tests.support.stores import KEY, fresh_store
from tests.support.twins import connect_store


@pytest.mark.parametrize("words", [("sync", "--once"), ("disconnect",)])
def test_a_profile_of_its_own_has_nothing_to_exchange(loyaldesk, words):
    ended = loyaldesk(*words)
    assert ended.code == 1
    assert "connected to no hub" in ended.err


def test_its_state_says_so(loyaldesk):
    assert json.loads(loyaldesk("sync", "status", "--json").out)["phase"] == "alone"
    assert loyaldesk("sync", "status").out == "Connected to no hub.\n"


def test_nothing_waits_and_nothing_has_to_be_decided(loyaldesk):
    assert loyaldesk("sync", "waiting").out == "Nothing waits to go out.\n"
    assert loyaldesk("sync", "conflicts").out == "Nothing has to be decided.\n"


def test_a_conflict_that_is_not_there(loyaldesk):
    for uid in ("nonsense", "0" * 32):
        ended = loyaldesk("sync", "conflicts", "--resolve", uid, "mine")
        assert ended.code == 1
        assert "There is no conflict" in ended.err


def test_a_group_that_does_not_wait_cannot_be_discarded(loyaldesk):
    assert loyaldesk("sync", "waiting", "--discard", "7").code == 1


def test_an_export_never_replaces_a_file(loyaldesk, tmp_path):
    (tmp_path / "there").write_text("mine", encoding="utf-8")
    assert loyaldesk("sync", "waiting", "--export", tmp_path / "there").code == 1
    assert (tmp_path / "there").read_text(encoding="utf-8") == "mine"
    assert loyaldesk("sync", "waiting", "--export", tmp_path / "new").code == 0
    assert json.loads((tmp_path / "new").read_text(encoding="utf-8"))["waiting"] == []


@pytest.mark.parametrize("url", ["http://hub.company.com", "ftp://hub", "https://me:pw@hub"])
def test_an_address_that_is_none_is_refused_before_anything_is_asked(loyaldesk, monkeypatch, url):
    monkeypatch.setenv(PASSWORD_VARIABLE, "canary-7Q2Z")
    ended = loyaldesk("connect", url, "--user", "ann")
    assert ended.code == 1
    assert "canary" not in ended.err + ended.out


def test_a_hub_that_is_not_running_is_said_to_be_so(loyaldesk, monkeypatch):
    monkeypatch.setenv(PASSWORD_VARIABLE, "canary-7Q2Z")
    ended = loyaldesk("connect", "http://127.0.0.1:9", "--user", "ann")
    assert ended.code == 1
    assert "is not running" in ended.err
    assert "canary" not in ended.err + ended.out


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_password_file_that_cannot_be_read_is_named(loyaldesk, tmp_path, content):
    file = tmp_path / "nope"
    if content is not None:
        file.write_bytes(content)
    ended = loyaldesk("connect", "http://127.0.0.1:9", "--user", "ann", "--password-file", file)
    assert ended.code == 1
    assert f"password file “{file}” cannot be read" in ended.err


def test_ending_the_input_at_the_password_is_refused_in_a_sentence(loyaldesk, monkeypatch):
    def end_of_input(_prompt):
        raise EOFError

    monkeypatch.delenv(PASSWORD_VARIABLE, raising=False)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("getpass.getpass", end_of_input)
    ended = loyaldesk("connect", "http://127.0.0.1:9", "--user", "ann")
    assert ended.code == 1
    assert ended.err.startswith("There is no password. Nothing was changed.")


def exchanged(**moved):
    """Return what a profile's line says of an exchange that moved this much."""
    last = Round(is_in_step=True, **moved)
    driver = SimpleNamespace(state=SyncState(phase=Phase.IN_STEP))
    return nullcontext(SimpleNamespace(driver=driver, once=lambda: last))


@pytest.mark.parametrize(
    ("refused", "code", "words"),
    [
        (0, 0, "In step with the hub. 1 edit went out, 2 changes came in."),
        (1, 1, "1 was refused: see `loyaldesk sync waiting`."),
        (2, 1, "2 were refused: see `loyaldesk sync waiting`."),
    ],
)
def test_edits_that_were_refused_stood_in_the_way(loyaldesk, monkeypatch, refused, code, words):
    line = exchanged(accepted=1, received=2, refused=refused)
    monkeypatch.setattr(Context, "hub_line", lambda *_, **__: line)
    ended = loyaldesk("sync", "--once")
    assert ended.code == code
    assert ended.out.strip().endswith(words)


def test_who_was_shut_out_is_told_so_when_asking_how_it_is(loyaldesk, profile):
    access = HubAccess(
        url="http://127.0.0.1:9", hub="h" * 32, hub_name="Acme", user="ann", desk="B7",
        device="d", recovery="", refresh="r", key="k",
    )  # fmt: skip
    keep_access(profile, KEY, access)
    store = connect_store(fresh_store(profile), code="B7")
    with store.remote_transaction("Hear") as tx:
        write_state(tx.connection, StateKey.LAST_SYNC, "2026-03-02T09:00:00+00:00")
        write_state(tx.connection, StateKey.SHUT_OUT, "1")
    store.close()
    words = loyaldesk("sync", "status").out
    assert words.startswith("The hub has taken this computer's access away, so edits no longer")
    assert "In step" not in words


def test_it_waits_for_an_open_window_to_be_closed(loyaldesk, profile):
    with ProfileLock(profile):
        assert "already open" in loyaldesk("sync", "--once").err
