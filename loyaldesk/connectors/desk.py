"""What the store has of a source already, and the only place where an import writes to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from loyaldesk.connectors.targets import TARGETS, model_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from loyaldesk.models import Base
    from loyaldesk.store.gate import Transaction
    from loyaldesk.store.reader import Source

__all__ = ["Desk"]

Found = dict[str, tuple[int, tuple[Any, ...]]]


class Desk:
    """The store as one import sees it; without a transaction nothing is written (a dry run).

    Ids are given out here, in the order of the rows, so that a dry run knows them as well.
    """

    def __init__(self, source: Source, *, system: str, tx: Transaction | None = None) -> None:
        self._source = source
        self._system = system
        self._tx = tx
        self._ids: dict[str, dict[str, int]] = {}
        self._references: dict[str, dict[str, int]] = {}
        self._next: dict[str, int] = {}
        self._was_empty: dict[str, bool] = {}
        self._numbers: dict[str, set[str]] = {}

    @property
    def system(self) -> str:
        """The name of the source system that every record is marked with."""
        return self._system

    def ids(self, target_name: str) -> dict[str, int]:
        """Return the ids of all records of this source by their key there, new ones included."""
        found = self._ids.get(target_name)
        if found is None:
            table = TARGETS[target_name].table
            rows = self._source.rows(
                f"SELECT source_key, id FROM {table}"
                " WHERE source_system = ? AND source_key IS NOT NULL",
                [self._system],
            )
            found = self._ids[target_name] = self.merged_away(target_name) | dict(rows)
        return found

    def merged_away(self, target_name: str) -> dict[str, int]:
        """Return the keys of customers that were merged with another here, and that one's id.

        What belongs to them comes in with the one that was kept; their own rows say nothing more.
        """
        if target_name != "customer":
            return {}
        rows = self._source.rows(
            "SELECT json_extract(gone, '$.source_key'), customer_id FROM customer_merge"
            " WHERE undone_at IS NULL AND json_extract(gone, '$.source_system') = ? ORDER BY id",
            [self._system],
        )
        return dict(rows)

    def reference(self, target_name: str, key: str) -> int | None:
        """Return the id of a record by its key, or by its number if it came from elsewhere."""
        found = self.ids(target_name).get(key)
        return self._by_number(target_name).get(key) if found is None else found

    def find(self, model: type[Base], keys: Iterable[str], columns: Sequence[str]) -> Found:
        """Return those records of this source that the store has: key to id and values."""
        table = model.__tablename__
        rows = self._source.rows(
            f"SELECT source_key, id{''.join(f', {name}' for name in columns)} FROM {table}"
            " WHERE source_system = ? AND source_key IN (SELECT value FROM json_each(?))",
            [self._system, json.dumps(list(keys))],
        )
        return {row[0]: (row[1], row[2:]) for row in rows}

    def lines(
        self, model: type[Base], parent: str, ids: Iterable[int], columns: Sequence[str]
    ) -> dict[int, list[tuple[int, tuple[Any, ...]]]]:
        """Return the lines of these orders or invoices by position: parent to (id, values)."""
        rows = self._source.rows(
            f"SELECT {parent}, id{''.join(f', {name}' for name in columns)}"
            f" FROM {model.__tablename__} WHERE {parent} IN (SELECT value FROM json_each(?))"
            f" ORDER BY {parent}, position",
            [json.dumps(list(ids))],
        )
        found: dict[int, list[tuple[int, tuple[Any, ...]]]] = {}
        for row in rows:
            found.setdefault(row[0], []).append((row[1], row[2:]))
        return found

    def rows(self, sql: str, parameters: Sequence[object]) -> list[tuple[Any, ...]]:
        """Return rows that a rule needs to know."""
        return self._source.rows(sql, parameters)

    def taken_numbers(self, model: type[Base], numbers: Sequence[str]) -> set[str]:
        """Return those numbers that another record has, and remember the others as taken."""
        table = model.__tablename__
        seen = self._numbers.setdefault(table, set())
        taken = {number for number in numbers if number in seen}
        if not self.was_empty(model):
            rows = self._source.rows(
                f"SELECT number FROM {table} WHERE number IN (SELECT value FROM json_each(?))",
                [json.dumps(list(numbers))],
            )
            taken |= {number for (number,) in rows}
        seen.update(numbers)
        return taken

    def was_empty(self, model: type[Base]) -> bool:
        """Tell whether the table had no row at all before this import."""
        table = model.__tablename__
        if table not in self._was_empty:
            self._was_empty[table] = self._source.value(f"SELECT 1 FROM {table} LIMIT 1") is None
        return self._was_empty[table]

    def next_id(self, model: type[Base], count: int = 1) -> int:
        """Give out the next ids of a table and return the first of them."""
        table = model.__tablename__
        if table not in self._next:
            self.was_empty(model)
            first = self._source.value(f"SELECT coalesce(max(id), 0) + 1 FROM {table}")
            self._next[table] = int(first)
        first_id = self._next[table]
        self._next[table] += count
        return first_id

    def add(self, model: type[Base], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Insert rows that were given their ids in this order."""
        if self._tx is None or not rows:
            return
        ids = self._tx.insert_many(model, columns, rows)
        if ids.stop != self._next[model.__tablename__]:
            raise RuntimeError("ids must be given out in the order in which rows are added")

    def change(self, model: type[Base], row_id: int, values: Mapping[str, Any]) -> None:
        """Change these fields of one record."""
        if self._tx is not None:
            self._tx.update(model, row_id, **values)

    def remove(self, model: type[Base], row_id: int) -> None:
        """Delete a line that its order no longer has in the source."""
        if self._tx is not None:
            self._tx.delete(model, row_id)

    def _by_number(self, target_name: str) -> dict[str, int]:
        found = self._references.get(target_name)
        if found is None:
            rows: list[tuple[Any, ...]] = []
            if "number" in TARGETS[target_name].fields and not self.was_empty(
                model_of(TARGETS[target_name])
            ):
                rows = self._source.rows(
                    f"SELECT number, id FROM {TARGETS[target_name].table}"
                    " WHERE source_system IS NOT ?",
                    [self._system],
                )
            found = self._references[target_name] = dict(rows)
        return found
