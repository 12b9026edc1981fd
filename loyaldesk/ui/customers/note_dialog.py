"""How are the words of a note changed? The earlier ones stay in the record of changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loyaldesk.ui.forms.form_dialog import FormDialog
from loyaldesk.ui.widgets.fields import TextArea

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.operations import Operation
    from loyaldesk.queries.timeline import TimelineEntry
    from loyaldesk.ui.desk import Desk

__all__ = ["NoteDialog"]


class NoteDialog(FormDialog):
    """The words of one entry of the timeline."""

    def __init__(self, desk: Desk, entry: TimelineEntry, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=self.tr("Edit note"),
            verb=self.tr("Save note"),
            cancel=self.tr("Keep as it was"),
            body=self.tr("The earlier words stay in the record of changes."),
            parent=parent,
        )
        self._activity_id, self._before = entry.record_id, entry.detail or entry.title
        self.text = TextArea(desk.theme, name=self.tr("Note"))
        self.text.setPlainText(self._before)
        self.add_fields(("text", self.tr("Note"), self.text))

    def operation(self) -> Operation[..., Any]:
        # Imported here: writing needs the tables, which an opening form does not wait for.
        from loyaldesk.operations.activities import edit_activity

        return edit_activity

    def arguments(self) -> dict[str, Any]:
        return {"activity_id": self._activity_id, "text": self.text.toPlainText()}

    def has_changes(self) -> bool:
        return self.text.toPlainText() != self._before

    def saved(self, result: Any) -> None:
        del result
        self._desk.news.said.emit(self.tr("Note saved"), True)
