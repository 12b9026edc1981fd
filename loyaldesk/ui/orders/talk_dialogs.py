"""What is typed about an order as a whole: why it is held, what was said about it?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.models import ActivityKind
from loyaldesk.operations.activities import write_note
from loyaldesk.operations.orders import hold_order
from loyaldesk.ui.forms.form_dialog import FormDialog
from loyaldesk.ui.widgets.choices import Segment
from loyaldesk.ui.widgets.dialog import DialogWidth
from loyaldesk.ui.widgets.fields import LineEdit, TextArea

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.operations import Operation
    from loyaldesk.queries.order_page import OrderHead
    from loyaldesk.ui.desk import Desk

__all__ = ["HoldDialog", "OrderNoteDialog"]


class HoldDialog(FormDialog):
    """Asks why an order is held; the acknowledgement then does not call it accepted."""

    def __init__(self, desk: Desk, head: OrderHead, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=self.tr("Hold order {0}?").format(head.number),
            verb=self.tr("Hold order"),
            width=DialogWidth.SMALL,
            parent=parent,
        )
        self._head = head
        self.reason = LineEdit(desk.theme)
        self.add_fields(("reason", self.tr("Why"), self.reason))

    def operation(self) -> Operation[..., Any]:
        return hold_order

    def arguments(self) -> dict[str, Any]:
        return {"order_id": self._head.id, "reason": self.reason.text()}

    def saved(self, result: Any) -> None:
        del result
        words = self.tr("Order {0} is on hold").format(self._head.number)
        self._desk.news.said.emit(words, True)


class OrderNoteDialog(FormDialog):
    """Writes down a call, a mail or a note about an order."""

    def __init__(self, desk: Desk, head: OrderHead, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=self.tr("What was said about order {0}?").format(head.number),
            verb=self.tr("Save"),
            width=DialogWidth.MEDIUM,
            parent=parent,
        )
        self._head = head
        kinds = [
            (ActivityKind.CALL.value, self.tr("Call")),
            (ActivityKind.EMAIL.value, self.tr("E-mail")),
            (ActivityKind.NOTE.value, self.tr("Note")),
        ]
        self.kind = Segment(desk.theme, kinds, name=self.tr("Kind"))
        self.text = TextArea(desk.theme, name=self.tr("What was said"))
        self.content.addWidget(self.kind)
        self.add_fields(("text", self.tr("What was said"), self.text))
        self.keep_draft(f"note on order {head.id}")

    def operation(self) -> Operation[..., Any]:
        return write_note

    def arguments(self) -> dict[str, Any]:
        return {
            "customer_id": self._head.customer_id,
            "order_id": self._head.id,
            "contact_id": self._head.contact_id,
            "kind": ActivityKind(self.kind.chosen),
            "text": self.text.toPlainText(),
        }

    def saved(self, result: Any) -> None:
        del result
        self._desk.news.said.emit(self.tr("Note saved"), True)
