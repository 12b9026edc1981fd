"""How does a form read its record, check it where it stands, and save it under one name?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from loyaldesk.ui.customers.field_grid import FieldGrid
from loyaldesk.ui.widgets.dialog import Dialog, DialogWidth
from loyaldesk.ui.widgets.labels import SpanLabel
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSize

    from loyaldesk.errors import LoyalDeskError
    from loyaldesk.queries.record_fields import RecordFields
    from loyaldesk.ui.desk import Desk

__all__ = ["RecordForm"]

HIGHEST = 520


class RecordForm(Dialog):
    """The form of one record: `grid` holds its fields; what is refused is said at its field."""

    def __init__(self, desk: Desk, *, title: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, title=title, verb=verb, width=DialogWidth.LARGE, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk = desk
        self.grid = FieldGrid(desk)
        self._read: dict[str, Any] = {}
        self._first = ""
        self._origin = SpanLabel(desk.theme, icon="database", wrap=True)
        self._trouble = SpanLabel(desk.theme, icon="circle-alert", icon_tone=Tone.BAD, wrap=True)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self.grid)
        self._scroll.viewport().setAutoFillBackground(False)
        self.grid.setAutoFillBackground(False)
        for widget in (self._origin, self._scroll, self._trouble):
            self.content.addWidget(widget)
        self._origin.hide()
        self._trouble.hide()
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.accept)

    @property
    def origin_words(self) -> str:
        """From which system the record comes, as the form says it."""
        return self._origin.text

    @property
    def trouble_words(self) -> str:
        """What is wrong with the record as a whole."""
        return self._trouble.text

    def start_at(self, field: str) -> None:
        """Put the focus into this field, also once the record is read."""
        self._first = field
        self.grid.focus(field)

    def read(self, query: Callable[..., RecordFields], record_id: int) -> None:
        """Read the record into the fields."""
        self.verb_button.setEnabled(False)
        self.desk.jobs.read(
            query, owner=self, then=self.show_record, failed=self.refuse, record_id=record_id
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
        self.grid.focus(self._first or next(iter(self.grid.fields)))

    def changed_values(self) -> dict[str, Any]:
        """Return only what differs from what was read."""
        found = self.grid.values()
        return {
            name: v for name, v in found.items() if name not in self._read or v != self._read[name]
        }

    def check(self) -> bool:
        """Say at each field what is wrong; return whether nothing is."""
        self._say("")
        return self.grid.check()

    def write(self, operation: Any, then: Callable[[Any], None], **arguments: Any) -> None:
        """Run an operation; its refusal is shown in the form, and nothing typed is lost."""
        self.verb_button.setEnabled(False)
        self.desk.jobs.write(operation, owner=self, then=then, failed=self.refuse, **arguments)

    def refuse(self, error: LoyalDeskError) -> None:
        """Show a refusal at its field, or below the form."""
        self.verb_button.setEnabled(True)
        if not self.grid.set_error(getattr(error, "field", None) or "", str(error)):
            self._say(str(error))

    def finish(self, said: str) -> None:
        """Say what is saved, with undo, and close."""
        self.desk.news.said.emit(said, True)
        super().accept()

    def _say(self, sentence: str) -> None:
        self._trouble.set_spans([Span.small(sentence, Tone.BAD)] if sentence else [])
        self._trouble.setVisible(bool(sentence))

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        px = self.desk.theme.px
        wanted = self.grid.sizeHint().height() + hint.height() - self._scroll.sizeHint().height()
        hint.setHeight(min(max(wanted, hint.height()), px(HIGHEST + 160)))
        return hint
