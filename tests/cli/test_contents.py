"""Does a command get at papers that are only at the hub, and does a check call that no fault?"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from typing import Any

import pytest

from loyaldesk.cli.main import run_command
from loyaldesk.documents.file_store import FOLDER_NAME, FileStore
from loyaldesk.settings import ProfileLock
from loyaldesk.sync.reach.access_file import keep_access, read_access
from tests.support.program import Ended
from tests.support.stores import KEY
from tests.support.team import Member, running_team


@dataclass
class Desk:
    """A desk that runs command lines in this process."""

    member: Member
    capsys: Any

    def __call__(self, *words):
        self.capsys.readouterr()
        code = run_command([*map(str, words), "--profile", str(self.member.profile)])
        return Ended(code, *self.capsys.readouterr())


@pytest.fixture
def team(tmp_path):
    with running_team(tmp_path / "hub") as team:
        yield team


@pytest.fixture
def letter(profile, loyaldesk, tmp_path):
    """Return the number and the bytes of a letter that the company has issued."""
    ended = loyaldesk("acknowledge", "10042", "--out", tmp_path / "letter.pdf", "--json")
    assert ended.code == 0, ended.err
    return json.loads(ended.out)["number"], (tmp_path / "letter.pdf").read_bytes()


@pytest.fixture
def bob(team, profile, letter, tmp_path, capsys):
    """Return a desk that has the rows and no contents."""
    ann, desk = Member(profile), Member(tmp_path / "bob")
    ann.connect(team.url, "ann", team.invite("ann"), share=True)
    assert ann.sync().is_in_step
    desk.connect(team.url, "bob", team.invite("bob"))
    with desk.open() as store, desk.line(store) as line:
        assert line.driver.once().is_in_step

    return Desk(desk, capsys)


def papers(run):
    return {each["name"]: each["id"] for each in run("document", "list", "--json").data}


def forget_contents(member):
    shutil.rmtree(member.profile / FOLDER_NAME, ignore_errors=True)


def test_papers_and_letters_are_fetched_when_they_are_saved(bob, letter, profile, tmp_path):
    number, pdf = letter
    saved = bob("letters", "save", number, "--out", tmp_path / "theirs.pdf")
    assert (saved.code, saved.err) == (0, "")
    assert (tmp_path / "theirs.pdf").read_bytes() == pdf
    paper = papers(bob)["Order.pdf"]
    saved = bob("document", "save", paper, "--out", tmp_path / "order.pdf")
    assert (saved.code, saved.err) == (0, "")
    with bob.member.open() as store, store.reader() as reader:
        (sha256,) = reader.row(
            "SELECT f.sha256 FROM document d JOIN stored_file f ON f.id = d.file_id"
            " WHERE d.id = ?", [paper],
        )  # fmt: skip
    assert (tmp_path / "order.pdf").read_bytes() == FileStore(profile / FOLDER_NAME, KEY).read(
        sha256
    )


def test_a_copy_of_a_letter_is_fetched_too(bob, letter, tmp_path):
    saved = bob("letters", "save", letter[0], "--copy", "--out", tmp_path / "copy.pdf")
    assert (saved.code, saved.err) == (0, "")
    again = bob("acknowledge", "10042", "--out", tmp_path / "again.pdf", "--json")
    assert again.code == 0, again.err


def test_without_the_hub_it_says_so_and_writes_nothing(bob, letter, tmp_path, team):
    paper = papers(bob)["Order.pdf"]
    with bob.member.open() as store:
        store.connection.execute("INSERT INTO sync_state VALUES ('work_offline', '1')")
    ended = bob("document", "save", paper, "--out", tmp_path / "order.pdf")
    assert ended.code == 1
    assert "works offline by choice" in ended.err
    with bob.member.open() as store:
        store.connection.execute("DELETE FROM sync_state WHERE key = 'work_offline'")
    with ProfileLock(bob.member.profile):
        ended = bob("document", "save", paper, "--out", tmp_path / "order.pdf")
    assert ended.code == 1
    assert "only at the hub" in ended.err
    assert "already open in another LoyalDesk" in ended.err
    team.administer("user", "disable", "bob")
    ended = bob("letters", "save", letter[0], "--out", tmp_path / "order.pdf")
    assert ended.code == 1
    assert "only at the hub" in ended.err
    assert "Nothing was written, and nothing is lost" in ended.err
    assert not (tmp_path / "order.pdf").exists()


def test_a_hub_that_does_not_answer_is_said_to_be_away(bob, tmp_path):
    access = read_access(bob.member.profile, KEY)
    assert access is not None
    keep_access(bob.member.profile, KEY, replace(access, url="http://127.0.0.1:9"))
    ended = bob("document", "save", papers(bob)["Order.pdf"], "--out", tmp_path / "order.pdf")
    assert ended.code == 1
    assert "only at the hub" in ended.err
    assert "is not running" in ended.err
    assert "Try again when the hub can be reached" in ended.err
    assert not (tmp_path / "order.pdf").exists()


def test_what_is_at_the_hub_is_no_fault_and_is_counted(bob, profile):
    checked = bob("check", "--json")
    assert (checked.code, checked.err) == (0, "")
    assert checked.data["ok"]
    assert checked.data["at_hub"] == len(papers(bob))
    assert "only at the hub" in bob("check").out


def test_what_this_desk_filed_and_lost_is_a_fault(bob, profile, tmp_path):
    paper = tmp_path / "mine.txt"
    paper.write_text("only here", encoding="utf-8")
    assert bob("document", "add", paper, "--customer", "10042").code == 0
    forget_contents(bob.member)
    checked = bob("check", "--json")
    assert (checked.code, len(checked.data["problems"]["files"])) == (1, 1)
