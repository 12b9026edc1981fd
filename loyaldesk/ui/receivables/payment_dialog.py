"""Record a payment, and what it settles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.operations.payments import record_payment
from loyaldesk.queries.customer_page import OpenItem, read_open_items
from loyaldesk.queries.customer_summary import CustomerSummary, read_customer_summary
from loyaldesk.ui.forms.form_dialog import FormDialog
from loyaldesk.ui.receivables.allocation_table import AllocationTable
from loyaldesk.ui.widgets.dialog import DialogWidth
from loyaldesk.ui.widgets.fields import ComboBox, LineEdit
from loyaldesk.ui.widgets.typed_edits import DateEdit, MoneyEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.operations import Operation
    from loyaldesk.ui.desk import Desk

__all__ = ["PaymentDialog"]


class PaymentDialog(FormDialog):
    """Amount, day, method and reference; the oldest open invoices are proposed."""

    def __init__(self, desk: Desk, customer_id: int, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=self.tr("Record a payment"),
            verb=self.tr("Record payment"),
            width=DialogWidth.LARGE,
            parent=parent,
        )
        theme = desk.theme
        self._customer_id = customer_id
        self._items: tuple[OpenItem, ...] = ()
        self.currency = ComboBox(theme)
        self.amount = MoneyEdit(theme, currency="EUR")
        self.received_on = DateEdit(theme, today=desk.today)
        self.received_on.set_value(desk.today())
        self.method = LineEdit(theme, placeholder=self.tr("Transfer, card, cheque …"))
        self.reference = LineEdit(theme, placeholder=self.tr("What stands on the bank statement"))
        self.table = AllocationTable(desk)
        self.add_fields(
            ("amount", self.tr("Amount"), self.amount),
            ("currency", self.tr("Currency"), self.currency),
            ("received_on", self.tr("Received on"), self.received_on),
        )
        self.add_fields(
            ("method", self.tr("Method"), self.method),
            ("reference", self.tr("Reference"), self.reference),
        )
        self.add_fields(("allocations", self.tr("Set against"), self.table))
        self.amount.value_changed.connect(self._propose)
        self.currency.currentTextChanged.connect(self._change_currency)
        self.keep_draft(f"new payment of {customer_id}")
        self._read()

    def operation(self) -> Operation[..., Any]:
        return record_payment

    def arguments(self) -> dict[str, Any]:
        return {
            "customer_id": self._customer_id,
            "amount": self.amount.money(),
            "received_on": self.received_on.value(),
            "method": self.method.text().strip(),
            "reference": self.reference.text().strip(),
            "allocations": self.table.allocations(),
        }

    def problems(self) -> dict[str, str]:
        found = super().problems()
        money = self.amount.money()
        if "amount" not in found and (money is None or money.minor <= 0):
            found["amount"] = self.tr("A payment is above zero.")
        return found

    def saved(self, result: Any) -> None:
        del result
        self._desk.news.said.emit(self.tr("Payment recorded"), True)

    def _read(self) -> None:
        self._desk.jobs.read(
            read_customer_summary,
            owner=self,
            then=self._show_customer,
            customer_id=self._customer_id,
        )
        self._desk.jobs.read(
            read_open_items, owner=self, then=self._show_items, customer_id=self._customer_id
        )

    def _show_customer(self, customer: CustomerSummary) -> None:
        words = self.tr("Record a payment of {name}").format(name=customer.name)
        self.setWindowTitle(words)
        self._offer_currency(customer.currency, is_own=True)

    def _show_items(self, items: tuple[OpenItem, ...]) -> None:
        self._items = items
        for code in sorted({item.open.currency for item in items}):
            self._offer_currency(code)
        self._change_currency(self.currency.currentText())

    def _offer_currency(self, code: str, *, is_own: bool = False) -> None:
        if self.currency.findText(code) < 0:
            self.currency.addItem(code)
        if is_own:
            self.currency.setCurrentText(code)
        self.take_for_granted("currency")

    def _change_currency(self, code: str) -> None:
        if code:
            self.amount.set_currency(code)
            self.table.show_items(self._items, code)
            self._propose()

    def _propose(self) -> None:
        self.table.propose(self.amount.money())
