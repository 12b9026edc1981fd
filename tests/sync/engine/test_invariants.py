"""The checks of a desk notice what they are there for."""

from __future__ import annotations

import pytest

from loyaldesk.store.sync_state import StateKey
from loyaldesk.sync.engine.invariants import BrokenInvariantError, check_invariants
from tests.support.hub_desks import customer_row, principal
from tests.support.sync_desks import Laptop, Office


@pytest.fixture
def ann():
    laptop = Laptop(Office(), principal("Ann"))
    uid = laptop.create("customer", customer_row("K-1"))
    laptop.sync()
    laptop.edit("customer", uid, phone="040 1")
    laptop.create("customer", customer_row("K-2"))
    return laptop


def test_desk_at_work_breaks_none(ann):
    check_invariants(ann.desk, {})


@pytest.mark.parametrize(
    ("damage", "name"),
    [
        ("UPDATE view SET row = replace(row, '040 1', '040 2')", "I3"),
        ("DELETE FROM sync_base", "I3"),
        ("UPDATE view SET row = replace(row, 'K-2', 'K-3')", "I3"),
        ("DELETE FROM outbox WHERE op = 'edit'", "I3"),
        ("UPDATE membership SET rv = rv + 1", "I4"),
        ("DELETE FROM membership", "I4"),
        ("INSERT INTO inbox VALUES (1, 'acct:North', 99, 'D', 'customer', 'x', 1, NULL)", "I4"),
        (("INSERT INTO attention SELECT uuid, grp, kind, uid, op, body, edited_at, actor, label,"
         " '', '', 0 FROM outbox"), "I6"),
        ("DELETE FROM sync_state WHERE key = 'next_at'", "I12"),
    ],
)  # fmt: skip
def test_damage_is_noticed(ann, damage, name):
    ann.database.execute(damage)
    with pytest.raises(BrokenInvariantError, match=f"{name}:"):
        check_invariants(ann.desk)


def test_number_that_stepped_aside_is_no_damage(ann):
    ann.database.execute("UPDATE view SET row = replace(row, 'K-2', 'K-2~2')")
    check_invariants(ann.desk)


def test_row_that_goes_back_in_time_is_noticed(ann):
    seen: dict[tuple[str, str], tuple[str, int]] = {}
    ann.database.execute("UPDATE sync_base SET rv = 7")
    check_invariants(ann.desk, seen)
    ann.database.execute("UPDATE sync_base SET rv = 6")
    with pytest.raises(BrokenInvariantError, match="I11:"):
        check_invariants(ann.desk, seen)


def test_another_epoch_begins_its_versions_anew(ann):
    seen: dict[tuple[str, str], tuple[str, int]] = {}
    ann.database.execute("UPDATE sync_base SET rv = 7")
    check_invariants(ann.desk, seen)
    ann.database.execute("UPDATE sync_base SET rv = 1")
    ann.database.execute("UPDATE sync_state SET value = 'other' WHERE key = ?", [StateKey.EPOCH])
    check_invariants(ann.desk, seen)
