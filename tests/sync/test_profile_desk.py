"""Can people go on reading and writing while the hub's rows are put in place?"""

from threading import Event, Thread

import pytest

from loyaldesk.models import Customer
from loyaldesk.protocol.kinds import KINDS
from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.profile_desk import profile_desk
from tests.support.stores import fresh_store
from tests.support.twins import kept_edits
from tests.support.wire_rows import plain_row, uid_of


@pytest.fixture
def store(tmp_path):
    opened = fresh_store(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def desk(store):
    return profile_desk(store)


def put(tx, name):
    return tx.view.put("customer", [(uid_of(name), plain_row(KINDS["customer"], name))])


def names(store):
    sql = "SELECT number FROM customer ORDER BY id"
    with store.reader() as reader:
        return [number.split()[1] for (number,) in reader.rows(sql)]


def test_what_is_put_is_there_after_its_transaction_and_not_before(store, desk):
    with desk.transaction("apply") as tx:
        assert put(tx, "a") == []
        assert tx.view.read("customer", uid_of("a")) == plain_row(KINDS["customer"], "a")
        assert names(store) == []
    assert names(store) == ["a"]


def test_a_crash_inside_leaves_neither_rows_nor_what_is_remembered(store):
    def crash(name, moment):
        if moment == "inside":
            raise KeyboardInterrupt(name)

    desk = profile_desk(store, crash=crash)

    def apply():
        with desk.transaction("apply") as tx:
            put(tx, "a")
            tx.remember(StateKey.EPOCH, "e")

    with pytest.raises(KeyboardInterrupt):
        apply()
    assert (names(store), desk.state(StateKey.EPOCH)) == ([], "")


def test_rows_are_read_and_put_inside_a_transaction_only(desk):
    with desk.transaction("apply") as tx:
        view = tx.view
    with pytest.raises(RuntimeError, match="inside a transaction"):
        view.read("customer", uid_of("a"))


def test_a_person_who_saves_waits_for_one_step_at_most(store, desk):
    done = []

    def save():
        with store.transaction("Save") as tx:
            tx.insert(Customer, number="person mine", name="x")
        done.append("saved")

    with desk.transaction("apply") as tx:
        put(tx, "0")
        person = Thread(target=save)
        person.start()
        while not store.turn.waiting:
            Event().wait(0.001)
    for step in "123":
        with desk.transaction("apply") as tx:
            put(tx, step)
        done.append(step)
    person.join(10)
    assert done[0] == "saved"
    assert names(store) == ["0", "mine", "1", "2", "3"]


def test_from_the_moment_it_has_a_hub_a_desk_keeps_edits_for_it(store, desk):
    with store.transaction("Save") as tx:
        tx.insert(Customer, number="1", name="x")
    assert (kept_edits(store), store.link) == ([], None)

    desk.connect(hub="https://hub.example", user="ana", code="B7")
    with store.transaction("Save") as tx:
        tx.insert(Customer, number="2", name="x")

    ((kind, _, op, body),) = kept_edits(store)
    assert body.row is not None
    assert store.link.desk_code == "B7"
    assert (kind, op, body.row["number"]) == ("customer", "create", "2")


def test_the_desk_stops_keeping_edits_when_it_has_no_hub_any_more(store, desk):
    desk.connect(code="B7")
    with desk.transaction("connect") as tx:
        tx.remember(StateKey.CLIENT, "")
    with store.transaction("Save") as tx:
        tx.insert(Customer, number="1", name="x")
    assert kept_edits(store) == []


def test_the_desk_hears_that_somebody_waits_to_write(store, desk):
    assert not desk.is_awaited()
    with store.turn:
        somebody = Thread(target=store.rebuild_index)
        somebody.start()
        while not store.turn.waiting:
            somebody.join(0.001)
        assert desk.is_awaited()
    somebody.join()
    assert not desk.is_awaited()
