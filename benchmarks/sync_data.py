"""What do the benchmarks of sync measure with? A hub filled with a company, and desks at it.

Hub and desk are in one process and speak without a network; what the hub's half of an exchange
takes is counted apart.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import msgspec

from loyaldesk.hub.access import Principal, Role
from loyaldesk.hub.engine.answering import answer
from loyaldesk.hub.engine.heads import Moves
from loyaldesk.hub.opening import new_uid
from loyaldesk.hub.state import epoch_of
from loyaldesk.hub.store import HubStore
from loyaldesk.operations.demo import create_sized
from loyaldesk.protocol.buckets import buckets_of
from loyaldesk.protocol.kinds import KINDS
from loyaldesk.protocol.messages import Pulled
from loyaldesk.store.store import Store
from loyaldesk.store.sync_state import StateKey, write_state
from loyaldesk.store.wire_rows import rows_by_id
from loyaldesk.sync.engine.exchange import Answer, Round, Sleep
from loyaldesk.sync.engine.rounds import sync_round
from loyaldesk.sync.profile_desk import profile_desk

if TYPE_CHECKING:
    from pathlib import Path

    from loyaldesk.protocol.kinds import Kind, Row
    from loyaldesk.protocol.messages import Call

__all__ = [
    "CHANGED", "KEY", "CompanyHub", "bring_in_step", "desk_at", "make_company", "make_hub",
    "new_hub", "reader_of", "update_rows",
]  # fmt: skip

CHUNK = 5_000
# A text in each of the kinds that make up most of a company.
CHANGED = {
    "customer": "notes", "contact": "notes", "address": "extra", "sales_order": "notes",
    "invoice": "dispute_case", "payment": "reference", "activity": "body",
}  # fmt: skip
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
    """A hub with a company in it; `rows` of them travel.

    `spent_ms` are the CPU milliseconds that its half of all exchanges took.
    """

    store: HubStore
    rows: int
    epoch: str
    spent_ms: float = 0.0

    def ask(self, call: Call, who: Principal) -> Answer:
        """Return the engine's answer as a desk gets it: packed into JSON and back."""
        now, started = datetime.now(UTC), time.thread_time_ns()
        reply = answer(self.store, who, call, now=now)
        packed = msgspec.json.encode(reply)
        self.spent_ms += (time.thread_time_ns() - started) / 1e6
        if isinstance(reply, Pulled):
            reply = msgspec.json.decode(packed, type=Pulled)
        return Answer(reply, self.epoch, now.isoformat())


def bring_in_step(store: Store, hub: CompanyHub) -> Round:
    """Let a desk with the usual limits send and read everything; raises if that does not end well.

    Its transactions are those of a desk somebody works at.
    """
    steps, reply = sync_round(profile_desk(store)), None
    try:
        while True:
            wish = steps.send(reply)
            reply = None if isinstance(wish, Sleep) else hub.ask(wish, reader_of())
    except StopIteration as end:
        found: Round = end.value
    if not found.is_in_step:
        raise RuntimeError(f"the desk is not in step: {found.problem}")
    return found


def update_rows(hub: CompanyHub, count: int, word: str) -> int:
    """Write a word into about so many records of all usual kinds; return how many they are.

    They are the same each time, and lie here and there in their tables.
    """
    customers = _rows(hub, "customer", -1)
    by_uid = {uid: row for uid, _, _, row in customers}
    moves: dict[str, Moves] = {}
    changed = []
    for name, field in CHANGED.items():
        for uid, rv, account, row in _rows(hub, name, count // len(CHANGED)):
            for bucket in buckets_of(KINDS[name], by_uid[account]):
                each = moves.setdefault(bucket, Moves())
                each.forget(name, uid, rv)
                each.put(name, uid, rv + 1)
            changed.append((json.dumps(row | {field: word}), rv + 1, name, uid))
    with hub.store.transaction("change") as tx:
        tx.run_many("UPDATE entity SET row = ?, rv = ? WHERE kind = ? AND id = ?", changed)
        for bucket in sorted(moves):
            moves[bucket].write(tx, bucket, 0)
    return len(changed)


def _rows(hub: CompanyHub, kind: str, most: int) -> list[tuple[str, int, str, Row]]:
    with hub.store.snapshot("look") as tx:
        found = tx.rows(
            "SELECT id, rv, account_id, row FROM entity WHERE kind = ?"
            " ORDER BY substr(id, 25), id LIMIT ?",
            (kind, most),
        )
    return [(uid, rv, account, json.loads(row)) for uid, rv, account, row in found]


def new_hub(place: str) -> HubStore:
    """Return an empty hub in that database."""
    return HubStore.create(place, clock=lambda: datetime.now(UTC), new_uid=new_uid)


def make_hub(hub: HubStore, company: Store, *, territories: int = 0) -> CompanyHub:
    """Fill an empty hub with every row of the company, as if desks had pushed them.

    With a number of territories the customers are spread evenly over as many.
    """
    owners: dict[str, str] = {}
    customers: dict[str, Row] = {}
    rows = 0
    with company.reader() as reader:
        for kind in KINDS.values():
            if kind.is_upward:
                continue
            last = reader.value(f"SELECT coalesce(max(id), 0) FROM {kind.table}")
            for start in range(1, last + 1, CHUNK):
                found = list(rows_by_id(reader, kind, range(start, start + CHUNK)).values())
                if territories and kind.name == "customer":
                    found = _spread(found, territories)
                rows += _keep(hub, kind, found, owners, customers)
    with hub.snapshot("epoch") as tx:
        return CompanyHub(hub, rows, epoch_of(tx))


def _spread(found: list[tuple[str, Row]], territories: int) -> list[tuple[str, Row]]:
    return [
        (uid, row | {"territory": f"Territory {at % territories}"})
        for at, (uid, row) in enumerate(found)
    ]


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
