"""Change what stands above the lines of an order: their number, days, freight, delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.operations.orders import change_order
from loyaldesk.queries.customer_summary import Person, read_people
from loyaldesk.ui.forms.form_dialog import FormDialog
from loyaldesk.ui.orders.order_fields import OrderFields
from loyaldesk.ui.widgets.dialog import DialogWidth
from loyaldesk.ui.widgets.fields import LineEdit, TextArea

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.operations import Operation
    from loyaldesk.queries.order_page import OrderHead
    from loyaldesk.ui.desk import Desk

__all__ = ["ChangeOrderDialog"]

PLACE = ("recipient", "street", "postcode", "town", "region", "country")


class ChangeOrderDialog(FormDialog):
    """The head of the order as it stands, and where it goes, to be typed over."""

    def __init__(self, desk: Desk, head: OrderHead, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=self.tr("Change order {0}").format(head.number),
            verb=self.tr("Save order"),
            width=DialogWidth.LARGE,
            parent=parent,
        )
        self._head = head
        self.order = OrderFields(desk)
        self.order.show(head)
        self.place = {name: LineEdit(desk.theme) for name in PLACE}
        for name, edit in self.place.items():
            edit.setText(getattr(head, f"ship_{name}"))
        self.notes = TextArea(desk.theme, name=self.tr("Notes"))
        self.notes.setPlainText(head.notes)
        self._arrange()
        self._before = self._values()
        desk.jobs.read(
            read_people, owner=self, then=self._show_people, customer_id=head.customer_id
        )

    def operation(self) -> Operation[..., Any]:
        return change_order

    def arguments(self) -> dict[str, Any]:
        return {"order_id": self._head.id, **self._changed()}

    def has_changes(self) -> bool:
        return bool(self._changed())

    def problems(self) -> dict[str, str]:
        found = super().problems()
        if self.order.ordered_on.value() is None:
            words = self.tr("The day the order was received is needed.")
            found.setdefault("ordered_on", words)
        return found

    def saved(self, result: Any) -> None:
        del result
        words = self.tr("Order {0} changed").format(self._head.number)
        self._desk.news.said.emit(words, True)

    def _arrange(self) -> None:
        # Six side by side would be too narrow here for a name or a day.
        fields = self.order.order_row()
        self.add_fields(*fields[:3])
        self.add_fields(*fields[3:])
        self.add_fields(*self.order.delivery_row())
        self.add_fields(*self.order.terms_row())
        labels = {
            "recipient": self.tr("Delivered to"),
            "street": self.tr("Street and number"),
            "postcode": self.tr("Postcode"),
            "town": self.tr("Town"),
            "region": self.tr("Region"),
            "country": self.tr("Country"),
        }
        place = [(f"ship_{name}", labels[name], edit) for name, edit in self.place.items()]
        self.add_fields(*place[:2])
        self.add_fields(*place[2:])
        self.add_fields(("notes", self.tr("Notes"), self.notes))

    def _changed(self) -> dict[str, Any]:
        return {name: v for name, v in self._values().items() if v != self._before[name]}

    def _values(self) -> dict[str, Any]:
        place = {f"ship_{name}": edit.text().strip() for name, edit in self.place.items()}
        return {**self.order.values(), **place, "notes": self.notes.toPlainText().strip()}

    def _show_people(self, people: list[Person]) -> None:
        self.order.offer_people(people, self._head.contact_id)
        self._before["contact_id"] = self.order.contact.currentData()
        # Only now: a draft may name one of them.
        self.keep_draft(f"change of order {self._head.id}")
