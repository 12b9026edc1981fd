"""How does long work show how far it is, and how is it stopped?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from loyaldesk.ui.widgets.announce import announce
from loyaldesk.ui.widgets.buttons import LinkButton
from loyaldesk.ui.widgets.labels import TextLabel
from loyaldesk.ui.widgets.metrics import TextStyle
from loyaldesk.ui.widgets.strokes import paint_box

if TYPE_CHECKING:
    from loyaldesk.ui.widgets.theme import Theme

__all__ = ["ProgressTray", "ThinBar"]

_WIDTH, _HEIGHT = 96, 6


class ThinBar(QWidget):
    """A flat bar 96 × 6 px; a total of nothing means that the end is not known yet."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self.done, self.total = theme, 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_progress(self, done: int, total: int) -> None:
        """Fill the bar up to `done` of `total`."""
        self.done, self.total = done, total
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_WIDTH), self._theme.px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens, radius = self._theme.tokens, self.height() / 2
        paint_box(painter, self.rect(), ground=tokens.line, edge=None, radius=radius)
        if self.total > 0:
            share = min(max(self.done / self.total, 0.0), 1.0)
            filled = QRect(0, 0, round(self.width() * share), self.height())
            paint_box(painter, filled, ground=tokens.accent, edge=None, radius=radius)


class ProgressTray(QWidget):
    """Words, a bar and Cancel in the status bar; hidden while nothing runs."""

    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = TextLabel(theme, "", TextStyle.SMALL)
        self._bar = ThinBar(theme)
        self._cancel = LinkButton(theme, self.tr("Cancel"), style=TextStyle.SMALL)
        self._cancel.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self._words, self._bar, self._cancel):
            row.addWidget(widget)
        self.hide()

    def begin(self, words: str) -> None:
        """Show that work has begun."""
        self._cancel.setAccessibleName(self.tr("Cancel: {0}").format(words))
        self.show_progress(0, 0, words)
        self.show()
        announce(self, words)

    def show_progress(self, done: int, total: int, words: str = "") -> None:
        """Move the bar, and change the words if there are new ones."""
        self._bar.show_progress(done, total)
        if words:
            self._words.setText(words)
            self.setAccessibleName(words)

    def finish(self, words: str = "") -> None:
        """Hide the tray; `words` are read out, for those who do not see it vanish."""
        self.hide()
        announce(self, words)

    @property
    def words(self) -> str:
        """What runs, as it is shown."""
        return self._words.text()
