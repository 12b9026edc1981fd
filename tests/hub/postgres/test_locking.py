"""Are the right rows locked, and what if one only shows while the edits are judged?"""

import pytest

from loyaldesk.hub.access import Role
from loyaldesk.hub.engine import push as engine_push
from loyaldesk.hub.engine.locking import locks_wanted
from loyaldesk.protocol.messages import Change, Push
from tests.hub.conftest import new_hub
from tests.support.hub_desks import HubDesk, customer_row, principal, uid, wire_row
from tests.support.hub_reading import row_of


@pytest.fixture
def begun():
    return []


@pytest.fixture
def hub(postgres_database, begun):
    """A hub on PostgreSQL that counts the pushes it begins."""
    store = new_hub(postgres_database, lambda *moment: begun.append(moment))
    yield store
    store.close()


@pytest.fixture
def office(hub):
    desk = HubDesk(hub, principal("Zoe", Role.OFFICE, None))
    for word in "cs":
        desk.create("customer", word, customer_row(word))
    desk.create("document", "d", wire_row("document", customer_id=uid("c")))
    desk.create("document_link", "l", wire_row("document_link", document_id=uid("d")))
    return desk


def wanted(hub, *edits):
    with hub.snapshot("look") as tx:
        return locks_wanted(tx, edits)


def test_a_customer_stands_for_what_belongs_to_it(hub, office):
    edit = office.mutation("delete", "document_link", "l")

    assert ("customer", uid("c")) in wanted(hub, edit)


def test_what_goes_to_another_customer_locks_both(hub, office):
    edit = office.edit_of("document", "d", customer_id=(uid("c"), uid("s")))

    assert {("customer", uid("c")), ("customer", uid("s"))} <= wanted(hub, edit)


def test_what_is_hung_on_a_document_locks_its_customer(hub, office):
    row = wire_row("document_link", document_id=uid("d"))

    assert ("customer", uid("c")) in wanted(
        hub, office.mutation("create", "document_link", "m", row=row)
    )


def test_a_push_begins_again_when_a_lock_was_missing(hub, office, begun, monkeypatch):
    monkeypatch.setattr(engine_push, "locks_wanted", lambda *_: set())
    begun.clear()
    outcome = office.edit("customer", "c", phone=("", "1"))

    assert (outcome.st, row_of(hub, "customer", "c")["phone"]) == ("applied", "1")
    assert begun.count(("push", "before")) == 2


def test_a_push_with_every_lock_begins_once(office, begun):
    begun.clear()
    office.push(
        office.edit_of("document", "d", customer_id=(uid("c"), uid("s"))),
        office.mutation("edit", "customer", "c", ch={"phone": Change("", "1")}),
    )

    assert begun.count(("push", "before")) == 1


def test_an_unknown_kind_locks_nothing(hub, office):
    edit = office.mutation("edit", "hub_user", "x")

    assert wanted(hub, edit) == set()
    assert office.ask("sync/push", Push([edit])).res[0].st == "rejected"
