"""Does a profile become a desk of a hub, and what happens when something stands in the way?"""

import json
import re

import pytest

from loyaldesk.errors import Refused
from loyaldesk.operations.customers import create_customer, edit_customer
from loyaldesk.store.reader import open_reader
from loyaldesk.store.schema import FILE_NAME
from loyaldesk.sync.bulletin import read_sync_state
from loyaldesk.sync.reach.access_file import ACCESS_NAME, read_access
from loyaldesk.sync.reach.connecting import disconnect
from loyaldesk.sync.recovery.side_file import SIDE_NAME
from loyaldesk.sync.recovery.wiping import ERASED_NAME, INCOMING_NAME
from loyaldesk.sync.state import Phase
from tests.support.stores import KEY
from tests.support.team import CuttingProxy, Member, running_team


@pytest.fixture
def team(tmp_path, monkeypatch):
    monkeypatch.delenv("LOYALDESK_KEY", raising=False)
    with running_team(tmp_path / "hub") as team:
        yield team


@pytest.fixture
def ann(team, tmp_path):
    """Return a desk whose customer the hub has."""
    desk = Member(tmp_path / "ann")
    with desk.open() as store:
        add(store, "Alpha Ltd")
    desk.connect(team.url, "ann", team.invite("ann"), share=True)
    assert desk.sync().is_in_step
    return desk


def add(store, name):
    with store.transaction(create_customer.label) as tx:
        return create_customer(tx, name=name, territory="NW")


def names(desk):
    with open_reader(desk.profile / FILE_NAME, KEY) as reader:
        return [name for (name,) in reader.rows("SELECT name FROM customer ORDER BY name")]


def device_of(team):
    return json.loads(team.administer("device", "list"))[0]["desk"]


class TestTheFirstContact:
    def test_an_empty_profile_gets_what_the_hub_has(self, team, ann, tmp_path):
        bob = Member(tmp_path / "bob")
        made = bob.connect(team.url, "bob", team.invite("bob"))
        assert (made.shared, made.is_again) == (0, False)
        assert bob.sync().is_in_step
        assert names(bob) == names(ann) == ["Alpha Ltd"]

    def test_records_go_to_an_empty_hub_only_when_that_is_wanted(self, team, tmp_path):
        desk, password = Member(tmp_path / "own"), team.invite("ann")
        with desk.open() as store:
            add(store, "Alpha Ltd")
        with pytest.raises(Refused, match="--share"):
            desk.connect(team.url, "ann", password)
        with desk.open() as store:
            assert store.link is None
        # The password was good for one sign-in; for this computer it still is.
        assert desk.connect(team.url, "ann", password, share=True).shared > 0

    def test_records_on_both_sides_are_refused(self, team, ann, tmp_path):
        own = Member(tmp_path / "own")
        with own.open() as store:
            add(store, "Beta GmbH")
        with pytest.raises(Refused, match="records of its own, and so has the hub"):
            own.connect(team.url, "bob", team.invite("bob"), share=True)
        assert names(own) == ["Beta GmbH"]
        assert ann.sync().received == 0

    def test_too_many_wrong_passwords_say_so_and_when_to_try_again(self, team, tmp_path):
        desk, said = Member(tmp_path / "guesser"), ""
        for _ in range(10):
            with pytest.raises(Refused) as refused:
                desk.connect(team.url, "ann", "wrong")
            said = refused.value.message
            if "too many attempts" in said:
                break
        assert re.search(r"too many attempts\. Nothing was changed\. Try again in \d+ sec", said)

    def test_a_wrong_password_leaves_nothing_behind(self, team, tmp_path):
        desk = Member(tmp_path / "desk")
        team.invite("ann")
        with pytest.raises(Refused, match="name and password"):
            desk.connect(team.url, "ann", "wrong")
        assert not (desk.profile / ACCESS_NAME).exists()

    def test_the_way_in_is_sealed_on_the_disk(self, ann):
        raw = (ann.profile / ACCESS_NAME).read_bytes()
        access = read_access(ann.profile, KEY)
        assert access is not None
        assert not any(
            secret.encode() in raw for secret in (access.key, access.refresh, access.user)
        )


