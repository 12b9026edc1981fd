"""Write an invoice or a credit note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.models import InvoiceKind
from loyaldesk.operations.invoices import NewInvoiceLine, post_invoice
from loyaldesk.queries.customer_summary import CustomerSummary, read_customer_summary
from loyaldesk.ui.forms.form_dialog import FormDialog
from loyaldesk.ui.forms.lines_editor import LinesEditor
from loyaldesk.ui.widgets.choices import Segment
from loyaldesk.ui.widgets.dialog import DialogWidth
from loyaldesk.ui.widgets.fields import LineEdit
from loyaldesk.ui.widgets.typed_edits import DateEdit, NumberEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.operations import Operation
    from loyaldesk.ui.desk import Desk

__all__ = ["InvoiceDialog"]


class InvoiceDialog(FormDialog):
    """Kind, number, day, terms and lines; a posted invoice is corrected by a credit note."""

    def __init__(self, desk: Desk, customer_id: int, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=self.tr("Write an invoice"),
            verb=self.tr("Post invoice"),
            width=DialogWidth.LARGE,
            parent=parent,
        )
        theme = desk.theme
        self._customer_id = customer_id
        self._currency = "EUR"
        self.kind = Segment(
            theme,
            [
                (InvoiceKind.INVOICE.value, self.tr("Invoice")),
                (InvoiceKind.CREDIT_NOTE.value, self.tr("Credit note")),
            ],
            name=self.tr("Kind"),
        )
        self.number = LineEdit(theme, placeholder=self.tr("the next free one"))
        self.invoiced_on = DateEdit(theme, today=desk.today)
        self.invoiced_on.set_value(desk.today())
        self.terms_days = NumberEdit(theme, decimals=0)
        self.customer_po = LineEdit(theme)
        self.lines = LinesEditor(desk, self._currency)
        self.content.addWidget(self.kind)
        self.add_fields(
            ("number", self.tr("Number"), self.number),
            ("invoiced_on", self.tr("Date"), self.invoiced_on),
            ("terms_days", self.tr("Terms, days"), self.terms_days),
            ("customer_po", self.tr("Their order"), self.customer_po),
        )
        self.add_fields(("lines", self.tr("Lines"), self.lines))
        self.kind.chosen_changed.connect(self._name_verb)
        self.keep_draft(f"new invoice of {customer_id}")
        desk.jobs.read(
            read_customer_summary, owner=self, then=self._show_customer, customer_id=customer_id
        )

    def operation(self) -> Operation[..., Any]:
        return post_invoice

    def arguments(self) -> dict[str, Any]:
        terms = self.terms_days.value()
        return {
            "customer_id": self._customer_id,
            "currency": self._currency,
            "kind": InvoiceKind(self.kind.chosen or InvoiceKind.INVOICE),
            "number": self.number.text(),
            "invoiced_on": self.invoiced_on.value(),
            "terms_days": None if terms is None else int(terms),
            "customer_po": self.customer_po.text().strip(),
            "lines": [
                NewInvoiceLine(
                    description=line.description,
                    quantity_milli=line.quantity_milli,
                    unit_price_micro=line.unit_price_micro,
                    item_number=line.item_number,
                    unit=line.unit,
                    discount_ppm=line.discount_ppm,
                    tax_ppm=line.tax_ppm,
                )
                for line in self.lines.lines()
            ],
        }

    def saved(self, result: Any) -> None:
        self._desk.news.said.emit(self.tr("Posted"), True)
        self._desk.ways.invoice_wanted.emit(result)

    def _show_customer(self, customer: CustomerSummary) -> None:
        words = self.tr("Write an invoice to {name}").format(name=customer.name)
        self.setWindowTitle(words)
        self._currency = customer.currency
        self.lines.set_currency(customer.currency)
        if self.terms_days.value() is None:
            self.terms_days.set_value(customer.terms_days)
            self.take_for_granted("terms_days")

    def _name_verb(self) -> None:
        is_credit = self.kind.chosen == InvoiceKind.CREDIT_NOTE
        words = self.tr("Post credit note") if is_credit else self.tr("Post invoice")
        self.verb_button.setText(words)
