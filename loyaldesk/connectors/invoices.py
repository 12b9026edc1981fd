"""How invoices and credit notes come in, from the source or made of what was shipped."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from loyaldesk.connectors.document_table import DocumentTable, Entry, Fields
from loyaldesk.connectors.sums import Sums, sums_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.connectors.desk import Desk
    from loyaldesk.connectors.document_reader import ReadDocument
    from loyaldesk.connectors.import_map import Section
    from loyaldesk.connectors.tally import Tally

__all__ = ["InvoiceWriter", "due_day", "is_credit_note"]

_ADDED = ("open_minor", "recorded_at")
_WORKED_OUT = frozenset({"freight", "freight_tax", "net", "tax", "total", "kind"})


@cache
def due_day(invoiced_on: str, terms_days: int) -> str:
    """Return the ISO day so many days after another."""
    return (date.fromisoformat(invoiced_on) + timedelta(days=terms_days)).isoformat()


def is_credit_note(section: Section, number: str, total_minor: int) -> bool:
    """Tell whether the map's marks make a credit note of it."""
    marks = section.credit_notes
    if marks is None:
        return False
    return bool(marks.prefix and number.startswith(marks.prefix)) or (
        marks.negative and total_minor < 0
    )


class InvoiceWriter:
    """Writes the invoices of one import; amounts are positive, the kind gives the sign."""

    def __init__(
        self,
        section: Section,
        line_columns: Sequence[str],
        *,
        desk: Desk,
        tally: Tally,
        recorded_at: str,
    ) -> None:
        self._section = section
        self._recorded_at = recorded_at
        self._desk = desk
        self._negated = [
            place
            for place, name in enumerate(line_columns)
            if name in {"quantity_milli", "net_minor"}
        ]
        self.table = DocumentTable(
            "invoice",
            line_columns,
            desk=desk,
            tally=tally,
            source_table=section.table,
            amend=self._amend,
            insert_only=_ADDED,
        )

    def take(self, documents: Sequence[ReadDocument]) -> None:
        """Write invoices as the source has them."""
        entries = []
        for document in documents:
            sums = sums_of(document)
            if isinstance(sums, str):
                self.table.refuse(document.row, document.key, "total", "", sums)
            elif entry := self._entry(document, sums):
                entries.append(entry)
        self.write(entries)

    def write(self, entries: Sequence[Entry]) -> None:
        """Write finished entries."""
        self.table.prepare(entries)
        for entry in entries:
            self.table.put(entry)
        self.table.flush()

    def finished(self, values: dict[str, Any], sums: Sums) -> dict[str, Any]:
        """Return the columns of an invoice from its fields and its sums."""
        terms = values.get("terms_days")
        due = values.get("due_on")
        if due is None and terms is not None and values["kind"] == "invoice":
            due = due_day(values["invoiced_on"], terms)
        return {
            **values,
            "due_on": due,
            "freight_minor": sums.freight,
            "net_minor": sums.net,
            "tax_minor": sums.tax,
            "total_minor": sums.total,
            "open_minor": sums.total,
            "recorded_at": self._recorded_at,
        }

    def _entry(self, document: ReadDocument, sums: Sums) -> Entry | None:
        values = document.values
        number = values["number"]
        kind = values.get("kind", "invoice")
        if is_credit_note(self._section, number, sums.total):
            kind = "credit_note"
        lines = document.lines
        if sums.total < 0:
            if kind != "credit_note":
                self.table.refuse(
                    document.row, document.key, "total", str(sums.total),
                    "comes to less than nothing; mark credit notes in the map",
                )  # fmt: skip
                return None
            sums, lines = sums.negated(), [self._negate(line) for line in lines]
        kept = {
            self._section.target.fields[name].column: value
            for name, value in values.items()
            if name not in _WORKED_OUT
        }
        return Entry(document.key, document.row, self.finished({**kept, "kind": kind}, sums), lines)

    def _negate(self, line: tuple[Any, ...]) -> tuple[Any, ...]:
        changed = list(line)
        for place in self._negated:
            changed[place] = -changed[place]
        return tuple(changed)

    def _amend(self, row_id: int, fields: Fields) -> str:
        """Keep what was allocated here when an amount changes in the source."""
        sql = "SELECT total_minor, open_minor FROM invoice WHERE id = ?"
        ((total, open_minor),) = self._desk.rows(sql, [row_id])
        settled = total - open_minor
        if settled and fields.keys() & {"kind", "currency", "customer_id"}:
            return "has another customer, currency or kind now, but was settled in part already"
        if "total_minor" in fields:
            left = fields["total_minor"][1] - settled
            if left < 0:
                return "comes to less now than was allocated to it already"
            fields["open_minor"] = (open_minor, left)
        return ""
