"""How does a page say what went wrong, what is safe and what can be done?"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from loyaldesk.ui.widgets.announce import announce
from loyaldesk.ui.widgets.buttons import Button, LinkButton
from loyaldesk.ui.widgets.labels import SpanLabel
from loyaldesk.ui.widgets.spans import Span
from loyaldesk.ui.widgets.strokes import RADIUS_PANEL, paint_box
from loyaldesk.ui.widgets.tokens import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["Banner", "BannerKind"]


class BannerKind(Enum):
    """How grave it is: the meaning that gives ground and icon their colour."""

    INFO = Tone.INFO
    WARN = Tone.WARN
    BAD = Tone.BAD


_ICONS = {
    BannerKind.INFO: "info",
    BannerKind.WARN: "triangle-alert",
    BannerKind.BAD: "circle-alert",
}


class Banner(QWidget):
    """What happened in bold, what is safe after it, small buttons at the right, Details last."""

    action_chosen = Signal(int)
    details_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        kind: BannerKind,
        *,
        happened: str,
        safe: str = "",
        actions: Sequence[str] = (),
        has_details: bool = False,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._kind = theme, kind
        spans = [Span.strong(happened), Span(f" {safe}")] if safe else [Span.strong(happened)]
        self._words = SpanLabel(
            theme, spans, icon=icon or _ICONS[kind], icon_tone=kind.value, wrap=True
        )
        self.setAccessibleName(self._words.text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        self._add_actions(row, actions)
        if has_details:
            details = LinkButton(theme, self.tr("Details"))
            details.clicked.connect(self.details_wanted)
            row.addWidget(details)

    @property
    def text(self) -> str:
        """What the banner says."""
        return self._words.text

    def speak(self) -> None:
        """Have a screen reader say it, at once if it is grave."""
        announce(self, self.text, urgent=self._kind is BannerKind.BAD)

    def _add_actions(self, row: QHBoxLayout, actions: Sequence[str]) -> None:
        for number, words in enumerate(actions):
            button = Button(self._theme, words, small=True)
            button.clicked.connect(lambda _on=False, n=number: self.action_chosen.emit(n))
            row.addWidget(button)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        edge = tokens.ink(self._kind.value) if tokens.is_high_contrast else None
        ground = tokens.soft(self._kind.value)
        paint_box(QPainter(self), self.rect(), ground=ground, edge=edge, radius=RADIUS_PANEL)
