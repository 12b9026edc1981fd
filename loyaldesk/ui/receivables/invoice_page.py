"""One invoice or credit note: its lines, and what settled it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QInputDialog

from loyaldesk.operations.invoices import dispute_invoice, release_dispute
from loyaldesk.operations.payments import reverse_allocation
from loyaldesk.queries.receivables import InvoiceDetail, InvoiceLineRow, read_invoice
from loyaldesk.ui.receivables.record_page import RecordPage
from loyaldesk.ui.receivables.reminders_part import RemindersPart
from loyaldesk.ui.widgets.chips import Chip
from loyaldesk.ui.widgets.item_list import Item, ItemAction
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.desk import Desk

__all__ = ["InvoicePage"]

TAKE_BACK = "take-back"


class InvoicePage(RecordPage):
    """Order ↔ invoice ↔ payment: every row leads on."""

    TABLES = ("invoice", "allocation", "payment", "reminder_item", "customer")

    def __init__(self, desk: Desk, invoice_id: int, parent: QWidget | None = None) -> None:
        self._detail: InvoiceDetail | None = None
        super().__init__(desk, invoice_id, parent)
        self._pay = self.add_button(self.tr("Record payment"), self._record_payment, "banknote")
        self._dispute = self.add_button(self.tr("Mark in dispute"), self._change_dispute, "flag")
        self._lines = self.add_section(self.tr("Lines"))
        self._order = self.add_section(self.tr("Order"))
        self._settled = self.add_section(self.tr("What settled it"))
        self.reminders = RemindersPart(desk, self)
        self._order[1].row_activated.connect(lambda key: desk.ways.order_wanted.emit(key))
        self._settled[1].row_activated.connect(self._open_settlement)
        self._settled[1].item_action.connect(self._take_back)
        self.refresh()

    def read(self) -> None:
        self._desk.jobs.read(
            read_invoice,
            owner=self,
            then=self._show,
            failed=self.fail,
            replaces="invoice",
            invoice_id=self.record_id,
        )

    def _show(self, detail: InvoiceDetail) -> None:
        self._detail = detail
        formats = self._desk.formats
        is_invoice = detail.kind == "invoice"
        words = self.tr("Invoice {number}") if is_invoice else self.tr("Credit note {number}")
        self.title.setText(words.format(number=detail.number))
        self.show_customer(detail.customer_id, detail.customer_name)
        self.amount.setText(formats.money(detail.total))
        self.chip.set_chip(self._state(detail))
        self.facts.setText(self._facts(detail))
        self._pay.setVisible(is_invoice and bool(detail.open))
        self._dispute.setVisible(is_invoice)
        self.reminders.read(is_reminded=is_invoice and bool(detail.open))
        self._dispute.setText(
            self.tr("Settle dispute") if detail.disputed_on else self.tr("Mark in dispute")
        )
        self.show_items(self._lines, [self._line(line) for line in detail.lines])
        self.show_items(self._order, self._order_items(detail))
        self.show_items(self._settled, self._settlements(detail))

    def _state(self, detail: InvoiceDetail) -> Chip:
        if detail.disputed_on:
            return Chip(self.tr("In dispute"), Tone.WARN, "flag")
        if not detail.open:
            return Chip(self.tr("Settled"), Tone.OK, "check")
        if detail.due_on and detail.due_on < self._desk.today():
            late = (self._desk.today() - detail.due_on).days
            return Chip(self.tr("{n} d overdue").format(n=late), Tone.BAD, "clock-alert")
        return Chip(self.tr("Open"), Tone.INFO, "clock")

    def _facts(self, detail: InvoiceDetail) -> str:
        formats = self._desk.formats
        facts = [self.tr("Dated {day}").format(day=formats.date(detail.invoiced_on))]
        if detail.due_on:
            facts.append(self.tr("due {day}").format(day=formats.date(detail.due_on)))
        facts.append(self.tr("open {amount}").format(amount=formats.money(detail.open)))
        facts.append(
            self.tr("net {net}, freight {freight}, tax {tax}").format(
                net=formats.money(detail.net),
                freight=formats.money(detail.freight),
                tax=formats.money(detail.tax),
            )
        )
        if detail.customer_po:
            facts.append(self.tr("their order {number}").format(number=detail.customer_po))
        if detail.dispute_reason:
            facts.append(self.tr("in dispute: {reason}").format(reason=detail.dispute_reason))
        if detail.source_system:
            facts.append(
                self.tr("from {system}, {key}").format(
                    system=detail.source_system, key=detail.source_key
                )
            )
        return " · ".join(facts)

    def _line(self, line: InvoiceLineRow) -> Item:
        formats = self._desk.formats
        price = formats.unit_price(line.unit_price_micro, line.net.currency)
        second = f"{formats.quantity(line.quantity_milli)} {line.unit} × {price}"
        if line.discount_ppm:
            second += f" − {formats.percent(line.discount_ppm)}"
        title = [Span.strong(line.item_number), Span(f" {line.description}")]
        return Item(
            line.position, title, second=second, right=formats.amount(line.net), is_choosable=False
        )

    def _order_items(self, detail: InvoiceDetail) -> list[Item]:
        if detail.order_id is None:
            return []
        words = self.tr("Order {number}").format(number=detail.order_number)
        return [Item(detail.order_id, [Span.strong(words)], icon="package")]

    def _settlements(self, detail: InvoiceDetail) -> list[Item]:
        formats = self._desk.formats
        take_back = ItemAction(TAKE_BACK, "undo-2", self.tr("Take back"))
        kinds = {"payment": self.tr("Payment"), "credit_note": self.tr("Credit note")}
        return [
            Item(
                (each.kind, each.id, each.allocation_id),
                [Span.strong(f"{kinds[each.kind]} {each.number}")],
                right=formats.amount(each.amount),
                second=formats.date(each.applied_on),
                icon="banknote" if each.kind == "payment" else "receipt-text",
                actions=(take_back,) if each.amount.minor > 0 else (),
            )
            for each in detail.settlements
        ]

    def _open_settlement(self, key: tuple[str, int, int]) -> None:
        kind, record_id, _ = key
        ways = self._desk.ways
        (ways.payment_wanted if kind == "payment" else ways.invoice_wanted).emit(record_id)

    def _take_back(self, key: tuple[str, int, int], action: str) -> None:
        if action == TAKE_BACK:
            self.run(reverse_allocation, self.tr("Taken back"), allocation_id=key[2])

    def _record_payment(self) -> None:
        if self.customer_id:
            self._desk.ways.new_payment_wanted.emit(self.customer_id)

    def _change_dispute(self) -> None:
        if self._detail is not None and self._detail.disputed_on:
            self.run(release_dispute, self.tr("Dispute settled"), invoice_id=self.record_id)
            return
        reason, is_given = QInputDialog.getText(
            self, self.tr("Mark in dispute"), self.tr("What does the customer say?")
        )
        if is_given and reason.strip():
            mark = partial(self.run, dispute_invoice, self.tr("Marked as in dispute"))
            mark(invoice_id=self.record_id, reason=reason)