class TestComingAndGoing:
    def test_after_signing_out_edits_wait_and_go_out_after_signing_in(self, team, ann):
        with ann.open() as store:
            disconnect(store, profile=ann.profile, database_key=KEY)
            add(store, "Beta GmbH")
            with ann.line(store) as line:
                last = line.once()
                assert (last.problem.err, line.driver.state.phase) == (
                    "signed-out",
                    Phase.SIGNED_OUT,
                )
                assert line.driver.state.waiting == 1
        password = json.loads(team.administer("user", "password", "ann"))["password"]
        assert ann.connect(team.url, "ann", password).is_again
        last = ann.sync()
        assert (last.accepted, last.is_in_step) == (1, True)

    def test_another_person_needs_another_profile(self, team, ann):
        with pytest.raises(Refused, match="belongs to ann"):
            ann.connect(team.url, "bob", team.invite("bob"))

    def test_another_hub_needs_another_profile(self, ann, tmp_path):
        with running_team(tmp_path / "other") as other:
            password = other.invite("ann")
            with pytest.raises(Refused, match="belongs to the hub"):
                ann.connect(other.url, "ann", password)

    def test_the_offset_of_the_clock_is_void_on_another_computer(self, ann):
        with ann.open() as store:
            store.connection.execute("UPDATE sync_state SET value = 'x' WHERE key = 'machine'")
            store.connection.execute(
                "UPDATE sync_state SET value = '99999' WHERE key = 'offset_ms'"
            )
            with ann.line(store):
                offset = store.connection.execute(
                    "SELECT value FROM sync_state WHERE key = 'offset_ms'"
                ).fetchone()
        assert offset is None


class TestLostReplies:
    def test_each_edit_is_made_once_however_many_replies_are_lost(self, team, tmp_path):
        desk = Member(tmp_path / "desk")
        with CuttingProxy(team.url) as proxy:
            desk.connect(proxy.url, "ann", team.invite("ann"))
            with desk.open() as store:
                customer_id = add(store, "Alpha Ltd")
                with store.transaction(edit_customer.label) as tx:
                    edit_customer(tx, customer_id=customer_id, phone="+44 1")
            proxy.lost_replies = 3
            rounds = [desk.sync() for _ in range(3)]
        assert proxy.was_cut == 3
        assert rounds[-1].is_in_step
        assert names(desk) == ["Alpha Ltd"]
        other = Member(tmp_path / "other")
        other.connect(team.url, "bob", team.invite("bob"))
        other.sync()
        assert names(other) == ["Alpha Ltd"]


class TestBeingShutOut:
    def test_a_revoked_desk_keeps_its_records_and_says_why(self, team, ann):
        team.administer("device", "revoke", device_of(team))
        with ann.open() as store:
            add(store, "Beta GmbH")
            with ann.line(store) as line:
                assert line.once().problem.err == "revoked"
                assert line.driver.state.phase is Phase.REVOKED
                assert "taken this computer's access away" in line.driver.state.problem
            access = read_access(ann.profile, KEY)
            with store.reader() as reader:
                later = read_sync_state(reader, access)
        assert later.phase is Phase.REVOKED
        assert "edits no longer leave" in later.problem
        assert names(ann) == ["Alpha Ltd", "Beta GmbH"]

    def test_a_wiped_desk_seals_what_waits_for_the_company_and_erases_the_rest(self, team, ann):
        team.administer("device", "wipe", device_of(team))
        with ann.open() as store:
            add(store, "Beta GmbH")
            with ann.line(store) as line:
                plain = ann.profile / INCOMING_NAME / "segment.db"
                plain.parent.mkdir()
                plain.write_bytes(b"of a first copy under way")
                assert line.once().problem.err == "wipe"
        assert not plain.exists()
        left = sorted(path.name for path in ann.profile.iterdir() if path.is_file())
        assert not {FILE_NAME, ACCESS_NAME, SIDE_NAME} & set(left)
        assert ERASED_NAME in left
        [sealed] = ann.profile.glob("*.ldrecovery")
        assert b"Beta" not in sealed.read_bytes()
        edits = json.loads(team.administer("recover", str(sealed)))["edits"]
        assert ["Beta GmbH" in edit["body"] for edit in edits] == [True]
