"""How does one of several values look that somebody picks from, with who typed it and when?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QSize, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from loyaldesk.ui.widgets.buttons import PaintedButton
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.plain_text import plain_tooltip
from loyaldesk.ui.widgets.spans import Span, lay_out_spans, paint_spans
from loyaldesk.ui.widgets.strokes import paint_box, paint_ring
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from PySide6.QtGui import QTextLayout
    from PySide6.QtWidgets import QWidget

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["ChoiceCard"]

_PAD, _DOT, _INNER, _GAP, _LINE, _CAPTION = 10, 14, 6, 8, 18, 16
LONGEST = 400


class ChoiceCard(PaintedButton):
    """A caption and a value in a frame; checked it is the one that shall stand.

    `number_typed` carries a digit from 1 on, which picks the card of that number.
    """

    number_typed = Signal(int)

    def __init__(
        self, theme: Theme, caption: str, value: str, *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self.caption, self.value = caption, value
        cut = value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
        self._spans = (Span(cut.replace("\n", "\u2028"), Tone.TEXT, TextStyle.NAME),)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCheckable(True)
        self.setAccessibleName(f"{name}, {caption}: {value}")
        self.setToolTip(plain_tooltip(value) if cut != value else "")

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        px = self._theme.px
        return self._layout(width).lineCount() * px(_LINE) + px(_CAPTION) + 2 * px(_PAD - 2)

    def sizeHint(self) -> QSize:
        width = self._theme.px(200)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(_LINE + _CAPTION + 2 * _PAD))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdecimal() and not event.modifiers():
            self.number_typed.emit(int(event.text()))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        on = self.isChecked()
        ground = tokens.sel if on else tokens.hover if self.underMouse() else tokens.base
        edge = tokens.accent if on else tokens.line2
        paint_box(painter, self.rect(), ground=ground, edge=edge)
        self._paint_dot(painter)
        left, top = self._left(), px(_PAD - 2)
        caption = QRect(left, top, self.width() - left - px(_PAD), px(_CAPTION))
        tone = Tone.TEXT if on else Tone.SECONDARY
        paint_spans(painter, caption, [Span.small(self.caption, tone)], theme, selected=on)
        painter.setPen(tokens.sel_text if on else tokens.text)
        self._layout(self.width()).draw(painter, QPointF(left, top + px(_CAPTION)))
        if self.hasFocus():
            paint_ring(painter, self.rect(), tokens.accent)

    def _paint_dot(self, painter: QPainter) -> None:
        px, tokens = self._theme.px, self._theme.tokens
        dot = QRect(px(_PAD), px(_PAD), px(_DOT), px(_DOT))
        edge = tokens.accent if self.isChecked() else tokens.text3
        paint_box(painter, dot, ground=tokens.base, edge=edge, radius=dot.height() / 2)
        if self.isChecked():
            inner = QRect(0, 0, px(_INNER), px(_INNER))
            inner.moveCenter(dot.center())
            paint_box(painter, inner, ground=tokens.accent, edge=None, radius=inner.height() / 2)

    def _left(self) -> int:
        return self._theme.px(_PAD + _DOT + _GAP)

    def _layout(self, width: int) -> QTextLayout:
        room = width - self._left() - self._theme.px(_PAD)
        return lay_out_spans(self._spans, self._theme, max(room, 1))
