"""How is a place entered or changed?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from loyaldesk.queries.record_fields import read_address_fields
from loyaldesk.ui.customers import choices
from loyaldesk.ui.forms.record_form import RecordForm

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.operations import Operation
    from loyaldesk.ui.desk import Desk

__all__ = ["AddressDialog"]

translate = QCoreApplication.translate


class AddressDialog(RecordForm):
    """The form of a place of a customer."""

    def __init__(
        self,
        desk: Desk,
        customer_id: int,
        address_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        if address_id is None:
            title = translate("AddressDialog", "New address")
            verb = translate("AddressDialog", "Add address")
        else:
            title = translate("AddressDialog", "Edit address")
            verb = translate("AddressDialog", "Save address")
        super().__init__(desk, title=title, verb=verb, record_id=address_id, parent=parent)
        self._customer_id = customer_id
        self._add_fields()
        if address_id is None:
            self.keep_draft(f"new address of {customer_id}")
            self.start_at("street")
        else:
            self.read(read_address_fields)

    def operation(self) -> Operation[..., Any]:
        # Imported here: writing needs the tables, which an opening form does not wait for.
        from loyaldesk.operations.customers import add_address, edit_address

        return add_address if self.record_id is None else edit_address

    def arguments(self) -> dict[str, Any]:
        from loyaldesk.models import AddressUse

        values = self.changed_values()
        if "use" in values:
            values["use"] = AddressUse(values["use"])
        if self.record_id is None:
            return {"customer_id": self._customer_id, **values}
        return {"address_id": self.record_id, **values}

    def saved(self, result: Any) -> None:
        del result
        self._desk.news.said.emit(self.tr("Address saved"), True)

    def _add_fields(self) -> None:
        grid = self.grid
        grid.add_choice("use", self.tr("Used for"), choices.uses())
        grid.add_claim("is_default", self.tr("Used by default"))
        hint = self.tr("Empty: the customer’s name")
        grid.add_line("recipient", self.tr("Addressed to"), hint=hint)
        grid.add_line("extra", self.tr("Department or building"))
        grid.add_line("street", self.tr("Street and number"), wide=True)
        grid.add_line("postcode", self.tr("Postcode"))
        grid.add_line("town", self.tr("Town"))
        grid.add_line("region", self.tr("Region"))
        grid.add_line("country", self.tr("Country"), hint=self.tr("Two letters: DE, US"))
