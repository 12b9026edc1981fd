"""Edits that wait for the hub, as the store keeps them."""

from __future__ import annotations

import itertools
import sys
from subprocess import run

import pytest

from loyaldesk.protocol.kinds import SCHEMA
from loyaldesk.protocol.messages import Change
from loyaldesk.store.outbox import (
    GROUP_EDITS,
    LEAVING,
    PENDING,
    Edit,
    forget_edits,
    is_connected,
    keep_edits,
    renumber,
    waiting_edits,
    waiting_of,
)  # fmt: skip
from loyaldesk.store.outbox_body import decode_body
from loyaldesk.store.sync_state import StateKey, read_number, read_state, write_state
from tests.support.memory_desk import open_database

NOW = "2026-03-02T09:00:00.000Z"


@pytest.fixture
def connection():
    return open_database()


@pytest.fixture
def keep(connection):
    uids = (f"{number:032x}" for number in itertools.count(1))

    def keep(*edits, now=NOW):
        keep_edits(
            connection, edits, actor="ann", label="Edit", now=now, new_uid=lambda: next(uids)
        )

    return keep


def edited(uid="a" * 32, **values):
    """Return an edit of a customer."""
    changes = {name: Change(old="", new=value) for name, value in values.items()}
    return Edit("customer", uid, "edit", {"phone": ""}, {"phone": "", **values}, changes)


def made(uid="b" * 32):
    """Return the making of a customer."""
    return Edit("customer", uid, "create", None, {"phone": "1"})


def bases(connection):
    """Return what is kept under the rows."""
    return connection.execute("SELECT uid, body, is_waiting, rv FROM sync_base").fetchall()


def test_desk_is_connected_once_it_is_a_client(connection):
    assert not is_connected(connection)
    write_state(connection, StateKey.CLIENT, "c")
    assert is_connected(connection)


def test_edits_of_one_action_share_a_group_and_follow_each_other(connection, keep):
    keep(made("b" * 32), edited(phone="1"))
    keep(edited(phone="2"))
    found = [(edit.no, edit.grp, edit.op) for edit in waiting_edits(connection)]
    assert found == [(1, 1, "create"), (2, 1, "edit"), (3, 2, "edit")]


def test_edit_is_read_back_as_it_was_made(connection, keep):
    keep(made(), edited(phone=None))
    create, edit = (decode_body(each.body) for each in waiting_edits(connection))
    assert (create.row, create.ch) == ({"phone": "1"}, {})
    assert (edit.row, edit.ch) == (None, {"phone": Change(old="", new=None)})


def test_first_edit_of_a_row_keeps_what_the_hub_has(connection, keep):
    connection.execute("INSERT INTO membership VALUES ('customer', ?, 'all', -7)", ["a" * 32])
    keep(made(), edited(phone="1"))
    keep(Edit("customer", "a" * 32, "edit", {"phone": "1"}, {"phone": "2"}))
    assert bases(connection) == [("a" * 32, '{"phone":""}', PENDING, 7)]


def test_row_that_was_to_leave_stays_for_the_edit(connection, keep):
    row = ["customer", "a" * 32, 7, None, LEAVING]
    connection.execute("INSERT INTO sync_base VALUES (?, ?, ?, ?, ?)", row)
    keep(edited(phone="1"))
    assert bases(connection) == [("a" * 32, '{"phone":""}', PENDING, 7)]


def test_long_action_travels_as_several_groups(connection, keep):
    keep(*(made(f"{number:032x}") for number in range(GROUP_EDITS + 1)))
    assert {edit.grp for edit in waiting_edits(connection)} == {1, 2}
    assert read_number(connection, StateKey.NEXT_GROUP) == 3


def test_edit_says_how_wrong_the_clock_was_and_which_version_made_it(connection, keep):
    write_state(connection, StateKey.OFFSET, -1840)
    keep(made())
    (edit,) = waiting_edits(connection)
    assert (edit.edited_at, edit.offset_ms, edit.schema) == (NOW, -1840, SCHEMA)


def test_edit_is_sent_at_once_unless_the_hub_is_known_to_be_away(connection, keep):
    keep(made())
    assert read_state(connection, StateKey.NEXT_AT) == NOW
    write_state(connection, StateKey.FAILURES, 3)
    keep(edited(), now="2026-03-02T10:00:00.000Z")
    assert read_state(connection, StateKey.NEXT_AT) == NOW


def test_numbers_are_given_anew_without_a_hole_and_in_order(connection, keep):
    for number in range(4):
        keep(made(f"{number:032x}"))
    kept = [edit.uuid for edit in waiting_edits(connection)]
    forget_edits(connection, [kept.pop(1)])
    renumber(connection, 3)
    found = [(edit.no, edit.uuid) for edit in waiting_edits(connection)]
    assert found == list(enumerate(kept, 3))
    keep(made("f" * 32))
    assert waiting_edits(connection)[-1].no == 6


def test_waiting_edits_of_a_row_are_told_apart_from_others(connection, keep):
    keep(made(), edited(phone="1"))
    keep(edited(phone="2"))
    assert [edit.no for edit in waiting_of(connection, "customer", "a" * 32)] == [2, 3]
    assert [edit.no for edit in waiting_edits(connection, grp=1)] == [1, 2]


def test_state_is_forgotten_with_an_empty_text_and_never_written_twice(connection):
    write_state(connection, StateKey.HUB, "https://hub.example")
    written = connection.total_changes
    write_state(connection, StateKey.HUB, "https://hub.example")
    assert connection.total_changes == written
    write_state(connection, StateKey.HUB, "")
    assert read_state(connection, StateKey.HUB) == ""


def test_window_starts_without_the_library_of_messages():
    code = "import sys, loyaldesk.store.outbox; sys.exit('msgspec' in sys.modules)"
    assert run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
