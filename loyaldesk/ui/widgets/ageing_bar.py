"""How old is the open money? A bar of five colours with the amounts under it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.strokes import paint_box, paint_ring
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["AgeingBar", "Bucket"]

_BAR, _GAP, _RADIUS, _LEAST = 10, 2, 2, 4
_LATE = 3  # buckets from the fourth on are over 60 days


@dataclass(frozen=True, slots=True)
class Bucket:
    """An ageing bucket: its name, its amount to read and in minor units."""

    label: str
    amount: str
    minor: int


class AgeingBar(QWidget):
    """The five ageing buckets by amount; arrows walk them and Enter opens one."""

    bucket_chosen = Signal(int)

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._name = theme, name
        self._buckets: tuple[Bucket, ...] = ()
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_buckets(self, buckets: Sequence[Bucket]) -> None:
        """Show these amounts, not due first."""
        self._buckets = tuple(buckets)
        amounts = ", ".join(f"{bucket.label} {bucket.amount}" for bucket in buckets)
        self.setAccessibleName(f"{self._name}: {amounts}")
        self.updateGeometry()
        self.update()

    def shares(self, width: int) -> list[int]:
        """Return the width of each colour in pixels; the smallest amount still shows."""
        amounts = [max(bucket.minor, 0) for bucket in self._buckets]
        shown = sum(1 for amount in amounts if amount)
        room = width - _GAP * max(shown - 1, 0)
        least = min(_LEAST, room // shown) if shown else 0
        free = room - least * shown
        total = sum(amounts) or 1
        return [least + free * amount // total if amount else 0 for amount in amounts]

    def _cells(self) -> list[QRect]:
        """Return the columns under the bar; what they do not need parts them evenly."""
        widths = [self._needed(bucket) for bucket in self._buckets]
        between = (self.width() - sum(widths)) / max(len(widths) - 1, 1)
        top, left, cells = self._theme.px(_BAR + 4), 0.0, []
        for width in widths:
            cells.append(QRect(round(left), top, width, self.height() - top))
            left += width + between
        return cells

    def _needed(self, bucket: Bucket) -> int:
        label = QFontMetrics(self._theme.font(TextStyle.SMALL))
        amount = QFontMetrics(self._theme.font(TextStyle.SMALL_STRONG))
        return max(label.horizontalAdvance(bucket.label), amount.horizontalAdvance(bucket.amount))

    def _label_flags(self, number: int) -> Qt.AlignmentFlag:
        last = number == len(self._buckets) - 1
        side = Qt.AlignmentFlag.AlignRight if last and number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignTop

    def sizeHint(self) -> QSize:
        least = sum(self._needed(bucket) + 8 for bucket in self._buckets)
        return QSize(least, self._theme.px(_BAR + 4 + 32))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens, left, high = self._theme.tokens, 0, self._theme.px(_BAR)
        for colour, width in zip(tokens.ageing, self.shares(self.width()), strict=False):
            if width:
                box = QRect(left, 0, width, high)
                paint_box(painter, box, ground=colour, edge=None, radius=_RADIUS)
                left += width + _GAP
        if not left:
            box = QRect(0, 0, self.width(), high)
            paint_box(painter, box, ground=tokens.sunken, edge=None, radius=_RADIUS)
        cells = self._cells()
        for number, cell in enumerate(cells):
            self._paint_amount(painter, number, cell)
        if self.hasFocus() and cells:
            paint_ring(painter, cells[self._at].adjusted(-3, -2, 3, 0), tokens.accent)

    def _paint_amount(self, painter: QPainter, number: int, cell: QRect) -> None:
        theme, bucket, flags = self._theme, self._buckets[number], self._label_flags(number)
        zero = bucket.minor == 0
        tone = Tone.MUTED if zero else self._tone(number)
        painter.setFont(theme.font(TextStyle.SMALL))
        painter.setPen(theme.tokens.ink(Tone.MUTED if zero else Tone.SECONDARY))
        painter.drawText(cell, flags, bucket.label)
        painter.setFont(theme.font(TextStyle.SMALL if zero else TextStyle.SMALL_STRONG))
        painter.setPen(theme.tokens.ink(tone))
        painter.drawText(cell.adjusted(0, theme.px(16), 0, 0), flags, bucket.amount)

    def _tone(self, number: int) -> Tone:
        if number >= _LATE:
            return Tone.BAD
        return Tone.WARN if number else Tone.TEXT

    def _move(self, number: int) -> None:
        self._at = min(max(number, 0), max(len(self._buckets) - 1, 0))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps:
            self._move(self._at + steps[Qt.Key(event.key())])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.bucket_chosen.emit(self._at)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._buckets and self.width():
            x = event.position().x()
            gaps = [abs(cell.center().x() - x) for cell in self._cells()]
            self._move(gaps.index(min(gaps)))
            self.bucket_chosen.emit(self._at)
