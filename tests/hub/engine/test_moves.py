"""When a customer goes to other people, does everything that belongs to it go along?"""

import pytest

from loyaldesk.hub.access import Role
from loyaldesk.protocol.digest import digest_of
from loyaldesk.protocol.messages import Verify
from tests.support.hub_desks import HubDesk, customer_row, principal, uid, wire_row


@pytest.fixture
def office(hub):
    desk = HubDesk(hub, principal("Zoe", Role.OFFICE, None))
    desk.create("customer", "c", customer_row())
    desk.create("document", "d", wire_row("document", customer_id=uid("c")))
    desk.create("document_link", "l", wire_row("document_link", document_id=uid("d")))
    desk.create("paper_use", "u", wire_row("paper_use", document_id=uid("d")))
    return desk


@pytest.fixture
def ann(hub, office):
    desk = HubDesk(hub)
    desk.pull()
    return desk


@pytest.fixture
def sue(hub, office):
    desk = HubDesk(hub, principal("Sue", territories="South"))
    desk.pull()
    return desk


def told(entries):
    return sorted((each.op, each.kind) for each in entries)


FAMILY = ("customer", "document", "document_link")


def test_all_of_a_customer_leaves_one_territory_and_enters_another(office, ann, sue):
    office.edit("customer", "c", territory=("North", "South"))

    assert told(ann.pull()) == [("L", kind) for kind in FAMILY]
    entered = sue.pull()
    assert told(entered) == [("P", kind) for kind in FAMILY]
    assert [each.kind for each in entered] == list(FAMILY)
    assert {each.kind: each.rv for each in entered} == {
        "customer": 2,
        "document": 1,
        "document_link": 1,
    }


@pytest.mark.parametrize("bucket", ["acct:North", "acct:South", "own:Sue"])
def test_the_sums_of_buckets_follow(office, bucket):
    office.edit("customer", "c", territory=("North", "South"))
    office.edit("customer", "c", account_manager=("", "Sue"))
    verified = office.ask("sync/verify", Verify(bucket))

    assert len(verified.rows) == (0 if bucket == "acct:North" else 3)
    assert verified.head[1:] == (len(verified.rows), digest_of(verified.rows))


def test_who_gets_a_customer_to_look_after_sees_it_in_two_buckets(office, sue):
    office.edit("customer", "c", territory=("North", "South"), account_manager=("", "Sue"))

    assert told(sue.pull()) == sorted([("P", kind) for kind in FAMILY] * 2)


def test_who_gives_a_customer_away_keeps_it_in_the_territory(office, sue):
    office.edit("customer", "c", territory=("North", "South"), account_manager=("", "Sue"))
    sue.pull()
    office.edit("customer", "c", account_manager=("Sue", ""))

    entries = sue.pull()
    assert {(each.bucket, each.op) for each in entries if each.kind == "document"} == {
        ("own:Sue", "L")
    }


def test_a_child_made_in_the_same_push_as_the_move_enters_once(office, ann, sue):
    move = office.edit_of("customer", "c", territory=("North", "South"))
    row = wire_row("contact", customer_id=uid("c"))
    office.push(move, office.mutation("create", "contact", "p", row=row))

    assert told(sue.pull()) == sorted(("P", kind) for kind in (*FAMILY, "contact"))
    assert ("L", "contact") not in told(ann.pull())


def test_what_hangs_on_a_document_goes_with_it_to_another_customer(office, ann, sue):
    office.create("customer", "s", customer_row("S", territory="South"))
    sue.pull()
    office.edit("document", "d", customer_id=(uid("c"), uid("s")))

    assert told(ann.pull()) == [("L", "document"), ("L", "document_link")]
    assert told(sue.pull()) == [("P", "document"), ("P", "document_link")]
    assert office.delete("customer", "c").st == "applied"


def test_a_deleted_row_is_told_where_it_lay(office, ann, sue):
    office.delete("document_link", "l")
    office.edit("customer", "c", territory=("North", "South"))

    assert ("D", "document_link") in told(ann.pull())
    assert told(sue.pull()) == [("P", "customer"), ("P", "document")]


def test_papers_that_were_used_are_told_to_nobody(office):
    assert "paper_use" not in {each.kind for each in office.pull()}
