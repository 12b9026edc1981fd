"""How is a person entered or changed?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from loyaldesk.queries.record_fields import read_contact_fields
from loyaldesk.ui.customers import choices
from loyaldesk.ui.forms.record_form import RecordForm

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.operations import Operation
    from loyaldesk.ui.desk import Desk

__all__ = ["ContactDialog"]

translate = QCoreApplication.translate


class ContactDialog(RecordForm):
    """The form of a person at a customer."""

    def __init__(
        self,
        desk: Desk,
        customer_id: int,
        contact_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        if contact_id is None:
            title = translate("ContactDialog", "New contact")
            verb = translate("ContactDialog", "Add contact")
        else:
            title = translate("ContactDialog", "Edit contact")
            verb = translate("ContactDialog", "Save contact")
        super().__init__(desk, title=title, verb=verb, record_id=contact_id, parent=parent)
        self._customer_id = customer_id
        self._add_fields()
        if contact_id is None:
            self.keep_draft(f"new contact of {customer_id}")
            self.start_at("given_name")
        else:
            self.read(read_contact_fields)

    def operation(self) -> Operation[..., Any]:
        # Imported here: writing needs the tables, which an opening form does not wait for.
        from loyaldesk.operations.customers import add_contact, edit_contact

        return add_contact if self.record_id is None else edit_contact

    def arguments(self) -> dict[str, Any]:
        if self.record_id is None:
            return {"customer_id": self._customer_id, **self.changed_values()}
        return {"contact_id": self.record_id, **self.changed_values()}

    def saved(self, result: Any) -> None:
        del result
        values = self.grid.values()
        name = f"{values['given_name']} {values['family_name']}".strip()
        self._desk.news.said.emit(self.tr("{0} saved").format(name), True)

    def _add_fields(self) -> None:
        grid = self.grid
        grid.add_line("salutation", self.tr("Salutation"), hint=self.tr("Frau, Herr, Ms, Mr"))
        grid.add_line("role", self.tr("Role"))
        grid.add_line("given_name", self.tr("Given name"))
        grid.add_line("family_name", self.tr("Family name"))
        grid.add_line("phone", self.tr("Telephone"))
        grid.add_line("mobile", self.tr("Mobile"))
        grid.add_line("email", self.tr("E-mail"))
        grid.add_choice("language", self.tr("Language of letters"), choices.languages(inherit=True))
        grid.add_choice("preferred_channel", self.tr("Best reached by"), choices.channels())
        grid.add_line("preferred_time", self.tr("Best time"))
        grid.add_day("birthday", self.tr("Birthday"))
        grid.add_day("consent_on", self.tr("Consent given on"))
        grid.add_claim("is_primary", self.tr("First contact of this customer"))
        grid.add_text("notes", self.tr("Notes"))
