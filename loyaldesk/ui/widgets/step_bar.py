"""How far is an order? Seven steps, each done, late or still to come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from loyaldesk.ui.widgets.chips import Chip, chip_width, paint_chip
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.strokes import paint_box, paint_ring
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["Step", "StepBar", "StepState"]

_BALL, _GAP, _ICON, _HEIGHT, _PAD = 24, 8, 14, 56, 16


class StepState(Enum):
    """Where a step stands."""

    DONE = "done"
    TO_CHECK = "to be checked"
    LATE = "late"
    TO_COME = "to come"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an order: its name, its date in words, its state, and a note such as "5 d late"."""

    name: str
    when: str
    state: StepState
    note: str = ""


_NOTE_TONES = {StepState.LATE: Tone.BAD, StepState.TO_CHECK: Tone.WARN}


class StepBar(QWidget):
    """The steps of an order in a row; arrows walk them, Enter opens a step's document."""

    step_opened = Signal(int)

    def __init__(self, theme: Theme, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._name, self._at = theme, name, 0
        self._steps: tuple[Step, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show these steps from first to last."""
        self._steps = tuple(steps)
        self._tell_state()
        self.updateGeometry()
        self.update()

    def _tell_state(self) -> None:
        words = ", ".join(
            " ".join(part for part in (step.name, step.note, step.when) if part)
            for step in self._steps
        )
        self.setAccessibleName(f"{self._name}: {words}")
        if self._steps:
            step = self._steps[self._at]
            self.setAccessibleDescription(f"{step.name}, {step.state.value}, {step.when}")

    def _label_width(self, step: Step) -> int:
        name = QFontMetrics(self._theme.font(TextStyle.STRONG)).horizontalAdvance(step.name)
        when = QFontMetrics(self._theme.font(TextStyle.SMALL)).horizontalAdvance(step.when)
        note = chip_width(Chip(step.note), self._theme) + 6 if step.note else 0
        return max(name + note, when)

    def _areas(self) -> list[QRect]:
        """Return each step's place; what is left over is shared between them as lines."""
        px = self._theme.px
        widths = [px(_BALL + _GAP) + self._label_width(step) for step in self._steps]
        free = self.width() - 2 * px(_PAD) - sum(widths)
        between = max(free // max(len(widths) - 1, 1), px(8))
        areas, left = [], px(_PAD)
        for width in widths:
            areas.append(QRect(left, 0, width, self.height()))
            left += width + between
        return areas

    def sizeHint(self) -> QSize:
        width = sum(self._label_width(s) + self._theme.px(_BALL + _GAP + 24) for s in self._steps)
        return QSize(width + 2 * self._theme.px(_PAD), self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._theme.px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens, areas = self._theme.tokens, self._areas()
        for number, (step, area) in enumerate(zip(self._steps, areas, strict=True)):
            self._paint_ball(painter, area, number, step)
            self._paint_words(painter, area, step)
            if number + 1 < len(areas):
                left, right = area.right() + 8, areas[number + 1].left() - 8
                painter.fillRect(
                    left, self._ball_box(area).center().y(), right - left, 1, tokens.line2
                )
        if self.hasFocus() and areas:
            paint_ring(painter, areas[self._at].adjusted(-4, 2, 4, -2), tokens.accent)

    def _ball_box(self, area: QRect) -> QRect:
        side = self._theme.px(_BALL)
        return QRect(area.left(), (area.height() - side) // 2 - 1, side, side)

    def _paint_ball(self, painter: QPainter, area: QRect, number: int, step: Step) -> None:
        theme, tokens, ball = self._theme, self._theme.tokens, self._ball_box(area)
        radius, side = ball.height() / 2, theme.px(_ICON)
        sign = QRect(0, 0, side, side)
        sign.moveCenter(ball.center())
        if step.state is StepState.DONE:
            paint_box(painter, ball, ground=tokens.ok, edge=None, radius=radius)
            theme.icons.paint(painter, sign, "check", tokens.base)
        elif step.state is StepState.TO_CHECK:
            paint_box(painter, ball, ground=tokens.warn_soft, edge=None, radius=radius)
            paint_ring(painter, ball, tokens.warn, radius=radius - 1)
            theme.icons.paint(painter, sign, "triangle-alert", tokens.warn)
        elif step.state is StepState.LATE:
            paint_box(painter, ball, ground=tokens.bad_soft, edge=None, radius=radius)
            paint_ring(painter, ball, tokens.bad, radius=radius - 1)
            theme.icons.paint(painter, sign, "clock-alert", tokens.bad)
        else:
            paint_box(painter, ball, ground=tokens.base, edge=tokens.line2, radius=radius)
            painter.setFont(theme.font(TextStyle.KEY))
            painter.setPen(tokens.text2)
            painter.drawText(ball, Qt.AlignmentFlag.AlignCenter, str(number + 1))

    def _paint_words(self, painter: QPainter, area: QRect, step: Step) -> None:
        theme, px = self._theme, self._theme.px
        left = area.left() + px(_BALL + _GAP)
        middle = area.height() // 2
        to_come = step.state is StepState.TO_COME
        painter.setFont(theme.font(TextStyle.NAME if to_come else TextStyle.STRONG))
        painter.setPen(theme.tokens.ink(Tone.SECONDARY if to_come else Tone.TEXT))
        upper = QRect(left, middle - px(20), area.right() - left + 8, px(20))
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(upper, flags, step.name)
        if step.note:
            tone = _NOTE_TONES.get(step.state, Tone.INFO)
            start = left + painter.fontMetrics().horizontalAdvance(step.name) + 6
            rect = QRect(start, upper.top(), area.right() - start + 40, upper.height())
            paint_chip(painter, rect, Chip(step.note, tone), theme)
        painter.setFont(theme.font(TextStyle.SMALL))
        painter.setPen(theme.tokens.text2)
        lower = QRect(left, middle, area.right() - left + 8, px(18))
        painter.drawText(lower, flags, step.when)

    def _move(self, number: int) -> None:
        self._at = min(max(number, 0), max(len(self._steps) - 1, 0))
        self._tell_state()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._move(self._at + (1 if event.key() == Qt.Key.Key_Right else -1))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.step_opened.emit(self._at)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        for number, area in enumerate(self._areas()):
            if area.adjusted(-4, 0, 4, 0).contains(event.position().toPoint()):
                self._move(number)
                self.step_opened.emit(number)
