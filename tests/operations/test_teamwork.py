"""Is a conflict decided by an ordinary edit, once, whole or not at all, and back by undo?"""

from datetime import UTC, datetime, timedelta

import pytest

from loyaldesk.errors import Conflict, Refused
from loyaldesk.models import ConflictStatus, Customer
from loyaldesk.operations.customers import edit_customer
from loyaldesk.operations.settings import change_setting
from loyaldesk.operations.teamwork import (
    dismiss_conflicts,
    resolve_conflict,
    resolve_conflicts,
    swap_automatic_merge,
    take_up_refused,
)
from loyaldesk.operations.teamwork_choices import Choice, Pick
from loyaldesk.operations.teamwork_lines import lines_now
from tests.support.factories import (
    do,
    make_address,
    make_contact,
    make_customer,
    make_invoice,
    make_order,
)
from tests.support.stores import Clock, fresh_store
from tests.support.teamwork import FOUND, make_conflict, make_refused, uid_of

NOW = datetime(2026, 11, 20, 9, 42, tzinfo=UTC)
A_MONTH = timedelta(days=30)


@pytest.fixture
def store(tmp_path):
    opened = fresh_store(tmp_path, clock=Clock(NOW))
    yield opened
    opened.close()


@pytest.fixture
def customer(store):
    make_customer(store, "Blondel et Fils", number="10117", terms_days=45, phone="+33 2")
    return "customer", uid_of(store, "customer", 1)


@pytest.fixture
def terms(store, customer):
    """Two people changed the terms from 30 days; those of the other one stand."""
    return make_conflict(store, customer, "terms_days", (30, 10, 45))


def value(store, sql, *parameters):
    with store.reader() as reader:
        return reader.value(sql, list(parameters))


def terms_of(store):
    return value(store, "SELECT terms_days FROM customer WHERE id = 1")


def settled(store, conflict_id):
    with store.reader() as reader:
        return reader.row(
            "SELECT status, winner, resolved_by FROM edit_conflict WHERE id = ?", [conflict_id]
        )


@pytest.mark.parametrize(
    ("choice", "third", "stands"),
    [(Choice.MINE, None, 10), (Choice.THEIRS, None, 45), (Choice.VALUE, 21, 21)],
)
def test_what_is_picked_stands_and_the_conflict_is_settled(store, terms, choice, third, stands):
    do(store, resolve_conflict, conflict_id=terms, choice=choice, value=third)
    assert terms_of(store) == stands
    assert settled(store, terms) == ("resolved", str(stands), "Ana")


def test_undo_opens_the_conflict_again(store, terms):
    do(store, resolve_conflict, conflict_id=terms, choice=Choice.MINE)
    assert store.undo() == "Resolve conflict of Blondel et Fils"
    assert terms_of(store) == 45
    assert settled(store, terms) == ("open", "45", "")


def test_a_conflict_is_decided_once(store, terms):
    do(store, resolve_conflict, conflict_id=terms, choice=Choice.MINE)
    with pytest.raises(Conflict, match="Somebody else"):
        do(store, resolve_conflict, conflict_id=terms, choice=Choice.THEIRS)
    assert terms_of(store) == 10


def test_a_third_value_is_checked_as_in_the_form(store, customer):
    conflict_id = make_conflict(store, customer, "email", ("", "a@x.example", "b@x.example"))
    with pytest.raises(Refused, match="not an e-mail address"):
        do(store, resolve_conflict, conflict_id=conflict_id, choice=Choice.VALUE, value="nobody")
    assert settled(store, conflict_id)[0] == "open"


def test_several_are_decided_together_or_not_at_all(store, customer, terms):
    phone = make_conflict(store, customer, "phone", ("", "+33 1", "+33 2"))
    wrong = [Pick(terms, Choice.MINE), Pick(phone, Choice.VALUE, None)]
    with pytest.raises(Refused, match="cannot be empty"):
        do(store, resolve_conflicts, picks=wrong)
    assert terms_of(store) == 45
    right = [Pick(terms, Choice.MINE), Pick(phone, Choice.MINE)]
    do(store, resolve_conflicts, picks=right)
    assert terms_of(store) == 10
    assert value(store, "SELECT phone FROM customer WHERE id = 1") == "+33 1"
    store.undo()
    assert [settled(store, each)[0] for each in (terms, phone)] == ["open", "open"]


def test_nothing_picked_is_refused(store):
    with pytest.raises(Refused, match="Nothing was picked"):
        do(store, resolve_conflicts, picks=[])


def test_a_dismissed_conflict_leaves_the_record(store, terms):
    do(store, dismiss_conflicts, conflict_ids=[terms])
    assert terms_of(store) == 45
    assert settled(store, terms)[:2] == ("dismissed", "45")


