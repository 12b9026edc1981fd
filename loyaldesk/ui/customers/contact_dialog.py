"""How is a person entered or changed?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from loyaldesk.queries.record_fields import read_contact_fields
from loyaldesk.ui.customers import choices
from loyaldesk.ui.customers.form import RecordForm

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

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
        super().__init__(desk, title=title, verb=verb, parent=parent)
        self._customer_id, self._contact_id = customer_id, contact_id
        self._add_fields()
        if contact_id is None:
            self.grid.focus("given_name")
        else:
            self.read(read_contact_fields, contact_id)

    def accept(self) -> None:
        # Imported here: writing needs the tables, which the first window does not wait for.
        from loyaldesk.operations.customers import add_contact, edit_contact

        if not self.check():
            return
        if self._contact_id is None:
            values = self.grid.values()
            self.write(add_contact, self._saved, customer_id=self._customer_id, **values)
        else:
            changed = self.changed_values()
            self.write(edit_contact, self._saved, contact_id=self._contact_id, **changed)

    def _saved(self, _: object) -> None:
        values = self.grid.values()
        name = f"{values['given_name']} {values['family_name']}".strip()
        self.finish(self.tr("{0} saved").format(name))

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
