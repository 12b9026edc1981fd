"""What do the benchmarks of sync measure with? A hub filled with a company, and desks at it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import msgspec

from loyaldesk.hub.access import Principal, Role
from loyaldesk.hub.engine import answer
from loyaldesk.hub.heads import Moves
from loyaldesk.hub.opening import new_uid
from loyaldesk.hub.state import epoch_of
from loyaldesk.hub.store import HubStore
from loyaldesk.operations.demo import create_sized
from loyaldesk.protocol.buckets import buckets_of
from loyaldesk.protocol.kinds import KINDS
from loyaldesk.protocol.messages import Call, Head, Pulled
from loyaldesk.store.store import Store
from loyaldesk.store.sync_state import StateKey, write_state
from loyaldesk.store.wire_rows import rows_by_id
from loyaldesk.sync.exchange import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loyaldesk.protocol.kinds import Kind, Row
    from loyaldesk.protocol.messages import Reply

__all__ = ["CompanyHub", "desk_at", "make_company", "make_hub", "reader_of"]

CHUNK = 5_000
TODAY = date(2026, 3, 2)
KEY = bytes(range(32))


def make_company(folder: Path, customers: int) -> Store:
    """Return a store with a company of that many customers and three orders each."""
    store = Store.open(folder, KEY, actor="benchmark")
    create_sized(store, customers=customers, orders=3 * customers, seed=1, today=TODAY)
    return store


def reader_of(territory: str | None = None) -> Principal:
    """Return who may read a territory, or (None) the whole company."""
    territories = None if territory is None else frozenset({territory})
    return Principal("ana", "Ana", "device", "B7", Role.OFFICE, territories)


def desk_at(folder: Path, name: str) -> Store:
    """Return an empty store that is connected, as far as the engine knows."""
    store = Store.open(folder, KEY, actor=name)
    with store.remote_transaction("Connect") as tx:
        write_state(tx.connection, StateKey.CLIENT, name)
        write_state(tx.connection, StateKey.DESK_CODE, "B7")
    return store


@dataclass(slots=True)
class CompanyHub:
    """A hub in a file with a company in it; `rows` of them travel."""

    store: HubStore
    rows: int
    epoch: str

    def ask(self, call: Call, who: Principal) -> Answer:
        """Return the engine's answer as a desk gets it: packed into JSON and back."""
        now = datetime.now(UTC)
        reply = answer(self.store, who, call, now=now)
        if isinstance(reply, Pulled):
            reply = msgspec.json.decode(msgspec.json.encode(reply), type=Pulled)
        return Answer(reply, self.epoch, now.isoformat())

    def answer(self, body: Any, path: str, client: str, who: Principal) -> Reply:
        """Return the engine's reply to one message."""
        head = Head(client=client, epoch=self.epoch, schema=1, now=datetime.now(UTC).isoformat())
        return answer(self.store, who, Call(path, head, body), now=datetime.now(UTC))


def make_hub(place: str, company: Store) -> CompanyHub:
    """Return a hub that has every row of the company, as if desks had pushed them."""
    hub = HubStore.create(place, clock=lambda: datetime.now(UTC), new_uid=new_uid)
    owners: dict[str, str] = {}
    customers: dict[str, Row] = {}
    rows = 0
    with company.reader() as reader:
        for kind in KINDS.values():
            if kind.is_upward:
                continue
            last = reader.value(f"SELECT coalesce(max(id), 0) FROM {kind.table}")  # noqa: S608 - our tables
            for start in range(1, last + 1, CHUNK):
                found = rows_by_id(reader, kind, range(start, start + CHUNK)).values()
                rows += _keep(hub, kind, list(found), owners, customers)
    with hub.snapshot("epoch") as tx:
        return CompanyHub(hub, rows, epoch_of(tx))


def _keep(
    hub: HubStore,
    kind: Kind,
    found: list[tuple[str, Row]],
    owners: dict[str, str],
    customers: dict[str, Row],
) -> int:
    moves: dict[str, Moves] = {}
    entities = []
    for uid, row in found:
        if kind.name == "customer":
            customers[uid] = row
        account = _account(kind, uid, row, owners)
        owners[uid] = account
        for bucket in buckets_of(kind, customers.get(account)):
            moves.setdefault(bucket, Moves()).put(kind.name, uid, 1)
        entities.append((kind.name, uid, 1, 0, account, "", json.dumps(row), "{}", "2026-03-02"))
    with hub.transaction("fill") as tx:
        tx.run_many("INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", entities)
        for bucket in sorted(moves):
            moves[bucket].write(tx, bucket, 0)
    return len(found)


def _account(kind: Kind, uid: str, row: Row, owners: dict[str, str]) -> str:
    if kind.account == "id":
        return uid
    if not kind.account:
        return ""
    refers = row[kind.account]
    return refers if kind.fields[kind.account].refers == "customer" else owners[refers]


