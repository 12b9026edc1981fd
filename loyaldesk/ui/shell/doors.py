"""What does one door of the first run look like: an icon, a key, words, one button?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from loyaldesk.ui.widgets.labels import KeyCap, SpanLabel, TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.panel import Panel
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.strokes import RADIUS_PANEL, paint_box
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.ui.widgets.buttons import Button
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["Door"]

BOX, ICON, PAD = 40, 20, 24


class _DoorIcon(QWidget):
    """The picture on a door, on a soft square."""

    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(BOX), self._theme.px(BOX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, side = self._theme, self._theme.px(ICON)
        painter = QPainter(self)
        ground = theme.tokens.accent_soft
        paint_box(painter, self.rect(), ground=ground, edge=None, radius=RADIUS_PANEL)
        sign = QRect(0, 0, side, side)
        sign.moveCenter(self.rect().center())
        theme.icons.paint(painter, sign, self._icon, theme.tokens.accent_ink)


class Door(Panel):
    """One way in; its key presses the button, and the note below says what happens then."""

    def __init__(
        self,
        theme: Theme,
        key: str,
        icon: str,
        *,
        title: str,
        sentence: str,
        points: Sequence[tuple[str, str]],
        button: Button,
        note: str,
    ) -> None:
        super().__init__(theme)
        self.button = button
        px = theme.px
        button.setShortcut(key)
        button.setAccessibleDescription(f"{title}. {sentence}")
        self.body.setContentsMargins(px(PAD), px(PAD), px(PAD), px(PAD))
        self.body.setSpacing(px(8))
        head = QHBoxLayout()
        head.addWidget(_DoorIcon(theme, icon))
        head.addStretch(1)
        head.addWidget(KeyCap(theme, key), 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addSpacing(px(8))
        self.body.addWidget(TextLabel(theme, title, TextStyle.LIST_TITLE, wrap=True))
        self.body.addWidget(TextLabel(theme, sentence, TextStyle.BODY, Tone.SECONDARY, wrap=True))
        self.body.addSpacing(px(8))
        for sign, words in points:
            self.body.addWidget(SpanLabel(theme, [Span(words)], icon=sign, wrap=True))
        self.body.addStretch(1)
        self.body.addSpacing(px(12))
        self.body.addWidget(button)
        below = TextLabel(theme, note, TextStyle.SMALL, Tone.SECONDARY, wrap=True)
        below.setAlignment(Qt.AlignmentFlag.AlignTop)
        below.setMinimumHeight(2 * theme.metrics.line(TextStyle.SMALL) + px(4))
        self.body.addWidget(below)
