"""Are unsent edits written twice, so that nobody can read, change or lose them?"""

import pytest

from loyaldesk.errors import Unavailable
from loyaldesk.operations.customers import create_customer
from loyaldesk.store.reader import Reads
from loyaldesk.store.sync_state import StateKey, write_state
from loyaldesk.sync.recovery import side_file
from loyaldesk.sync.recovery.side_file import SIDE_NAME, SideFile
from loyaldesk.sync.recovery.unsent import UnsentKeeper
from tests.support.stores import KEY, OTHER_KEY, fresh_store


def entries(*numbers):
    return [{"table": "outbox", "no": number, "body": f"secret {number}"} for number in numbers]


def numbers(side):
    return [entry["no"] for entry in side.read()]


@pytest.fixture
def side(tmp_path):
    return SideFile(tmp_path, KEY)


@pytest.fixture
def path(tmp_path):
    return tmp_path / SIDE_NAME


def test_what_is_added_is_read_again_in_its_order(side, tmp_path):
    side.append(entries(1, 2))
    side.append(entries(3))
    assert SideFile(tmp_path, KEY).read() == entries(1, 2, 3)


def test_another_process_goes_on_where_the_last_one_ended(side, tmp_path):
    side.append(entries(1))
    SideFile(tmp_path, KEY).append(entries(2))
    assert numbers(side) == [1, 2]


def test_nothing_of_it_can_be_read_without_the_key(side, path, tmp_path):
    side.append(entries(1))
    assert b"secret" not in path.read_bytes()
    assert SideFile(tmp_path, OTHER_KEY).read() == []


@pytest.mark.parametrize("cut", [1, 10, 40])
def test_a_block_that_a_power_cut_left_half_written_costs_no_other(side, path, tmp_path, cut):
    side.append(entries(1))
    side.append(entries(2))
    path.write_bytes(path.read_bytes()[:-cut])
    again = SideFile(tmp_path, KEY)
    assert numbers(again) == [1]
    again.append(entries(3))
    assert numbers(SideFile(tmp_path, KEY)) == [1, 3]


def test_blocks_cannot_change_places_or_be_left_out(side, path):
    side.append(entries(1))
    first = path.stat().st_size
    side.append(entries(2))
    raw = path.read_bytes()
    head, one, two = raw[: side_file.HEAD_BYTES], raw[side_file.HEAD_BYTES : first], raw[first:]
    path.write_bytes(head + two + one)
    assert numbers(side) == []
    path.write_bytes(head + two)
    assert numbers(side) == []


def test_a_file_that_is_none_of_ours_is_begun_anew(side, path):
    path.write_bytes(b"something else")
    side.append(entries(1))
    assert numbers(side) == [1]


def test_a_crash_while_it_is_replaced_leaves_the_old_one(side, tmp_path, monkeypatch):
    side.append(entries(1))

    def fail(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(side_file, "write_atomically", fail)
        with pytest.raises(Unavailable, match="No space"):
            side.replace(entries(2))
    side.append(entries(3))
    assert numbers(SideFile(tmp_path, KEY)) == [1, 3]


class TestFollowingTheStore:
    @pytest.fixture
    def store(self, tmp_path):
        store = fresh_store(tmp_path)
        with store.remote_transaction("Connect"):
            write_state(store.connection, StateKey.CLIENT, "a" * 32)
        yield store
        store.close()

    @pytest.fixture
    def keeper(self, store, side):
        keeper = UnsentKeeper(side, Reads(store.connection))
        store.on_commit(lambda _: keeper.look())
        return keeper

    def add(self, store, name):
        with store.transaction("Create customer") as tx:
            create_customer(tx, name=name)

    def test_each_commit_stands_in_it_at_once(self, store, side, keeper):
        for count, name in enumerate(("Alpha", "Beta"), 1):
            self.add(store, name)
            assert len(side.read()) == count

    def test_what_was_answered_goes_when_the_client_is_another(self, store, side, keeper):
        self.add(store, "Alpha")
        with store.remote_transaction("Answer"):
            store.connection.execute("DELETE FROM outbox")
            write_state(store.connection, StateKey.CLIENT, "b" * 32)
        self.add(store, "Beta")
        assert ["Beta" in entry["body"] for entry in side.read()] == [True]

    def test_trouble_with_it_stops_no_edit_and_is_made_up_for(
        self, store, side, keeper, monkeypatch
    ):
        def fail(*_):
            raise Unavailable("The disk is full.")

        self.add(store, "Alpha")
        with monkeypatch.context() as patch:
            patch.setattr(SideFile, "append", fail)
            self.add(store, "Beta")
        self.add(store, "Gamma")
        assert len(side.read()) == 3

    def test_a_file_of_its_own_needs_none(self, tmp_path):
        store = fresh_store(tmp_path / "alone")
        keeper = UnsentKeeper(SideFile(tmp_path / "alone", KEY), Reads(store.connection))
        store.on_commit(lambda _: keeper.look())
        self.add(store, "Alpha")
        store.close()
        assert not (tmp_path / "alone" / SIDE_NAME).exists()
