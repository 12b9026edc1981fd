"""How does a form read its record, and save only what was changed of it?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize

from loyaldesk.ui.forms.field_grid import FieldGrid
from loyaldesk.ui.forms.form_dialog import FormDialog
from loyaldesk.ui.widgets.dialog import DialogWidth
from loyaldesk.ui.widgets.labels import SpanLabel
from loyaldesk.ui.widgets.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from loyaldesk.queries.record_fields import RecordFields
    from loyaldesk.ui.desk import Desk

__all__ = ["RecordForm"]

HIGHEST = 680
MOST = 16_777_215  # the size that Qt takes for none


class RecordForm(FormDialog):
    """The form of a new record, or of one that is read first; `grid` holds its many fields."""

    def __init__(
        self,
        desk: Desk,
        *,
        title: str,
        verb: str,
        record_id: int | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, title=title, verb=verb, width=DialogWidth.LARGE, parent=parent)
        self.record_id = record_id
        self.grid = FieldGrid(desk)
        self.fields = self.grid.fields
        self._read: dict[str, Any] = {}
        self._first = ""
        self._origin = SpanLabel(desk.theme, icon="database", wrap=True)
        self._origin.hide()
        self.content.addWidget(self._origin)
        self.content.addWidget(self.grid)
        self.content.addStretch(1)

    @property
    def origin_words(self) -> str:
        """From which system the record comes, as the form says it."""
        return self._origin.text

    def start_at(self, field: str) -> None:
        """Put the focus into this field, also once the record is read."""
        self._first = field
        if field in self.fields:
            self.focus_field(field)

    def read(self, query: Callable[..., RecordFields]) -> None:
        """Read the record into the fields; until they are filled nothing can be saved."""
        self.verb_button.setEnabled(False)
        self._desk.jobs.read(
            query,
            owner=self,
            then=self.show_record,
            failed=lambda error: self.show_refusal(str(error)),
            record_id=self.record_id,
        )

    def show_record(self, record: RecordFields) -> None:
        """Put a record into the fields and say from which system it comes."""
        self.grid.show_values(record.values)
        self._read = self.grid.values()
        self.verb_button.setEnabled(True)
        if record.source_system:
            origin = " ".join(part for part in (record.source_system, record.source_key) if part)
            words = self.tr("From {0}. You may change it here; the next import may change it back.")
            self._origin.set_spans([Span.small(words.format(origin))])
            self._origin.show()
        self.start_at(self._first or next(iter(self.fields)))

    def changed_values(self) -> dict[str, Any]:
        """Return only what differs from what was read; of a new record everything."""
        found = self.grid.values()
        return {
            name: v for name, v in found.items() if name not in self._read or v != self._read[name]
        }

    def has_changes(self) -> bool:
        return self.record_id is None or bool(self.changed_values())

    def sizeHint(self) -> QSize:
        return super().sizeHint().boundedTo(QSize(MOST, self._desk.theme.px(HIGHEST)))
