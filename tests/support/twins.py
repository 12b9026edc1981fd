"""A store connected to a hub, what it tells the hub, and a second store that hears it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.protocol.kinds import KINDS
from loyaldesk.protocol.replay import Pending, replay
from loyaldesk.store.outbox import waiting_edits
from loyaldesk.store.outbox_body import decode_body
from loyaldesk.store.sync_state import StateKey, write_state
from loyaldesk.store.wire_rows import rows_by_id
from loyaldesk.sync.view import StoreView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loyaldesk.protocol.kinds import Row
    from loyaldesk.store.outbox import Waiting
    from loyaldesk.store.store import Store

WireRows = dict[tuple[str, str], "Row"]


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


def kept_edits(store: Store) -> list[Waiting]:
    """Return what waits for the hub, in the order it goes out."""
    return waiting_edits(store.connection)


def told_rows(store: Store, before: Mapping[tuple[str, str], Row] | None = None) -> WireRows:
    """Return the rows that whoever hears all edits of the store makes of them.

    `before` are the rows that they had when the first edit was made.
    """
    told: dict[tuple[str, str], Row | None] = dict(before or {})
    for edit in kept_edits(store):
        body = decode_body(edit.body)
        key = (edit.kind, edit.uid)
        told[key] = replay(
            KINDS[edit.kind], told.get(key), [Pending(edit.op, body.row, body.ch)]
        )
    return {key: row for key, row in told.items() if row is not None}


def put_all(store: Store, rows: Mapping[tuple[str, str], Row]) -> list[str]:
    """Put these rows into the store as a hub's; return the uids of those that wait."""
    view, waiting = StoreView(), []
    for name in KINDS:
        of_kind = [(uid, row) for (kind, uid), row in rows.items() if kind == name]
        with store.remote_transaction("Receive changes") as tx, view.over(tx):
            waiting += view.put(name, of_kind)
    return waiting


def drop_all(store: Store, name: str, uids: list[str]) -> list[str]:
    """Drop these rows of a kind as a hub's wish; return the uids of those that stay."""
    view = StoreView()
    with store.remote_transaction("Receive changes") as tx, view.over(tx):
        return view.drop(name, uids)
