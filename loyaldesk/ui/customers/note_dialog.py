"""How are the words of a note changed? The earlier ones stay in the record of changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from loyaldesk.ui.widgets.dialog import Dialog, DialogWidth
from loyaldesk.ui.widgets.fields import LabelledField, TextArea

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.queries.timeline import TimelineEntry
    from loyaldesk.ui.desk import Desk

__all__ = ["NoteDialog"]


class NoteDialog(Dialog):
    """The words of one entry of the timeline."""

    def __init__(self, desk: Desk, entry: TimelineEntry, parent: QWidget | None = None) -> None:
        super().__init__(
            desk.theme,
            title=self.tr("Edit note"),
            verb=self.tr("Save note"),
            cancel=self.tr("Keep as it was"),
            body=self.tr("The earlier words stay in the record of changes."),
            width=DialogWidth.MEDIUM,
            parent=parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._activity_id = desk, entry.record_id
        self.text = TextArea(desk.theme, name=self.tr("Note"))
        self.text.setPlainText(entry.detail or entry.title)
        self._field = LabelledField(desk.theme, self.tr("Note"), self.text)
        self.content.addWidget(self._field)
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.activated.connect(self.accept)

    def accept(self) -> None:
        # Imported here: writing needs the tables, which the first window does not wait for.
        from loyaldesk.operations.activities import edit_activity

        self._desk.jobs.write(
            edit_activity,
            owner=self,
            then=self._saved,
            failed=self._refused,
            activity_id=self._activity_id,
            text=self.text.toPlainText(),
        )

    def _saved(self, _: object) -> None:
        self._desk.news.said.emit(self.tr("Note saved"), True)
        super().accept()

    def _refused(self, error: LoyalDeskError) -> None:
        self._field.set_error(str(error))
        self.text.setFocus()
