"""How an import counts what it does, tells how far it is, and hears that it should stop."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from loyaldesk.connectors.results import Counts, Difference, Refusal
from loyaldesk.errors import Cancelled

if TYPE_CHECKING:
    from loyaldesk.connectors.error_file import ErrorFile
    from loyaldesk.connectors.reading import BadRow

__all__ = ["Progress", "Tally"]

Progress = Callable[[int, int | None], object]
KEPT = 200
SAMPLE = 5


class Tally:
    """The counts of one import by table; the first differences and refusals are kept to show."""

    def __init__(
        self,
        *,
        error_file: ErrorFile | None = None,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._error_file = error_file
        self._progress = progress
        self._cancelled = cancelled
        self._counts: dict[str, Counter[str]] = {}
        self._told: set[tuple[str, int, str]] = set()
        # In a database rows are counted as they are sorted: there the key must tell them apart.
        self.has_fixed_rows = False
        self._done = 0
        self.total: int | None = None
        self.changed_fields: dict[str, Counter[str]] = {}
        self.differences: list[Difference] = []
        self.refusals: list[Refusal] = []
        self.refused_rows = 0
        self.samples: dict[str, list[dict[str, Any]]] = {}

    @property
    def counts(self) -> dict[str, Counts]:
        """The counts by table, in the order in which tables were met."""
        return {table: Counts(**counter) for table, counter in self._counts.items()}

    @property
    def has_changes(self) -> bool:
        """Whether anything was added or changed so far."""
        outcomes = ("new", "changed", "removed")
        return any(counter[name] for counter in self._counts.values() for name in outcomes)

    def advance(self, rows: int) -> None:
        """Tell how many more rows were read; this is where a cancelled import stops."""
        if self._cancelled is not None and self._cancelled():
            raise Cancelled
        self._done += rows
        if self._progress is not None:
            self._progress(self._done, self.total)

    def count(self, table: str, outcome: str, number: int = 1) -> None:
        """Count records of a table as new, changed, same, removed, refused or skipped."""
        if number:
            self._counts.setdefault(table, Counter())[outcome] += number

    def added(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Count new records and keep the first few as a sample."""
        self.count(table, "new", len(rows))
        sample = self.samples.setdefault(table, [])
        if len(sample) < SAMPLE:
            sample += [dict(zip(columns, row, strict=True)) for row in rows[: SAMPLE - len(sample)]]

    def changed(self, table: str, key: str, fields: Mapping[str, tuple[Any, Any]]) -> None:
        """Count a changed record, field by field."""
        self.count(table, "changed")
        self.changed_fields.setdefault(table, Counter()).update(fields.keys())
        if len(self.differences) < KEPT:
            self.differences.append(Difference(table, key, dict(fields)))

    def refused(self, table: str, source_table: str, bad: BadRow) -> None:
        """Count a refused record and write its row to the error file, once."""
        self.count(table, "refused")
        self.tell(source_table, bad)

    def tell(self, source_table: str, bad: BadRow) -> None:
        """Write a row to the error file without counting a record; its first reason counts."""
        told = (source_table, bad.number, "" if self.has_fixed_rows else bad.key)
        if told in self._told:
            return
        self._told.add(told)
        refusal = Refusal(source_table, bad.number, bad.key, bad.field, bad.value, bad.reason)
        self.refused_rows += 1
        if len(self.refusals) < KEPT:
            self.refusals.append(refusal)
        if self._error_file is not None:
            self._error_file.write(refusal)
