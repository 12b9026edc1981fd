"""Which labels carry the type scale: text, elided text, spans with an icon, key caps, initials?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Slot
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.plain_text import plain_tooltip
from loyaldesk.ui.widgets.spans import (
    Span,
    lay_out_spans,
    paint_spans,
    plain_text_of,
    spans_width,
)
from loyaldesk.ui.widgets.strokes import paint_box
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["ElidedLabel", "KeyCap", "SpanLabel", "TextLabel", "cap_text", "initials_of"]


class TextLabel(QLabel):
    """A plain-text label in a step of the type scale and the colour of a meaning."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        style: TextStyle = TextStyle.BODY,
        tone: Tone = Tone.TEXT,
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._style, self._tone = theme, style, tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_tone(self, tone: Tone) -> None:
        """Give the text the colour of another meaning."""
        self._tone = tone
        self._restyle()

    @Slot()
    def _restyle(self) -> None:
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, self._theme.tokens.ink(self._tone))
        self.setPalette(palette)
        self.setFont(self._theme.font(self._style))


class ElidedLabel(TextLabel):
    """A one-line label that shortens its text at the right and tells the whole text as a tip."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        style: TextStyle = TextStyle.BODY,
        tone: Tone = Tone.TEXT,
        parent: QWidget | None = None,
    ) -> None:
        self._full = text
        super().__init__(theme, text, style, tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_full_text(text)

    def set_full_text(self, text: str) -> None:
        """Show another text, shortened when there is no room."""
        self._full = text
        self.setAccessibleName(text)
        self._shorten()
        self.updateGeometry()

    def _shorten(self) -> None:
        shown = self.fontMetrics().elidedText(
            self._full, Qt.TextElideMode.ElideRight, max(self.width(), 0)
        )
        self.setText(shown)
        self.setToolTip(plain_tooltip(self._full) if shown != self._full else "")

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(24), self._theme.metrics.line(self._style))

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._theme.font(self._style)).horizontalAdvance(self._full) + 2
        return QSize(width, self._theme.metrics.line(self._style))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()


class SpanLabel(QWidget):
    """A line of spans behind an optional icon; `wrap` lets it grow to more lines."""

    _ICON, _META_ICON, _GAP = 16, 14, 8

    def __init__(
        self,
        theme: Theme,
        spans: Sequence[Span] = (),
        *,
        icon: str = "",
        icon_tone: Tone = Tone.SECONDARY,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._wrap = theme, wrap
        self._icon, self._icon_tone = icon, icon_tone
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self.set_spans(spans)

    def set_spans(
        self, spans: Sequence[Span], icon: str | None = None, icon_tone: Tone | None = None
    ) -> None:
        """Show another line, and another icon if one is given."""
        self._spans = tuple(spans)
        self._icon = self._icon if icon is None else icon
        self._icon_tone = icon_tone or self._icon_tone
        self.setAccessibleName(plain_text_of(spans))
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        """The line without its looks."""
        return plain_text_of(self._spans)

    def _icon_side(self) -> int:
        small = bool(self._spans) and self._spans[0].style.pixels < TextStyle.BODY.pixels
        return self._theme.px(self._META_ICON if small else self._ICON)

    def _indent(self) -> int:
        return self._icon_side() + self._theme.px(self._GAP) if self._icon else 0

    def hasHeightForWidth(self) -> bool:
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        layout = lay_out_spans(self._spans, self._theme, max(width - self._indent(), 1))
        return max(layout.lineCount(), 1) * self._theme.px(18)

    def sizeHint(self) -> QSize:
        width = self._indent() + spans_width(self._spans, self._theme)
        return QSize(width + 1, self._theme.px(18 if self._wrap else 20))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._indent() + self._theme.px(24), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, indent, top = self._theme, self._indent(), 0
        if self._wrap:
            layout = lay_out_spans(self._spans, theme, max(self.width() - indent, 1))
            top = max((self.height() - layout.lineCount() * theme.px(18)) // 2, 0)
            layout.draw(painter, QPointF(indent, top))
        if self._icon:
            side = self._icon_side()
            line = theme.px(18) if self._wrap else self.height()
            sign = QRect(0, top + (line - side) // 2, side, side)
            theme.icons.paint(painter, sign, self._icon, theme.tokens.ink(self._icon_tone))
        if not self._wrap:
            paint_spans(painter, self.rect().adjusted(indent, 0, 0, 0), self._spans, theme)


_PLUS = re.compile(r"\+(?!$)")
_CAPS = {"Return": "↵", "Enter": "↵", "Shift": "⇧", "Up": "↑", "Down": "↓"}


def cap_text(keys: str) -> str:
    """Return a shortcut as it stands on a key cap of this system (Ctrl K, ⌘K)."""
    native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    return " ".join(_CAPS.get(key, key) for key in _PLUS.split(native or keys))


class KeyCap(QWidget):
    """A key or shortcut drawn as a cap, in the letters of this system (Ctrl K, ⌘K)."""

    def __init__(self, theme: Theme, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.text = cap_text(keys)
        self.setAccessibleName(self.text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        measure = QFontMetrics(self._theme.font(TextStyle.KEY))
        return QSize(measure.horizontalAdvance(self.text) + self._theme.px(10), self._theme.px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = self._theme.tokens
        paint_box(painter, self.rect(), ground=tokens.sunken, edge=tokens.line, radius=3)
        painter.setFont(self._theme.font(TextStyle.KEY))
        painter.setPen(tokens.text2)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text)


def initials_of(name: str) -> str:
    """Return the first letters of the first and the last word of a name, in capitals."""
    words = [word for word in name.split() if word[0].isalnum()]
    picked = words if len(words) <= 1 else [words[0], words[-1]]
    return "".join(word[0] for word in picked).upper()


def paint_avatar(painter: QPainter, rect: QRect, initials: str, theme: Theme) -> None:
    """Paint initials in a round soft field that fills a square."""
    ground = theme.tokens.accent_soft
    paint_box(painter, rect, ground=ground, edge=None, radius=rect.height() / 2)
    painter.setFont(theme.font(TextStyle.KEY))
    painter.setPen(theme.tokens.accent_ink)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, initials)
