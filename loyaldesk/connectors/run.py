"""How an import runs: open the source, read it by the map, write once, tell what happened."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from loyaldesk.connectors.desk import Desk
from loyaldesk.connectors.error_file import ErrorFile
from loyaldesk.connectors.import_map import ImportMap
from loyaldesk.connectors.map_import import MapImport
from loyaldesk.connectors.maps import load_map
from loyaldesk.connectors.results import ImportPlan, ImportResult
from loyaldesk.connectors.source import ImportSource, open_source
from loyaldesk.connectors.tally import Progress, Tally
from loyaldesk.store.connection import to_sql

if TYPE_CHECKING:
    from loyaldesk.connectors.tables import Tables
    from loyaldesk.store.gate import Transaction
    from loyaldesk.store.store import Store

__all__ = ["plan_import", "run_import"]

Location = ImportSource | str | Path
Cancelled = Callable[[], bool]
_LABELLED = (
    ("customer", "customer", "customers"),
    ("sales_order", "order", "orders"),
    ("invoice", "invoice", "invoices"),
    ("payment", "payment", "payments"),
    ("product", "product", "products"),
)


def run_import(
    store: Store,
    source: Location,
    import_map: ImportMap | str,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    errors: Path | None = None,
) -> ImportResult:
    """Import a source through a map, as one action that undo takes back; or only try it.

    Everything is written in one transaction: an import that is cancelled or fails leaves nothing.
    `progress(done, total)` hears of rows read and may raise Cancelled; bad rows go to `errors`.
    An import that finds nothing new writes nothing at all, not even that it ran.
    """
    started = perf_counter()
    source, import_map = _source_of(source), _map_of(import_map)
    source = _with_wishes(source, import_map)
    error_file = ErrorFile(errors) if errors else None
    tally = Tally(error_file=error_file, progress=progress, cancelled=cancelled)
    with _uncollected(), _opened(source, tally) as tables, _kept(error_file):
        tally.has_fixed_rows = tables.has_fixed_rows
        if dry_run:
            label = ""
            with store.reader() as reader:
                desk = Desk(reader, system=import_map.source_system)
                MapImport(tables, import_map, desk=desk, tally=tally).run("")
        else:
            with store.transaction(f"Import {import_map.title}") as tx:
                _write(tx, tables, import_map, tally, started)
            label = tx.label if tx.group_id is not None else ""
    return ImportResult(
        **_fields_of(_plan(source, import_map, tally, tables.read_as)),
        label=label,
        is_dry_run=dry_run,
        error_file=str(error_file.path) if error_file and error_file.is_written else "",
        seconds=round(perf_counter() - started, 3),
    )


def plan_import(
    store: Store,
    source: Location,
    import_map: ImportMap | str,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> ImportPlan:
    """Return what an import would do, with the first new records as a sample; writes nothing."""
    return run_import(
        store, source, import_map, dry_run=True, progress=progress, cancelled=cancelled
    )


def _write(
    tx: Transaction, tables: Tables, import_map: ImportMap, tally: Tally, started: float
) -> None:
    from loyaldesk.models import ImportRun

    desk = Desk(tx, system=import_map.source_system, tx=tx)
    MapImport(tables, import_map, desk=desk, tally=tally).run(to_sql(tx.now))
    if not tally.has_changes:
        return
    tx.describe(_label(import_map, tally))
    tx.insert(
        ImportRun,
        source_system=import_map.source_system,
        source=tables.label,
        map_name=import_map.name,
        started_at=tx.now,
        finished_at=tx.now + timedelta(seconds=perf_counter() - started),
        counts=json.dumps({table: asdict(counts) for table, counts in tally.counts.items()}),
    )


def _label(import_map: ImportMap, tally: Tally) -> str:
    """Name the action for undo: “Import northwind: 93 customers, 830 orders”."""
    parts = []
    for table, one, many in _LABELLED:
        counts = tally.counts.get(table)
        touched = counts.new + counts.changed if counts else 0
        if touched:
            parts.append(f"{touched:,} {one if touched == 1 else many}")
    return f"Import {import_map.name}" + (f": {', '.join(parts[:2])}" if parts else "")


def _plan(
    source: ImportSource, import_map: ImportMap, tally: Tally, read_as: Mapping[str, str]
) -> ImportPlan:
    return ImportPlan(
        map_name=import_map.name,
        source_system=import_map.source_system,
        source=source.label,
        counts=tally.counts,
        changed_fields={table: dict(counter) for table, counter in tally.changed_fields.items()},
        differences=tuple(tally.differences),
        refusals=tuple(tally.refusals),
        refused_rows=tally.refused_rows,
        samples={table: tuple(rows) for table, rows in tally.samples.items()},
        read_as=read_as,
    )


def _fields_of(plan: ImportPlan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in plan.__dataclass_fields__}


@contextmanager
def _uncollected() -> Iterator[None]:
    # Millions of small tuples make the collector run for a quarter of the time and find nothing.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def _opened(source: ImportSource, tally: Tally) -> Iterator[Tables]:
    # While a file is read into memory nobody knows yet how many rows there are.
    tables = open_source(source, lambda rows: tally.advance(0))
    try:
        yield tables
    finally:
        tables.close()


@contextmanager
def _kept(error_file: ErrorFile | None) -> Iterator[None]:
    if error_file is None:
        yield
        return
    try:
        yield
    except BaseException:
        error_file.discard()
        raise
    error_file.close()


def _source_of(source: Location) -> ImportSource:
    return source if isinstance(source, ImportSource) else ImportSource(location=str(source))


def _map_of(import_map: ImportMap | str) -> ImportMap:
    return import_map if isinstance(import_map, ImportMap) else load_map(import_map)


def _with_wishes(source: ImportSource, import_map: ImportMap) -> ImportSource:
    """Return the source with the map's wishes where the caller has none of his own."""
    return replace(
        source,
        encoding=source.encoding or import_map.encoding,
        delimiter=source.delimiter or import_map.delimiter,
        sheet=source.sheet or import_map.sheet,
        decimal=source.decimal or import_map.decimal,
    )
