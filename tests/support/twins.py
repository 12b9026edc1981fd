"""A store connected to a hub, what it tells the hub, and a second store that hears it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.protocol.kinds import KINDS, Merge
from loyaldesk.protocol.replay import Pending, replay
from loyaldesk.store.outbox_body import decode_body
from loyaldesk.store.sync_state import StateKey, write_state
from loyaldesk.store.wire_rows import rows_by_id
from loyaldesk.sync.view.store_view import StoreView

if TYPE_CHECKING:
    from loyaldesk.protocol.kinds import Row
    from loyaldesk.store.outbox import Op
    from loyaldesk.store.outbox_body import Body
    from loyaldesk.store.store import Store

WireRows = dict[tuple[str, str], dict[str, Any]]


def connect_store(store: Store, *, code: str = "") -> Store:
    """Let the store have a hub, which nobody asks, and numbers with this code."""
    with store.remote_transaction("Connect") as tx:
        write_state(tx.connection, StateKey.CLIENT, "c" * 32)
        write_state(tx.connection, StateKey.DESK_CODE, code)
    return store


def wire_rows(store: Store) -> WireRows:
    """Return every row of the store that travels, as it is on the wire."""
    with store.reader() as reader:
        return {
            (kind.name, uid): row
            for kind in KINDS.values()
            for uid, row in rows_by_id(
                reader, kind, [row_id for (row_id,) in reader.rows(f"SELECT id FROM {kind.table}")]
            ).values()
        }


def kept_edits(store: Store) -> list[tuple[str, str, Op, Body]]:
    """Return what waits for the hub in the order it goes out: kind, uid, what, and with what."""
    with store.reader() as reader:
        found = reader.rows("SELECT kind, uid, op, body FROM outbox ORDER BY no")
    return [(kind, uid, op, decode_body(body)) for kind, uid, op, body in found]


def told_rows(store: Store, before: WireRows | None = None) -> WireRows:
    """Return the rows that whoever hears all edits of the store makes of them.

    `before` are the rows that they had when the first edit was made.
    """
    told: dict[tuple[str, str], Row | None] = dict(before or {})
    for kind, uid, op, body in kept_edits(store):
        pending = Pending(op, body.row, body.ch)
        told[kind, uid] = replay(KINDS[kind], told.get((kind, uid)), [pending])
    return {key: row for key, row in told.items() if row is not None}


def assert_hub_was_told(store: Store, before: WireRows | None = None) -> None:
    """Assert that the edits of the store make just its rows."""
    told, there = told_rows(store, before), wire_rows(store)
    for (kind, uid), row in told.items():
        for name, field in KINDS[kind].fields.items():
            # Going back makes it less here, but whoever merges keeps the greatest.
            is_behind = (there.get((kind, uid), {}).get(name) or "") < (row[name] or "")
            if field.merge is Merge.GREATEST and is_behind:
                row[name] = there[kind, uid][name]
    assert told == there


def put_all(store: Store, rows: WireRows) -> list[str]:
    """Put these rows into the store as a hub's; return the uids of those that wait."""
    view, waiting = StoreView(), []
    for name in KINDS:
        of_kind = [(uid, row) for (kind, uid), row in rows.items() if kind == name]
        with store.remote_transaction("Receive changes") as tx, view.over(tx):
            waiting += view.put(name, of_kind)
    return waiting


def read_row(store: Store, name: str, uid: str) -> Any:
    """Return one row of the store as it is on the wire, or None."""
    view = StoreView()
    with store.remote_transaction("Read") as tx, view.over(tx):
        return view.read(name, uid)


def drop_all(store: Store, name: str, uids: list[str]) -> list[str]:
    """Drop these rows of a kind as a hub's wish; return the uids of those that stay."""
    view = StoreView()
    with store.remote_transaction("Receive changes") as tx, view.over(tx):
        return view.drop(name, uids)
