"""Is everything refused that cannot be a row, or an edit of one?"""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.protocol.checks import is_uid, problems_of, problems_of_changes, problems_of_row
from loyaldesk.protocol.kinds import KINDS
from loyaldesk.protocol.messages import Change, Mutation
from tests.protocol.strategies import kinds, rows
from tests.support.hub_desks import customer_row, order_line, uid, wire_row

ORDER, CUSTOMER = KINDS["sales_order"], KINDS["customer"]


def mutation(**values):
    told: dict[str, Any] = {
        "no": 1, "uuid": uid("u"), "grp": 1, "kind": "customer", "id": uid("c"), "op": "create",
        "schema": 1, "edited_at": "2026-03-02T09:00:00Z", "row": customer_row(),
    }  # fmt: skip
    return Mutation(**told | values)


@given(kinds.flatmap(lambda kind: st.tuples(st.just(kind), rows(kind))))
def test_a_row_of_any_kind_is_fine(given_):
    kind, row = given_
    references = {field.name: uid("r") for field in kind.references}

    assert problems_of_row(kind, row | references) == []


def test_a_field_that_may_be_null_may_be_absent():
    row = customer_row()
    del row["credit_limit_minor"]

    assert problems_of_row(CUSTOMER, row) == []


@pytest.mark.parametrize(
    "values",
    [
        {"name": None}, {"name": 5}, {"name": "x" * 100_001}, {"name": "half \ud800"},
        {"name": "a\0b"}, {"terms_days": "30"}, {"terms_days": True}, {"terms_days": 2**63},
        {"terms_days": 1.5}, {"is_key_account": 2}, {"is_key_account": True},
        {"last_contact_on": "2026-02-30"}, {"last_contact_on": "20260228"},
        {"last_contact_on": "2026-W01-1"}, {"parent_id": "not a uid"},
        {"parent_id": uid("x").upper()},
        {"is_admin": 1}, {"uid": uid("x")},
    ],
    ids=str,
)  # fmt: skip
def test_what_no_customer_can_be_is_refused_without_being_repeated(values):
    (problem,) = problems_of_row(CUSTOMER, customer_row() | values)

    assert problem.endswith(".")
    assert not any(
        isinstance(each, str) and len(each) > 3 and each in problem for each in values.values()
    )


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("sales_order", {"status": "lost"}), ("sales_order", {"received_at": "yesterday"}),
        ("setting", {"value": "{"}), ("setting", {"value": "[" * 5000}), ("setting", {"value": 1}),
        ("document", {"file_sha256": "xyz"}), ("document", {"file_sha256": "abc"}),
        ("document", {"file_sha256": "00" * 65}),
        ("sales_order", {"lines": {}}), ("sales_order", {"lines": [1]}),
        ("sales_order", {"lines": [{"position": 1}]}),
        ("sales_order", {"lines": [order_line(1, secret=1)]}),
        ("sales_order", {"lines": [order_line(1, description=None)]}),
        ("sales_order", {"lines": [order_line(1), order_line(1)]}),
        ("sales_order", {"lines": [order_line(each) for each in range(2001)]}),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_what_no_row_can_have_is_refused(kind, values):
    assert problems_of_row(KINDS[kind], wire_row(kind) | values)


def test_a_row_without_a_field_it_needs_is_refused():
    row = customer_row()
    del row["name"]

    assert problems_of_row(CUSTOMER, row) == ["The customer lacks its name."]


@pytest.mark.parametrize(
    ("changes", "is_edit"),
    [
        ({"number": Change("a", "b")}, True), ({"unallocated_minor": Change(inc=-5)}, True),
        ({"customer_id": Change(uid("a"), uid("b"))}, True), ({"number": Change(old="a")}, False),
    ],
)  # fmt: skip
def test_what_can_be_done_to_a_payment_is_fine(changes, is_edit):
    kind = KINDS["customer" if "number" in changes and is_edit else "payment"]

    assert problems_of_changes(kind, changes, is_edit=is_edit) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"number": Change("a", "b")}, {"amount_minor": Change(inc=1)}, {"method": Change(inc=1)},
        {"method": Change("a")}, {"unallocated_minor": Change(inc=2**64)},
        {"unallocated_minor": Change(new=1, inc=1)}, {"nothing": Change("a", "b")},
        {"nothing": Change(inc=1)}, {"method": Change("a", 5)},
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_done_to_a_payment_is_refused(changes):
    assert problems_of_changes(KINDS["payment"], changes)


def test_a_whole_mutation_is_fine():
    assert problems_of(mutation()) == []
    assert problems_of(mutation(op="edit", row=None, ch={"phone": Change("1", "2")})) == []


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "hub_user"}, {"id": "../x"}, {"edited_at": "soon"}, {"edited_at": "0001-01-01"},
        {"edited_at": "9" * 50}, {"offset_ms": 10**15}, {"row": None}, {"op": "edit"},
    ],
    ids=str,
)  # fmt: skip
def test_a_mutation_that_is_none_is_refused(values):
    assert problems_of(mutation(**values))


@pytest.mark.parametrize("word", ["", "x" * 32, uid("a")[:31], uid("a") + "\n", None, 5])
def test_only_a_uid_is_a_uid(word):
    assert is_uid(uid("a"))
    assert not is_uid(word)
