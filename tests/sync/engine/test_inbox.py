"""Whether what came in waits the same way in memory and in the table, and is missed when lost."""

from __future__ import annotations

from contextlib import suppress

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyaldesk.errors import Unavailable
from loyaldesk.sync.engine.inbox import Inbox
from loyaldesk.sync.engine.stage import read_stage
from tests.support.hub_desks import customer_row
from tests.support.sync_desks import Laptop, Office

NORTH, SOUTH = "acct:North", "acct:South"
UIDS = [f"{number:032x}" for number in range(4)]


entries = st.lists(
    st.tuples(
        st.integers(0, 500),
        st.sampled_from([NORTH, SOUTH]),
        st.integers(1, 9),
        st.sampled_from("PDL"),
        st.sampled_from(["customer", "contact"]),
        st.sampled_from(UIDS),
        st.integers(1, 9),
        st.sampled_from([None, msgspec.Raw(b'{"name":"M\xc3\xbcller"}')]),
    ),
    max_size=12,
    unique_by=lambda entry: entry[0],
)


@given(
    pages=st.lists(entries, max_size=3).filter(
        lambda pages: len({row[0] for page in pages for row in page}) == sum(map(len, pages))
    ),
    gone=st.sampled_from(["", NORTH]),
)
def test_memory_and_table_answer_alike(pages, gone):
    inboxes = [Inbox(Laptop(Office()).database, most) for most in (0, 1, 9)]
    for inbox in inboxes:
        inbox.begin()
        for page in pages:
            inbox.add_page(list(page))
        inbox.throw_out(gone)

    told = []
    for inbox in inboxes:
        rows, after = [], -1
        while some := inbox.take(after, 5):
            rows += [(*row[:7], None if row[7] is None else str_of(row[7])) for row in some]
            after = some[-1][0]
        coming = [
            inbox.is_coming(kind, uid, rv)
            for kind in ("customer", "contact") for uid in UIDS for rv in (1, 5, 9)
        ]  # fmt: skip
        told.append((rows, coming))
    assert told[0] == told[1] == told[2]
    assert [bool(inbox.name) for inbox in inboxes] == [not pages, len(pages) < 2, True]


def str_of(body):
    return body if isinstance(body, str) else bytes(body).decode()


def test_little_is_written_nowhere_until_it_is_in_place(hub, desk):
    for uid in UIDS:
        hub.put(NORTH, "customer", uid, customer_row(f"K-{uid}"))
    counts = []
    desk.wire.before = lambda call: counts.append(desk.count("inbox")) or hub.answer(call)

    desk.sync()

    assert counts == [0, 0]
    assert sorted(desk.rows("customer")) == UIDS


def test_a_transaction_that_failed_leaves_nothing_half_in_memory(hub, desk):
    for uid in UIDS:
        hub.put(NORTH, "customer", uid, customer_row(f"K-{uid}"))
    desk.wire.before = lambda call: fail(desk) or hub.answer(call)

    with pytest.raises(ZeroDivisionError):
        desk.sync()
    with desk.desk.transaction("look") as tx:
        assert read_stage(tx).held not in {"", tx.inbox.name}

    desk.wire.answer_by(hub)
    desk.sync()
    assert sorted(desk.rows("customer")) == UIDS


def test_somebody_whose_edit_fails_meanwhile_costs_no_page(hub, desk):
    for uid in UIDS:
        hub.put(NORTH, "customer", uid, customer_row(f"K-{uid}"))
    desk.wire.before = lambda call: fail_to_edit(desk) or hub.answer(call)

    desk.sync()

    assert len(desk.wire.calls) == 2
    assert sorted(desk.rows("customer")) == UIDS


def fail_to_edit(desk):
    """Let an edit fail, as on a full disk."""
    with suppress(Unavailable), desk.desk.transaction("edit"):
        raise Unavailable("The disk is full.")


def fail(desk):
    """Let pages be asked for until one is held, then let a transaction fail."""
    with desk.desk.transaction("look") as tx:
        is_held = bool(read_stage(tx).held)
    if is_held:
        with desk.desk.transaction("stage") as tx:
            tx.inbox.throw_out(NORTH)
            raise ZeroDivisionError


def test_a_row_that_is_no_object_is_passed_over(hub, desk):
    for uid in UIDS:
        hub.put(NORTH, "customer", uid, customer_row(f"K-{uid}"))
    hub.buckets[NORTH]["customer", UIDS[1]].row = msgspec.Raw(b"5")

    assert desk.sync().problem is None
    assert sorted(desk.rows("customer")) == [UIDS[0], *UIDS[2:]]
