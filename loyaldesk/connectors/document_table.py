"""How orders or invoices with their lines go into the store: new, changed or the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loyaldesk.connectors.reading import BadRow
from loyaldesk.connectors.records import SOURCE_COLUMNS, field_differences, number_taken
from loyaldesk.connectors.targets import LINES_OF, TARGETS, model_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from loyaldesk.connectors.desk import Desk, Found
    from loyaldesk.connectors.tally import Tally

__all__ = ["DocumentTable", "Entry", "Fields"]

Fields = dict[str, tuple[Any, Any]]
Line = tuple[Any, ...]


@dataclass(slots=True)
class Entry:
    """One order or invoice as it should stand in the store; lines are without their parent."""

    key: str
    row: int
    values: dict[str, Any]
    lines: list[Line]


class DocumentTable:
    """The orders, or the invoices, of one import; entries wait until `flush` writes them.

    `amend` may change what an update does to an existing record, or return why it cannot be.
    """

    def __init__(
        self,
        target_name: str,
        line_columns: Sequence[str],
        *,
        desk: Desk,
        tally: Tally,
        source_table: str,
        amend: Callable[[int, Fields], str],
        insert_only: Sequence[str] = (),
    ) -> None:
        self._target_name = target_name
        self.table = TARGETS[target_name].table
        self._model = model_of(TARGETS[target_name])
        self._line_target = TARGETS[LINES_OF[target_name]]
        self._line_model = model_of(self._line_target)
        self._parent = f"{target_name}_id"
        self._line_columns = tuple(line_columns)
        self._desk = desk
        self._tally = tally
        self._source_table = source_table
        self._amend = amend
        self._insert_only = frozenset(insert_only)
        self._columns: tuple[str, ...] = ()
        self._rows: list[Line] = []
        self._lines: list[Line] = []
        self._found: Found = {}
        self._found_lines: dict[int, list[tuple[int, Line]]] = {}
        self._taken: set[str] = set()

    def prepare(self, entries: Sequence[Entry]) -> None:
        """Look up which of these the store has, before they are put."""
        if not entries:
            return
        self._columns = tuple(entries[0].values)
        known = self._desk.ids(self._target_name)
        new = [entry.values["number"] for entry in entries if entry.key not in known]
        self._taken = self._desk.taken_numbers(self._model, new) if new else set()
        old = [entry.key for entry in entries if entry.key in known]
        compared = [name for name in self._columns if name not in self._insert_only]
        self._found = self._desk.find(self._model, old, compared) if old else {}
        ids = [row_id for row_id, _ in self._found.values()]
        self._found_lines = (
            self._desk.lines(self._line_model, self._parent, ids, self._line_columns) if ids else {}
        )

    def put(self, entry: Entry) -> tuple[int, Sequence[int]] | None:
        """Add or change one; return its id and those of its lines, or None if it is refused."""
        found = self._found.get(entry.key)
        return self._add(entry) if found is None else self._update(entry, *found)

    def refuse(self, row: int, key: str, field: str, value: str, reason: str) -> None:
        """Count one as refused, with its reason in the error file."""
        bad = BadRow(row, key, field, value, reason)
        self._tally.refused(self.table, self._source_table, bad)

    def flush(self) -> None:
        """Write the new ones that were put, parents before lines."""
        if not self._rows and not self._lines:
            return
        columns = (*self._columns, *SOURCE_COLUMNS)
        line_columns = (self._parent, *self._line_columns)
        self._desk.add(self._model, columns, self._rows)
        self._desk.add(self._line_model, line_columns, self._lines)
        self._tally.added(self.table, columns, self._rows)
        self._tally.added(self._line_target.table, line_columns, self._lines)
        self._rows, self._lines = [], []

    def _add(self, entry: Entry) -> tuple[int, Sequence[int]] | None:
        number = entry.values["number"]
        if number in self._taken:
            bad = number_taken(entry.row, entry.key, number, self.table)
            self._tally.refused(self.table, self._source_table, bad)
            return None
        self._taken.add(number)
        row_id = self._desk.next_id(self._model)
        first_line = self._desk.next_id(self._line_model, len(entry.lines))
        self._rows.append((*entry.values.values(), self._desk.system, entry.key))
        self._lines += [(row_id, *line) for line in entry.lines]
        self._desk.ids(self._target_name)[entry.key] = row_id
        return row_id, range(first_line, first_line + len(entry.lines))

    def _update(self, entry: Entry, row_id: int, before: Line) -> tuple[int, Sequence[int]] | None:
        names = [name for name in entry.values if name not in self._insert_only]
        after = [entry.values[name] for name in names]
        fields: Fields = {}
        if list(before) != after:
            fields = field_differences(names, before, after)
        lines = {line[0]: line for line in entry.lines}
        old_lines = {
            line[0]: (line_id, line) for line_id, line in self._found_lines.get(row_id, ())
        }
        surplus = [line_id for position, (line_id, _) in old_lines.items() if position not in lines]
        reason = (
            self._number_reason(fields)
            or (self._amend(row_id, fields) if fields else "")
            or self._surplus_reason(surplus)
        )
        if reason:
            self.refuse(entry.row, entry.key, "", "", reason)
            return None
        if fields:
            self._desk.change(self._model, row_id, {name: new for name, (_, new) in fields.items()})
            self._tally.changed(self.table, entry.key, fields)
        else:
            self._tally.count(self.table, "same")
        self._remove(surplus)
        return row_id, [
            self._put_line(entry.key, row_id, line, old_lines.get(line[0])) for line in entry.lines
        ]

    def _put_line(self, key: str, row_id: int, line: Line, before: tuple[int, Line] | None) -> int:
        """Add or change one line of an order that was there, and return the line's id."""
        if before is None:
            self._lines.append((row_id, *line))
            return self._desk.next_id(self._line_model)
        line_id, old = before
        table = self._line_target.table
        if old == line:
            self._tally.count(table, "same")
            return line_id
        fields = field_differences(self._line_columns, old, line)
        self._desk.change(
            self._line_model, line_id, {name: new for name, (_, new) in fields.items()}
        )
        self._tally.changed(table, f"{key} / {line[0]}", fields)
        return line_id

    def _remove(self, surplus: Sequence[int]) -> None:
        """Delete the lines that the source no longer has, those of our own invoices first."""
        for line_id in surplus:
            if self._target_name == "order":
                invoice_line = model_of(TARGETS["invoice_line"])
                sql = "SELECT id FROM invoice_line WHERE order_line_id = ?"
                for (invoiced_id,) in self._desk.rows(sql, [line_id]):
                    self._desk.remove(invoice_line, invoiced_id)
            self._desk.remove(self._line_model, line_id)
            self._tally.count(self._line_target.table, "removed")

    def _number_reason(self, fields: Mapping[str, Any]) -> str:
        if "number" in fields and self._desk.taken_numbers(self._model, [fields["number"][1]]):
            return f"has the number of another {self.table} now"
        return ""

    def _surplus_reason(self, surplus: Sequence[int]) -> str:
        """Tell why lines that the source no longer has cannot go: an invoice needs them."""
        if self._target_name != "order":
            return ""
        sql = (
            "SELECT 1 FROM invoice_line JOIN invoice ON invoice.id = invoice_line.invoice_id"
            " WHERE order_line_id = ?"
            " AND (invoice.source_system IS NOT ? OR open_minor <> total_minor)"
        )
        for line_id in surplus:
            if self._desk.rows(sql, [line_id, self._desk.system]):
                return "has fewer lines now, but one of them was invoiced here or settled already"
        return ""
