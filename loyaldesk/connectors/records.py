"""How customers, contacts, addresses, products and payments come in: one row, one record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.connectors.finishing import drop_repeated, finish_values, not_imported
from loyaldesk.connectors.reading import BadRow, Batch, SectionReader
from loyaldesk.connectors.targets import model_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.connectors.desk import Desk
    from loyaldesk.connectors.import_map import Section
    from loyaldesk.connectors.tally import Tally

__all__ = ["SOURCE_COLUMNS", "RecordImport", "field_differences", "number_taken"]

SOURCE_COLUMNS = ("source_system", "source_key")
_PAYMENT_COLUMNS = ("unallocated_minor", "recorded_at")

Row = tuple[Any, ...]


def number_taken(row: int, key: str, number: str, table: str) -> BadRow:
    """Return the refusal of a record whose number another record of the store has."""
    return BadRow(row, key, "number", number, f"is the number of another {table} already")


def field_differences(
    columns: Sequence[str], before: Sequence[Any], after: Sequence[Any]
) -> dict[str, tuple[Any, Any]]:
    """Return what differs between two rows: column to (old, new)."""
    return {
        name: (old, new)
        for name, old, new in zip(columns, before, after, strict=True)
        if old != new
    }


class RecordImport:
    """One section whose every row is a record of its own."""

    def __init__(
        self,
        section: Section,
        reader: SectionReader,
        *,
        desk: Desk,
        tally: Tally,
        recorded_at: str,
    ) -> None:
        self._section = section
        self._target_name = section.target_name
        self._table = section.target.table
        self._model = model_of(section.target)
        self._reader = reader
        self._desk = desk
        self._tally = tally
        self._recorded_at = recorded_at
        self._names = [name for name in reader.field_names if name != "parent"]
        self._columns = [section.target.fields[name].column for name in self._names]
        self._seen: dict[str, int] = {}
        self._merged = desk.merged_away(self._target_name)

    def run(self) -> None:
        """Bring in the whole section."""
        first_new_id = self._desk.next_id(self._model, 0)
        for batch in self._reader.batches():
            self._tally.advance(batch.rows_read)
            finish_values(batch, self._section.target, self._desk)
            drop_repeated(batch, self._seen, is_group=self._section.group)
            self._take(batch)
            for bad in batch.bad:
                self._tally.refused(self._table, self._section.table, bad)
            self._tally.count(self._table, "skipped", batch.skipped)
        if "parent" in self._reader.field_names:
            for batch in self._reader.batches():
                self._join_parents(batch, first_new_id)

    def _take(self, batch: Batch) -> None:
        if self._target_name == "payment":
            amounts = zip(batch.keys, batch.values["amount"], strict=True)
            self._refuse(batch, {key: "must be above zero" for key, minor in amounts if minor <= 0})
        if not batch.keys:
            return
        rows = list(zip(*(batch.values[name] for name in self._names), strict=True))
        known = self._desk.ids(self._target_name)
        new = [index for index, key in enumerate(batch.keys) if key not in known]
        if len(new) < len(batch.keys):
            old = [index for index, key in enumerate(batch.keys) if key in known]
            own = [index for index in old if batch.keys[index] not in self._merged]
            self._tally.count(self._table, "skipped", len(old) - len(own))
            self._compare(batch, rows, own)
        self._add(batch, rows, self._with_free_numbers(batch, new))

    def _refuse(self, batch: Batch, reasons: dict[str, str]) -> None:
        batch.refuse(
            {
                index: BadRow(batch.numbers[index], key, "amount", "", reasons[key])
                for index, key in enumerate(batch.keys)
                if key in reasons
            }
        )

    def _with_free_numbers(self, batch: Batch, new: list[int]) -> list[int]:
        numbers = batch.values.get("number")
        if numbers is None or not new:
            return new
        taken = self._desk.taken_numbers(self._model, [numbers[index] for index in new])
        free = []
        for index in new:
            number = numbers[index]
            if number in taken:
                row, key = batch.numbers[index], batch.keys[index]
                batch.bad.append(number_taken(row, key, number, self._table))
            else:
                free.append(index)
                taken.add(number)
        return free

    def _add(self, batch: Batch, rows: list[Row], new: list[int]) -> None:
        if not new:
            return
        system, keys = self._desk.system, [batch.keys[index] for index in new]
        full: list[Row] = [
            (*rows[index], system, key) for index, key in zip(new, keys, strict=True)
        ]
        columns = (*self._columns, *SOURCE_COLUMNS)
        if self._target_name == "payment":
            amounts = batch.values["amount"]
            full = [
                (*row, amounts[index], self._recorded_at)
                for row, index in zip(full, new, strict=True)
            ]
            columns += _PAYMENT_COLUMNS
        first = self._desk.next_id(self._model, len(full))
        self._desk.add(self._model, columns, full)
        ids = range(first, first + len(full))
        self._desk.ids(self._target_name).update(zip(keys, ids, strict=True))
        self._tally.added(self._table, columns, full)

    def _compare(self, batch: Batch, rows: list[Row], old: list[int]) -> None:
        found = self._desk.find(self._model, (batch.keys[index] for index in old), self._columns)
        for index in old:
            row_id, before = found[batch.keys[index]]
            if before == rows[index]:
                self._tally.count(self._table, "same")
                continue
            fields = field_differences(self._columns, before, rows[index])
            if bad := self._refusal(batch, index, row_id, fields):
                batch.bad.append(bad)
                continue
            after = {name: new for name, (_, new) in fields.items()}
            self._desk.change(self._model, row_id, after)
            self._tally.changed(self._table, batch.keys[index], fields)

    def _refusal(
        self, batch: Batch, index: int, row_id: int, fields: dict[str, tuple[Any, Any]]
    ) -> BadRow | None:
        row, key = batch.numbers[index], batch.keys[index]
        if "number" in fields:
            number = fields["number"][1]
            if self._desk.taken_numbers(self._model, [number]):
                return number_taken(row, key, number, self._table)
        if "amount_minor" in fields:
            # What was allocated since must stay covered; the rest is still unallocated.
            before, after = fields["amount_minor"]
            sql = "SELECT unallocated_minor FROM payment WHERE id = ?"
            ((left,),) = self._desk.rows(sql, [row_id])
            if left + after - before < 0:
                return BadRow(
                    row, key, "amount", str(after), "is less than what was allocated of it"
                )
            fields["unallocated_minor"] = (left, left + after - before)
        return None

    def _join_parents(self, batch: Batch, first_new_id: int) -> None:
        """Join members to their parent customer, now that all of them are there."""
        found = self._desk.find(self._model, batch.keys, ["parent_id"])
        for index, key in enumerate(batch.keys):
            parent = batch.values["parent"][index]
            row_id, (before,) = found.get(key, (0, (None,)))
            parent_id = self._desk.reference("customer", parent) if parent else None
            if parent and parent_id is None:
                bad = not_imported(batch.numbers[index], key, "parent", parent, "customer")
                self._tally.tell(self._section.table, bad)
            elif row_id and parent_id not in (before, row_id):
                self._desk.change(self._model, row_id, {"parent_id": parent_id})
                if row_id < first_new_id:
                    self._tally.changed(self._table, key, {"parent_id": (before, parent_id)})
