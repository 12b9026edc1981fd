"""Does the command line keep what the person typed, whichever edit the hub heard of later?"""

import json

import pytest

from loyaldesk.sync.reach.access_file import HubAccess, keep_access
from tests.support.stores import KEY, fresh_store
from tests.support.teamwork import make_conflict, uid_of
from tests.support.twins import connect_store

WAS, ANNS, BOBS = 30, 10, 45
ANN_CAME_LATER = {"my_user": "Ann Lee", "my_desk": "B7", "their_user": "Bob Ray"}
ANN_WAS_FIRST = {"my_user": "Bob Ray", "my_desk": "K2", "their_user": "Ann Lee"}
OTHERS = {"my_user": "Bob Ray", "my_desk": "K2", "their_user": "Claire"}


@pytest.fixture
def meet(profile):
    """Return what lets two edits of the terms meet on the desk of Ann, whom the hub names so."""
    keep_access(profile, KEY, HubAccess(
        url="http://127.0.0.1:9", hub="h" * 32, hub_name="Acme", user="ann", desk="B7",
        device="d", recovery="", refresh="r", key="k",
    ))  # fmt: skip

    def meeting(values=(WAS, ANNS, BOBS), **beside):
        store = connect_store(fresh_store(profile), code="B7")
        with store.remote_transaction("Hear") as tx:
            tx.execute("INSERT INTO bucket (name, seq, boot_floor) VALUES ('own:Ann Lee', 0, 0)")
        record = ("customer", uid_of(store, "customer", 1))
        found = make_conflict(store, record, "terms_days", values, **beside)
        uid = uid_of(store, "edit_conflict", found)
        store.close()
        return uid

    return meeting


@pytest.fixture
def terms(profile):
    """Return what reads which terms the customer has."""

    def reading():
        store = fresh_store(profile)
        with store.reader() as reader:
            found = reader.value("SELECT terms_days FROM customer WHERE id = 1")
        store.close()
        return found

    return reading


def listed(loyaldesk):
    (found,) = json.loads(loyaldesk("sync", "conflicts", "--json").out)
    return found


@pytest.mark.parametrize("choice", [("mine", ANNS), ("theirs", BOBS)])
@pytest.mark.parametrize("is_later", [True, False])
def test_mine_is_what_this_user_typed(loyaldesk, meet, terms, choice, is_later):
    word, kept = choice
    later, first = (ANNS, BOBS) if is_later else (BOBS, ANNS)
    stands = kept + 1
    uid = meet(
        (WAS, later, first), winner=stands, **(ANN_CAME_LATER if is_later else ANN_WAS_FIRST)
    )
    found = listed(loyaldesk)
    assert (found["my_user"], found["mine"]) == ("Ann Lee", ANNS)
    assert (found["their_user"], found["theirs"]) == ("Bob Ray", BOBS)
    assert loyaldesk("sync", "conflicts", "--resolve", uid, word).code == 0
    assert terms() == kept


def test_the_list_names_who_typed_which_and_which_is_yours(loyaldesk, meet):
    meet((WAS, BOBS, ANNS), **ANN_WAS_FIRST)
    words = "was 30 · Ann Lee (you): 10 · Bob Ray: 45 · stands 10"
    assert words in loyaldesk("sync", "conflicts").out


def test_what_stands_is_kept_though_nobody_typed_it(loyaldesk, meet, terms):
    before = terms()
    uid = meet(winner=99, **ANN_CAME_LATER)
    assert loyaldesk("sync", "conflicts", "--resolve", uid, "stands").code == 0
    assert terms() == before
    assert json.loads(loyaldesk("sync", "conflicts", "--json").out) == []


def test_of_the_edits_of_two_others_neither_is_mine(loyaldesk, meet, terms):
    before = terms()
    uid = meet((WAS, BOBS, 7), **OTHERS)
    assert "Bob Ray: 45 · Claire: 7" in loyaldesk("sync", "conflicts").out
    for word in ("mine", "theirs"):
        ended = loyaldesk("sync", "conflicts", "--resolve", uid, word)
        assert ended.code == 1
        assert "Neither value is yours: Bob Ray and Claire met here" in ended.err
    assert terms() == before
    assert loyaldesk("sync", "conflicts", "--resolve", uid, "21").code == 0
    assert terms() == 21