def test_a_reference_that_travelled_leads_to_the_row_here(store, customer):
    other = make_customer(store, "Holding")
    uid = uid_of(store, "customer", other)
    conflict_id = make_conflict(store, customer, "parent_id", (None, uid, None))
    do(store, resolve_conflict, conflict_id=conflict_id, choice=Choice.MINE)
    assert value(store, "SELECT parent_id FROM customer WHERE id = 1") == other


def test_a_reference_to_what_is_not_here_is_refused(store, customer):
    conflict_id = make_conflict(store, customer, "parent_id", (None, "0" * 32, None))
    with pytest.raises(Refused, match="not on this computer"):
        do(store, resolve_conflict, conflict_id=conflict_id, choice=Choice.MINE)


def test_people_places_and_truths_are_decided_as_well(store, customer):
    person = ("contact", uid_of(store, "contact", make_contact(store, 1)))
    place = ("address", uid_of(store, "address", make_address(store, 1)))
    for record, field, values in (
        (person, "birthday", ("1980-01-01", "1981-02-03", "1982-01-01")),
        (place, "town", ("Hamburg", "Kiel", "Bremen")),
        (customer, "is_key_account", (0, 1, 0)),
    ):
        conflict_id = make_conflict(store, record, field, values)
        do(store, resolve_conflict, conflict_id=conflict_id, choice=Choice.MINE)
    assert value(store, "SELECT birthday FROM contact") == "1981-02-03"
    # The customer's town is that of its main address.
    assert value(store, "SELECT town FROM customer WHERE id = 1") == "Kiel"
    assert value(store, "SELECT is_key_account FROM customer WHERE id = 1") == 1


def test_freight_that_is_decided_is_summed_up(store, customer):
    order_id = make_order(store, 1)
    record = ("sales_order", uid_of(store, "sales_order", order_id))
    before = value(store, "SELECT total_minor FROM sales_order")
    conflict_id = make_conflict(store, record, "freight_minor", (0, 900, 0))
    do(store, resolve_conflict, conflict_id=conflict_id, choice=Choice.MINE)
    assert value(store, "SELECT total_minor FROM sales_order") == before + 900


@pytest.mark.parametrize("gone", [True, False])
def test_lines_that_are_decided_keep_their_rows_and_are_summed_up(store, customer, gone):
    order_id = make_order(store, 1)
    record = ("sales_order", uid_of(store, "sales_order", order_id))
    with store.transaction("Look") as tx:
        here = lines_now(tx, "sales_order", order_id)
    line_id = value(store, "SELECT id FROM order_line")
    mine = [{**here[0], "quantity_milli": 3_000, "net_minor": 1_500}]
    mine += [] if gone else [{**here[0], "position": 2, "net_minor": 100}]
    conflict_id = make_conflict(store, record, "lines", (here, mine, here))
    do(store, resolve_conflict, conflict_id=conflict_id, choice=Choice.MINE)
    with store.transaction("Look") as tx:
        assert lines_now(tx, "sales_order", order_id) == mine
    assert value(store, "SELECT min(id) FROM order_line") == line_id
    net = value(store, "SELECT net_minor FROM sales_order")
    assert net == sum(line["net_minor"] for line in mine)
    store.undo()
    with store.transaction("Look") as tx:
        assert lines_now(tx, "sales_order", order_id) == here


def test_a_field_of_one_line_is_taken_back(store, customer):
    order_id = make_order(store, 1)
    record = ("sales_order", uid_of(store, "sales_order", order_id))
    conflict_id = make_conflict(
        store, record, "lines.1.quantity_milli", (5_000, 10_000, 8_000), rule="latest",
        status=ConflictStatus.AUTO, winner=10_000,
    )  # fmt: skip
    do(store, swap_automatic_merge, conflict_id=conflict_id)
    assert value(store, "SELECT quantity_milli FROM order_line") == 8_000
    # Eight at five euros each.
    assert value(store, "SELECT net_minor FROM order_line") == 4_000
    assert value(store, "SELECT net_minor FROM sales_order") == 4_000


def test_a_field_of_a_line_that_is_gone_is_refused(store, customer):
    order_id = make_order(store, 1)
    record = ("sales_order", uid_of(store, "sales_order", order_id))
    conflict_id = make_conflict(store, record, "lines.7.unit", ("pcs", "bag", "box"))
    with pytest.raises(Conflict, match="line was deleted"):
        do(store, resolve_conflict, conflict_id=conflict_id, choice=Choice.MINE)


