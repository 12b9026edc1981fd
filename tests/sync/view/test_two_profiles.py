"""Do two profiles with real files have the same records after both spoke with the hub?"""

from __future__ import annotations

from datetime import date

import pytest

from loyaldesk.hub.access import Principal, Role
from loyaldesk.hub.engine.answering import answer
from loyaldesk.hub.store import HubStore
from loyaldesk.operations.customers import edit_customer
from loyaldesk.operations.demo.create import create_demo
from loyaldesk.operations.invoices import dispute_invoice
from loyaldesk.store.connection import to_sql
from loyaldesk.store.search_entries import CUSTOMERS
from loyaldesk.store.uids import new_uid
from loyaldesk.sync.engine.exchange import Answer, Sleep
from loyaldesk.sync.engine.rounds import sync_round
from loyaldesk.sync.profile_desk import profile_desk
from tests.support.factories import do, make_contact, make_customer, make_invoice, make_order
from tests.support.stores import Clock, fresh_store
from tests.support.twins import drop_all, kept_edits, wire_rows

MOST_ROUNDS = 40


class Team:
    """A hub in memory, and the profiles of people who share it."""

    def __init__(self, folder):
        self.clock = Clock()
        self.hub = HubStore.create(
            "sqlite://", clock=self.clock, new_uid=lambda: new_uid(self.clock()).hex()
        )
        self.stores = {}
        for name, code in (("ana", "B7"), ("ben", "K2")):
            store = fresh_store(folder / name, actor=name, clock=self.clock)
            profile_desk(store, clock=self.clock).connect(hub="test", user=name, code=code)
            self.stores[name] = store

    def answer(self, name, call):
        """Return what the hub answers to one of them."""
        person = Principal(name, name, f"{name}'s", name, Role.ADMIN, None)
        reply = answer(self.hub, person, call, now=self.clock())
        with self.hub.engine.connect() as connection:
            (epoch,) = connection.exec_driver_sql(
                "SELECT value FROM hub_state WHERE key = 'epoch'"
            ).one()
        return Answer(reply, epoch, to_sql(self.clock()))

    def sync(self, name):
        """Let one profile speak with the hub until it is in step."""
        desk = profile_desk(self.stores[name], clock=self.clock)
        for _ in range(MOST_ROUNDS):
            found = self.round(desk, name)
            assert found.problem is None, found
            if found.is_in_step:
                return
        raise AssertionError("never in step")

    def round(self, desk, name):
        steps, reply = sync_round(desk), None
        while True:
            try:
                wish = steps.send(reply)
            except StopIteration as end:
                return end.value
            reply = None if isinstance(wish, Sleep) else self.answer(name, wish)

    def meet(self):
        """Let all speak with the hub until nothing is left to say."""
        for name in ("ana", "ben", "ana", "ben"):
            self.sync(name)
        return wire_rows(self.stores["ana"]), wire_rows(self.stores["ben"])


@pytest.fixture
def team(tmp_path):
    made = Team(tmp_path)
    yield made
    for store in made.stores.values():
        assert store.check() == []
        store.close()
    made.hub.engine.dispose()


def test_the_whole_demo_company_travels(team):
    create_demo(team.stores["ana"], today=date(2024, 11, 12))
    here = wire_rows(team.stores["ana"])
    mine, theirs = team.meet()
    assert mine == theirs == here
    assert kept_edits(team.stores["ana"]) == []


def test_what_both_did_meanwhile_meets(team):
    ana, ben = team.stores["ana"], team.stores["ben"]
    customer_id = make_customer(ana, "Kraft AG")
    make_contact(ana, customer_id)
    make_order(ana, customer_id)
    team.meet()
    do(ana, edit_customer, customer_id=1, phone="111")
    do(ben, edit_customer, customer_id=1, website="kraft.example")
    invoice_id = make_invoice(ben, 1)
    do(ben, dispute_invoice, invoice_id=invoice_id, reason="Price")

    mine, theirs = team.meet()

    assert mine == theirs
    (customer,) = [row for (kind, _), row in mine.items() if kind == "customer"]
    assert (customer["phone"], customer["website"]) == ("111", "kraft.example")
    assert [row["number"] for (kind, _), row in mine.items() if kind == "invoice"] == [
        "INV-2024-K2-00001"
    ]


def test_words_of_what_left_are_gone_when_a_round_ends(team):
    make_customer(team.stores["ana"], "Zzgeheim AG")
    team.meet()
    ben = team.stores["ben"]
    with ben.reader() as reader:
        uids = [uid for (uid,) in reader.rows("SELECT lower(hex(uid)) FROM customer")]
    drop_all(ben, "customer", uids)
    assert words_left(ben)
    team.sync("ben")
    assert not words_left(ben)


def words_left(store):
    with store.reader() as reader:
        pages = reader.rows(f"SELECT block FROM {CUSTOMERS.index}_data")
    return any(b"zzgeheim" in bytes(page) for (page,) in pages)


def test_two_who_take_the_same_number_are_told_apart(team):
    for store in team.stores.values():
        make_customer(store, number="10001")
    mine, theirs = team.meet()
    assert mine == theirs
    numbers = sorted(row["number"] for (kind, _), row in mine.items() if kind == "customer")
    assert numbers == ["10001", "10001~2"]


def test_a_round_with_nothing_to_say_writes_nothing(team):
    make_customer(team.stores["ana"])
    team.meet()
    heard: list[object] = []
    for store in team.stores.values():
        store.on_commit(heard.append)
    team.meet()
    assert heard == []
