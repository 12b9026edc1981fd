"""How do the eight figures under a customer's name look and lead on?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from loyaldesk.ui.widgets.buttons import PaintedButton
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["Counter", "CounterButton", "CounterStrip"]

_PAD, _ICON, _HEIGHT, _FOLDED = 16, 14, 52, 32


@dataclass(frozen=True, slots=True)
class Counter:
    """A figure with its name; zero is shown muted. `spoken` is the whole as a sentence."""

    key: str
    label: str
    value: str
    tone: Tone = Tone.TEXT
    icon: str = ""
    is_zero: bool = False
    spoken: str = ""


class CounterButton(PaintedButton):
    """One figure of the strip; pressing it shows what it counts."""

    def __init__(self, theme: Theme, counter: Counter, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._folded = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_counter(counter)

    def show_counter(self, counter: Counter) -> None:
        """Show another figure."""
        self.counter = counter
        self.setAccessibleName(counter.spoken or f"{counter.label}, {counter.value}")
        self.updateGeometry()
        self.update()

    def set_folded(self, *, folded: bool) -> None:
        """Put value and name on one line, for a low window."""
        self._folded = folded
        self.updateGeometry()
        self.update()

    def _value_style(self) -> TextStyle:
        if self._folded:
            return TextStyle.BODY if self.counter.is_zero else TextStyle.STRONG
        return TextStyle.FIGURE

    def _widths(self) -> tuple[int, int]:
        value = QFontMetrics(self._theme.font(self._value_style()))
        label = QFontMetrics(self._theme.font(TextStyle.SMALL))
        return value.horizontalAdvance(self.counter.value), label.horizontalAdvance(
            self.counter.label
        )

    def sizeHint(self) -> QSize:
        value, label = self._widths()
        icon = self._theme.px(_ICON + 4) if self.counter.icon else 0
        content = value + icon + self._theme.px(6) + label if self._folded else max(value, label)
        height = self._theme.px(_FOLDED if self._folded else _HEIGHT)
        return QSize(content + self._theme.px(_PAD) + self._theme.px(8), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(48), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_ground(painter)
        theme, counter, left = self._theme, self.counter, self._theme.px(_PAD)
        tone = Tone.MUTED if counter.is_zero else counter.tone
        value_width, _label = self._widths()
        top = 0 if self._folded else theme.px(6)
        line = self.height() if self._folded else theme.px(22)
        font = theme.font(self._value_style())
        if counter.is_zero:
            font = type(font)(font)
            font.setWeight(font.Weight.Normal)
        painter.setFont(font)
        painter.setPen(theme.tokens.ink(tone))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(left, top, value_width + 4, line), middle, counter.value)
        right = left + value_width
        if counter.icon and not counter.is_zero:
            side = theme.px(_ICON)
            sign = QRect(right + theme.px(4), top + (line - side) // 2, side, side)
            theme.icons.paint(painter, sign, counter.icon, theme.tokens.ink(tone))
            right = sign.right()
        self._paint_label(painter, right)

    def _paint_label(self, painter: QPainter, right: int) -> None:
        theme = self._theme
        painter.setFont(theme.font(TextStyle.SMALL))
        painter.setPen(theme.tokens.ink(Tone.MUTED if self.counter.is_zero else Tone.SECONDARY))
        if self._folded:
            rect = QRect(right + theme.px(6), 0, self.width() - right - theme.px(6), self.height())
        else:
            rect = QRect(theme.px(_PAD), theme.px(28), self.width(), theme.px(18))
        rect.setRight(self.width() - theme.px(4))
        label = painter.fontMetrics().elidedText(
            self.counter.label, Qt.TextElideMode.ElideRight, rect.width()
        )
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, label)


class CounterStrip(QWidget):
    """The figures side by side, always in the same order."""

    counter_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._buttons: list[CounterButton] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 1)
        self._row.setSpacing(0)

    def show_counters(self, counters: Sequence[Counter]) -> None:
        """Show these figures; the buttons stay where they are."""
        for number, counter in enumerate(counters):
            if number < len(self._buttons):
                self._buttons[number].show_counter(counter)
            else:
                self._add_button(counter)

    def set_folded(self, *, folded: bool) -> None:
        """Put the figures on one line of 32 px, for a low window."""
        for button in self._buttons:
            button.set_folded(folded=folded)

    def _add_button(self, counter: Counter) -> None:
        button = CounterButton(self._theme, counter)
        button.clicked.connect(lambda: self.counter_chosen.emit(button.counter.key))
        self._buttons.append(button)
        self._row.addWidget(button, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = self._theme.tokens
        painter.fillRect(self.rect(), tokens.base)
        painter.fillRect(0, self.height() - 1, self.width(), 1, tokens.line)
        inset = self._theme.px(10)
        for button in self._buttons[1:]:
            painter.fillRect(button.x(), inset, 1, self.height() - 2 * inset, tokens.line)
