"""Did all the letters come out of the printer? Somebody looks, counts and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from loyaldesk.ui.widgets.announce import announce
from loyaldesk.ui.widgets.buttons import Button
from loyaldesk.ui.widgets.labels import SpanLabel
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.strokes import RADIUS_PANEL, paint_box
from loyaldesk.ui.widgets.tokens import Tone
from loyaldesk.ui.widgets.typed_edits import NumberEdit

if TYPE_CHECKING:
    from loyaldesk.ui.desk import Desk

__all__ = ["PileBanner"]

NUMBER_WIDTH = 56


class PileBanner(QWidget):
    """`answered` carries None for “all of them”, or the place in the pile of the first missing."""

    answered = Signal(object)

    def __init__(self, desk: Desk, *, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._count = desk, count
        theme = desk.theme
        question = self.tr("Did all {0} come out?").format(desk.formats.number(count))
        words = SpanLabel(
            theme, [Span.strong(question)], icon="printer", icon_tone=Tone.INFO, wrap=True
        )
        self.all = Button(theme, self.tr("All came out"), small=True)
        self.again = Button(theme, self.tr("Print again from no."), small=True)
        self.number = NumberEdit(theme)
        self.number.setFixedWidth(theme.px(NUMBER_WIDTH))
        self.number.setAccessibleName(self.tr("Number of the first letter that is missing"))
        self.question = question
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(words, 1)
        for part in (self.all, self.again, self.number):
            row.addWidget(part)
        self.all.clicked.connect(lambda: self.answered.emit(None))
        self.again.clicked.connect(self._answer_number)
        self.number.value_changed.connect(self._look)
        self._look()

    def speak(self) -> None:
        """Have a screen reader ask the question."""
        announce(self, self.question)

    @Slot()
    def _look(self) -> None:
        value = self.number.value()
        self.again.setEnabled(value is not None and 1 <= value <= self._count)

    @Slot()
    def _answer_number(self) -> None:
        value = self.number.value()
        if value is not None:
            self.answered.emit(int(value))

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = self._desk.theme.tokens
        ground = tokens.soft(Tone.INFO)
        paint_box(QPainter(self), self.rect(), ground=ground, edge=None, radius=RADIUS_PANEL)