def test_lines_of_an_invoice_are_decided_as_well(store, customer):
    invoice_id = make_invoice(store, 1, "100.00")
    record = ("invoice", uid_of(store, "invoice", invoice_id))
    with store.transaction("Look") as tx:
        here = lines_now(tx, "invoice", invoice_id)
    mine = [{**here[0], "description": "Tea, black"}]
    conflict_id = make_conflict(store, record, "lines", (here, mine, here))
    do(store, resolve_conflict, conflict_id=conflict_id, choice=Choice.MINE)
    assert value(store, "SELECT description FROM invoice_line") == "Tea, black"


def test_of_a_number_taken_twice_the_one_made_up_may_stay(store, customer):
    order_id = make_order(store, 1, number="4711~2")
    record = ("sales_order", uid_of(store, "sales_order", order_id))
    conflict_id = make_conflict(
        store, record, "number", ("", "4711", "4711"), rule="number", winner="4711~2"
    )
    do(store, resolve_conflict, conflict_id=conflict_id, choice=Choice.THEIRS)
    assert value(store, "SELECT number FROM sales_order") == "4711~2"


def test_a_number_that_another_has_is_refused(store, customer):
    make_order(store, 1, number="4711")
    order_id = make_order(store, 1, number="4711~2")
    record = ("sales_order", uid_of(store, "sales_order", order_id))
    conflict_id = make_conflict(
        store, record, "number", ("", "4711", "4711"), rule="number", winner="4711~2"
    )
    with pytest.raises(Refused, match="already taken"):
        do(store, resolve_conflict, conflict_id=conflict_id, choice=Choice.MINE)
    do(store, resolve_conflict, conflict_id=conflict_id, choice=Choice.VALUE, value="4712")
    assert value(store, "SELECT max(number) FROM sales_order") == "4712"


def test_a_record_one_wanted_gone_is_deleted_or_kept(store, customer):
    person = ("contact", uid_of(store, "contact", make_contact(store, 1)))
    kept = make_conflict(store, person, "", ({}, None, {"phone": "1"}), rule="delete")
    do(store, resolve_conflict, conflict_id=kept, choice=Choice.THEIRS)
    assert value(store, "SELECT count(*) FROM contact") == 1
    gone = make_conflict(store, person, "", ({}, None, {"phone": "1"}), rule="delete")
    do(store, resolve_conflict, conflict_id=gone, choice=Choice.MINE)
    assert value(store, "SELECT count(*) FROM contact") == 0
    store.undo()
    assert value(store, "SELECT count(*) FROM contact") == 1


def test_a_record_that_others_need_is_not_deleted(store, customer):
    make_order(store, 1)
    conflict_id = make_conflict(store, customer, "", ({}, None, {"phone": "1"}), rule="delete")
    with pytest.raises(Conflict, match="Other records belong to this one"):
        do(store, resolve_conflict, conflict_id=conflict_id, choice=Choice.MINE)


def test_a_record_deleted_meanwhile_comes_back_with_my_changes(store, customer):
    uid = "01" * 16
    row = {"customer_id": customer[1], "family_name": "Roth", "phone": "1"}
    conflict_id = make_conflict(
        store, ("contact", uid), "", (row, {"phone": "2"}, None), rule="delete"
    )
    do(store, resolve_conflict, conflict_id=conflict_id, choice=Choice.MINE)
    with store.reader() as reader:
        found = reader.row("SELECT customer_id, family_name, phone, lower(hex(uid)) FROM contact")
    assert found == (1, "Roth", "2", uid)


def test_a_whole_record_takes_no_third_value(store, customer):
    conflict_id = make_conflict(store, customer, "", ({}, None, {"phone": "1"}), rule="delete")
    with pytest.raises(Refused, match="kept or deleted"):
        do(store, resolve_conflict, conflict_id=conflict_id, choice=Choice.VALUE, value="x")


def test_a_record_that_is_not_here_cannot_be_decided_with_mine(store, customer):
    conflict_id = make_conflict(store, ("contact", "02" * 16), "phone", ("", "1", "2"))
    with pytest.raises(Refused, match="no longer on this computer"):
        do(store, resolve_conflict, conflict_id=conflict_id, choice=Choice.MINE)


def test_a_field_of_a_newer_version_is_refused(store, customer):
    conflict_id = make_conflict(store, customer, "shoe_size", (1, 2, 3))
    with pytest.raises(Refused, match="does not know the field"):
        do(store, resolve_conflict, conflict_id=conflict_id, choice=Choice.MINE)


