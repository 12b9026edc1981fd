"""How does everything of one customer move to another?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot

from loyaldesk.queries.record_fields import ParentName, read_customer_fields
from loyaldesk.ui.customers.parent_field import ParentField
from loyaldesk.ui.forms.form_dialog import FormDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.operations import Operation
    from loyaldesk.queries.record_fields import RecordFields
    from loyaldesk.ui.desk import Desk

__all__ = ["MergeDialog"]


class MergeDialog(FormDialog):
    """Two fields: who is kept and who goes into it; nothing happens before the verb."""

    def __init__(
        self,
        desk: Desk,
        kept_id: int,
        gone: ParentName | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            desk,
            title=self.tr("Make one customer of two"),
            body=self.tr(
                "People, places, orders, invoices, payments, letters, documents and notes of the "
                "one that goes move to the one that stays, which keeps its own name, terms and "
                "numbers. The old number leads there from then on. Undo takes it back at once; "
                "for 30 days the two can be parted again."
            ),
            verb=self.tr("Merge"),
            parent=parent,
        )
        self.kept, self.gone = ParentField(desk), ParentField(desk)
        self.add_fields(("kept_id", self.tr("Stays"), self.kept))
        self.add_fields(("gone_id", self.tr("Goes into it"), self.gone))
        for name, field in (("kept_id", self.kept), ("gone_id", self.gone)):
            self.fields[name].set_hint(" ")
            field.understood.connect(self.fields[name].set_hint)
        if gone is not None:
            self.gone.show_parent(gone)
        self._kept_id = kept_id
        desk.jobs.read(read_customer_fields, owner=self, then=self._name_kept, record_id=kept_id)
        self.focus_field("gone_id")

    def problems(self) -> dict[str, str]:
        found = super().problems()
        for name, field in (("kept_id", self.kept), ("gone_id", self.gone)):
            if name not in found and field.parent_id is None:
                found[name] = self.tr("Type the number or the name of a customer.")
        if not found and self.kept.parent_id == self.gone.parent_id:
            found["gone_id"] = self.tr("This is the same customer. Choose another one.")
        return found

    def operation(self) -> Operation[..., Any]:
        # Imported here: writing needs the tables, which an opening form does not wait for.
        from loyaldesk.operations.merging import merge_customers

        return merge_customers

    def arguments(self) -> dict[str, Any]:
        return {"kept_id": self.kept.parent_id, "gone_id": self.gone.parent_id}

    def saved(self, result: Any) -> None:
        self._desk.news.said.emit(self.tr("Two customers are one now"), True)
        if self.kept.parent_id is not None:
            self._desk.ways.customer_wanted.emit(self.kept.parent_id)

    @Slot(object)
    def _name_kept(self, record: RecordFields) -> None:
        values = record.values
        self.kept.show_parent(ParentName(self._kept_id, values["number"], values["name"]))
