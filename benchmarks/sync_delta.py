"""How much slower are changed rows read and put in place than they could be written?

Ours is a whole round of a desk: pages are decoded, kept, compared with what is there, and put in
place in small transactions with references, memberships, digests and search index. Raw is what the
tables alone cost: the same records in the order of arrival, with the lines of orders and invoices
that travel inside them, as prepared values, by `executemany` of an upsert (by uid, which is how a
record is known at the hub; a line by its place) into a copy of the same encrypted file with the
same indexes, one transaction a page. The hub's half of the exchange is in neither.
"""

from __future__ import annotations

import json
import shutil
import time
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.clock import cpu_ms, quiet
from benchmarks.rows import Row
from benchmarks.sync_data import CHANGED, KEY, bring_in_step, update_rows
from loyaldesk.protocol.kinds import KINDS
from loyaldesk.store.connection import Connection, connect
from loyaldesk.sync.view.plan import line_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.sync_data import CompanyHub
    from loyaldesk.protocol.kinds import Kind
    from loyaldesk.store.store import Store

__all__ = ["measure_delta", "take_in"]

# A page of the usual size has about so many rows of a sized company.
PAGE = 1_000


def measure_delta(store: Store, hub: CompanyHub, *, count: int, rounds: int) -> Iterator[Row]:
    """Yield what a changed row costs, from the hub's reply to what a person sees."""
    ours, raw = [], []
    copy = _copied(store)
    for number in range(rounds + 1):
        changed = update_rows(hub, count, f"Round {number}")
        spent, received = take_in(store, hub)
        if received < changed:
            raise RuntimeError(f"{received} of {changed} changed rows came in")
        upserts = [each for name in CHANGED for each in _upserts(store.connection, KINDS[name])]
        with quiet():
            written = cpu_ms(partial(_write, copy, upserts))
        if number:
            ours.append(spent / changed * 1_000)
            raw.append(written / changed * 1_000)
    copy.close()
    yield Row(name=f"delta of {changed:,} rows, pulled and applied", unit="µs CPU a row",
              ours=median(ours), raw=median(raw), target=0.6, is_speed=True)  # fmt: skip


def take_in(store: Store, hub: CompanyHub) -> tuple[float, int]:
    """Return the CPU milliseconds of the desk's half of a round, and the entries it read."""
    with quiet():
        before, started = hub.spent_ms, time.thread_time_ns()
        found = bring_in_step(store, hub)
        took = (time.thread_time_ns() - started) / 1e6
    return took - (hub.spent_ms - before), found.received


@dataclass(frozen=True, slots=True)
class _Upsert:
    sql: str
    rows: list[tuple[Any, ...]]


def _copied(store: Store) -> Connection:
    with store.between_writes() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        copy = store.path.with_name("raw.db")
        shutil.copyfile(store.path, copy)
    return connect(copy, KEY)


def _upserts(connection: Connection, kind: Kind) -> Iterator[_Upsert]:
    """Yield statement and values of a page's rows, and then of the lines inside them."""
    wanted = (
        f"SELECT id FROM {kind.table} WHERE {CHANGED[kind.name]} LIKE 'Round %'"
        " ORDER BY substr(uid, 13), uid"
    )
    ids = [row_id for (row_id,) in connection.execute(wanted)]
    for start in range(0, len(ids), PAGE):
        some = ids[start : start + PAGE]
        yield _upsert(connection, kind.table, "id", some, known_by=("uid",))
        if kind.line_table:
            parent = line_plan(kind).parent
            yield _upsert(connection, kind.line_table, parent, some, known_by=(parent, "position"))


def _upsert(
    connection: Connection, table: str, key: str, ids: list[int], *, known_by: tuple[str, ...]
) -> _Upsert:
    names = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
    written = [name for name in names if name not in {"id", *known_by}]
    settings = ", ".join(f"{name} = excluded.{name}" for name in written)
    sql = (
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        f" ON CONFLICT ({', '.join(known_by)}) DO UPDATE SET {settings}"
    )
    columns = ", ".join(f"t.{name}" for name in names)
    found = connection.execute(
        f"SELECT {columns} FROM json_each(?) j JOIN {table} t ON t.{key} = j.value ORDER BY j.key",
        [json.dumps(ids)],
    )
    return _Upsert(sql, found.fetchall())


def _write(connection: Connection, upserts: list[_Upsert]) -> None:
    for each in upserts:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(each.sql, each.rows)
        connection.execute("COMMIT")
