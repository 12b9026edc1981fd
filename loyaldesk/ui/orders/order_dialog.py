"""Enter a customer's order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.operations.orders import enter_order
from loyaldesk.queries.customer_summary import (
    CustomerSummary,
    Person,
    read_customer_summary,
    read_people,
)
from loyaldesk.ui.forms.form_dialog import FormDialog
from loyaldesk.ui.forms.lines_editor import LinesEditor
from loyaldesk.ui.orders.typed_lines import new_line
from loyaldesk.ui.widgets.dialog import DialogWidth
from loyaldesk.ui.widgets.fields import ComboBox, LineEdit
from loyaldesk.ui.widgets.typed_edits import DateEdit, MoneyEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.operations import Operation
    from loyaldesk.ui.desk import Desk

__all__ = ["OrderDialog"]

WIDTH = 1280


class OrderDialog(FormDialog):
    """Their order number and day, how it came, dates, freight and lines.

    What the customer asked for stands beside a line only where we confirm something else: the
    acknowledgement names the difference and its reason.
    """

    def __init__(self, desk: Desk, customer_id: int, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=self.tr("Enter an order"),
            verb=self.tr("Enter order"),
            width=DialogWidth.LARGE,
            parent=parent,
        )
        self._customer_id = customer_id
        theme = desk.theme
        self.customer_po = LineEdit(theme)
        self.customer_po_on = DateEdit(theme, today=desk.today)
        self.ordered_on = DateEdit(theme, today=desk.today)
        self.ordered_on.set_value(desk.today())
        self.requested_on = DateEdit(theme, today=desk.today)
        self.channel = ComboBox(theme)
        for words in (self.tr("phone"), self.tr("e-mail"), self.tr("letter"), self.tr("web")):
            self.channel.addItem(words)
        self.contact = ComboBox(theme)
        self.contact.addItem("", None)
        self.number = LineEdit(theme, placeholder=self.tr("the next free one"))
        self.freight = MoneyEdit(theme, currency="EUR")
        self.ship_via = LineEdit(theme)
        self.delivery_terms = LineEdit(theme)
        self.lines = LinesEditor(desk, "EUR", is_order=True)
        self._arrange()
        self.freight.value_changed.connect(self._take_freight)
        desk.jobs.read(
            read_customer_summary, owner=self, then=self._show_customer, customer_id=customer_id
        )
        desk.jobs.read(read_people, owner=self, then=self._show_people, customer_id=customer_id)

    def operation(self) -> Operation[..., Any]:
        return enter_order

    def arguments(self) -> dict[str, Any]:
        freight = self.freight.money()
        return {
            "customer_id": self._customer_id,
            "customer_po": self.customer_po.text(),
            "customer_po_on": self.customer_po_on.value(),
            "ordered_on": self.ordered_on.value(),
            "requested_on": self.requested_on.value(),
            "channel": self.channel.currentText(),
            "contact_id": self.contact.currentData(),
            "number": self.number.text(),
            "freight_minor": freight.minor if freight else 0,
            "ship_via": self.ship_via.text().strip(),
            "delivery_terms": self.delivery_terms.text().strip(),
            "lines": [new_line(line) for line in self.lines.lines()],
        }

    def saved(self, result: Any) -> None:
        self._desk.news.said.emit(self.tr("Order entered"), True)
        self._desk.ways.order_wanted.emit(result)

    def _arrange(self) -> None:
        self.add_fields(
            ("customer_po", self.tr("Their order number"), self.customer_po),
            ("customer_po_on", self.tr("of"), self.customer_po_on),
            ("channel", self.tr("Came by"), self.channel),
            ("contact", self.tr("Ordered by"), self.contact),
            ("ordered_on", self.tr("Received on"), self.ordered_on),
            ("requested_on", self.tr("Wanted on"), self.requested_on),
        )
        self.add_fields(
            ("number", self.tr("Our number"), self.number),
            ("freight", self.tr("Freight"), self.freight),
            ("ship_via", self.tr("Carrier"), self.ship_via),
            ("delivery_terms", self.tr("Delivery terms"), self.delivery_terms),
        )
        self.add_fields(("lines", self.tr("Lines"), self.lines))
        self.resize(self._desk.theme.px(WIDTH), self.sizeHint().height())

    def _show_customer(self, customer: CustomerSummary) -> None:
        self.setWindowTitle(self.tr("Enter an order of {name}").format(name=customer.name))
        self.freight.set_currency(customer.currency)
        self.lines.set_currency(customer.currency)

    def _show_people(self, people: list[Person]) -> None:
        for person in people:
            self.contact.addItem(person.name, person.id)
        # Only now: a draft may name one of them.
        self.keep_draft(f"new order of {self._customer_id}")

    def _take_freight(self) -> None:
        money = self.freight.money()
        self.lines.set_freight(money.minor if money else 0)
