"""What must somebody look at before the order may be accepted, and who ticks it off?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from loyaldesk.domain.verification import Grade
from loyaldesk.ui.widgets.buttons import Button
from loyaldesk.ui.widgets.fields import LineEdit
from loyaldesk.ui.widgets.labels import SpanLabel
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from loyaldesk.domain.verification import Finding, Verification
    from loyaldesk.ui.desk import Desk

__all__ = ["VerificationPanel"]

_ICONS = {
    Grade.STOP: ("circle-x", Tone.BAD),
    Grade.LOOK: ("triangle-alert", Tone.WARN),
    Grade.OK: ("check", Tone.OK),
}


class VerificationPanel(QWidget):
    """One line for each finding that is not in order, and a note to tick them off with."""

    ticked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        theme = desk.theme
        self._title = SpanLabel(theme, wrap=True)
        self._column = QVBoxLayout()
        self._labels: list[SpanLabel] = []
        self.note = LineEdit(
            theme, name=self.tr("Note on the checks"), placeholder=self.tr("what was found out")
        )
        self.tick = Button(theme, self.tr("Looked at"), icon="check", small=True)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.note, 1)
        row.addWidget(self.tick)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self._title)
        column.addLayout(self._column)
        column.addLayout(row)
        self.tick.clicked.connect(lambda: self.ticked.emit(self.note.text()))
        self.note.returnPressed.connect(self.tick.click)
        self.hide()

    @property
    def text(self) -> str:
        """Everything it says, line by line."""
        return "\n".join([self._title.text, *(label.text for label in self._labels)])

    def show_findings(self, found: Verification) -> None:
        """Show what is not in order; ticked off, it stays in sight with the day and the note."""
        self._title.set_spans([Span.strong(self._summary(found))])
        for label in self._labels:
            self._column.removeWidget(label)
            label.deleteLater()
        self._labels = [self._line(each) for each in (*found.stops, *found.looks)]
        for label in self._labels:
            self._column.addWidget(label)
        for part in (self.note, self.tick):
            part.setVisible(bool(found.open_looks))
        self.show()

    def _line(self, finding: Finding) -> SpanLabel:
        icon, tone = _ICONS[finding.grade]
        label = SpanLabel(self._desk.theme, wrap=True)
        label.set_spans([Span.small(finding.words)], icon=icon, icon_tone=tone)
        return label

    def _summary(self, found: Verification) -> str:
        if not found.looks and not found.stops:
            return self.tr("All {0} checks in order").format(len(found.findings))
        if found.open_looks or found.stops:
            return self.tr("Before it can be accepted")
        day = self._desk.formats.date(found.verified_on) if found.verified_on else ""
        note = f" · {found.note}" if found.note else ""
        return self.tr("Looked at on {0}").format(day) + note
