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
from loyaldesk.ui.orders.order_fields import OrderFields
from loyaldesk.ui.orders.typed_lines import new_line
from loyaldesk.ui.widgets.dialog import DialogWidth
from loyaldesk.ui.widgets.fields import LineEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.operations import Operation
    from loyaldesk.ui.desk import Desk

__all__ = ["OrderDialog"]

WIDTH = 1200


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
        self.order = OrderFields(desk)
        self.order.ordered_on.set_value(desk.today())
        self.number = LineEdit(desk.theme, placeholder=self.tr("the next free one"))
        self.lines = LinesEditor(desk, "EUR", is_order=True)
        self._arrange()
        for edit in (self.order.freight, self.order.freight_tax):
            edit.value_changed.connect(self._take_freight)
        desk.jobs.read(
            read_customer_summary, owner=self, then=self._show_customer, customer_id=customer_id
        )
        desk.jobs.read(read_people, owner=self, then=self._show_people, customer_id=customer_id)

    def operation(self) -> Operation[..., Any]:
        return enter_order

    def arguments(self) -> dict[str, Any]:
        return {
            **self.order.values(),
            "customer_id": self._customer_id,
            "number": self.number.text(),
            "lines": [new_line(line) for line in self.lines.lines()],
        }

    def saved(self, result: Any) -> None:
        self._desk.news.said.emit(self.tr("Order entered"), True)
        self._desk.ways.order_wanted.emit(result)

    def _arrange(self) -> None:
        self.add_fields(*self.order.order_row())
        self.add_fields(("number", self.tr("Our number"), self.number), *self.order.delivery_row())
        self.add_fields(("lines", self.tr("Lines"), self.lines))
        self.widen(WIDTH)

    def _show_customer(self, customer: CustomerSummary) -> None:
        self.setWindowTitle(self.tr("Enter an order of {name}").format(name=customer.name))
        self.order.freight.set_currency(customer.currency)
        self.lines.set_currency(customer.currency)

    def _show_people(self, people: list[Person]) -> None:
        self.order.offer_people(people)
        # Only now: a draft may name one of them.
        self.keep_draft(f"new order of {self._customer_id}")

    def _take_freight(self) -> None:
        self.lines.set_freight(self.order.freight_minor, self.order.freight_tax_ppm)
