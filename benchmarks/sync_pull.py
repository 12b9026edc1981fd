"""How much slower does the hub make pages than its database reads the rows in them?

Ours is the hub's answer to a desk that reads everything: asker and cursor checked, heads read, one
snapshot a page, rows joined with their documents, and the page written as JSON bytes. Raw is the
driver alone: a keyset read of the same rows in the same order and in pages of the same lengths,
one statement for each page and bucket, the rows as the driver's tuples. PostgreSQL works in
processes of its own, so there both are measured by the clock on the wall.
"""

from __future__ import annotations

import time
from collections import deque
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter
from statistics import median
from typing import TYPE_CHECKING, Any

import msgspec

from benchmarks.clock import cpu_ms, quiet
from benchmarks.rows import Row
from benchmarks.sync_data import make_hub, new_hub, reader_of
from loyaldesk.hub.engine.answering import answer
from loyaldesk.protocol.kinds import SCHEMA
from loyaldesk.protocol.messages import Call, Head, Pull, Pulled
from loyaldesk.sync.engine.desk import Limits
from tests.support.postgres import find_binaries, running_postgres

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from benchmarks.sync_data import CompanyHub
    from loyaldesk.store.store import Store

__all__ = ["measure_pull"]

_READ = (
    "SELECT b.seq, b.op, b.kind, b.id, b.rv, e.row FROM bucket_entry b"
    " JOIN entity e ON e.kind = b.kind AND e.id = b.id"
    " WHERE b.bucket = ? AND b.seq > ? ORDER BY b.seq LIMIT ?"
)
# Of one page: bucket, number above which it reads, and how many rows.
_Span = tuple[str, int, int]


def measure_pull(hub: CompanyHub, company: Store, *, rounds: int) -> Iterator[Row]:
    """Yield what a row in a page costs the hub, on SQLite, and on PostgreSQL where it is."""
    with hub.store.engine.connect() as connection:
        yield _compared("SQLite", hub, connection.connection.driver_connection, rounds)
    binaries = find_binaries()
    if binaries is None:
        return
    import psycopg

    with running_postgres(binaries) as url:
        postgres = make_hub(new_hub(url), company)
        with psycopg.connect(url.replace("+psycopg", "")) as connection:
            yield _compared("PostgreSQL", postgres, connection, rounds)
        postgres.store.close()


def _compared(name: str, hub: CompanyHub, connection: Any, rounds: int) -> Row:
    clock, unit = (cpu_ms, "µs CPU a row") if name == "SQLite" else (_wall_ms, "µs a row")
    spans = list(_spans(_pages(hub)))
    rows = sum(count for _, _, count in spans)
    sql = _READ if name == "SQLite" else _READ.replace("?", "%s")
    ours, raw = [], []
    with quiet():
        for _ in range(rounds):
            ours.append(clock(lambda: deque(_pages(hub), maxlen=0)) / rows * 1_000)
            raw.append(clock(lambda: _read(connection, sql, spans)) / rows * 1_000)
    return Row(name=f"pages of {rows:,} rows, {name}", unit=unit, ours=median(ours),
               raw=median(raw), target=0.6, is_speed=True)  # fmt: skip


def _wall_ms(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1_000


def _pages(hub: CompanyHub) -> Iterator[tuple[Pull, Pulled]]:
    """Ask for everything as a desk does, and yield each question with its page."""
    head = Head(client="pages", epoch=hub.epoch, schema=SCHEMA, now="")
    limits = Limits()
    asked, is_done = Pull(cur={}, limit=limits.page_rows, max_bytes=limits.page_bytes), False
    while not is_done:
        call = Call("sync/pull", head, asked)
        page = answer(hub.store, reader_of(), call, now=datetime.now(UTC))
        if not isinstance(page, Pulled):
            raise TypeError(f"the hub does not give pages: {page}")
        msgspec.json.encode(page)
        yield asked, page
        asked, is_done = msgspec.structs.replace(asked, cur=page.cur), page.done


def _spans(pages: Iterable[tuple[Pull, Pulled]]) -> Iterator[_Span]:
    """Yield which rows each page has."""
    for asked, page in pages:
        for bucket, entries in groupby(page.rows, key=attrgetter("bucket")):
            yield bucket, asked.cur.get(bucket, (0, 0))[0], len(list(entries))


def _read(connection: Any, sql: str, spans: list[_Span]) -> None:
    found = 0
    for span in spans:
        found += len(connection.execute(sql, span).fetchall())
    if found != sum(count for _, _, count in spans):
        raise RuntimeError(f"{found} rows were read")
