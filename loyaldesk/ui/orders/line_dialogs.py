"""What is typed for one line of an order: the day it is promised for, how much has shipped?"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from loyaldesk.domain.money import round_half_up
from loyaldesk.operations.fulfilment import promise_line, ship_line
from loyaldesk.ui.forms.form_dialog import FormDialog
from loyaldesk.ui.widgets.dialog import DialogWidth
from loyaldesk.ui.widgets.typed_edits import DateEdit, NumberEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.operations import Operation
    from loyaldesk.queries.order_page import OrderLineRow
    from loyaldesk.ui.desk import Desk

__all__ = ["PromiseDialog", "ShipDialog"]

MILLI = 1_000


class PromiseDialog(FormDialog):
    """Asks for the day a line is promised for; an empty field takes the promise back."""

    def __init__(self, desk: Desk, line: OrderLineRow, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=self.tr("When is line {0} promised?").format(line.position),
            verb=self.tr("Promise this day"),
            width=DialogWidth.SMALL,
            parent=parent,
        )
        self._line = line
        self.day = DateEdit(desk.theme, today=desk.today)
        self.day.set_value(line.promised_on or line.requested_on)
        self.add_fields(("promised_on", self._label(line), self.day))
        self.day.selectAll()

    def operation(self) -> Operation[..., Any]:
        return promise_line

    def arguments(self) -> dict[str, Any]:
        return {"line_id": self._line.id, "promised_on": self.day.value()}

    def saved(self, result: Any) -> None:
        del result
        words = self.tr("Line {0} promised for {1}")
        day = self.day.value()
        if day is None:
            words = self.tr("Promise of line {0} taken back{1}")
        written = self._desk.formats.date(day) if day else ""
        self._desk.news.said.emit(words.format(self._line.position, written), True)

    def _label(self, line: OrderLineRow) -> str:
        if line.requested_on is None:
            return self.tr("Promised date")
        wanted = self._desk.formats.date(line.requested_on)
        return self.tr("Promised date (wanted {0})").format(wanted)


class ShipDialog(FormDialog):
    """Asks how much of a line has shipped, and when; all that is owed is proposed."""

    def __init__(self, desk: Desk, line: OrderLineRow, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=self.tr("What has shipped of line {0}?").format(line.position),
            verb=self.tr("Record shipment"),
            width=DialogWidth.SMALL,
            parent=parent,
        )
        self._line = line
        self.quantity = NumberEdit(desk.theme, decimals=3)
        self.quantity.setText(desk.formats.quantity(line.balance_milli))
        self.day = DateEdit(desk.theme, today=desk.today)
        self.day.set_value(desk.today())
        owed = self.tr("Quantity in {0}, {1} still owed")
        self.add_fields(
            (
                "quantity",
                owed.format(line.unit, desk.formats.quantity(line.balance_milli)),
                self.quantity,
            ),
            ("shipped_on", self.tr("Shipped on"), self.day),
        )

    def operation(self) -> Operation[..., Any]:
        return ship_line

    def arguments(self) -> dict[str, Any]:
        return {
            "line_id": self._line.id,
            "quantity_milli": round_half_up((self.quantity.value() or Decimal()) * MILLI),
            "shipped_on": self.day.value(),
        }

    def saved(self, result: Any) -> None:
        del result
        words = self.tr("Shipment of line {0} recorded").format(self._line.position)
        self._desk.news.said.emit(words, True)
