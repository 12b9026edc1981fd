"""Whatever the sizes of pages, chunks and batches, and wherever it breaks off: desks agree."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from loyaldesk.sync.engine.desk import Limits
from tests.support.hub_desks import customer_row, principal, wire_row
from tests.support.page_hub import PageHub
from tests.support.sync_desks import OFFLINE, Crashed, Laptop, Office

if TYPE_CHECKING:
    from collections.abc import Callable

limits = st.builds(
    Limits,
    push_edits=st.integers(1, 6),
    page_rows=st.integers(1, 9),
    chunk_rows=st.integers(1, 9),
)
# What happens next: who acts, what they do, and which of what is there they do it to.
steps = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(["customer", "contact", "phone", "move", "delete", "sync", "lost"]),
        st.integers(0, 9),
        st.integers(1, 40),
    ),
    max_size=30,
)


def fuse(laptop: Laptop, left: int) -> Callable[[str, str], None]:
    """Return a hook that ends the process after so many moments."""
    counted = [left]

    def hook(_name: str, _moment: str) -> None:
        counted[0] -= 1
        if not counted[0]:
            raise Crashed

    return hook


def act(laptop: Laptop, what: str, which: int, number: int) -> None:
    """Let the person at the laptop do one thing."""
    customers = sorted(laptop.rows("customer"))
    chosen = customers[which % len(customers)] if customers else ""
    if what == "customer":
        laptop.create("customer", customer_row(f"K-{laptop.office.new_uid()}"))
    elif what == "contact" and chosen:
        laptop.create("contact", wire_row("contact", customer_id=chosen))
    elif what == "phone" and chosen:
        laptop.edit("customer", chosen, phone=f"{number}")
    elif what == "move" and chosen:
        laptop.edit("customer", chosen, territory=("North", "South")[number % 2])
    elif what == "delete" and (contacts := sorted(laptop.rows("contact"))):
        laptop.delete("contact", contacts[which % len(contacts)])


def broken_sync(laptop: Laptop, what: str, left: int) -> None:
    """Sync until the process ends, and with replies that may be lost."""
    if what == "lost":
        laptop.wire.after = lambda _call, answer: OFFLINE if left % 2 else answer
    laptop.boot(crash=fuse(laptop, left))
    with suppress(Crashed):
        laptop.sync()
    laptop.wire.after = lambda _call, answer: answer
    laptop.boot()


@settings(max_examples=60)
@given(limits, limits, steps)
def test_desks_and_hub_agree_in_the_end(one, two, events):
    office = Office()
    desks = [
        Laptop(office, principal("Ann", territories="North South"), limits=one),
        Laptop(office, principal("Bob", territories="North"), limits=two),
    ]
    for who, what, which, number in events:
        if what in {"sync", "lost"}:
            broken_sync(desks[who], what, number)
        else:
            act(desks[who], what, which, number)
    for desk in [*desks, *desks, *desks]:
        assert desk.sync().problem is None
    whole, part = desks
    expected = {
        uid: row for uid, row in whole.rows("customer").items() if row["territory"] == "North"
    }
    assert part.rows("customer") == expected
    assert [desk.count(name) for desk in desks for name in ("outbox", "inbox")] == [0, 0, 0, 0]


entries = st.lists(
    st.tuples(
        st.sampled_from(["acct:North", "acct:South", "own:Ann"]),
        st.sampled_from(["put", "put", "put", "leave", "delete"]),
        st.integers(0, 7),
    ),
    max_size=40,
)


@settings(max_examples=80)
@given(limits, st.lists(entries, max_size=4), st.integers(1, 60))
def test_pages_of_any_size_come_to_what_the_buckets_hold(sizes, days, left):
    hub, desk = PageHub(), Laptop(Office(), limits=sizes)
    desk.wire.answer_by(hub)
    versions: dict[str, int] = {}
    for day in days:
        for bucket, what, which in day:
            uid = f"{which:032x}"
            listed = hub.buckets.get(bucket, {}).get(("customer", uid))
            if what == "put":
                versions[uid] = versions.get(uid, 0) + 1
                row = customer_row(f"K-{which}", name=f"{versions[uid]}")
                for name in {bucket, *holders(hub, uid)}:
                    hub.put(name, "customer", uid, row, versions[uid])
            elif listed is not None and listed.op == "P":
                hub.take(bucket, "customer", uid, versions[uid], "L" if what == "leave" else "D")
        desk.boot(crash=fuse(desk, left))
        try:
            desk.sync()
        except Crashed:
            desk.boot()
    desk.boot()
    assert desk.sync().is_in_step
    held = {uid: f"{versions[uid]}" for uid in versions if holders(hub, uid)}
    assert {uid: row["name"] for uid, row in desk.rows("customer").items()} == held


def holders(hub: PageHub, uid: str) -> list[str]:
    """Return the buckets that list the row."""
    return [
        name
        for name, rows in hub.buckets.items()
        if (entry := rows.get(("customer", uid))) is not None and entry.op == "P"
    ]
