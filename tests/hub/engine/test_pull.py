"""Does a desk that reads pages end with exactly what the hub has, whatever happens meanwhile?"""

from datetime import timedelta

import msgspec
import pytest

from loyaldesk.hub.access import Role
from loyaldesk.hub.engine.housekeeping import collect_tombstones, forget_answers
from loyaldesk.hub.state import restore_finished
from loyaldesk.protocol.checks import is_uid
from loyaldesk.protocol.digest import digest_of
from loyaldesk.protocol.messages import KnownAsked, Problem, Pull, Verify
from tests.support.hub_desks import NOW, HubDesk, customer_row, principal, uid, wire_row
from tests.support.hub_reading import row_of

PULLED = NOW + timedelta(days=1)
NORTH = "acct:North"


@pytest.fixture
def ann(hub):
    desk = HubDesk(hub)
    for word in "abcd":
        desk.create("customer", word, customer_row(word))
    return desk


@pytest.fixture
def ben(ann, hub):
    return HubDesk(hub, principal("Ben"))


def told(entries):
    return [(each.op, each.id) for each in entries]


def test_a_new_desk_gets_every_row_once(hub, ben):
    entries = ben.pull()

    assert told(entries) == [("P", uid(word)) for word in "abcd"]
    assert msgspec.json.decode(entries[0].row) == row_of(hub, "customer", "a")


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_pages_of_any_size_come_to_the_same(hub, ben, limit):
    assert told(ben.pull(limit=limit)) == [("P", uid(word)) for word in "abcd"]


def test_pages_are_cut_by_their_size_too(ben):
    assert len(ben.page(max_bytes=1).rows) == 1
    assert len(ben.page(max_bytes=10**9).rows) == 3


def test_an_idle_pull_moves_nothing(ben):
    ben.pull()

    assert (ben.page().rows, ben.page().resets, ben.page().done) == ([], [], True)


def test_a_row_changed_while_pages_are_read_comes_once_more(ann, ben):
    first = ben.page(limit=2)
    ann.edit("customer", "a", phone=("", "1"))
    rest = ben.pull(limit=2)

    assert told(first.rows) == [("P", uid("a")), ("P", uid("b"))]
    assert told(rest) == [("P", uid(word)) for word in "cda"]
    assert msgspec.json.decode(rest[-1].row)["phone"] == "1"


def test_a_row_changed_often_travels_once(ann, ben):
    ben.pull()
    for number in range(5):
        ann.edit("customer", "a", phone=(str(number - 1) if number else "", str(number)))

    assert [(each.id, each.rv, each.seq) for each in ben.pull()] == [(uid("a"), 6, 9)]


def test_heads_come_with_the_last_page_and_agree_with_the_rows(ann, ben):
    assert ben.page(limit=2).heads == {}
    rows = [(each.kind, each.id, each.rv) for each in HubDesk(ben.hub, ben.who).pull()]

    assert ben.page(limit=50).heads[NORTH] == (4, 4, digest_of(rows))


def test_the_digest_follows_edits_and_deletes(hub, ann, ben):
    ann.edit("customer", "a", phone=("", "1"))
    ann.delete("customer", "b")
    verified = ben.ask("sync/verify", Verify(NORTH))

    assert verified.rows == sorted(
        ("customer", uid(word), 2 if word == "a" else 1) for word in "acd"
    )
    assert verified.head == (6, 3, digest_of(verified.rows))
    ben.pull()
    assert ben.page().heads[NORTH] == verified.head


def test_a_deleted_row_is_told_to_who_had_it_and_not_to_who_comes_later(ann, ben):
    ben.pull()
    ann.delete("customer", "b")

    assert told(ben.pull()) == [("D", uid("b"))]
    late = HubDesk(ben.hub, principal("Cy"))
    assert told(late.pull(limit=1)) == [("P", uid(word)) for word in "acd"]


