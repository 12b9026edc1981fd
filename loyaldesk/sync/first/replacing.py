"""How do whole tables get into a desk that has the newest rows already?

Where a table is empty and has the columns and indexes of another, SQLite copies their entries as
they lie, without making them anew (its "transfer optimization": `INSERT INTO t SELECT * FROM u`
with references unchecked). So what somebody wrote meanwhile is set aside, the table emptied,
filled, and what was set aside put back; others see the table before or after.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from loyaldesk.errors import Unavailable
from loyaldesk.models.machinery import ChangeKind
from loyaldesk.store.search_entries import KINDS as SEARCHED
from loyaldesk.store.search_index import INDEX_TABLES, refresh
from loyaldesk.sync.first.slices import BESIDE, WHOLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.store.connection import Connection

__all__ = ["replace_tables"]


def replace_tables(connection: Connection, tables: Sequence[str], *, since: int) -> None:
    """Fill these tables from the attached `segment` in the caller's transaction.

    What was written after the change `since` stays. Raises Unavailable if rows were deleted since,
    which might come back, or if the tables are not those of the desk.
    """
    _require_fitting(connection, tables)
    _require_nothing_deleted(connection, since)
    for table in tables:
        if table in BESIDE:
            _fill(connection, table)
        else:
            _fill_around(connection, table)
    if INDEX_TABLES[0] in tables:
        refresh(connection, _written(connection, since))


def _fill(connection: Connection, table: str) -> None:
    connection.execute(f"DELETE FROM main.{table}")
    connection.execute(f"INSERT INTO main.{table} SELECT * FROM segment.{table}")


def _fill_around(connection: Connection, table: str) -> None:
    """Fill a table; rows that are new or differ from the segment's stay as they are."""
    values = [name for name in _columns(connection, "main", table) if name != "id"]
    ours, theirs = (", ".join(f"{alias}.{name}" for name in values) for alias in "mt")
    connection.execute(
        f"CREATE TEMP TABLE ours AS SELECT m.* FROM main.{table} m"
        f" LEFT JOIN segment.{table} t ON t.id = m.id"
        f" WHERE t.id IS NULL OR ({ours}) IS NOT ({theirs})"
    )
    _fill(connection, table)
    connection.execute(f"DELETE FROM main.{table} WHERE id IN (SELECT id FROM temp.ours)")
    connection.execute(f"INSERT INTO main.{table} SELECT * FROM temp.ours")
    connection.execute("DROP TABLE temp.ours")


def _require_fitting(connection: Connection, tables: Sequence[str]) -> None:
    fits = all(
        table in WHOLE
        and _columns(connection, "main", table) == _columns(connection, "segment", table)
        for table in tables
    )
    if not fits:
        raise Unavailable("A part of the first copy does not fit this desk's tables.")


def _require_nothing_deleted(connection: Connection, since: int) -> None:
    deleted = connection.execute(
        "SELECT 1 FROM change WHERE id > ? AND kind = ?"
        " AND table_name IN (SELECT value FROM json_each(?)) LIMIT 1",
        [since, ChangeKind.DELETE.value, json.dumps(WHOLE)],
    )
    if deleted.fetchone() is not None:
        raise Unavailable("Records were deleted while the first copy arrived.")


def _written(connection: Connection, since: int) -> dict[str, list[range]]:
    """Return what of the records that search knows was written since."""
    found = connection.execute(
        "SELECT table_name, row_id, last_row_id FROM change WHERE id > ? ORDER BY id", [since]
    )
    tables: dict[str, list[range]] = {kind.table: [] for kind in SEARCHED}
    for table, first, last in found.fetchall():
        if table in tables:
            tables[table].append(range(first, last + 1))
    return tables


def _columns(connection: Connection, schema: str, table: str) -> list[str]:
    return [name for _, name, *_ in connection.execute(f"PRAGMA {schema}.table_info({table})")]
