"""Do unsent edits survive a database that is damaged, and do the records come back?"""

import random
import shutil

import pytest

from loyaldesk.errors import Refused
from loyaldesk.operations.customers import create_customer, edit_customer
from loyaldesk.store.connection import DamagedStore
from loyaldesk.store.reader import open_reader
from loyaldesk.store.schema import FILE_NAME
from loyaldesk.store.sync_state import StateKey, write_state
from loyaldesk.sync.reach.access_file import HubAccess, keep_access
from loyaldesk.sync.reach.signing import DeviceKey
from loyaldesk.sync.recovery.opening import open_profile
from loyaldesk.sync.recovery.side_file import SIDE_NAME
from loyaldesk.sync.recovery.wiping import DAMAGED_FOLDER
from tests.support.stores import KEY, OTHER_KEY, fresh_store
from tests.support.team import Member

PAGE = 4096


@pytest.fixture
def access():
    return HubAccess(
        url="http://127.0.0.1:1",
        hub="h" * 32,
        hub_name="Hub",
        user="ann",
        desk="B7",
        device="d" * 32,
        recovery="",
        refresh="r" * 64,
        key=DeviceKey.new().private_hex,
    )


@pytest.fixture
def member(tmp_path, access):
    """Return a connected desk with one customer of the hub, edited, and one made here."""
    profile = tmp_path / "ann"
    fresh_store(profile).close()
    keep_access(profile, KEY, access)
    member = Member(profile)
    with member.open() as store:
        with store.transaction("Create customer") as tx:
            known = create_customer(tx, name="Alpha Ltd", number="10001")
        with store.remote_transaction("Connect"):
            write_state(store.connection, StateKey.CLIENT, "c" * 32)
        with store.transaction("Edit customer") as tx:
            edit_customer(tx, customer_id=known, phone="+44 1")
        with store.transaction("Create customer") as tx:
            create_customer(tx, name="Beta GmbH", number="10002")
    return member


def uuids(member):
    with open_reader(member.profile / FILE_NAME, KEY) as reader:
        return [uuid for (uuid,) in reader.rows("SELECT uuid FROM outbox ORDER BY no")]


def ruin(path, pages):
    """Fill pages of the file with noise."""
    chance = random.Random(7)
    with path.open("r+b") as file:
        for page in pages:
            file.seek(page * PAGE)
            file.write(chance.randbytes(PAGE))


def page_count(member):
    return (member.profile / FILE_NAME).stat().st_size // PAGE


@pytest.mark.parametrize("part", ["the first page", "a page in the middle", "every page but one"])
def test_unsent_edits_survive_with_the_names_the_hub_may_know(member, part):
    before, count = uuids(member), page_count(member)
    pages = {
        "the first page": [0],
        "a page in the middle": [count // 2, count // 3],
        "every page but one": range(1, count),
    }[part]
    ruin(member.profile / FILE_NAME, pages)
    with member.open(verify=True) as store:
        assert store.check() == []
        assert store.link is not None
        # A new client of the hub, since nobody knows how far the old one had come.
        assert store.link.client != "c" * 32
    assert uuids(member) == before
    assert "2 unsent edits were saved" in member.told[0]
    assert len(list((member.profile / DAMAGED_FOLDER).glob("*.db"))) == 1


def test_what_was_made_here_is_seen_before_the_hub_is_asked(member):
    ruin(member.profile / FILE_NAME, [0])
    with member.open() as store, store.reader() as reader:
        assert reader.rows("SELECT name FROM customer") == [("Beta GmbH",)]


def test_without_the_side_file_they_are_read_from_what_is_left_of_the_tables(member):
    before = uuids(member)
    (member.profile / SIDE_NAME).unlink()
    with open_reader(member.profile / FILE_NAME, KEY) as reader:
        # The index of customers' names: nothing that waits lies there.
        page = reader.value("SELECT rootpage FROM sqlite_master WHERE name = 'search_entry'")
    ruin(member.profile / FILE_NAME, [page - 1])
    with member.open(verify=True):
        pass
    assert uuids(member) == before


def test_refused_edits_survive_as_refused(member):
    with member.open() as store:
        with store.remote_transaction("Refuse"):
            store.connection.execute(
                "INSERT INTO attention SELECT uuid, grp, kind, uid, op, body, edited_at, actor,"
                " label, 'number', edited_at, 0 FROM outbox WHERE op = 'create'"
            )
            store.connection.execute("DELETE FROM outbox WHERE op = 'create'")
            write_state(store.connection, StateKey.CLIENT, "d" * 32)
        with store.transaction("Create customer") as tx:
            create_customer(tx, name="Gamma SA", number="10003")
    ruin(member.profile / FILE_NAME, [0])
    with member.open() as store, store.reader() as reader:
        assert reader.rows("SELECT reason FROM attention") == [("number",)]
        assert reader.value("SELECT count(*) FROM outbox") == 2


def test_a_sound_database_with_a_wrong_key_is_left_alone(member, tmp_path):
    with pytest.raises(Refused, match="cannot be opened with this key"):
        open_profile(member.profile, OTHER_KEY, actor="", told=member.told.append)
    assert len(uuids(member)) == 2
    assert not (member.profile / DAMAGED_FOLDER).exists()


def test_a_profile_without_a_hub_is_not_touched(tmp_path):
    profile = tmp_path / "alone"
    fresh_store(profile).close()
    ruin(profile / FILE_NAME, [3])
    kept = shutil.copy(profile / FILE_NAME, tmp_path / "kept")
    with pytest.raises(DamagedStore):
        open_profile(profile, KEY, actor="", verify=True, told=print)
    assert (profile / FILE_NAME).read_bytes() == kept.read_bytes()
