"""Until when shall a customer, or one invoice, get no payment reminder, and why?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from loyaldesk.ui.forms.form_dialog import FormDialog
from loyaldesk.ui.widgets.fields import LineEdit
from loyaldesk.ui.widgets.typed_edits import DateEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.operations import Operation
    from loyaldesk.ui.desk import Desk

__all__ = ["PauseDialog"]

USUAL_PAUSE = timedelta(days=30)


class PauseDialog(FormDialog):
    """The last day of the pause and its reason; undo takes the pause back."""

    def __init__(
        self,
        desk: Desk,
        *,
        customer_id: int | None = None,
        invoice_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            desk,
            title=self.tr("Pause reminders"),
            verb=self.tr("Pause reminders"),
            body=self.tr("No reminder goes out through this day. Statements still list it all."),
            parent=parent,
        )
        self._whose = {"customer_id": customer_id, "invoice_id": invoice_id}
        self.until = DateEdit(desk.theme, today=desk.today)
        self.until.set_value(desk.today() + USUAL_PAUSE)
        self.reason = LineEdit(desk.theme, name=self.tr("Why"))
        self.add_fields(("until", self.tr("Through"), self.until))
        self.add_fields(("reason", self.tr("Why"), self.reason))
        self.focus_field("reason")

    def operation(self) -> Operation[..., Any]:
        # Imported here: writing needs the tables, which an opening form does not wait for.
        from loyaldesk.operations.dunning import pause_customer, pause_invoice

        return pause_customer if self._whose["invoice_id"] is None else pause_invoice

    def arguments(self) -> dict[str, Any]:
        whose = {name: key for name, key in self._whose.items() if key is not None}
        return {**whose, "until": self.until.value(), "reason": self.reason.text()}

    def problems(self) -> dict[str, str]:
        missing = {"until": self.tr("Choose a day.")} if self.until.value() is None else {}
        return missing | super().problems()

    def saved(self, result: Any) -> None:
        del result
        self._desk.news.said.emit(self.tr("Reminders paused"), True)
