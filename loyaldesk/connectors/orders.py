"""How sales orders come in, and the invoices that are made of them where a source has none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.connectors.document_table import DocumentTable, Entry, Fields
from loyaldesk.connectors.import_map import MadeInvoices, Section
from loyaldesk.connectors.invoices import InvoiceWriter, is_credit_note
from loyaldesk.connectors.sums import Sums, sums_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.connectors.desk import Desk
    from loyaldesk.connectors.document_reader import ReadDocument
    from loyaldesk.connectors.line_columns import LineColumns
    from loyaldesk.connectors.tally import Tally

__all__ = ["OrderWriter"]

# What an invoice's line takes from the line of the order it was made of.
_INVOICED = (
    "position", "item_number", "description", "quantity_milli", "unit", "unit_price_micro",
    "discount_ppm", "tax_ppm", "net_minor",
)  # fmt: skip
_STEPS = (
    "draft", "submitted", "acknowledged", "part_delivered", "delivered", "invoiced", "closed",
)  # fmt: skip
_NOT_KEPT = frozenset({"total", "freight"})


class OrderWriter:
    """Writes the orders of one import; shipped ones get their invoice if the map has that rule."""

    def __init__(
        self,
        section: Section,
        columns: LineColumns,
        *,
        desk: Desk,
        tally: Tally,
        recorded_at: str,
    ) -> None:
        self._section = section
        self._rule = section.invoices
        self._has_status = "status" in section.fields
        self._columns = {name: field.column for name, field in section.target.fields.items()}
        self._quantity = columns.place("quantity_milli")
        invoiced = [name for name in _INVOICED if name in columns.names]
        self._invoiced = [columns.names.index(name) for name in invoiced]
        self._signs = [name in {"quantity_milli", "net_minor"} for name in invoiced]
        self._orders = DocumentTable(
            "order", columns.names, desk=desk, tally=tally, source_table=section.table,
            amend=self._amend,
        )  # fmt: skip
        self._invoices = InvoiceWriter(
            section, [*invoiced, "order_line_id"], desk=desk, tally=tally, recorded_at=recorded_at
        )

    def take(self, documents: Sequence[ReadDocument]) -> None:
        """Write orders, then the invoices made of them and the credit notes among them."""
        entries: list[tuple[Entry, Sums, dict[str, Any]]] = []
        invoices: list[Entry] = []
        for document in documents:
            sums = sums_of(document)
            if isinstance(sums, str):
                self._orders.refuse(document.row, document.key, "total", "", sums)
            elif is_credit_note(self._section, document.values["number"], sums.total):
                invoices.append(self._credit_note(document, sums))
            elif reason := self._reason(document):
                self._orders.refuse(document.row, document.key, "quantity", "", reason)
            else:
                entries.append((self._entry(document, sums), sums, document.values))
        self._orders.prepare([entry for entry, _, _ in entries])
        for entry, sums, values in entries:
            put = self._orders.put(entry)
            if put is not None and self._rule is not None and values.get("shipped_on"):
                invoices.append(self._made_invoice(entry, values, sums, put))
        self._orders.flush()
        self._invoices.write(invoices)

    def _reason(self, document: ReadDocument) -> str:
        place = self._quantity
        if place is not None and any(line[place] < 0 for line in document.lines):
            return "has a negative quantity; mark credit notes in the map"
        return ""

    def _entry(self, document: ReadDocument, sums: Sums) -> Entry:
        values = document.values
        kept = {
            self._columns[name]: value for name, value in values.items() if name not in _NOT_KEPT
        }
        if not self._has_status:
            kept["status"] = self._status(values)
        if self._rule is not None and "invoiced_on" not in kept:
            kept["invoiced_on"] = values.get("shipped_on")
        kept["freight_minor"] = sums.freight
        kept["net_minor"] = sums.net
        kept["tax_minor"] = sums.tax
        kept["total_minor"] = sums.total
        return Entry(document.key, document.row, kept, document.lines)

    def _status(self, values: dict[str, Any]) -> str:
        """Return how far the order is, by the days the source has for its steps."""
        shipped = values.get("shipped_on")
        if values.get("invoiced_on") or (shipped and self._rule is not None):
            return "invoiced"
        if shipped:
            return "delivered"
        return "acknowledged" if values.get("acknowledged_on") else "submitted"

    def _made_invoice(
        self, order: Entry, values: dict[str, Any], sums: Sums, put: tuple[int, Sequence[int]]
    ) -> Entry:
        rule = self._rule or MadeInvoices()
        order_id, line_ids = put
        places = self._invoiced
        lines = [
            (*(line[place] for place in places), line_id)
            for line, line_id in zip(order.lines, line_ids, strict=True)
        ]
        head = {
            "number": f"{rule.number_prefix}{values['number']}",
            "kind": "invoice",
            "customer_id": values["customer"],
            "order_id": order_id,
            "invoiced_on": values["shipped_on"],
            "terms_days": rule.terms_days,
            "currency": values["currency"],
            "customer_po": values.get("customer_po", ""),
        }
        return Entry(f"order {order.key}", order.row, self._invoices.finished(head, sums), lines)

    def _credit_note(self, document: ReadDocument, sums: Sums) -> Entry:
        values = document.values
        sign = -1 if sums.total < 0 else 1
        turned = [
            (place, sign if is_signed else 1)
            for place, is_signed in zip(self._invoiced, self._signs, strict=True)
        ]
        lines = [
            (*(line[place] if by == 1 else -line[place] for place, by in turned), None)
            for line in document.lines
        ]
        head = {
            "number": values["number"],
            "kind": "credit_note",
            "customer_id": values["customer"],
            "order_id": None,
            "invoiced_on": values.get("shipped_on") or values["ordered_on"],
            "terms_days": None,
            "currency": values["currency"],
            "customer_po": values.get("customer_po", ""),
        }
        sums = sums.negated() if sign < 0 else sums
        return Entry(
            f"order {document.key}", document.row, self._invoices.finished(head, sums), lines
        )

    def _amend(self, row_id: int, fields: Fields) -> str:
        """Let an order only go forward: what was done here is not undone by an older source."""
        if "status" in fields and not self._has_status:
            before, after = fields["status"]
            if before not in _STEPS or _STEPS.index(after) < _STEPS.index(before):
                del fields["status"]
        return ""
