"""Does `loyaldesk password` take the place of a password that was handed out?"""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from loyaldesk.cli import password as command
from loyaldesk.cli.connect import PASSWORD_VARIABLE
from loyaldesk.cli.password import NEW_PASSWORD_VARIABLE
from loyaldesk.credentials import KEY_VARIABLE
from tests.support.stores import KEY
from tests.support.team import running_team

OWN = "four plain words here"


@pytest.fixture(autouse=True)
def _no_password_is_set(monkeypatch):
    for variable in (PASSWORD_VARIABLE, NEW_PASSWORD_VARIABLE):
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def team(tmp_path, profile, monkeypatch):
    """Return a hub that serves, made without the key of the profile."""
    del profile
    monkeypatch.delenv(KEY_VARIABLE)
    with running_team(tmp_path / "hub") as team:
        monkeypatch.setenv(KEY_VARIABLE, KEY.hex())
        yield team


@pytest.fixture
def type_in(monkeypatch):
    """Return what lets somebody sit at the terminal and type these words, then end the input."""

    def typing(*words):
        coming = iter(words)

        def getpass(_prompt):
            try:
                return next(coming)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
        monkeypatch.setattr("getpass.getpass", getpass)

    return typing


@pytest.fixture
def connected(team, loyaldesk, monkeypatch):
    """Return the handed-out password that connected the profile, and what was said then."""
    handed_out = team.invite("ann")
    with monkeypatch.context() as patch:
        patch.setenv(PASSWORD_VARIABLE, handed_out)
        ended = loyaldesk("connect", team.url, "--user", "ann", "--share", "--no-sync")
    assert ended.code == 0
    return handed_out, ended.out


@pytest.fixture
def second_desk(team, loyaldesk, tmp_path, monkeypatch):
    """Return what connects a second, empty profile with a password."""

    def connecting(password):
        words = ("connect", team.url, "--user", "ann", "--no-sync", "--json")
        with monkeypatch.context() as patch:
            patch.setenv(PASSWORD_VARIABLE, password)
            return loyaldesk(*words, at=tmp_path / "second")

    return connecting


def test_who_was_handed_a_password_is_told_chooses_one_and_signs_in_with_it_elsewhere(
    connected, loyaldesk, type_in, second_desk
):
    handed_out, said = connected
    assert "`loyaldesk password` lets you choose another" in said
    type_in(handed_out, OWN, OWN)
    changed = loyaldesk("password")
    assert (changed.code, changed.err) == (0, "")
    assert "The new password of ann" in changed.out
    assert OWN not in changed.out
    assert second_desk(handed_out).code == 1
    assert json.loads(second_desk(OWN).out)["must_change_password"] is False


@pytest.mark.parametrize("way", ["file", "variable"])
def test_a_script_changes_it(connected, loyaldesk, tmp_path, monkeypatch, way):
    handed_out, _ = connected
    monkeypatch.setenv(PASSWORD_VARIABLE, handed_out)
    words = []
    if way == "file":
        (tmp_path / "new.txt").write_text(f"{OWN}\nnot this\n", encoding="utf-8")
        words = ["--password-file", tmp_path / "new.txt"]
    else:
        monkeypatch.setenv(NEW_PASSWORD_VARIABLE, OWN)
    ended = loyaldesk("password", *words, "--json")
    assert json.loads(ended.out)["user"] == "ann"


def test_what_the_hub_and_the_command_refuse(connected, loyaldesk, type_in):
    handed_out, _ = connected
    for typed, sentence in (
        (("not the one at all", OWN, OWN), "did not take the old password"),
        ((handed_out, "short", "short"), "10 to 200 characters"),
        ((handed_out, OWN, OWN + "!"), "The two new passwords differ"),
        ((handed_out,), "No password was typed"),
    ):
        type_in(*typed)
        ended = loyaldesk("password")
        assert (ended.code, ended.out) == (1, "")
        assert sentence in ended.err
        assert handed_out not in ended.err


def test_without_a_terminal_it_says_what_a_script_gives(connected, loyaldesk, monkeypatch):
    del connected
    monkeypatch.setattr(
        command, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: False))
    )
    assert NEW_PASSWORD_VARIABLE in loyaldesk("password").err


def test_a_profile_of_its_own_has_none(loyaldesk):
    ended = loyaldesk("password")
    assert ended.code == 1
    assert "connected to no hub" in ended.err