def test_a_setting_is_decided(store, customer):
    with store.transaction("Set") as tx:
        change_setting(tx, key="k", value={"a": 1})
    record = ("setting", uid_of(store, "setting", 1))
    conflict_id = make_conflict(store, record, "value", ({}, {"a": 2}, {"a": 1}), customer_id=None)
    do(store, resolve_conflict, conflict_id=conflict_id, choice=Choice.MINE)
    assert value(store, "SELECT value FROM setting") == '{"a":2}'


@pytest.fixture
def merged(store, customer):
    """My later telephone number won without a question."""
    return make_conflict(
        store, customer, "phone", ("", "+33 2", "+33 3"), rule="latest", winner="+33 2",
        status=ConflictStatus.AUTO,
    )  # fmt: skip


def test_a_merge_is_taken_back_to_the_value_that_lost(store, merged):
    do(store, swap_automatic_merge, conflict_id=merged)
    assert value(store, "SELECT phone FROM customer WHERE id = 1") == "+33 3"
    assert settled(store, merged)[:2] == ("resolved", '"+33 3"')
    with pytest.raises(Conflict, match="already taken back"):
        do(store, swap_automatic_merge, conflict_id=merged)


def test_a_merge_is_not_taken_back_over_a_later_edit(store, merged):
    do(store, edit_customer, customer_id=1, phone="+33 9")
    with pytest.raises(Conflict, match="changed this field since"):
        do(store, swap_automatic_merge, conflict_id=merged)
    assert value(store, "SELECT phone FROM customer WHERE id = 1") == "+33 9"


def test_of_notes_that_were_both_kept_one_alone_may_stand(store, customer):
    do(store, edit_customer, customer_id=1, notes="a\nb\nc")
    both = make_conflict(
        store, customer, "notes", ("a", "a\nb", "a\nc"), rule="text", winner="a\nb\nc",
        status=ConflictStatus.AUTO,
    )  # fmt: skip
    do(store, resolve_conflict, conflict_id=both, choice=Choice.MINE)
    assert value(store, "SELECT notes FROM customer WHERE id = 1") == "a\nb"


def test_a_merge_is_not_decided_otherwise_over_a_later_edit(store, merged):
    do(store, edit_customer, customer_id=1, phone="+33 9")
    with pytest.raises(Conflict, match="changed this field since"):
        do(store, resolve_conflict, conflict_id=merged, choice=Choice.THEIRS)


def test_a_merge_is_not_taken_back_after_a_month(store, customer):
    old = make_conflict(
        store, customer, "phone", ("", "+33 2", "+33 3"), winner="+33 2",
        status=ConflictStatus.AUTO, found_at=FOUND - A_MONTH,
    )  # fmt: skip
    with pytest.raises(Refused, match="older than 30 days"):
        do(store, swap_automatic_merge, conflict_id=old)


def test_a_merge_written_down_without_a_zone_is_taken_back(store, customer):
    merged = make_conflict(
        store, customer, "phone", ("", "+33 2", "+33 3"), winner="+33 2",
        status=ConflictStatus.AUTO,
    )  # fmt: skip
    with store.transaction("Sync", undoable=False) as tx:
        tx._connection.execute(  # noqa: SLF001 - as hubs wrote it
            "UPDATE edit_conflict SET found_at = '2026-11-19 09:50:00.000000'"
        )
    do(store, swap_automatic_merge, conflict_id=merged)
    assert value(store, "SELECT phone FROM customer WHERE id = 1") == "+33 3"


def test_a_refused_note_is_written_again_as_a_new_one(store, customer):
    note = {"customer_id": customer[1], "subject": "Called", "body": "Called\nabout tea"}
    uuid = make_refused(store, ("activity", "03" * 16), row=note)
    note_id = do(store, take_up_refused, uuid=uuid)
    assert value(store, "SELECT body FROM activity WHERE id = ?", note_id) == "Called\nabout tea"
    assert store.undo_label == "Write note: Blondel et Fils"


def test_a_note_of_a_customer_who_is_gone_is_kept(store, customer):
    uuid = make_refused(
        store, ("activity", "03" * 16), row={"customer_id": "04" * 16, "subject": "Called"}
    )
    with pytest.raises(Refused, match="copy or export"):
        do(store, take_up_refused, uuid=uuid)


def test_what_is_no_note_is_not_written_again(store, customer):
    uuid = make_refused(store, customer, changes={"phone": ["1", "2"]})
    with pytest.raises(Refused, match="Only a note"):
        do(store, take_up_refused, uuid=uuid)


def test_the_customer_keeps_its_other_fields(store, terms):
    with store.transaction("Look") as tx:
        tx.update(Customer, 1, segment="A")
    do(store, resolve_conflict, conflict_id=terms, choice=Choice.MINE)
    assert value(store, "SELECT segment FROM customer WHERE id = 1") == "A"
