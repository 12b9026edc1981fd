"""Import of order lines from a database, against writing the same rows with executemany."""

from __future__ import annotations

import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2 as driver

from benchmarks.clock import cpu_ms, quiet
from benchmarks.data import KEY
from benchmarks.rows import Row
from loyaldesk.connectors.maps import load_map
from loyaldesk.connectors.run import run_import
from loyaldesk.operations.demo.vocabulary import Vocabulary
from loyaldesk.store.connection import connect
from loyaldesk.store.schema import FILE_NAME
from loyaldesk.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.data import Data
    from loyaldesk.store.connection import Connection

__all__ = ["measure"]

_MAP = Path(__file__).with_name("import_map.toml")
_LINES_PER_ORDER, _ORDERS_PER_CUSTOMER = 3, 30
_TABLES = ("customer", "sales_order", "order_line")
_CHUNK = 20_000


def measure(data: Data, *, is_quick: bool) -> Iterator[Row]:
    """Yield the one row; there are as many lines as the data has customers."""
    folder = Path(tempfile.mkdtemp(prefix="benchmark-import-"))
    try:
        lines = data.customers
        source = _make_source(folder / "shop.db", lines)
        ours = _import(source, folder / "ours")
        raw = _write_raw(folder / "ours", folder / "raw")
    finally:
        shutil.rmtree(folder)
    yield Row(
        name=f"import of {lines:,} order lines from SQL", unit="ms CPU", ours=ours, raw=raw,
        target=0.25, is_speed=True,
    )  # fmt: skip


def _make_source(path: Path, lines: int) -> Path:
    orders = max(1, lines // _LINES_PER_ORDER)
    customers = max(1, orders // _ORDERS_PER_CUSTOMER)
    vocabulary = Vocabulary(5)
    connection = driver.connect(str(path))
    connection.executescript(
        "CREATE TABLE customers (id TEXT PRIMARY KEY, name TEXT, town TEXT);"
        "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id TEXT, day TEXT);"
        "CREATE TABLE lines (order_id INTEGER, position INTEGER, item TEXT, text TEXT,"
        " quantity REAL, price TEXT);"
    )
    connection.executemany(
        "INSERT INTO customers VALUES (?, ?, ?)",
        ((f"C{n}", vocabulary.company(), vocabulary.word()) for n in range(customers)),
    )
    connection.executemany(
        "INSERT INTO orders VALUES (?, ?, ?)",
        ((n, f"C{n % customers}", f"2026-{1 + n % 12:02}-{1 + n % 28:02}") for n in range(orders)),
    )
    connection.executemany(
        "INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?)",
        (
            (n // 3 % orders, n % 3 + 1, f"{n % 900:03}-A", f"Article {n % 900}", 1 + n % 40,
             f"{1 + n % 70}.{n % 100:02}")
            for n in range(orders * _LINES_PER_ORDER)
        ),
    )  # fmt: skip
    connection.execute("CREATE INDEX lines_of_order ON lines (order_id)")
    connection.commit()
    connection.close()
    return path


def _import(source: Path, profile: Path) -> float:
    """Return the CPU milliseconds of the import into an empty profile."""
    store = Store.open(profile, KEY)
    chosen = load_map(str(_MAP))
    results: list[Any] = []
    with quiet():
        taken = cpu_ms(lambda: results.append(run_import(store, source, chosen)))
    store.close()
    if results[0].refused_rows:
        raise RuntimeError(f"the measured import refused rows: {results[0].refusals[:3]}")
    return taken


def _write_raw(profile: Path, empty: Path) -> float:
    """Return the CPU milliseconds of writing the imported rows to the same tables, bare."""
    Store.open(empty, KEY).close()
    imported = connect(profile / FILE_NAME, KEY, query_only=True)
    fresh = connect(empty / FILE_NAME, KEY)
    with quiet():
        taken = cpu_ms(lambda: fresh.execute("BEGIN IMMEDIATE"))
        taken += sum(_copy_table(imported, fresh, table) for table in _TABLES)
        taken += cpu_ms(lambda: fresh.execute("COMMIT"))
    imported.close()
    fresh.close()
    return taken


def _copy_table(imported: Connection, fresh: Connection, table: str) -> float:
    """Return what writing took; reading the rows first is not counted."""
    columns = _filled_columns(imported, table)
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    cursor = imported.execute(f"SELECT {names} FROM {table} ORDER BY id")
    insert = f"INSERT INTO {table} ({names}) VALUES ({marks})"
    taken = 0.0
    while chunk := cursor.fetchmany(_CHUNK):
        taken += cpu_ms(partial(fresh.executemany, insert, chunk))
    return taken


def _filled_columns(imported: Connection, table: str) -> list[str]:
    """Return the columns with anything but their default: what a plain program would write."""
    known = imported.execute(f"PRAGMA table_info({table})").fetchall()
    asked = "SELECT 1 FROM :table WHERE :name IS NOT :default LIMIT 1".replace(":table", table)
    return [
        name
        for _, name, _, _, default, _ in known
        if imported.execute(
            asked.replace(":name", name).replace(":default", str(default or "NULL"))
        ).fetchone()
    ]
