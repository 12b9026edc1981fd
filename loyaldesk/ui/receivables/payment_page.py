"""One payment, and what it settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loyaldesk.domain.ledger import EntryKind
from loyaldesk.operations.payments import reverse_allocation
from loyaldesk.queries.receivables import PaymentDetail, read_payment
from loyaldesk.ui.receivables.allocation_dialog import AllocationDialog
from loyaldesk.ui.receivables.record_page import RecordPage
from loyaldesk.ui.widgets.chips import Chip
from loyaldesk.ui.widgets.item_list import Item, ItemAction
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.desk import Desk

__all__ = ["PaymentPage"]


class PaymentPage(RecordPage):
    """Payment ↔ invoices; what is not set against anything can be."""

    TABLES = ("payment", "allocation")

    def __init__(self, desk: Desk, payment_id: int, parent: QWidget | None = None) -> None:
        self._detail: PaymentDetail | None = None
        super().__init__(desk, payment_id, parent)
        self._allocate = self.add_button(self.tr("Set against invoices"), self._choose, "link")
        self._settled = self.add_section(self.tr("What it settled"))
        self._settled[1].row_activated.connect(lambda key: desk.ways.invoice_wanted.emit(key[0]))
        self._settled[1].item_action.connect(self._take_back)
        self.refresh()

    def read(self) -> None:
        self._desk.jobs.read(
            read_payment,
            owner=self,
            then=self._show,
            failed=self.fail,
            replaces="payment",
            payment_id=self.record_id,
        )

    def _show(self, detail: PaymentDetail) -> None:
        self._detail = detail
        formats = self._desk.formats
        self.title.setText(self.tr("Payment {number}").format(number=detail.number))
        self.show_customer(detail.customer_id, detail.customer_name)
        self.amount.setText(formats.money(detail.amount))
        rest, _unapplied = detail.unallocated, self.tr("Unapplied {amount}")
        self.chip.set_chip(
            Chip(
                self.tr("Unapplied {amount}").format(amount=formats.money(rest)), Tone.WARN, "clock"
            )
            if rest
            else Chip(self.tr("Fully applied"), Tone.OK, "check")
        )
        self._allocate.setVisible(bool(rest))
        facts = [self.tr("Received {day}").format(day=formats.date(detail.received_on))]
        facts += [fact for fact in (detail.method, detail.reference) if fact]
        if detail.source_system:
            source = self.tr("from {system}, {key}")
            facts.append(source.format(system=detail.source_system, key=detail.source_key))
        self.facts.setText(" · ".join(facts))
        self.show_items(self._settled, self._settlements(detail))

    def _settlements(self, detail: PaymentDetail) -> list[Item]:
        formats = self._desk.formats
        take_back = ItemAction("take-back", "undo-2", self.tr("Take back"))
        return [
            Item(
                (each.id, each.allocation_id),
                [Span.strong(self.tr("Invoice {number}").format(number=each.number))],
                right=formats.amount(each.amount),
                second=formats.date(each.applied_on),
                icon="receipt-text",
                actions=(take_back,) if each.amount.minor > 0 else (),
            )
            for each in detail.settlements
        ]

    def _take_back(self, key: tuple[int, int], _action: str) -> None:
        self.run(reverse_allocation, self.tr("Taken back"), allocation_id=key[1])

    def _choose(self) -> None:
        detail = self._detail
        if detail is not None:
            AllocationDialog(
                self._desk,
                customer_id=detail.customer_id,
                source=(EntryKind.PAYMENT, detail.id),
                rest=detail.unallocated,
                parent=self,
            ).open()
