"""What the simulator found once: rows that stayed where they should have gone or changed."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from loyaldesk.store.outbox_body import encode_row
from loyaldesk.sync.engine.exchange import Round, Sleep
from loyaldesk.sync.engine.memberships import Memberships
from loyaldesk.sync.engine.pulling import pull
from loyaldesk.sync.engine.putting import put_entries
from tests.support.hub_desks import customer_row, principal, wire_row
from tests.support.sync_desks import Laptop, Office

if TYPE_CHECKING:
    from loyaldesk.protocol.messages import Call


def _edited_meanwhile(laptop: Laptop, customer: str, call: Call) -> None:
    """Let the person edit the customer while the page is on its way that takes it from them."""
    if call.path == "sync/pull" and not laptop.count("attention") + laptop.count("outbox"):
        laptop.edit("customer", customer, phone="1")


def test_a_row_that_left_goes_though_an_edit_of_it_was_refused_after_the_pull():
    office = Office()
    ann, bea = Laptop(office), Laptop(office, principal("Bea"))
    customer = ann.create("customer", customer_row())
    ann.sync()
    bea.sync()
    bea.wire.who = replace(bea.wire.who, territories=frozenset({"South"}))
    bea.wire.before = lambda call: _edited_meanwhile(bea, customer, call)
    bea.sync()
    assert bea.count("outbox") == 1
    bea.sync()

    assert bea.rows("customer") == {}
    assert bea.count("attention") == 1


def test_two_rows_may_exchange_their_numbers():
    office = Office()
    ann, bea = Laptop(office), Laptop(office, principal("Bea"))
    one = ann.create("customer", customer_row("K-1"))
    two = ann.create("customer", customer_row("K-2"))
    ann.sync()
    bea.sync()
    for uid, number in ((one, "K-3"), (two, "K-1"), (one, "K-2")):
        ann.edit("customer", uid, number=number)
    ann.sync()
    bea.sync()

    assert {uid: row["number"] for uid, row in bea.rows("customer").items()} == {
        one: "K-2",
        two: "K-1",
    }


def test_a_row_that_leaves_the_bucket_of_its_newest_version_does_not_go_back_in_time():
    ann = Laptop(Office())
    uid, north, east = "0" * 31 + "1", "acct:North", "acct:East"
    ann.database.execute("INSERT INTO membership VALUES ('customer', ?, ?, 6)", [uid, north])
    known, older = (customer_row(phone=phone) for phone in ("6", "4"))
    pages = [(east, "P", 2), (north, "L", 3), (east, "P", 4), (east, "P", 6)]
    with ann.desk.transaction("apply") as tx:
        tx.view.put("customer", [(uid, known)])
        tx.inbox.begin()
        tx.inbox.add_page([
            (k, bucket, k, op, "customer", uid, rv, encode_row(known if rv == 6 else older))
            for k, (bucket, op, rv) in enumerate(pages)
        ])  # fmt: skip
        for entry in tx.inbox.take(-1, len(pages)):
            put_entries(tx, [entry])
            assert tx.view.read("customer", uid) == known
        assert Memberships(tx.connection).of("customer", uid) == {east: 6}


def test_an_older_version_on_an_early_page_is_not_shown_while_the_known_one_is_coming():
    ann = Laptop(Office())
    uid, bucket = "0" * 31 + "1", "acct:North"
    ann.database.execute("INSERT INTO membership VALUES ('customer', ?, ?, -4)", [uid, bucket])
    known, older = (customer_row(phone=phone) for phone in ("4", "3"))
    staged = [(rv, bucket, rv, "P", "customer", uid, rv, encode_row(older)) for rv in (2, 3)]
    with ann.desk.transaction("apply") as tx:
        tx.view.put("customer", [(uid, known)])
        ann.database.execute(
            "INSERT INTO inbox VALUES (9, ?, 9, 'P', 'customer', ?, 4, ?)",
            [bucket, uid, encode_row(known)],
        )
        for entry in staged:
            put_entries(tx, [entry])

    assert ann.rows("customer") == {uid: known}


def test_a_row_that_one_bucket_drops_and_another_lists_is_seen_as_it_is_listed():
    ann = Laptop(Office())
    uid, north, south = "0" * 31 + "1", "acct:North", "acct:South"
    ann.database.execute("INSERT INTO membership VALUES ('customer', ?, ?, 1)", [uid, south])
    older, newer = (customer_row(phone=phone) for phone in ("1", "2"))
    with ann.desk.transaction("apply") as tx:
        tx.view.put("customer", [(uid, older)])
        put_entries(tx, [
            (1, north, 1, "P", "customer", uid, 2, encode_row(newer)),
            (2, south, 2, "D", "customer", uid, 2, None),
        ])  # fmt: skip
        assert tx.view.read("customer", uid) == newer
        assert Memberships(tx.connection).of("customer", uid) == {north: 2}


def test_a_row_that_waited_for_another_is_seen_without_further_news(hub, desk):
    customer, contact = "0" * 31 + "1", "0" * 31 + "2"
    hub.put("acct:North", "contact", contact, wire_row("contact", customer_id=customer))
    desk.sync()
    assert not desk.rows("contact")

    # As when the hub refuses an edit that had deleted it.
    with desk.desk.transaction("acknowledge") as tx:
        tx.view.put("customer", [(customer, customer_row())])
    finish(pull(desk.desk, Round(refused=1)), desk.wire)

    assert set(desk.rows("contact")) == {contact}


def finish(steps, wire):
    """Answer what is asked until the steps end."""
    with suppress(StopIteration):
        asked = next(steps)
        while True:
            asked = steps.send(None if isinstance(asked, Sleep) else wire.send(asked))
