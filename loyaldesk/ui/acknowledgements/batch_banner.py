"""Did all the letters of a batch come out of the printer?"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from loyaldesk.ui.widgets.buttons import Button
from loyaldesk.ui.widgets.labels import SpanLabel
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.strokes import RADIUS_PANEL, paint_box
from loyaldesk.ui.widgets.tokens import Tone
from loyaldesk.ui.widgets.typed_edits import NumberEdit

if TYPE_CHECKING:
    from loyaldesk.queries.acknowledgements import OpenBatch
    from loyaldesk.ui.desk import Desk

__all__ = ["BatchBanner"]

FIELD = 64


class BatchBanner(QWidget):
    """Asks about one batch; `confirmed` carries its id, `missing_from` also the first number."""

    confirmed = Signal(int)
    missing_from = Signal(int, int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._batch = desk, 0
        theme = desk.theme
        self.words = SpanLabel(theme, icon="printer", icon_tone=Tone.INFO, wrap=True)
        self.all = Button(theme, "", small=True)
        self.again = Button(theme, "", small=True)
        self.number = NumberEdit(theme, decimals=0)
        self.number.setAccessibleName(self.tr("Number of the first letter that is missing"))
        self.number.setFixedWidth(theme.px(FIELD))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        for part in (self.all, self.again, self.number):
            row.addWidget(part)
        self.all.clicked.connect(lambda: self.confirmed.emit(self._batch))
        self.again.clicked.connect(self._tell_missing)
        self.number.returnPressed.connect(self._tell_missing)
        self.hide()

    def show_batch(self, batch: OpenBatch | None, others: int) -> None:
        """Ask about a batch, and say how many others wait; None asks nothing."""
        self.setVisible(batch is not None)
        if batch is None:
            return
        is_new = batch.id != self._batch
        self._batch = batch.id
        formats = self._desk.formats
        time = self._when(batch)
        count = formats.number(batch.letters)
        one = self.tr("Batch {0}: did it come out?").format(time)
        many = self.tr("Batch {0}: did all {1} come out?").format(time, count)
        spans = [Span.strong(one if batch.letters == 1 else many)]
        if others:
            spans.append(Span(self.tr(" {0} more to confirm").format(others), Tone.SECONDARY))
        self.words.set_spans(spans)
        all_words = self.tr("All {0} came out").format(count)
        self.all.setText(self.tr("It came out") if batch.letters == 1 else all_words)
        again = self.tr("Print it again")
        self.again.setText(again if batch.letters == 1 else self.tr("Reprint from no."))
        self.number.setVisible(batch.letters > 1)
        if is_new:
            self.number.set_value(Decimal(1) if batch.letters == 1 else None)

    def _when(self, batch: OpenBatch) -> str:
        formats, local = self._desk.formats, batch.started_at.astimezone()
        if local.date() == self._desk.today():
            return formats.time(local)
        return f"{formats.date_day(local.date())} {formats.time(local)}"

    def _tell_missing(self) -> None:
        number = self.number.value()
        if number is None or self.number.problem():
            self.number.setFocus()
            said = self.tr("Type the number of the first letter that is missing, such as 7")
            self._desk.news.said.emit(said, False)
            return
        self.missing_from.emit(self._batch, int(number))

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = self._desk.theme.tokens
        edge = tokens.ink(Tone.INFO) if tokens.is_high_contrast else None
        ground = tokens.soft(Tone.INFO)
        paint_box(QPainter(self), self.rect(), ground=ground, edge=edge, radius=RADIUS_PANEL)
