"""Set what is left of a payment or credit note against open invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.operations.payments import allocate_amounts
from loyaldesk.queries.customer_page import OpenItem, read_open_items
from loyaldesk.ui.forms.form_dialog import FormDialog
from loyaldesk.ui.receivables.allocation_table import AllocationTable
from loyaldesk.ui.widgets.dialog import DialogWidth

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.domain.ledger import EntryKey
    from loyaldesk.domain.money import Money
    from loyaldesk.operations import Operation
    from loyaldesk.ui.desk import Desk

__all__ = ["AllocationDialog"]


class AllocationDialog(FormDialog):
    """Proposes the oldest invoices; any part can be typed instead."""

    def __init__(
        self,
        desk: Desk,
        *,
        customer_id: int,
        source: EntryKey,
        rest: Money,
        parent: QWidget | None = None,
    ) -> None:
        words = self.tr("Set {amount} against invoices")
        super().__init__(
            desk,
            title=words.format(amount=desk.formats.money(rest)),
            verb=self.tr("Set against"),
            width=DialogWidth.MEDIUM,
            parent=parent,
        )
        self._customer_id, self._source, self._rest = customer_id, source, rest
        self.table = AllocationTable(desk)
        self.add_fields(("allocations", self.tr("Open invoices"), self.table))
        desk.jobs.read(read_open_items, owner=self, then=self._show_items, customer_id=customer_id)

    def operation(self) -> Operation[..., Any]:
        return allocate_amounts

    def arguments(self) -> dict[str, Any]:
        return {
            "customer_id": self._customer_id,
            "source": self._source,
            "allocations": self.table.allocations(),
        }

    def saved(self, result: Any) -> None:
        del result
        self._desk.news.said.emit(self.tr("Set against invoices"), True)

    def _show_items(self, items: tuple[OpenItem, ...]) -> None:
        self.table.show_items(items, self._rest.currency)
        self.table.propose(self._rest)
