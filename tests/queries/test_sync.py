"""Does the window learn what is here, what waits, what met and what was refused, in names?"""

from datetime import UTC, date, datetime, timedelta

import pytest

from loyaldesk.errors import Refused
from loyaldesk.models import ConflictStatus
from loyaldesk.protocol.kinds import KINDS
from loyaldesk.queries import sync_marks
from loyaldesk.queries.sync_conflicts import (
    count_conflicts,
    count_needs,
    list_conflicts,
    list_merges,
    read_conflict,
)
from loyaldesk.queries.sync_copy import read_local_copy
from loyaldesk.queries.sync_edits import (
    FieldEdit,
    count_waiting,
    list_refused,
    list_waiting,
    read_group,
    read_refused,
)
from loyaldesk.queries.sync_marks import RecordMarks, read_marks
from loyaldesk.queries.sync_records import RecordName, read_record_names
from tests.support.company import make_company
from tests.support.factories import make_customer
from tests.support.stores import fresh_store
from tests.support.teamwork import FOUND, make_conflict, make_refused, make_waiting, uid_of

NOW = datetime(2026, 11, 20, 9, 42, tzinfo=UTC)
MÜLLER = "Müller & Söhne GmbH"


@pytest.fixture
def store(tmp_path):
    opened = fresh_store(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def company(store):
    return make_company(store)


@pytest.fixture
def customer(store, company):
    return "customer", uid_of(store, "customer", company.customer_id)


@pytest.fixture
def ask(store):
    with store.reader() as reader:
        yield lambda query, **arguments: query(reader, **arguments)


def test_every_kind_that_travels_has_a_name(store, company, ask):
    for kind in KINDS.values():
        with store.reader() as reader:
            uid = reader.value(f"SELECT max(uid) FROM {kind.table}")
        wanted = [(kind.name, uid.hex() if uid else "0" * 32)]
        [found] = ask(read_record_names, wanted=wanted).values()
        assert (found.kind, found.id is not None) == (kind.name, uid is not None)


def test_a_record_is_called_by_its_number_and_its_customer(store, company, customer, ask):
    order = ("sales_order", uid_of(store, "sales_order", company.order_id))
    person = ("contact", uid_of(store, "contact", company.contact_id))
    found = ask(read_record_names, wanted=[customer, order, person])
    assert found[customer].words == f"{MÜLLER} · 10042"
    assert (found[order].name, found[order].customer_name) == ("10042", MÜLLER)
    assert found[person].words == "Heike Müller"


def test_a_record_that_is_not_here_has_no_name(ask):
    unknown = ("contact", "0" * 32)
    assert ask(read_record_names, wanted=[unknown])[unknown] == RecordName(*unknown)


def test_a_kind_of_a_newer_version_has_no_name(ask):
    newer = ("visit_plan", "0" * 32)
    assert ask(read_record_names, wanted=[newer])[newer].name == ""


def test_the_copy_is_counted(store, company, ask):
    copy = ask(read_local_copy, today=date(2024, 11, 12))
    assert (copy.customers, copy.orders, copy.documents) == (5, 4, 1)
    # From 1 March to 12 November, both months counted.
    assert copy.months == 9
    assert copy.size > 100_000


def test_an_empty_copy_has_no_months(ask):
    assert ask(read_local_copy, today=date(2024, 11, 12)).months == 0


def test_what_waits_is_listed_by_action_in_order(store, company, customer, ask):
    person = ("contact", uid_of(store, "contact", company.contact_id))
    make_waiting(store, customer, grp=1, changes={"phone": ["1", "2"]}, tries=2, answer="busy")
    make_waiting(store, person, grp=1, changes={"phone": ["1", "2"]})
    make_waiting(store, person, grp=2, changes={"role": ["", "buyer"]}, label="Edit contact")
    first, second = ask(list_waiting)
    assert (first.grp, first.edits, first.tries, first.answer) == (1, 2, 2, "busy")
    assert (first.record.customer_name, second.label) == (MÜLLER, "Edit contact")
    assert ask(count_waiting) == 2


def test_a_waiting_action_tells_its_fields_with_references_by_name(store, company, customer, ask):
    parent = uid_of(store, "customer", company.parent_id)
    make_waiting(store, customer, changes={"parent_id": [None, parent], "phone": ["1", "2"]})
    [edit] = ask(read_group, grp=1)
    assert edit.fields == (FieldEdit("parent_id", None, parent), FieldEdit("phone", "1", "2"))
    assert edit.names == {parent: "Söhne Holding SE · 10000"}


def test_a_waiting_record_that_is_gone_is_called_by_its_edit(store, company, ask):
    make_waiting(store, ("contact", "05" * 16), row={"family_name": "Roth"})
    [group] = ask(list_waiting)
    assert (group.record.id, group.record.name) == (None, "Roth")


def test_conflicts_are_listed_by_record_the_newest_first(store, company, customer, ask):
    other = ("customer", uid_of(store, "customer", company.parent_id))
    hour = timedelta(hours=1)
    old = make_conflict(store, customer, "phone", ("", "1", "2"), found_at=FOUND - hour)
    new = make_conflict(store, other, "phone", ("", "1", "2"))
    newest = make_conflict(store, customer, "terms_days", (30, 10, 45), found_at=FOUND + hour)
    first, second = ask(list_conflicts)
    assert first.record.words == f"{MÜLLER} · 10042"
    assert [each.id for each in first.conflicts] == [newest, old]
    assert [each.id for each in second.conflicts] == [new]
    assert ask(count_conflicts) == 2


def test_a_conflict_has_its_values_people_and_names(store, company, customer, ask):
    parent = uid_of(store, "customer", company.parent_id)
    conflict_id = make_conflict(store, customer, "parent_id", (None, parent, None))
    found = ask(read_conflict, conflict_id=conflict_id)
    assert (found.base, found.mine, found.theirs, found.winner) == (None, parent, None, None)
    assert (found.my_user, found.my_desk, found.their_user) == ("Ana", "B7", "Claire")
    assert found.names == {parent: "Söhne Holding SE · 10000"}
    assert found.loser == parent
    assert not found.keeps_both


def test_a_conflict_that_is_gone_is_refused(ask):
    with pytest.raises(Refused, match="no longer here"):
        ask(read_conflict, conflict_id=9)


def test_merges_are_listed_for_thirty_days(store, company, customer, ask):
    shown, hidden = FOUND, NOW - timedelta(days=31)
    for found_at in (shown, hidden):
        make_conflict(
            store, customer, "notes", ("a", "a\nb", "a\nc"), winner="a\nb\nc",
            status=ConflictStatus.AUTO, found_at=found_at,
        )  # fmt: skip
    make_conflict(store, customer, "phone", ("", "1", "2"))
    [merge] = ask(list_merges, now=NOW)
    assert merge.found_at == shown
    assert merge.keeps_both


def test_a_refused_edit_keeps_what_was_typed_and_the_reason(store, company, customer, ask):
    make_refused(store, customer, changes={"phone": ["1", "2"]}, reason="Two digits too few.")
    uuid = make_refused(
        store, ("activity", "03" * 16), row={"customer_id": customer[1], "subject": "Called"}
    )
    by_uuid = {each.uuid: each for each in ask(list_refused)}
    assert by_uuid[uuid].note == "Called"
    [other] = [each for each in by_uuid.values() if each.uuid != uuid]
    assert (other.note, other.reason) == ("", "Two digits too few.")
    assert other.edit.record.customer_name == MÜLLER


def test_a_refused_edit_that_is_gone_is_refused(ask):
    with pytest.raises(Refused, match="no longer kept"):
        ask(read_refused, uuid="0")


def test_what_needs_somebody_is_counted_by_record(store, company, customer, ask):
    assert ask(count_needs) == 0
    make_conflict(store, customer, "phone", ("", "1", "2"))
    make_conflict(store, customer, "email", ("", "1", "2"))
    make_refused(store, customer, changes={"phone": ["1", "2"]})
    assert ask(count_needs) == 2


def test_a_page_knows_what_is_open_and_what_waits(store, company, customer, ask):
    person = ("contact", uid_of(store, "contact", company.contact_id))
    order = ("sales_order", uid_of(store, "sales_order", company.order_id))
    make_conflict(store, person, "phone", ("", "1", "2"))
    make_waiting(store, customer, grp=1, changes={"phone": ["1", "2"]})
    make_waiting(store, order, grp=2, changes={"notes": ["", "x"]})
    make_waiting(store, person, grp=1, changes={"phone": ["1", "2"]})
    on_customer = ask(read_marks, page="customer", record_id=company.customer_id)
    assert on_customer == RecordMarks(1, 1, person)
    assert ask(read_marks, page="order", record_id=company.order_id) == RecordMarks(0, 1, None)


def test_marks_are_found_by_index(store, company, customer):
    with store.reader() as reader:
        for sql in (sync_marks._CONFLICTS, sync_marks._WAITING):  # noqa: SLF001 - its plan
            text = sql.format(rows=sync_marks._ROWS["customer"])  # noqa: SLF001 - as above
            plan = reader.rows(f"EXPLAIN QUERY PLAN {text}", {"id": 1})
            scans = [step for *_, step in plan if step.startswith("SCAN")]
            assert [step for step in scans if step != "SCAN r"] == []


def test_a_customer_without_anything_has_no_marks(store, ask):
    make_customer(store)
    assert ask(read_marks, page="customer", record_id=1) == RecordMarks(0, 0, None)
