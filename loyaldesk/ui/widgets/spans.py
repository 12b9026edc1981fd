"""How is a line painted in which one word is bold or red, without markup?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QTextLayout

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["Span", "lay_out_spans", "paint_spans", "plain_text_of", "spans_width"]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line: its words, what they mean and how strong they stand."""

    text: str
    tone: Tone = Tone.TEXT
    style: TextStyle = TextStyle.BODY

    @classmethod
    def strong(cls, text: str, tone: Tone = Tone.TEXT) -> Span:
        """Return the one piece of a line where the eye should land first."""
        return cls(text, tone, TextStyle.STRONG)

    @classmethod
    def small(cls, text: str, tone: Tone = Tone.SECONDARY) -> Span:
        """Return a piece in the size of second lines."""
        return cls(text, tone, TextStyle.SMALL)


def plain_text_of(spans: Sequence[Span]) -> str:
    """Return the line without its looks, as it is copied and read out."""
    return "".join(span.text for span in spans)


def spans_width(spans: Sequence[Span], theme: Theme) -> int:
    """Return the width of an unbroken line in pixels."""
    widths = (QFontMetricsF(theme.font(s.style)).horizontalAdvance(s.text) for s in spans)
    return int(sum(widths) + 0.999)


def paint_spans(
    painter: QPainter, rect: QRect, spans: Sequence[Span], theme: Theme, *, selected: bool = False
) -> int:
    """Paint one line, elided at the right, in the middle of a rectangle; return its end's x."""
    x, right = float(rect.left()), float(rect.right() + 1)
    ink = theme.tokens.ink_on_selection if selected else theme.tokens.ink
    baseline = _baseline(rect, theme, spans[0].style) if spans else 0.0
    for span in spans:
        font = theme.font(span.style)
        measure = QFontMetricsF(font)
        width = measure.horizontalAdvance(span.text)
        text = span.text
        if x + width > right:
            text = measure.elidedText(span.text, Qt.TextElideMode.ElideRight, right - x)
        painter.setFont(font)
        painter.setPen(ink(span.tone))
        painter.drawText(QPointF(x, baseline), text)
        x += width
        if x >= right:
            break
    return int(min(x, right))


def lay_out_spans(spans: Sequence[Span], theme: Theme, width: int) -> QTextLayout:
    """Break a text into lines of a given width; its bounding rectangle tells the height."""
    # Here and below: a dozen enums that the first customers on screen do not need.
    from PySide6.QtGui import QTextLayout, QTextOption

    layout = QTextLayout(plain_text_of(spans), theme.font(TextStyle.BODY))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(_formats(spans, theme))
    layout.beginLayout()
    y, line_height = 0.0, float(theme.px(18))
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, y + (line_height - line.height()) / 2))
        y += line_height
    layout.endLayout()
    return layout


def _formats(spans: Sequence[Span], theme: Theme) -> list[QTextLayout.FormatRange]:
    from PySide6.QtGui import QTextCharFormat, QTextLayout

    ranges, start = [], 0
    for span in spans:
        look = QTextCharFormat()
        look.setFont(theme.font(span.style))
        look.setForeground(theme.tokens.ink(span.tone))
        piece = QTextLayout.FormatRange()
        # Qt counts UTF-16 units, Python counts characters.
        piece.start, piece.length, piece.format = start, _units(span.text), look
        start += piece.length
        ranges.append(piece)
    return ranges


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _baseline(rect: QRect, theme: Theme, style: TextStyle) -> float:
    measure = QFontMetricsF(theme.font(style))
    return rect.top() + (rect.height() + measure.ascent() - measure.descent()) / 2
