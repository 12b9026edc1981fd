"""Can two people work apart for a while and be in step again, from the command line alone?"""

import json

import pytest

from tests.support.company import make_company
from tests.support.program import Program
from tests.support.stores import fresh_store
from tests.support.team import running_team

pytestmark = pytest.mark.journey

CUSTOMER = "10042"


@pytest.fixture
def team(tmp_path):
    with running_team(tmp_path / "hub") as team:
        yield team


@pytest.fixture
def desks(team, tmp_path):
    """Return two connected desks: Ann brought the records, Bob got them."""
    store = fresh_store(tmp_path / "ann")
    make_company(store)
    store.close()
    made = []
    for user, words in (("ann", ("--share",)), ("bob", ())):
        password = tmp_path / f"{user}.password"
        password.write_text(f"{team.invite(user)}\n", encoding="utf-8")
        (tmp_path / user).mkdir(exist_ok=True)
        desk = Program(tmp_path / user, tmp_path)
        ended = desk("connect", team.url, "--user", user, "--password-file", password, *words)
        assert ended.code == 0, ended.err
        made.append(desk)
    return made


def run(desk, *words):
    ended = desk(*words)
    assert ended.code == 0, ended.err
    return ended.out


def data(desk, *words):
    return json.loads(run(desk, *words, "--json"))


def seen(desk):
    """Return what a desk shows of the customer, without the numbers its rows have here."""
    shown = data(desk, "customer", "show", CUSTOMER)
    return without_ids(
        {**shown, "timeline": sorted(map(json.dumps, without_ids(shown["timeline"])))}
    )


def without_ids(value):
    if isinstance(value, dict):
        return {
            name: without_ids(each)
            for name, each in value.items()
            if name != "id" and not name.endswith("_id")
        }
    return [without_ids(each) for each in value] if isinstance(value, list) else value


def test_they_edit_apart_meet_decide_and_have_the_same(desks):
    ann, bob = desks
    assert data(bob, "sync", "status")["phase"] == "in-step"
    # Both work without the hub for a while.
    run(ann, "edit", "customer", CUSTOMER, "terms_days=14", "phone=+44 20 7946 0001")
    run(ann, "note", CUSTOMER, "Ann: they asked for plums")
    run(bob, "edit", "customer", CUSTOMER, "terms_days=21", "email=new@buyer.example")
    run(bob, "note", CUSTOMER, "Bob: they moved house")
    waiting = data(bob, "sync", "waiting")["waiting"]
    assert [each["label"].split(" ")[0] for each in waiting] == ["Edit", "Write"]
    # They meet.
    for desk in (ann, bob, ann):
        assert data(desk, "sync", "--once")["is_in_step"]
    for desk in desks:
        told = json.dumps(data(desk, "customer", "show", CUSTOMER))
        assert "they asked for plums" in told
        assert "they moved house" in told
        assert "+44 20 7946 0001" in told
        assert "new@buyer.example" in told
    # Terms are nothing that may be guessed: both are asked, each sees their own as mine.
    [of_ann], [of_bob] = (data(desk, "sync", "conflicts") for desk in desks)
    assert of_ann["uid"] == of_bob["uid"]
    assert (of_ann["mine"], of_ann["theirs"]) == (14, 21)
    assert (of_bob["mine"], of_bob["theirs"]) == (21, 14)
    run(bob, "sync", "conflicts", "--resolve", of_bob["uid"], "mine")
    for desk in (bob, ann):
        run(desk, "sync", "--once")
    assert [data(desk, "sync", "conflicts") for desk in desks] == [[], []]
    shown = [seen(desk) for desk in desks]
    assert shown[0] == shown[1]
    assert '"terms_days": 21' in json.dumps(shown[0])
    # Nothing is left to do, and nothing moves.
    for desk in desks:
        last = data(desk, "sync", "--once")
        assert (last["accepted"], last["received"]) == (0, 0)


def test_what_waits_can_be_taken_back_or_carried_off(desks, tmp_path):
    ann, _ = desks
    run(ann, "note", CUSTOMER, "Nobody shall read this")
    [waiting] = data(ann, "sync", "waiting")["waiting"]
    run(ann, "sync", "waiting", "--export", tmp_path / "waiting.json")
    assert "Nobody shall read this" in (tmp_path / "waiting.json").read_text(encoding="utf-8")
    run(ann, "sync", "waiting", "--discard", waiting["grp"])
    assert "Nobody shall read this" not in run(ann, "customer", "show", CUSTOMER)
    assert data(ann, "sync", "--once")["accepted"] == 0


def test_signed_out_is_told_and_nothing_is_lost(desks, team):
    ann, _ = desks
    run(ann, "disconnect")
    run(ann, "note", CUSTOMER, "Written while signed out")
    ended = ann("sync", "--once")
    assert ended.code == 1
    assert "sign in" in ended.err.lower()
    assert data(ann, "sync", "status")["phase"] == "signed-out"
    assert data(ann, "sync", "status")["waiting"] == 1
