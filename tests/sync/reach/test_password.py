"""Does a password that was handed out give way to one that its user chose, at a real hub?"""

from __future__ import annotations

from itertools import count

import pytest

from loyaldesk.credentials import KEY_VARIABLE
from loyaldesk.errors import Refused
from loyaldesk.sync.reach.access_file import read_access
from loyaldesk.sync.reach.connecting import disconnect
from loyaldesk.sync.reach.password import change_password, must_choose_password
from loyaldesk.sync.reach.trouble import Unreachable
from tests.support.stores import KEY
from tests.support.team import Member, running_team

NUMBERS = count(1)
OWN = "four plain words here"


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(KEY_VARIABLE, raising=False)
        with running_team(tmp_path_factory.mktemp("hub")) as team:
            yield team


@pytest.fixture
def invited(team, tmp_path):
    """Return a new user's name and the desk that used up their password, and the password."""
    user = f"user{next(NUMBERS)}"
    handed_out = team.invite(user)
    desk = Member(tmp_path / "first")
    desk.connect(team.url, user, handed_out)
    return user, desk, handed_out


def change(desk, old, new=OWN):
    change_password(desk.profile, KEY, old=old, new=new)


def test_the_chosen_password_signs_in_a_second_desk_and_the_handed_out_one_none(
    team, invited, tmp_path
):
    user, desk, handed_out = invited
    assert must_choose_password(desk.profile, KEY)
    change(desk, handed_out)
    assert not must_choose_password(desk.profile, KEY)
    second = Member(tmp_path / "second")
    with pytest.raises(Refused, match="did not take this name and password"):
        second.connect(team.url, user, handed_out)
    assert read_access(second.profile, KEY) is None
    assert second.connect(team.url, user, OWN).access.user == user
    assert desk.sync().is_in_step


def test_a_wrong_old_password_changes_nothing(team, invited, tmp_path):
    user, desk, _ = invited
    with pytest.raises(Refused, match="did not take the old password") as refused:
        change(desk, "not the one at all")
    assert refused.value.field == "old"
    assert must_choose_password(desk.profile, KEY)
    with pytest.raises(Refused, match="did not take this name"):
        Member(tmp_path / "second").connect(team.url, user, OWN)


@pytest.mark.parametrize("new", ["", "too short", "x" * 201])
def test_a_password_of_the_wrong_length_is_refused_before_anything_is_sent(tmp_path, new):
    with pytest.raises(Refused, match="10 to 200 characters") as refused:
        change(Member(tmp_path), "old", new)
    assert refused.value.field == "new"


def test_the_handed_out_password_cannot_be_chosen_again(tmp_path):
    with pytest.raises(Refused, match="is the old one"):
        change(Member(tmp_path), OWN)


def test_a_sign_that_is_no_text_is_not_sent(tmp_path):
    with pytest.raises(Refused, match="cannot be sent"):
        change(Member(tmp_path), "old", "four plain \ud800 words")


def test_a_profile_without_a_hub_has_no_password(tmp_path):
    with pytest.raises(Refused, match="connected to no hub"):
        change(Member(tmp_path), "old")
    assert not must_choose_password(tmp_path, KEY)


def test_who_is_signed_out_signs_in_first(invited):
    _, desk, handed_out = invited
    with desk.open() as store:
        disconnect(store, profile=desk.profile, database_key=KEY)
    with pytest.raises(Refused, match="sign in again"):
        change(desk, handed_out)


def test_guessing_the_old_password_is_stopped(invited):
    _, desk, _ = invited
    for _ in range(4):
        with pytest.raises(Refused, match="old password"):
            change(desk, "not the one at all")
    with pytest.raises(Refused, match="asked too often"):
        change(desk, "not the one at all")


def test_a_change_whose_answer_was_lost_is_harmless_once_more(invited):
    _, desk, handed_out = invited
    for _ in range(2):
        change(desk, handed_out)
    assert not must_choose_password(desk.profile, KEY)


def test_a_hub_that_is_away_leaves_the_password_and_says_so(tmp_path):
    desk = Member(tmp_path / "away")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(KEY_VARIABLE, raising=False)
        with running_team(tmp_path / "hub") as team:
            handed_out = team.invite("ana")
            desk.connect(team.url, "ana", handed_out)
    with pytest.raises(Unreachable, match=r"is not running.*choose the new one again"):
        change(desk, handed_out)
    assert not must_choose_password(desk.profile, KEY)
