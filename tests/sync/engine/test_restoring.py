"""A hub that was restored to an earlier day gets back what it lost, and no desk loses anything."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loyaldesk.hub.store import HubStore
from loyaldesk.store.sync_state import StateKey
from tests.support.hub_desks import NOW, customer_row, principal, wire_row
from tests.support.sync_desks import OFFLINE, Crashed, Laptop, Office, crash_at


@pytest.fixture
def office(tmp_path):
    made = Office()
    made.hub = HubStore.create(
        f"sqlite:///{tmp_path / 'hub.db'}", clock=made.clock, new_uid=made.new_uid
    )
    yield made
    made.hub.close()


@pytest.fixture
def ann(office):
    return Laptop(office, principal("Ann"))


@pytest.fixture
def backup(office, tmp_path):
    """Return functions that save the hub and put it back under another epoch."""

    class Backup:
        def save(self):
            office.hub.close()
            (tmp_path / "saved.db").write_bytes((tmp_path / "hub.db").read_bytes())
            self._open()

        def put_back(self):
            office.hub.close()
            for name in ("hub.db-wal", "hub.db-shm"):
                (tmp_path / name).unlink(missing_ok=True)
            (tmp_path / "hub.db").write_bytes((tmp_path / "saved.db").read_bytes())
            self._open()
            office.restore_to(office.new_uid())

        def _open(self):
            office.hub = HubStore.create(
                f"sqlite:///{tmp_path / 'hub.db'}", clock=office.clock, new_uid=office.new_uid
            )

    return Backup()


def test_edits_that_the_hub_lost_are_sent_again(office, ann, backup):
    uid = ann.create("customer", customer_row("K-1"))
    ann.sync()
    backup.save()
    ann.edit("customer", uid, phone="040 1")
    second = ann.create("customer", customer_row("K-2"))
    ann.sync()
    backup.put_back()
    assert ann.sync().accepted == 2
    bob = Laptop(office, principal("Bob"))
    bob.sync()
    assert bob.rows("customer") == ann.rows("customer")
    assert bob.rows("customer")[uid]["phone"] == "040 1"
    assert second in bob.rows("customer")


def test_edits_that_the_hub_still_knows_are_not_made_twice(office, ann, backup):
    customer = ann.create("customer", customer_row("K-1"))
    paper = ann.create("document", wire_row("document", customer_id=customer, replaces_id=None))
    row = wire_row(
        "letter", customer_id=customer, document_id=paper, order_id=None, number="L-1", copies=1
    )
    letter = ann.create("letter", row)
    ann.edit("letter", letter, copies=3)
    ann.sync()
    backup.save()
    ann.edit("letter", letter, copies=4)
    ann.sync()
    backup.put_back()
    ann.sync()
    assert ann.rows("letter")[letter]["copies"] == 4
    assert ann.count("journal") == 5


def test_desk_becomes_a_new_client_and_keeps_what_waits(ann, backup):
    backup.save()
    uid = ann.create("customer", customer_row("K-1"))
    ann.sync()
    backup.put_back()
    before = ann.desk.state(StateKey.CLIENT)
    ann.edit("customer", uid, phone="040 1")
    ann.sync()
    assert ann.desk.state(StateKey.CLIENT) != before
    assert ann.rows("customer")[uid]["phone"] == "040 1"
    assert (ann.count("outbox"), ann.count("journal")) == (0, 2)


def test_row_that_only_the_lost_days_knew_goes(office, ann, backup):
    bob = Laptop(office, principal("Bob"))
    backup.save()
    ann.sync()
    bob.create("customer", customer_row("K-1"))
    bob.sync()
    ann.sync()
    backup.put_back()
    ann.sync()
    assert ann.rows("customer") == {}
    bob.sync()
    ann.sync()
    assert ann.rows("customer") == bob.rows("customer") != {}


def test_bucket_revoked_while_the_hub_was_restored_is_not_left_readable(office, ann, backup):
    ann.create("customer", customer_row("K-1"))
    ann.sync()
    backup.save()
    backup.put_back()
    ann.wire.who = principal("Ann", territories="South")
    ann.sync()
    assert (ann.rows("customer"), ann.count("membership")) == ({}, 0)


@pytest.mark.parametrize("moment", ["before", "inside", "after"])
@pytest.mark.parametrize("name", ["epoch", "requeue", "send", "acknowledge", "stage", "apply"])
def test_replay_that_was_broken_off_goes_on(office, ann, backup, name, moment):
    uid = ann.create("customer", customer_row("K-1"))
    ann.sync()
    backup.save()
    ann.edit("customer", uid, phone="040 1")
    ann.sync()
    backup.put_back()
    ann.boot(crash=crash_at(name, moment))
    with pytest.raises(Crashed):
        ann.sync()
    ann.boot()
    ann.sync()
    bob = Laptop(office, principal("Bob"))
    bob.sync()
    assert bob.rows("customer")[uid]["phone"] == "040 1"


def test_time_is_set_for_a_replay_that_waits(office, ann, backup):
    ann.create("customer", customer_row("K-1"))
    ann.sync()
    backup.save()
    backup.put_back()
    ann.wire.before = lambda call: OFFLINE if call.path == "sync/known" else None
    office.now = NOW + timedelta(hours=1)
    ann.sync()
    assert ann.desk.state(StateKey.NEXT_AT) > "2026-03-02T10:00"