def test_a_row_deleted_while_a_new_desk_reads_is_told(ann, ben):
    ben.page(limit=2)
    ann.delete("customer", "a")

    assert told(ben.pull())[-1] == ("D", uid("a"))


def test_a_desk_too_long_away_reads_the_bucket_anew(hub, ann, ben):
    ben.pull()
    ann.delete("customer", "b")
    assert collect_tombstones(hub, before=PULLED + timedelta(days=1)) == 1
    page = ben.page()

    assert page.resets == [NORTH]
    assert told(page.rows) == [("P", uid(word)) for word in "acd"]
    assert ben.page().resets == []


def test_a_new_desk_is_not_sent_back_for_tombstones_it_needs_not(hub, ann, ben):
    ann.delete("customer", "b")
    ben.page(limit=1)
    collect_tombstones(hub, before=PULLED + timedelta(days=1))

    assert ben.page(limit=1).resets == []
    assert ben.pull()


def test_young_tombstones_stay(hub, ann, ben):
    ben.pull()
    ann.delete("customer", "b")

    assert collect_tombstones(hub, before=PULLED - timedelta(days=1)) == 0
    assert told(ben.pull()) == [("D", uid("b"))]


def test_a_desk_that_read_more_than_there_is_is_told(ben):
    ben.pull()
    ben.cursor[NORTH] = (99, 0)

    assert ben.ask("sync/pull", Pull(cur=ben.cursor)).err == "ahead"


def test_after_a_restore_desks_are_told_of_the_new_epoch(hub, ben):
    epoch = restore_finished(hub)
    assert epoch != ben.epoch
    assert is_uid(epoch)

    for path, body in (("sync/pull", Pull(cur={})), ("sync/verify", Verify(NORTH))):
        problem = ben.ask(path, body)
        assert isinstance(problem, Problem)
        assert (problem.err, problem.epoch) == ("epoch", epoch)


def test_old_answers_are_forgotten_but_the_last_of_each_desk(hub, ann, monkeypatch):
    monkeypatch.setattr("loyaldesk.hub.engine.housekeeping._ANSWERS_KEPT", 1)
    edits = [ann.edit_of("customer", "a", phone=("", "1")) for _ in range(3)]
    ann.push(*edits)
    forget_answers(hub, PULLED + timedelta(days=91))

    assert ann.push(edits[2])[0].st == "applied"
    assert ann.refused_push(edits[1]).err == "forked"


def test_too_many_uuids_are_not_looked_up(ben):
    assert ben.ask("sync/known", KnownAsked([uid("x")] * 10_001)).err == "too-large"


def test_a_desk_sees_its_territories_its_own_customers_and_what_all_share(hub, ann):
    office = HubDesk(hub, principal("Zoe", Role.OFFICE, None))
    office.create("customer", "s", customer_row("S", territory="South", account_manager="Eve"))
    office.create("customer", "w", customer_row("W", territory="West"))
    office.create("product", "p", wire_row("product", number="P"))
    eve = HubDesk(hub, principal("Eve", territories="West"))

    seen = {(each.bucket, each.id) for each in eve.pull()}
    assert seen == {("all", uid("p")), ("own:Eve", uid("s")), ("acct:West", uid("w"))}


def test_the_office_sees_every_territory(hub, ann):
    office = HubDesk(hub, principal("Zoe", Role.OFFICE, None))
    office.create("customer", "s", customer_row("S", territory="South"))

    assert {each.bucket for each in office.pull()} == {NORTH, "acct:South"}


def test_a_bucket_that_was_taken_away_is_revoked(hub, ben):
    ben.pull()
    ben.who = principal("Ben", territories="South")
    page = ben.page()

    assert (page.revoked, page.resets, page.rows) == ([NORTH], ["acct:South"], [])
    assert set(page.cur) == {"all", "own:Ben", "acct:South"}


def test_nobody_verifies_a_bucket_of_others(ben):
    assert ben.ask("sync/verify", Verify("acct:South")).err == "unknown"
