"""Enter a customer's order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from loyaldesk.domain.next_steps import proposed_day
from loyaldesk.domain.working_days import WorkingDays
from loyaldesk.operations.orders import enter_order
from loyaldesk.queries.customer_summary import (
    CustomerSummary,
    Person,
    read_customer_summary,
    read_people,
)
from loyaldesk.queries.time_frames import frames_of_products
from loyaldesk.ui.forms.form_dialog import FormDialog
from loyaldesk.ui.forms.lines_editor import LinesEditor
from loyaldesk.ui.orders.order_fields import OrderFields
from loyaldesk.ui.orders.typed_lines import new_line
from loyaldesk.ui.widgets.buttons import Button
from loyaldesk.ui.widgets.dialog import DialogWidth
from loyaldesk.ui.widgets.fields import LineEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.domain.next_steps import GroupFrame
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
        self.propose = Button(
            desk.theme, self.tr("Propose days for lines without one"), icon="clock", small=True
        )
        self.propose.clicked.connect(self._ask_frames)
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
        self.add_fields(*self.order.terms_row())
        self.add_fields(("lines", self.tr("Lines"), self.lines))
        self.content.addWidget(self.propose, 0, Qt.AlignmentFlag.AlignLeft)
        self.widen(WIDTH)

    def _show_customer(self, customer: CustomerSummary) -> None:
        self.setWindowTitle(self.tr("Enter an order of {name}").format(name=customer.name))
        self.order.freight.set_currency(customer.currency)
        self.order.show_terms(customer.terms_days)
        self.lines.set_currency(customer.currency)

    def _show_people(self, people: list[Person]) -> None:
        self.order.offer_people(people)
        # Only now: a draft may name one of them.
        self.keep_draft(f"new order of {self._customer_id}")

    def _ask_frames(self) -> None:
        typed = {line.product_id for line in self.lines.lines() if line.product_id is not None}
        self._desk.jobs.read(
            frames_of_products,
            owner=self,
            then=self._propose_days,
            replaces="frames",
            product_ids=sorted(typed),
        )

    def _propose_days(self, frames: dict[int | None, GroupFrame]) -> None:
        """Put a day into each line that has none, where it is seen before it is saved."""
        ordered_on = self.order.ordered_on.value() or self._desk.today()
        count = 0
        for row in self.lines.rows:
            frame = frames.get(row.typed().product_id) or frames.get(None)
            if frame is not None and not row.is_empty and row.promised.value() is None:
                row.promised.set_value(proposed_day(ordered_on, frame, WorkingDays()))
                count += 1
        unknown = self.tr("No time frame is known for lines without a day. See the settings.")
        proposed = self.tr("Days proposed: {0}. They are promised when the order is saved.")
        self._desk.news.said.emit(proposed.format(count) if count else unknown, False)

    def _take_freight(self) -> None:
        self.lines.set_freight(self.order.freight_minor, self.order.freight_tax_ppm)
